import { UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { show } from "../errors/quoting.ts";
import type { OpenTable } from "./openTable.ts";

/** @throws UsageError if the table has no column of the name that an option gives */
export function requireColumn(command: string, { columns, hint }: OpenTable, option: string, name: string): void {
  if (columns.includes(name)) return;
  throw new UsageError(
    `${command}: ${option} ${show(name)} is not a column of the table. ${adviceOnName(name, columns)}${hint}`,
  );
}
