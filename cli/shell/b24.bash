# Completion of b24 for bash: source <(b24 completions bash)
_b24() {
    local IFS=$'\n'
    COMPREPLY=($(b24 complete bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    # After these one goes on typing.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=./] ]]; then
        compopt -o nospace
    fi
}
complete -o nosort -F _b24 b24
