// Files that are read together must have the same columns, in any order.
import { DataError } from "../../errors/errors.ts";
import { list, show } from "../../errors/quoting.ts";

interface FileColumns {
  /** The name of the file. */
  readonly file: string;
  readonly columns: readonly string[];
}

/** @throws DataError if a file has other columns than the first file */
export function requireSameColumns(command: string, [first, ...others]: readonly FileColumns[]): void {
  for (const { file, columns } of others) {
    const missing = first!.columns.filter((name) => !columns.includes(name));
    const more = columns.filter((name) => !first!.columns.includes(name));
    if (missing.length + more.length === 0) continue;
    const lacks = (path: string, names: readonly string[]): string[] =>
      names.length === 0 ? [] : [`${show(path)} does not have ${list(names.map((name) => show(name)))}`];
    throw new DataError(
      `${command}: the files of DATA must have the same columns, but ` +
        `${[...lacks(file, missing), ...lacks(first!.file, more)].join(", and ")}. ` +
        "Use a narrower pattern, or correct the files.",
    );
  }
}
