// Reads the ratings for a factorization, and holds out some of them.
import { readTrainingTable, type TextCells } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { labelsOf } from "../model/ratingColumns.ts";
import type { RatingRows } from "../model/rows.ts";
import { splitRatingRows } from "../model/splitRows.ts";
import { dialectOf } from "../model/tableOptions.ts";
import { requireCompatible } from "../options/compatibility.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import type { OpenTable } from "../table/openTable.ts";
import { type ColumnSummary, summariesOf } from "./columnSummary.ts";
import { type Prepared, requireColumn } from "./prepared.ts";

const command = "train";

/**
 * Reads the ratings for a training run. Rows without a rating are left out.
 *
 * @throws UsageError for a wrong column or option; DataError for wrong cells
 */
export async function prepareRatings(open: OpenTable, options: TrainOptions): Promise<Prepared> {
  requireCompatible(options, "factorization", false);
  const names = forAll(["user", "item", "rating"] as const, (option) => {
    const name = options[option];
    if (name === undefined) {
      throw new UsageError(
        `${command}: --model factorization needs --${option}, the name of a column. ` +
          `Choose one of ${list(open.columns)}.`,
      );
    }
    requireColumn(open, `--${option}`, name);
    return name;
  });
  const [user, item, rating] = names as [string, string, string];
  if (new Set(names).size < 3) {
    throw new UsageError(
      `${command}: --user, --item and --rating must name three different columns, got ${list(names)}. Change one of them.`,
    );
  }
  const cells = await open.readCells([
    { name: user, asText: true },
    { name: item, asText: true },
    { name: rating, separate: true },
  ]);
  const dialect = dialectOf(command, open.locate);
  const table = readTrainingTable(
    { ...cells, columns: new Map([[rating, cells.columns.get(rating)!]]) },
    { target: rating, columns: { [rating]: "number" }, dialect },
  );
  const [users, items] = forAll([user, item], (name) => labelsOf(cells, name, dialect, table.rows));
  const ratings = table.y as Float64Array;
  const rows: RatingRows = { task: "ratings", users: users!, items: items!, ratings };
  const labels = (name: string): ColumnSummary => {
    const { texts } = cells.columns.get(name) as TextCells;
    return { name, kind: "category", different: texts.length };
  };
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = options;
  return {
    table: { rows: cells.rows, columns: [...[user, item].map(labels), ...summariesOf(table.typed)] },
    notes: [...table.notes.map(({ text }) => text), ...equalRatingsNote(ratings)],
    model: "factorization",
    task: "ratings",
    reason: "set with --model",
    otherwise: "",
    parts: splitRatingRows(rows, { share: holdOut, seed }),
    twoClasses: null,
    spec: { user, item, rating: { name: rating, read: table.typed.rules.get(rating)! } },
  };
}

/** The note about equal ratings, from which a model can learn nothing. */
function equalRatingsNote(ratings: Float64Array): string[] {
  const [first] = ratings;
  if (first === undefined || ratings.some((rating) => rating !== first)) return [];
  return [
    `every rating is ${first}, so every prediction will be ${first} and the order of recommendations has no meaning`,
  ];
}
