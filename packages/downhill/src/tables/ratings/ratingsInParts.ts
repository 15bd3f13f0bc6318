// Ratings of a table whose rows come in parts.
import type { Vector } from "../../core/vector.ts";
import { division } from "../../estimators/ratings/dividedRatings.ts";
import { distinctRows } from "../../estimators/ratings/duplicates.ts";
import type { FittedFactorization } from "../../estimators/ratings/factorization.ts";
import type { FactorizationOptions } from "../../estimators/ratings/factorizationOptions.ts";
import type { CellParts } from "../cells/cellParts.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { Note } from "../reading/typedTable.ts";
import { type FittedRatingModel, fittedRatingModel, type RatingModelData } from "./fittedRatingModel.ts";
import { checkRatingOptions, type RatingOptions, readRatingsInParts } from "./ratingRows.ts";

/** Ratings as numbers. */
export interface RatingNumbers {
  /** For each rating the position of its user in the list of users. */
  readonly user: Uint32Array;
  /** For each rating the position of its item in the list of items. */
  readonly item: Uint32Array;
  /** The ratings. */
  readonly ratings: Float64Array;
}

/** Some of the ratings: their positions, and the ratings, which can be those of several positions. */
export interface RatingPositions {
  /** The positions in `user` and in `item`. */
  readonly rows: Uint32Array;
  /** The ratings at these positions. */
  readonly ratings: Vector;
}

/** The facts about a table of ratings that its model contains. JSON. */
export type RatingTableFacts = Pick<RatingModelData, "columns" | "notes" | "training">;

/** The ratings of a table that was read in parts. */
export interface RatingsInParts extends RatingNumbers {
  /** The users, sorted. */
  readonly users: readonly string[];
  /** The items, sorted. */
  readonly items: readonly string[];
  /** Decisions and warnings. */
  readonly notes: readonly Note[];
  /** The facts for `ratingModelOf`. */
  readonly facts: RatingTableFacts;
  /**
   * The training ratings and the validation ratings of a factorization with these options, in the order in which `fit` would have them:
   * one rating for each pair.
   *
   * @param positions  the ratings of the fit [all]
   */
  divided(
    options: Pick<FactorizationOptions, "duplicates" | "seed" | "stop">,
    positions?: Uint32Array,
  ): {
    /** The ratings that the model learns from. */
    readonly training: RatingPositions;
    /** The ratings whose loss is watched while the model trains; null if the options set none apart. */
    readonly validation: RatingPositions | null;
  };
}

/**
 * Reads the ratings of a table whose rows come in parts, as `ratingModel` reads a table in memory. In memory are each different text once,
 * and 16 bytes per rating, and while they are divided about 30 more.
 *
 * @throws TypeError or RangeError as `ratingModel`; there must be ratings and no times
 *
 * @example
 * ```ts
 * import { ratingsInParts } from "downhill";
 *
 * const texts = (...texts: string[]) => ({ type: "text" as const, texts, counts: new Uint32Array(2).fill(1), firstRows: Float64Array.of(0, 1) });
 * const codes = (facts: ReturnType<typeof texts>) => ({ type: "text" as const, texts: facts.texts, codes: Int32Array.of(0, 1) });
 * const [users, items] = [texts("bob", "ann"), texts("tea", "jam")];
 * const stars = { type: "number" as const, values: Float64Array.of(4, 5), start: 0, step: 1 };
 * const read = ratingsInParts(
 *   {
 *     rows: 2,
 *     columns: new Map<string, never>([["user", users], ["item", items], ["stars", { type: "number", present: true, finite: true }]] as never),
 *     *parts() {
 *       yield { rows: 2, columns: new Map<string, never>([["user", codes(users)], ["item", codes(items)], ["stars", stars]] as never) };
 *     },
 *   },
 *   { user: "user", item: "item", rating: "stars" },
 * );
 * read.users; // ["ann", "bob"]
 * Array.from(read.user); // [1, 0]
 * ```
 */
export function ratingsInParts(
  data: CellParts,
  options: Omit<RatingOptions, "time"> & { readonly rating: string },
): RatingsInParts {
  const functionName = "ratingsInParts";
  checkRatingOptions(functionName, options);
  const { columns, leftOut, ...read } = readRatingsInParts(data, options, options.dialect ?? libraryDialect("fit"));
  const { users, items, user, item, ratings, notes } = read;
  return {
    ...read,
    facts: { columns, notes, training: { rows: user.length, leftOut } },
    divided(own, positions) {
      const indexed = [
        { labels: users, indices: user },
        { labels: items, indices: item },
      ] as const;
      const distinct = distinctRows("fit", [...indexed, ratings], own.duplicates ?? "mean", positions);
      const integersAt = (list: Uint32Array): Uint32Array => distinct.rows.map((row) => list[row]!);
      const pairs = () => ({ user: integersAt(user), item: integersAt(item) });
      const { train, validation } = division("fit", distinct.rows.length, pairs, own);
      if (validation === undefined) return { training: distinct, validation: null };
      const at = (rows: Uint32Array): RatingPositions => ({
        rows: rows.map((row) => distinct.rows[row]!),
        ratings: Float64Array.from(rows, (row) => distinct.ratings[row]!),
      });
      return { training: at(train), validation: at(validation) };
    },
  };
}

/**
 * The model of a table of ratings, from the factorization of its ratings: what `ratingModel` returns.
 *
 * @param model  a factorization whose users and items are texts
 * @param facts  of `ratingsInParts`
 *
 * @example
 * ```ts
 * import { matrixFactorization, ratingModelOf } from "downhill";
 *
 * const model = matrixFactorization({ epochs: 1 }).fit({ users: ["ann", "bob"], items: ["tea", "tea"], ratings: [1, 2] });
 * const read = { kind: "category" as const, missing: [] };
 * const columns = { user: { name: "user", read }, item: { name: "item", read }, rating: null, time: null };
 * ratingModelOf(model, { columns, notes: [], training: { rows: 2, leftOut: 0 } }).kind; // "ratings"
 * ```
 */
export const ratingModelOf = (model: FittedFactorization, facts: RatingTableFacts): FittedRatingModel =>
  fittedRatingModel({ ...facts, model });
