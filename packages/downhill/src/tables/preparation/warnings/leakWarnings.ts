// Columns that alone predict the target nearly perfectly, so that they may have been computed from it.
import { show } from "../../../core/check.ts";
import { type ColumnHead, partsOf, type TypedRows } from "../../reading/typedParts.ts";
import type { Note } from "../../reading/typedTable.ts";
import type { WarningOptions } from "../learnPreparation.ts";
import {
  areOrdered,
  classesOf,
  correlation,
  groupAccuracy,
  groupFit,
  missingAccuracy,
  presentRows,
  ranks,
  valuesOf,
} from "./leakMeasures.ts";

const ROWS = 4000; // evenly spaced
const FEWEST_ROWS = 50;
const NEARLY_ALL = 0.999;
const GAIN = 0.99; // of the errors of the most frequent class
const MISSING_GAIN = 0.9; // whether a cell is missing rarely depends so much on a target that is not yet known

/** A warning for each column that alone predicts the target nearly perfectly, judged by at most 4000 evenly spaced rows. */
export function leakWarnings(
  columns: readonly ColumnHead[],
  target: ColumnHead,
  table: TypedRows,
  { hasClasses, dialect }: { readonly hasClasses: boolean } & Pick<WarningOptions, "dialect">,
): Note[] {
  const [targets, ...others] = spacedValues(table, [target, ...columns]) as [Float64Array, ...Float64Array[]];
  const known = presentRows(targets);
  if (known.length < FEWEST_ROWS) return [];
  const ofKnown = valuesOf(targets, known);
  const measure = hasClasses ? classLeak(ofKnown) : numberLeak(ofKnown);
  return columns.flatMap((column, c): Note[] => {
    const leak = measure(column, valuesOf(others[c]!, known));
    if (leak === null) return [];
    const { name } = column;
    const text =
      `${leak} ${show(target.name)} nearly perfectly, so that it may be computed from it or known only after it: ` +
      `if so, leave it out with ${dialect.ignore(name)}`;
    return [{ code: "possible-leak", column: name, text, level: "warning" }];
  });
}

/** The numbers of evenly spaced rows, or the codes of their categories; NaN for missing cells. */
function spacedValues(table: TypedRows, columns: readonly ColumnHead[]): Float64Array[] {
  const count = Math.min(table.rows, ROWS);
  const found = columns.map(() => new Float64Array(count));
  let i = 0;
  const names = columns.map(({ name }) => name);
  for (const { first, rows, columns } of partsOf(table, names)) {
    for (; i < count; i++) {
      const row = Math.floor((i * table.rows) / count) - first;
      if (row >= rows) break;
      for (const [c, column] of columns.entries()) {
        if (!("codes" in column)) found[c]![i] = column.values[column.start + row * column.step]!;
        else found[c]![i] = column.codes[row]! < 0 ? Number.NaN : column.codes[row]!;
      }
    }
  }
  return found;
}

type Measure = (column: ColumnHead, values: Float64Array) => string | null;

function classLeak(target: Float64Array): Measure {
  const labels = classesOf(target);
  return ({ name, kind }, values) => {
    if (missingAccuracy(values, labels) >= MISSING_GAIN) return `Whether a cell of ${show(name)} is missing predicts`;
    const isLeak =
      groupAccuracy(values, labels) >= GAIN || (kind !== "category" && areOrdered(values, labels, NEARLY_ALL));
    return isLeak ? `${show(name)} alone predicts` : null;
  };
}

function numberLeak(numbers: Float64Array): Measure {
  const ranked = ranks(numbers);
  return ({ name, kind }, values) => {
    const isLeak =
      kind === "category" || kind === "boolean"
        ? groupFit(values, numbers) >= NEARLY_ALL
        : Math.abs(correlation(values, numbers)) >= NEARLY_ALL ||
          Math.abs(correlation(ranks(values), ranked)) >= NEARLY_ALL;
    return isLeak ? `${show(name)} alone predicts` : null;
  };
}
