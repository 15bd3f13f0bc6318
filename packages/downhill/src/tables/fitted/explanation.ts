import { InputTypeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { type AnyMatrix, isSparse } from "../../core/sparse.ts";
import type { FittedTable } from "../../estimators/fitted/fittedTable.ts";
import type { LinearParts } from "../../estimators/fitted/linearParts.ts";
import { widthOf } from "../preparation/featureNames.ts";
import type { Preparation } from "../preparation/preparation.ts";

/** Why the scores of rows are what they are: each score is its base plus the contributions of the columns. */
export interface Explanation {
  /** For each score: the score of a row whose features are all at their means over the training rows, and which has no words. */
  readonly base: Float64Array;
  /**
   * For each score: the contributions, one row per row and one column per column of the user. Products of two columns have a
   * column of their own, "a × b".
   */
  readonly contributions: readonly Matrix[];
}

/**
 * The contributions of the user's columns to linear scores: Σ coefficient × (value − mean over the training rows), summed over
 * the features of a column. For words it is Σ coefficient × count.
 *
 * @param prepared  returns the features of some rows
 * @throws TypeError for a model whose scores are not linear
 */
export function explanationOf(
  model: FittedTable & Partial<LinearParts>,
  { features, means }: Preparation,
  prepared: () => AnyMatrix,
): Explanation {
  const { coefficients, intercepts } = model;
  if (coefficients === undefined || intercepts === undefined) {
    throw new InputTypeError(
      `explain: the model must have linear scores, got a ${model.kind}. Use permutationImportance, which works for every model.`,
    );
  }
  const X = prepared();
  const entries = features.map(({ columns }) => columns.join(" × "));
  const names = [...new Set(entries)];
  const width = widthOf(features);
  const position = new Uint32Array(width);
  const mean = new Float64Array(width);
  const numbers = features.filter(({ buckets }) => buckets === undefined).length;
  let at = 0;
  for (const [f, { buckets = 1 }] of features.entries()) {
    position.fill(names.indexOf(entries[f]!), at, at + buckets);
    mean.fill(means[f]!, at, at + buckets);
    at += buckets;
  }
  const base = intercepts.slice();
  const contributions = Array.from(base, (_, score): Matrix => {
    const data = new Float64Array(X.rows * names.length);
    const own = coefficients.data.subarray(score * width, (score + 1) * width);
    own.forEach((coefficient, j) => {
      base[score]! += coefficient * mean[j]!;
    });
    for (let row = 0; row < X.rows; row++) {
      const from = row * names.length;
      const add = (j: number, value: number): void => {
        data[from + position[j]!]! += own[j]! * value;
      };
      if (isSparse(X)) {
        for (let j = 0; j < numbers; j++) if (mean[j] !== 0) add(j, -mean[j]!);
        for (let e = X.indptr[row]!; e < X.indptr[row + 1]!; e++) add(X.indices[e]!, X.values[e]!);
      } else for (let j = 0; j < width; j++) add(j, X.data[row * width + j]! - mean[j]!);
    }
    return { data, rows: X.rows, columns: names.length, names };
  });
  return { base, contributions };
}
