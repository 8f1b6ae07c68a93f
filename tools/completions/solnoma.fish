# Completion of solnoma for fish. The program itself says what a word may become; where it says
# nothing, the word is completed as the name of a file.
function __solnoma_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found ($words[1] complete-words $words[2..-1] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path $words[-1]
    end
end
complete -c solnoma -f -a '(__solnoma_complete)'
