// The options that need the columns of a table, which an svmlight file does not have.
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { flagOf } from "./option.ts";
import { preparationOptions } from "./preparationOptions.ts";

const tableOptions: readonly string[] = [
  ...preparationOptions,
  ...["keep", "explain"],
  ...["stream", "cache", "format", "encoding", "delimiter", "comment", "header"],
];

/** @throws UsageError for an option that works only with tables */
export function requireNoTableOptions(command: string, path: string, options: object): void {
  const set = options as Readonly<Record<string, unknown>>;
  if (set["target"] !== undefined) {
    throw new UsageError(
      `${command}: --target names a column of a table, but ${show(path)} is an svmlight file, and its target is the first number of each line. ` +
        "Leave out --target.",
    );
  }
  forAll(tableOptions, (name) => {
    if (set[name] === undefined) return;
    const flag = set[name] === false ? flagOf(name).replace("--", "--no-") : flagOf(name);
    throw new UsageError(
      `${command}: ${flag} works only with tables, but ${show(path)} is an svmlight file. Leave out ${flag}.`,
    );
  });
}
