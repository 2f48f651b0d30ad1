# Completion of b24 for fish: b24 completions fish > ~/.config/fish/completions/b24.fish
complete --command b24 --no-files --keep-order \
    --arguments '(b24 complete fish -- (commandline --current-process --tokenize --cut-at-cursor)[2..] (commandline --current-token --cut-at-cursor))'
