#compdef b24
# Completion of b24 for zsh: source <(b24 completions zsh)
_b24() {
    local line word help
    local -a words_done words_open helps_done helps_open
    for line in "${(@f)$(b24 complete zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        word=${line%%$'\t'*}
        help=${line#*$'\t'}
        [[ -n $word ]] || continue
        # After = . and / one goes on typing.
        if [[ $word == *[=./] ]]; then
            words_open+=("$word") helps_open+=("$word  $help")
        else
            words_done+=("$word") helps_done+=("$word  $help")
        fi
    done
    compadd -l -d helps_open -S '' -a words_open
    compadd -l -d helps_done -a words_done
}
compdef _b24 b24
