// The choice of squares, products and splines for the features of numbers.
import { show } from "../../core/check.ts";
import { DAY, HOUR } from "../reading/calendar.ts";
import type { Note, NumberValues } from "../reading/typedTable.ts";
import type { TableOptions } from "../tableOptions.ts";
import { featuresOfColumn } from "./featureNames.ts";
import type { Summary } from "./learnPreparation.ts";
import type { Expansion, PreparedColumn, Spline } from "./preparation.ts";

const MAX_FEATURES = 2000;

/** A feature of numbers that is expanded: the first feature of its column. Booleans and indicators are not expanded. */
interface Expanded {
  readonly position: number;
  readonly column: NumberValues;
  readonly origin: number;
}

/** The further features of the columns of numbers, ordinals, times and the elapsed days of dates. */
export function learnExpansion(
  expand: TableOptions["expand"],
  summaries: readonly Summary[],
  prepared: readonly PreparedColumn[],
  rows: number,
  notes: Note[],
): Expansion | null {
  if (expand === undefined) return null;
  const expanded: Expanded[] = [];
  let position = 0;
  for (const [c, column] of prepared.entries()) {
    const summary = summaries[c]!;
    if ("statistics" in summary && summary.column.kind !== "boolean") {
      const origin = column.encoding.type === "date" ? column.encoding.origin : 0;
      expanded.push({ position, column: summary.column, origin });
    }
    position += featuresOfColumn(column).length;
  }
  const report = (text: string, column: string | null = null): void => {
    notes.push({ code: "expansion", column, text, level: "information" });
  };
  return expand === "quadratic" ? quadraticOf(expanded, position, rows, report) : splinesOf(expanded, rows, report);
}

type Report = (text: string, column?: string) => void;

/** All squares and products, up to the limit: first the squares, then the products in the order of the names. */
function quadraticOf(expanded: readonly Expanded[], width: number, rows: number, report: Report): Expansion | null {
  const limit = Math.max(0, MAX_FEATURES - width);
  const products: [number, number][] = [];
  for (const { position, column } of expanded) if (!hasTwoValues(column, rows)) products.push([position, position]);
  const total = products.length + (expanded.length * (expanded.length - 1)) / 2;
  for (const [at, a] of expanded.entries()) {
    for (const b of expanded.slice(at + 1)) if (products.length < limit) products.push([a.position, b.position]);
  }
  products.length = Math.min(products.length, limit);
  if (total === 0)
    report("There are no squares and products, because there are no columns of numbers with more than two values");
  else if (products.length < total) {
    report(
      `${products.length} of ${total} squares and products are used, because a model has at most ${MAX_FEATURES} features`,
    );
  } else if (total === 1) report("1 square or product of numbers is added as a feature");
  else report(`${total} squares and products of numbers are added as features`);
  return products.length === 0 ? null : { type: "quadratic", products };
}

/** Whether a feature has at most two values; then its square adds nothing. */
function hasTwoValues({ values, start, step }: NumberValues, rows: number): boolean {
  const seen = new Set<number>();
  for (let row = 0; row < rows && seen.size <= 2; row++) {
    const x = values[start + row * step]!;
    if (!Number.isNaN(x)) seen.add(x);
  }
  return seen.size <= 2;
}

const SHARES = [0.05, 0.275, 0.5, 0.725, 0.95];

/** A spline for each feature whose quantiles differ. */
function splinesOf(expanded: readonly Expanded[], rows: number, report: Report): Expansion | null {
  const splines: Spline[] = [];
  for (const { position, column, origin } of expanded) {
    const numbers = sortedValues(column, origin, rows);
    const quantiles = SHARES.map((share) => quantile(numbers, share));
    const knots = hasTwoValues(column, rows) ? [] : [...new Set(quantiles)];
    const hasSpline = knots.length >= 3 && knots.at(-1)! - knots[0]! < Infinity;
    if (hasSpline) splines.push({ feature: position, knots });
    else report(`${show(column.name)} has no spline, because fewer than three of its quantiles differ`, column.name);
  }
  if (expanded.length === 0) report("There are no splines, because there are no columns of numbers");
  if (splines.length > 0) {
    const added = splines.reduce((sum, { knots }) => sum + knots.length - 2, 0);
    const count = splines.length === 1 ? "1 column" : `${splines.length} columns`;
    report(
      `Splines add ${added} ${added === 1 ? "feature" : "features"} to ${count} of numbers, with knots at quantiles`,
    );
  }
  return splines.length === 0 ? null : { type: "splines", splines };
}

/** The values in the unit of the feature, in ascending order, without missing values. */
function sortedValues({ kind, values, start, step }: NumberValues, origin: number, rows: number): Float64Array {
  const unit = kind === "date" ? DAY : kind === "time" ? HOUR : 1;
  const all = new Float64Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const x = values[start + row * step]!;
    if (!Number.isNaN(x)) all[count++] = (unit === 1 ? x : (x - origin) / unit) + 0; // −0 as 0
  }
  return all.subarray(0, count).sort();
}

/** The quantile of sorted numbers, with linear interpolation. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const at = Math.floor(position);
  const low = sorted[at]!;
  const high = sorted[Math.min(at + 1, sorted.length - 1)]!;
  return low === high ? low : low + (position - at) * (high - low);
}
