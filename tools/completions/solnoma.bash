# Completion of solnoma for bash. The program itself says what a word may become; where it says
# nothing, the word is completed as the name of a file.
_solnoma() {
  local IFS=$'\n' word words=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    [[ $word == "=" ]] || words+=("$word")  # bash takes "--format=json" for three words
  done
  [[ ${COMP_WORDS[COMP_CWORD]} == "=" ]] && words+=("")
  COMPREPLY=($("${COMP_WORDS[0]}" complete-words "${words[@]}" 2>/dev/null | cut -f1))
}
complete -o bashdefault -o default -F _solnoma solnoma
