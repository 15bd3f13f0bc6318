import { type CompletedCommand, type CompletedOption, quoted } from "./completions.ts";

/** A description within the brackets of a specification of _arguments. */
const bracketed = (text: string): string => `[${text.replace(/[\\[\]:]/g, "\\$&")}]`;

const values = (value: Exclude<CompletedOption["value"], null>): string =>
  value === "file" ? ":file:_files" : value === "text" ? ":value:" : `:value:(${value.join(" ")})`;

/** The script for Zsh: it may be sourced, or stored as _downhill in a folder of $fpath. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(
    ({ name, description }) => `    ${quoted(`${name}:${description.replaceAll(":", "\\:")}`)}`,
  );
  const cases = commands.map(({ name, options, argument }) => {
    const specs = options.map(
      ({ flag, description, value }) => `*${flag}${bracketed(description)}${value === null ? "" : values(value)}`,
    );
    if (argument !== null) specs.push(`*${values(argument)}`);
    return `    ${name}) _arguments ${specs.map((spec) => `\\\n      ${quoted(spec)}`).join(" ")} ;;`;
  });
  return `#compdef downhill
# Zsh completion of downhill. Add this line to ~/.zshrc after compinit:  source <(downhill completion zsh)
_downhill() {
  local -a commands
  commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = _downhill ]; then _downhill "$@"; else compdef _downhill downhill; fi
`;
}
