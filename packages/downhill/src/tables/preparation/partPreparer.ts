// The features of rows that come in parts.
import { InputRangeError } from "../../core/check.ts";
import { type Matrix, markFinite } from "../../core/matrix.ts";
import type { TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { putExpansion } from "./expansion.ts";
import type { Preparation } from "./preparation.ts";
import { baseWriter, indicatorsOf, type PreparedRows } from "./prepareRows.ts";

/** Computes the features of rows, part by part. */
export interface PartPreparer {
  /** The names of the features. */
  readonly names: readonly string[];
  /** For each feature, whether it is 0 or 1 by its encoding, so that it is not standardized. */
  readonly unscaled: readonly boolean[];
  /** The columns that the parts must have. */
  readonly columns: readonly string[];
  /**
   * The features of the rows of a part, one row after another. The next call overwrites them.
   *
   * @param first  the index of the part's first row, for messages
   * @param range  some rows of the part [all]
   */
  features(part: TypedTable, first: number, range?: { readonly from: number; readonly to: number }): Float64Array;
  /** The same as a matrix with the names of the features. */
  matrix(part: TypedTable, first: number): Matrix;
  /**
   * The numbers of missing and unseen cells so far.
   *
   * @throws RangeError for a missing cell or an unseen category where they are errors, and for a number that is not finite
   */
  finish(): Pick<PreparedRows, "missing" | "unseen">;
}

/** Makes the object that computes the features of rows by a preparation without words. */
export function partPreparer(preparation: Preparation, dialect: Dialect): PartPreparer {
  const { features, expansion, means, columns } = preparation;
  const width = features.length;
  const writer = baseWriter(preparation, dialect);
  let data = new Float64Array(0);
  let notFinite = -1;
  const names = features.map(({ name }) => name);
  const unscaled = indicatorsOf(preparation);
  const preparer: PartPreparer = {
    names,
    unscaled,
    columns: columns.map(({ name }) => name),
    features(typed, first, { from, to } = { from: 0, to: typed.rows }) {
      const length = (to - from) * width;
      if (data.length < length) data = new Float64Array(length);
      const own = data.subarray(0, length).fill(0);
      writer.write({ typed, from, to, first }, { data: own, width });
      if (expansion === null) return own;
      const row = putExpansion(expansion, means, { data: own, rows: to - from, width, base: writer.width });
      if (row >= 0 && notFinite < 0) notFinite = first + from + row;
      return own;
    },
    matrix: (typed, first) =>
      markFinite({ data: preparer.features(typed, first), rows: typed.rows, columns: width, names, unscaled }),
    finish() {
      throwProblems(dialect.functionName, writer.problems());
      if (notFinite >= 0) {
        throw new InputRangeError(
          `${dialect.functionName}: the products or splines of the numbers in ${dialect.locate(notFinite)} must be finite, but they are not. ` +
            "Correct the numbers in this row.",
        );
      }
      return writer.counts();
    },
  };
  return preparer;
}
