import { type CompletedCommand, quoted } from "./completions.ts";

const among = (words: readonly string[]): string => `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$word"))`;

/** The script for Bash 3.2 and later. If it finds no word, Bash completes file names; `_downhill_text` prevents this. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ flag, value }) => {
      if (value === null || value === "file") return [];
      return [`    ${quoted(`${name} ${flag}`)}) ${value === "text" ? "_downhill_text" : among(value)}; return ;;`];
    }),
  );
  const files = commands.flatMap(({ name, options }) =>
    options.filter(({ value }) => value === "file").map(({ flag }) => quoted(`${name} ${flag}`)),
  );
  const flags = commands.map(
    ({ name, options }) => `    ${quoted(`${name} -`)}*) ${among(options.map(({ flag }) => flag))}; return ;;`,
  );
  const argumentsOf = commands.flatMap(({ name, argument }) => {
    if (argument === "file") return [];
    return [`    ${quoted(`${name} `)}*) ${argument === null ? "_downhill_text" : among(argument)} ;;`];
  });
  return `# Bash completion of downhill. Add this line to ~/.bashrc:  eval "$(downhill completion bash)"
_downhill_text() {
  type compopt >/dev/null 2>&1 && compopt +o default 2>/dev/null
}
_downhill() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  # Bash makes three words of --model=linear.
  if [ "$word" = "=" ]; then word=""
  elif [ "$previous" = "=" ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    _downhill_text
    ${among([...commands.map(({ name }) => name), "--help", "--version"])}
    return
  fi
  case "$command $previous" in
${values.join("\n")}
    ${files.join(" | ")}) return ;;
  esac
  case "$command $word" in
${flags.join("\n")}
${argumentsOf.join("\n")}
  esac
}
complete -o default -F _downhill downhill
`;
}
