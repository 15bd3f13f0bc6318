import { InputTypeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { FittedTable } from "../../estimators/fitted/fittedTable.ts";
import type { LinearParts } from "../../estimators/fitted/linearParts.ts";
import type { Preparation } from "../preparation/preparation.ts";

/** Why the scores of rows are what they are: each score is its base plus the contributions of the columns. */
export interface Explanation {
  /** For each score: the score of a row whose features are all at their means over the training rows. */
  readonly base: Float64Array;
  /**
   * For each score: the contributions, one row per row and one column per column of the user. Products of two columns have a
   * column of their own, "a × b".
   */
  readonly contributions: readonly Matrix[];
}

/**
 * The contributions of the user's columns to linear scores: Σ coefficient × (value − mean over the training rows), summed over
 * the features of a column.
 *
 * @param prepared  returns the features of some rows
 * @throws TypeError for a model whose scores are not linear
 */
export function explanationOf(
  model: FittedTable & Partial<LinearParts>,
  { features, means }: Preparation,
  prepared: () => Matrix,
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
  const position = entries.map((entry) => names.indexOf(entry));
  const base = intercepts.slice();
  const contributions = Array.from(base, (_, score): Matrix => {
    const data = new Float64Array(X.rows * names.length);
    const own = coefficients.data.subarray(score * features.length, (score + 1) * features.length);
    own.forEach((coefficient, j) => {
      base[score]! += coefficient * means[j]!;
    });
    for (let row = 0, at = 0; row < X.rows; row++) {
      for (let j = 0; j < features.length; j++, at++) {
        data[row * names.length + position[j]!]! += own[j]! * (X.data[at]! - means[j]!);
      }
    }
    return { data, rows: X.rows, columns: names.length, names };
  });
  return { base, contributions };
}
