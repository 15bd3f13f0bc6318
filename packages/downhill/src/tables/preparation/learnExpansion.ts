// The choice of squares, products and splines for the features of numbers.
import { show } from "../../core/check.ts";
import { DAY, HOUR } from "../reading/calendar.ts";
import { eachNumber, type TypedRows } from "../reading/typedParts.ts";
import type { Note, NumberValues } from "../reading/typedTable.ts";
import type { TableOptions } from "../tableOptions.ts";
import { featuresOfColumn } from "./featureNames.ts";
import type { Summary } from "./learnPreparation.ts";
import type { Expansion, PreparedColumn, Spline } from "./preparation.ts";
import { valuesAtRanks } from "./ranks.ts";

const MAX_FEATURES = 2000;

/** A feature of numbers that is expanded: the first feature of its column. Booleans and indicators are not expanded. */
interface Expanded {
  readonly position: number;
  readonly column: Pick<NumberValues, "name" | "kind">;
  readonly missing: number;
  readonly origin: number;
}

/** The further features of the columns of numbers, ordinals, times and the elapsed days of dates. */
export function learnExpansion(
  expand: TableOptions["expand"],
  summaries: readonly Summary[],
  prepared: readonly PreparedColumn[],
  table: TypedRows,
  notes: Note[],
): Expansion | null {
  if (expand === undefined) return null;
  const expanded: Expanded[] = [];
  let position = 0;
  for (const [c, column] of prepared.entries()) {
    const summary = summaries[c]!;
    if ("statistics" in summary && summary.column.kind !== "boolean") {
      const origin = column.encoding.type === "date" ? column.encoding.origin : 0;
      expanded.push({ position, column: summary.column, missing: summary.statistics.missing, origin });
    }
    position += featuresOfColumn(column).length;
  }
  const report = (text: string, column: string | null = null): void => {
    notes.push({ code: "expansion", column, text, level: "information" });
  };
  return expand === "quadratic" ? quadraticOf(expanded, position, table, report) : splinesOf(expanded, table, report);
}

type Report = (text: string, column?: string) => void;

/** All squares and products, up to the limit: first the squares, then the products in the order of the names. */
function quadraticOf(expanded: readonly Expanded[], width: number, table: TypedRows, report: Report): Expansion | null {
  const limit = Math.max(0, MAX_FEATURES - width);
  const products: [number, number][] = [];
  for (const { position, column } of expanded)
    if (!hasTwoValues(column.name, table)) products.push([position, position]);
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
function hasTwoValues(name: string, table: TypedRows): boolean {
  const seen = new Set<number>();
  eachNumber(table, name, (x) => {
    if (!Number.isNaN(x)) seen.add(x);
    return seen.size <= 2;
  });
  return seen.size <= 2;
}

const SHARES = [0.05, 0.275, 0.5, 0.725, 0.95];

/** A spline for each feature whose quantiles differ. */
function splinesOf(expanded: readonly Expanded[], table: TypedRows, report: Report): Expansion | null {
  const splines: Spline[] = [];
  const all = quantilesOf(expanded, table);
  for (const [c, { position, column }] of expanded.entries()) {
    const knots = hasTwoValues(column.name, table) ? [] : [...new Set(all[c])];
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

/** The quantiles of each feature, with linear interpolation between its values. */
function quantilesOf(expanded: readonly Expanded[], table: TypedRows): number[][] {
  const positions = expanded.map(({ missing }) => SHARES.map((share) => share * (table.rows - missing - 1)));
  const requests = expanded.map(({ column: { name } }, c) => ({
    name,
    ranks: positions[c]!.flatMap((position) => [Math.floor(position), Math.ceil(position)]),
  }));
  return valuesAtRanks(table, requests).map((values, c) => {
    const { column, origin } = expanded[c]!;
    const unit = column.kind === "date" ? DAY : column.kind === "time" ? HOUR : 1;
    const numbers = values.map((x) => (unit === 1 ? x : (x - origin) / unit) + 0); // −0 as 0
    return positions[c]!.map((position, k) => {
      const [low, high] = [numbers[2 * k]!, numbers[2 * k + 1]!];
      return low === high ? low : low + (position - Math.floor(position)) * (high - low);
    });
  });
}
