import type { Dialect } from "downhill";
import { shellWord } from "../terminal/shellWord.ts";

/** The words of the command for the library's messages about cells. */
export const dialectOf = (command: string, locate: (row: number) => string): Dialect => ({
  functionName: command,
  locate,
  column: (name, option, value) =>
    `--column ${shellWord(option === "format" ? `${name}:date:${value}` : `${name}:${value}`)}`,
  ignore: (...names) => names.map((name) => `--drop ${shellWord(name)}`).join(" "),
  option: (name, ...values) => `--${name} ${shellWord(values.map(csvItem).join(","))}`,
});

/** An item of a list with commas, as in a line of CSV. */
const csvItem = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
