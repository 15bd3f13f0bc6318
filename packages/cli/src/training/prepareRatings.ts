// Reads the ratings for a factorization, and holds out some of them.
import { matrixFactorization, type Note, type RatingTraining, ratingModel } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import type { RatingRows } from "../model/rows.ts";
import { splitRatingRows } from "../model/splitRows.ts";
import { columnOptionsOf, dialectOf } from "../model/tableOptions.ts";
import { requireCompatible } from "../options/compatibility.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import type { OpenTable } from "../table/openTable.ts";
import { requireColumn } from "../table/requireColumn.ts";
import type { ColumnSummary } from "./columnSummary.ts";
import type { Prepared } from "./prepared.ts";
import { requireOneRatingPerPair } from "./ratingChecks.ts";

const command = "train";

/**
 * Reads the ratings for a training run, or the pairs of implicit feedback. Rows with a missing cell are left out.
 *
 * @throws UsageError for a wrong column or option; DataError for wrong cells
 */
export async function prepareRatings(open: OpenTable, options: TrainOptions): Promise<Prepared> {
  const { user, item, rating, time } = ratingColumnsOf(open, options);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = options;
  const cells = await open.readCells([
    { name: user, asText: true },
    { name: item, asText: true },
    ...[rating, time].flatMap((name) => (name === undefined ? [] : [{ name, separate: true }])),
  ]);
  const training = ratingModel(matrixFactorization(), {
    user,
    item,
    ...(rating !== undefined && { rating }),
    ...(time !== undefined && { time }),
    columns: columnOptionsOf(options, [rating, time]),
    ...(options.na && { na: options.na }),
    dialect: dialectOf(command, open.locate),
  }).trainingData(cells);
  requireOneRatingPerPair(training, options, open.locate);
  return {
    table: { rows: cells.rows, columns: summaries(training, { user, item, rating }), kinds: [] },
    notes: [...training.notes, ...equalRatingsNote(training.ratings, rating ?? null)],
    model: "factorization",
    task: "ratings",
    reason: "set with --model",
    otherwise: "",
    parts: splitRatingRows(training, { share: holdOut, seed }, rowsAt(training)),
    twoClasses: null,
    evaluable: null,
    spec: { user, item, rating: rating ?? null, fitted: training.fitted },
  };
}

/**
 * The columns of the ratings.
 *
 * @throws UsageError for a column that is not set, that does not exist, or that is set twice, and for an option that does not fit
 */
export function ratingColumnsOf(open: OpenTable, options: TrainOptions) {
  requireCompatible(options, "factorization", false);
  const isImplicit = options.feedback === "implicit";
  const needed = isImplicit ? (["user", "item"] as const) : (["user", "item", "rating"] as const);
  const names = forAll(needed, (option) => {
    const name = options[option];
    if (name === undefined) {
      throw new UsageError(
        `${command}: --model factorization needs --${option}, the name of a column. ` +
          `Choose one of ${list(open.columns)}.`,
      );
    }
    requireColumn(command, open, `--${option}`, name);
    return name;
  });
  const [user, item, rating] = names as [string, string, string?];
  const { time } = options;
  if (time !== undefined) requireColumn(command, open, "--time", time);
  const all = [...names, ...(time === undefined ? [] : [time])];
  if (new Set(all).size < all.length) {
    const flags = [...needed, ...(time === undefined ? [] : ["time"])].map((name) => `--${name}`);
    throw new UsageError(
      `${command}: ${flags.slice(0, -1).join(", ")} and ${flags.at(-1)} must name ${all.length === 3 ? "three" : all.length} ` +
        `different columns, got ${list(all)}. Change one of them.`,
    );
  }
  return { user, item, rating, time };
}

/** The ratings at some positions. */
const rowsAt =
  (training: RatingTraining) =>
  (positions?: Uint32Array): RatingRows => {
    const data = training.data(positions);
    return {
      task: "ratings",
      users: data.users as readonly string[],
      items: data.items as readonly string[],
      ratings: "ratings" in data ? (data.ratings as Float64Array) : null,
    };
  };

/** The summaries of the columns of the ratings that are used. */
function summaries(
  { users, items, ratings }: RatingTraining,
  names: { readonly user: string; readonly item: string; readonly rating: string | undefined },
): ColumnSummary[] {
  const labels = (name: string, texts: readonly string[]): ColumnSummary => ({
    name,
    kind: "category",
    different: new Set(texts).size,
  });
  const both = [labels(names.user, users), labels(names.item, items)];
  if (ratings === null) return both;
  let [smallest, largest, mean] = [Infinity, -Infinity, 0];
  for (const rating of ratings) {
    smallest = Math.min(smallest, rating);
    largest = Math.max(largest, rating);
    mean += rating / ratings.length;
  }
  return [...both, { name: names.rating!, kind: "number", smallest, mean, largest }];
}

/** The note about equal ratings, from which a model can learn nothing. */
export function equalRatingsNote(ratings: Float64Array | null, column: string | null): Note[] {
  const first = ratings?.[0];
  if (first === undefined || ratings!.some((rating) => rating !== first)) return [];
  const text = `every rating is ${first}, so every prediction will be ${first} and the order of recommendations has no meaning`;
  return [{ code: "equal-ratings", column, text, level: "warning" }];
}
