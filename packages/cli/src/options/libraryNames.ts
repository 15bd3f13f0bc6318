// The options of the library in the messages of its errors, as options of the command.
import { flagOf, type OptionTable } from "./option.ts";
import { trainOptions } from "./trainOptions.ts";

const table: OptionTable = trainOptions;
const camelCase = Object.keys(table).filter((name) => /[A-Z]/.test(name));
const bare = new RegExp(`(?<!["\\w])(${camelCase.join("|")})(?!["\\w])`, "g");

/** The message with the names of the command: `Pass batchSize: "full"` becomes "Use --batch-size full". */
export const inOptions = (message: string): string =>
  message
    .replace(/\b([a-zA-Z\d]+): false\b/g, (text, name: string) =>
      table[name]?.helpOff === undefined ? text : flagOf(name).replace("--", "--no-"),
    )
    .replace(/\b([a-zA-Z\d]+):? "([a-zA-Z]+)"/g, (text, name: string, value: string) =>
      table[name]?.choices?.includes(value) || (name === "batchSize" && value === "full")
        ? `${flagOf(name)} ${value}`
        : text,
    )
    .replace(bare, (name) => flagOf(name))
    .replace(/\bstart must\b/g, "--start must")
    .replace(/(--[a-z-]+): (?=\d)/g, "$1 ")
    .replace(/\bplain\(([\d.]+)\)/g, "--optimizer plain --learning-rate $1")
    .replace(/\bUse "full"/g, "Use --batch-size full")
    .replace(/\bPass --/g, "Use --");
