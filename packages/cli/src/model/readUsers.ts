// Reads the users of a table for recommendations.
import type { FittedRatingModel, RatingRows, TextCells } from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";
import type { RatingsModelFile } from "./modelFile.ts";
import { dialectOf } from "./tableOptions.ts";

/**
 * The different users of a table, in the order of their first appearance. Rows without a user are skipped.
 *
 * @throws UsageError if the table has no column with the name of the users in the training
 */
export function readUsers(
  command: string,
  { fitted }: RatingsModelFile,
  data: DataArgument,
): Promise<{ texts: string[]; notes: readonly string[] }> {
  const { name } = fitted.columns.user;
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

/** The ratings of a table with the columns of the training. Rows with a missing cell are left out, and noted. */
export function readNewRatings(
  command: string,
  fitted: FittedRatingModel,
  data: DataArgument,
): Promise<{ rows: RatingRows; notes: readonly string[] }> {
  const { user, item, rating } = fitted.columns;
  const texts = [user.name, item.name];
  return withTable(command, { argument: data, texts }, async (open) => {
    const names = [...texts, ...(rating === null ? [] : [rating.name])];
    const lost = names.filter((name) => !open.columns.includes(name));
    if (lost.length > 0) {
      throw new UsageError(
        `${command}: --ratings must have the columns of the training table (${list(names)}), but its columns are ${list(open.columns)}. ` +
          "Rename them.",
      );
    }
    const cells = await open.readCells(names.map((name) => ({ name, asText: texts.includes(name) })));
    const rows = fitted.testData(cells, dialectOf(command, open.locate));
    if (rows.rows.length === 0)
      throw new DataError(`${command}: every row of --ratings has a missing cell. Supply the cells.`);
    const missing = cells.rows - rows.rows.length;
    const leftOut =
      missing === 1 ? "1 row with a missing cell is left out" : `${missing} rows with a missing cell are left out`;
    return { rows, notes: missing === 0 ? open.notes : [...open.notes, leftOut] };
  });
}
