// The features of rows that come in parts.
import { InputRangeError } from "../../core/check.ts";
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
   */
  features(part: TypedTable, first: number): Float64Array;
  /**
   * The numbers of missing and unseen cells so far.
   *
   * @throws RangeError for a missing cell or an unseen category where they are errors, and for a number that is not finite
   */
  finish(): Pick<PreparedRows, "missing" | "unseen">;
}

/** Makes the object that computes the features of rows by a preparation. */
export function partPreparer(preparation: Preparation, dialect: Dialect): PartPreparer {
  const { features, expansion, means, columns } = preparation;
  const width = features.length;
  const writer = baseWriter(preparation, dialect);
  let data = new Float64Array(0);
  let notFinite = -1;
  return {
    names: features.map(({ name }) => name),
    unscaled: indicatorsOf(preparation),
    columns: columns.map(({ name }) => name),
    features(typed, first) {
      const length = typed.rows * width;
      if (data.length < length) data = new Float64Array(length);
      const own = data.subarray(0, length).fill(0);
      writer.write({ typed, from: 0, to: typed.rows, first }, { data: own, width });
      if (expansion === null) return own;
      const row = putExpansion(expansion, means, { data: own, rows: typed.rows, width, base: writer.width });
      if (row >= 0 && notFinite < 0) notFinite = first + row;
      return own;
    },
    finish() {
      throwProblems(dialect.functionName, writer.problems());
      if (notFinite >= 0) {
        throw new InputRangeError(
          `${dialect.functionName}: The products or splines of the numbers in ${dialect.locate(notFinite)} must be finite, but they are not. ` +
            "Correct the numbers in this row.",
        );
      }
      return writer.counts();
    },
  };
}
