import { isInParts, type TypedRows } from "../reading/typedParts.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { featuresOfExpansion, putExpansion } from "./expansion.ts";
import { featuresOfColumn } from "./featureNames.ts";
import type { Summary } from "./learnPreparation.ts";
import type { Expansion, PreparedColumn } from "./preparation.ts";
import { baseWriter } from "./prepareRows.ts";

/** The mean of each feature of the columns over the rows. Throws RangeError for a missing cell where it is an error. */
export function baseMeans(
  columns: readonly PreparedColumn[],
  summaries: readonly Summary[],
  table: TypedRows,
  dialect: Dialect,
): number[] {
  const known = columns.map((column, c) => numberMeans(column, summaries[c]!, table.rows));
  const others = columns.filter((_, c) => known[c] === null);
  const computed = others.length === 0 ? [] : featureMeans(others, table, dialect);
  let used = 0;
  return columns.flatMap((column, c) => {
    const own = known[c];
    if (own) return own;
    const from = used;
    used += featuresOfColumn(column).length;
    return computed.slice(from, used);
  });
}

/** The means of a column of numbers, from its statistics; null for other columns, and if a missing cell is an error. */
function numberMeans({ encoding }: PreparedColumn, summary: Summary, rows: number): number[] | null {
  if (encoding.type !== "number" || summary.column.kind === "time" || !("statistics" in summary)) return null;
  const { missing, mean } = summary.statistics;
  if (missing === 0) return [mean];
  if (encoding.fill === null) return null;
  const share = missing / rows;
  const { value, indicator } = encoding.fill;
  const withFill = mean + (value - mean) * share;
  const finite = Number.isFinite(withFill) ? withFill : mean * (1 - share) + value * share; // value − mean can overflow
  return [finite, ...(indicator ? [share] : [])];
}

const BLOCK = 1024;
const SMALLER = 5.421010862427522e-20; // 2^−64: with this factor sums of large numbers do not overflow

/**
 * The mean of each feature over the rows, of the columns or of an expansion of their features. The features are computed block by
 * block, so that they need little memory.
 *
 * @param expanded  the expansion, and the means of the features of the columns
 */
export function featureMeans(
  columns: readonly PreparedColumn[],
  table: TypedRows,
  dialect: Dialect,
  expanded?: { readonly expansion: Expansion; readonly means: readonly number[] },
): number[] {
  const means = meansWith(1);
  return means.every(Number.isFinite) ? means : meansWith(SMALLER);

  function meansWith(factor: number): number[] {
    const writer = baseWriter({ columns, unseen: "other" }, dialect);
    const baseFeatures = columns.flatMap(featuresOfColumn);
    const width = writer.width + featuresOfExpansion(expanded?.expansion ?? null, baseFeatures).length;
    const data = new Float64Array(Math.min(BLOCK, table.rows) * width);
    const sums = new Float64Array(width);
    let first = 0;
    for (const typed of isInParts(table) ? table.parts(columns.map(({ name }) => name)) : [table]) {
      for (let from = 0; from < typed.rows; from += BLOCK) {
        const to = Math.min(typed.rows, from + BLOCK);
        data.fill(0);
        writer.write({ typed, from, to, first }, { data, width });
        if (expanded !== undefined) {
          putExpansion(expanded.expansion, expanded.means, { data, rows: to - from, width, base: writer.width });
        }
        for (let row = from, at = 0; row < to; row++) {
          for (let j = 0; j < width; j++, at++) sums[j]! += data[at]! * factor;
        }
      }
      first += typed.rows;
    }
    throwProblems(dialect.functionName, writer.problems());
    return Array.from(sums.subarray(expanded === undefined ? 0 : writer.width), (sum) => sum / table.rows / factor + 0);
  }
}
