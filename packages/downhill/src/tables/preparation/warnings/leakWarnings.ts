// Columns that alone predict the target nearly perfectly, so that they may have been computed from it.
import { show } from "../../../core/check.ts";
import type { Note, TypedColumn } from "../../reading/typedTable.ts";
import type { WarningOptions } from "../learnPreparation.ts";
import { areOrdered, correlation, groupAccuracy, groupFit, missingAccuracy, ranks } from "./leakMeasures.ts";
import { hasClasses } from "./targetClasses.ts";

const ROWS = 4000; // evenly spaced
const FEWEST_ROWS = 50;
const NEARLY_ALL = 0.999;
const GAIN = 0.99; // of the errors of the most frequent class
const MISSING_GAIN = 0.9; // whether a cell is missing rarely depends so much on a target that is not yet known

/** A warning for each column that alone predicts the target nearly perfectly, judged by at most 4000 evenly spaced rows. */
export function leakWarnings(
  columns: readonly TypedColumn[],
  target: TypedColumn,
  rows: number,
  options: WarningOptions,
): Note[] {
  const sample = knownRows(target, rows);
  if (sample.length < FEWEST_ROWS) return [];
  const measure = hasClasses(target, rows, options) ? classLeak(target, sample) : numberLeak(target, sample);
  return columns.flatMap((column): Note[] => {
    const leak = measure(column);
    if (leak === null) return [];
    const { name } = column;
    const text =
      `${leak} ${show(target.name)} nearly perfectly, so that it may be computed from it or known only after it: ` +
      `if so, leave it out with ${options.dialect.ignore(name)}`;
    return [{ code: "possible-leak", column: name, text, level: "warning" }];
  });
}

/** Evenly spaced rows whose target is known. */
function knownRows(target: TypedColumn, rows: number): Uint32Array {
  const count = Math.min(rows, ROWS);
  const all = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
  const values = valuesAt(target, all);
  return all.filter((_, i) => !Number.isNaN(values[i]!));
}

/** The numbers of some rows, or the codes of their categories; NaN for missing cells. */
function valuesAt(column: TypedColumn, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    if (column.kind !== "category") found[i] = column.values[column.start + rows[i]! * column.step]!;
    else found[i] = column.codes[rows[i]!]! < 0 ? Number.NaN : column.codes[rows[i]!]!;
  }
  return found;
}

type Measure = (column: TypedColumn) => string | null;

function classLeak(target: TypedColumn, rows: Uint32Array): Measure {
  const labels = valuesAt(target, rows);
  return (column) => {
    const { name } = column;
    const values = valuesAt(column, rows);
    if (missingAccuracy(values, labels) >= MISSING_GAIN) return `Whether a cell of ${show(name)} is missing predicts`;
    const isLeak =
      groupAccuracy(values, labels) >= GAIN || (column.kind !== "category" && areOrdered(values, labels, NEARLY_ALL));
    return isLeak ? `${show(name)} alone predicts` : null;
  };
}

function numberLeak(target: TypedColumn, rows: Uint32Array): Measure {
  const numbers = valuesAt(target, rows);
  const ranked = ranks(numbers);
  return (column) => {
    const values = valuesAt(column, rows);
    const fit =
      column.kind === "category" || column.kind === "boolean"
        ? groupFit(values, numbers)
        : Math.max(Math.abs(correlation(values, numbers)), Math.abs(correlation(ranks(values), ranked)));
    return fit >= NEARLY_ALL ? `${show(column.name)} alone predicts` : null;
  };
}
