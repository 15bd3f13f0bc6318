// Ratings in memory, as the ratings of a fit.
import { column } from "../../kernels/source.ts";
import type { DividedRatings } from "./dividedRatings.ts";
import type { RatingData, RatingRows } from "./ratingPlan.ts";
import { standardized } from "./ratings.ts";

/** The ratings of a fit in memory, and how many users and items they have. */
export interface MemoryRatings extends DividedRatings {
  /** The public function, for errors. */
  readonly functionName: string;
  readonly users: number;
  readonly items: number;
}

/** The ratings of a fit. */
export const memoryData = (all: MemoryRatings): RatingData => ({
  functionName: all.functionName,
  users: all.users,
  items: all.items,
  training: rowsAt(all, all.train),
  validation: all.validation && rowsAt(all, all.validation),
  singleOrder: "grid",
});

function rowsAt({ user, item, ratings }: MemoryRatings, rows: Uint32Array): RatingRows {
  const own = ratings instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = ratings[rows[i]!]!;
  return {
    rows: rows.length,
    each: (visit) => visit(own),
    largestCount: () => Math.max(largestCountIn(user, rows), largestCountIn(item, rows)),
    rowsOf: ({ inputs }, scale) => ({
      inputs: inputs(
        rows.map((row) => user[row]!),
        rows.map((row) => item[row]!),
      ),
      targets: column(standardized(own, scale)),
    }),
  };
}

/** The largest number of rows that have the same integer. */
function largestCountIn(list: Uint32Array, rows: Uint32Array): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const row of rows) {
    const count = (counts.get(list[row]!) ?? 0) + 1;
    counts.set(list[row]!, count);
    most = Math.max(most, count);
  }
  return most;
}
