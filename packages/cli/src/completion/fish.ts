import type { CompletedCommand } from "./completions.ts";

/** A text in single quotes, as Fish reads it. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;

/** The script for Fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, argument }) => {
    const within = `complete -c downhill -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    const files = argument === "file" ? [`${within} -F`] : [];
    const words = Array.isArray(argument) ? [`${within} -a ${quoted(argument.join(" "))}`] : [];
    return [
      `complete -c downhill -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
      ...files,
      ...words,
      ...options.map(({ flag, description: about, value }) => {
        const taken =
          value === null
            ? ""
            : value === "file"
              ? " -r -F"
              : value === "text"
                ? " -x"
                : ` -x -a ${quoted(value.join(" "))}`;
        return `${within} -l ${flag.slice(2)}${taken} -d ${quoted(about)}`;
      }),
    ];
  });
  return `# Fish completion of downhill. Add this line to ~/.config/fish/config.fish:  downhill completion fish | source
complete -c downhill -f
${lines.join("\n")}
`;
}
