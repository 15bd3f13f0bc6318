// Reads the users of a table for recommendations.
import type { TextCells } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";
import type { RatingsModelFile } from "./modelFile.ts";

/**
 * The different users of a table, in the order of their first appearance. Rows without a user are skipped.
 *
 * @throws UsageError if the table has no column with the name of the users in the training
 */
export function readUsers(
  command: string,
  { table }: RatingsModelFile,
  data: DataArgument,
): Promise<{ texts: string[]; notes: readonly string[] }> {
  const name = table.user;
  return withTable(command, { argument: data, texts: [name] }, async (open) => {
    if (!open.columns.includes(name)) {
      throw new UsageError(
        `${command}: --users must have the column ${show(name)}, which has the users in the training table, but its columns are ` +
          `${list(open.columns)}. Rename the column of the users.`,
      );
    }
    const { codes, texts } = (await open.readCells([{ name, asText: true }])).columns.get(name) as TextCells;
    const used = [...new Set(Array.from(codes).filter((code) => code >= 0))];
    return { texts: used.map((code) => texts[code]!), notes: open.notes };
  });
}
