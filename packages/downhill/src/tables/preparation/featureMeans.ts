import type { TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { featuresOfExpansion, putExpansion } from "./expansion.ts";
import { featuresOfColumn } from "./featureNames.ts";
import type { Expansion, Preparation } from "./preparation.ts";
import { baseWriter } from "./prepareRows.ts";

/** An expansion, and the means of the features that it is computed from. */
interface ExpansionWithMeans {
  readonly expansion: Expansion;
  readonly means: readonly number[];
}

const BLOCK = 1024;
const SMALLER = 5.421010862427522e-20; // 2^−64: with this factor sums of large numbers do not overflow

/**
 * The mean of each feature over the rows. The features are computed block by block, so that they need little memory.
 *
 * @throws RangeError for a missing cell where it is an error
 */
export function featureMeans(
  base: Pick<Preparation, "columns" | "unseen">,
  typed: TypedTable,
  dialect: Dialect,
  expanded?: ExpansionWithMeans,
): number[] {
  const means = meansWith(1);
  return means.every(Number.isFinite) ? means : meansWith(SMALLER);

  function meansWith(factor: number): number[] {
    const writer = baseWriter(base, typed, dialect);
    const baseFeatures = base.columns.flatMap(featuresOfColumn);
    const width = writer.width + featuresOfExpansion(expanded?.expansion ?? null, baseFeatures).length;
    const data = new Float64Array(Math.min(BLOCK, typed.rows) * width);
    const sums = new Float64Array(width);
    let problems: string[] = [];
    for (let from = 0; from < typed.rows; from += BLOCK) {
      const to = Math.min(typed.rows, from + BLOCK);
      data.fill(0);
      problems = writer.write(from, to, { data, width });
      if (expanded !== undefined) {
        putExpansion(expanded.expansion, expanded.means, { data, rows: to - from, width, base: writer.width });
      }
      for (let row = from, at = 0; row < to; row++) {
        for (let j = 0; j < width; j++, at++) sums[j]! += data[at]! * factor;
      }
    }
    throwProblems(dialect.functionName, problems);
    return Array.from(sums, (sum) => sum / typed.rows / factor);
  }
}
