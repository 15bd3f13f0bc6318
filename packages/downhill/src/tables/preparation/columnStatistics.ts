import { isInParts, partsOf, sharedWork, type TypedParts, type TypedRows } from "../reading/typedParts.ts";
import type { NumberValues } from "../reading/typedTable.ts";
import { valuesAtRanks } from "./ranks.ts";
import { select } from "./select.ts";

/** Statistics of the values of a column that are not missing. All but `missing` are NaN if all values are missing. */
export interface ColumnStatistics {
  /** The number of missing values. */
  readonly missing: number;
  readonly smallest: number;
  readonly largest: number;
  readonly mean: number;
  /** Standard deviation, divided by n; only for comparisons, since its sum of squares can overflow. */
  readonly deviation: number;
  /** The middle value, or the mean of the two middle values. */
  readonly median: number;
}

const BLOCK = 1024; // rows that are processed for all columns before the next rows, so that a shared array stays in the cache
const SAMPLE = 4096;
const SMALLER = 5.421010862427522e-20; // 2^−64: with this factor sums of large numbers do not overflow

/** The statistics of several columns, in one pass over the rows. Sums are taken in the order of the rows. */
export function statisticsOf(columns: readonly NumberValues[], rows: number): ColumnStatistics[] {
  const all = columns.map((column) => newTotals(bracketOf(column, rows), rows));
  addRows(all, columns, rows);
  return all.map((totals, c) => {
    const column = columns[c]!;
    return statistics(totals.numbers, rows, {
      mean: (n) => meanOfLarge([{ columns: [column], rows }], n),
      median: () => medianOf(totals, column, rows),
    });
  });
}

/** The statistics of columns of numbers of a table, with the same bits in memory and in parts. */
export function statisticsOfTable(table: TypedRows, names: readonly string[]): ColumnStatistics[] {
  if (!isInParts(table)) {
    const columns = names.map((name) => table.columns.find((column) => column.name === name) as NumberValues);
    return statisticsOf(columns, table.rows);
  }
  return [...sharedWork(table, names, statisticsInParts)];
}

function statisticsInParts(table: TypedParts, names: readonly string[]): ColumnStatistics[] {
  const { rows } = table;
  const all = names.map(() => newTotals(null, rows));
  for (const part of partsOf<NumberValues>(table, names)) addRows(all, part.columns, part.rows);
  const medians = mediansOf(table, names, all);
  return all.map(({ numbers }, c) =>
    statistics(numbers, rows, {
      mean: (n) => meanOfLarge(partsOf<NumberValues>(table, [names[c]!]), n),
      median: () => medians.get(c)!,
    }),
  );
}

/** The median of each column with different values. */
function mediansOf(table: TypedRows, names: readonly string[], all: readonly Totals[]): ReadonlyMap<number, number> {
  const varying = [...all.keys()].filter((c) => all[c]!.numbers[LOW]! < all[c]!.numbers[HIGH]!);
  const found = valuesAtRanks(
    table,
    varying.map((c) => {
      const n = table.rows - all[c]!.numbers[MISSING]!;
      return { name: names[c]!, ranks: [Math.floor((n - 1) / 2), Math.floor(n / 2)] };
    }),
  );
  return new Map(varying.map((c, i) => [c, middleOf(found[i]![0]!, found[i]![1]!)]));
}

function addRows(all: readonly Totals[], columns: readonly NumberValues[], rows: number): void {
  for (let from = 0; from < rows; from += BLOCK) {
    for (const [c, totals] of all.entries()) add(totals, columns[c]!, from, Math.min(rows, from + BLOCK));
  }
}

/** What is known of a column. */
interface Totals {
  /** Eight numbers; an engine would allocate memory for each number of an object. */
  readonly numbers: Float64Array;
  /** Two values that are probably on both sides of the median. */
  readonly from: number;
  readonly to: number;
  /** The first values between `from` and `to`. */
  readonly middle: Float64Array;
}

// Positions in `numbers`. SUM and SQUARES are of the differences from the first value, so that equal values have exactly their mean.
const MISSING = 0;
const LOW = 1;
const HIGH = 2;
const FIRST = 3;
const SUM = 4;
const SQUARES = 5;
const BELOW = 6;
const BETWEEN = 7;

/** Empty totals; without a bracket they know nothing of the median. */
function newTotals(bracket: Pick<Totals, "from" | "to"> | null, rows: number): Totals {
  const { from, to } = bracket ?? { from: Number.NaN, to: Number.NaN };
  const stored = rows > SAMPLE ? rows >> 2 : rows;
  const numbers = Float64Array.of(0, Infinity, -Infinity, Number.NaN, 0, 0, 0, 0);
  return { numbers, from, to, middle: new Float64Array(from < to ? stored : 0) };
}

/** Two values whose ranks in a sample of evenly spaced rows are three standard deviations away from the middle. */
function bracketOf(
  { values, start, step }: NumberValues,
  rows: number,
): { readonly from: number; readonly to: number } {
  if (rows <= SAMPLE) return { from: -Infinity, to: Infinity };
  const size = Math.min(SAMPLE, rows >> 4);
  const drawn = new Float64Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    const x = values[start + Math.floor((i * rows) / size) * step]!;
    if (!Number.isNaN(x)) drawn[count++] = x;
  }
  const sample = drawn.subarray(0, count).sort();
  const margin = 1.5 * Math.sqrt(sample.length);
  const at = (rank: number): number => sample[Math.round(rank)] ?? Number.NaN;
  return { from: at(sample.length / 2 - margin), to: at(sample.length / 2 + margin) };
}

function add({ numbers, from, to, middle }: Totals, column: NumberValues, first: number, end: number): void {
  const { values, start, step } = column;
  let missing = numbers[MISSING]!;
  let low = numbers[LOW]!;
  let high = numbers[HIGH]!;
  let origin = numbers[FIRST]!;
  let sum = numbers[SUM]!;
  let squares = numbers[SQUARES]!;
  let below = numbers[BELOW]!;
  let between = numbers[BETWEEN]!;
  for (let at = start + first * step, last = start + end * step; at < last; at += step) {
    const x = values[at]!;
    if (Number.isNaN(x)) {
      missing += 1;
      continue;
    }
    if (Number.isNaN(origin)) origin = x;
    if (x < low) low = x;
    if (x > high) high = x;
    const difference = x - origin;
    sum += difference;
    squares += difference * difference;
    below += Number(x < from); // no branch, because half of the values are below
    if ((Number(x >= from) & Number(x <= to)) === 1) {
      if (between < middle.length) middle[between] = x;
      between += 1;
    }
  }
  numbers[MISSING] = missing;
  numbers[LOW] = low;
  numbers[HIGH] = high;
  numbers[FIRST] = origin;
  numbers[SUM] = sum;
  numbers[SQUARES] = squares;
  numbers[BELOW] = below;
  numbers[BETWEEN] = between;
}

function statistics(
  totals: Float64Array,
  rows: number,
  others: { readonly mean: (n: number) => number; readonly median: () => number },
): ColumnStatistics {
  const [missing, low, high, first, sum, squares] = [...totals] as [number, number, number, number, number, number];
  const n = rows - missing;
  if (n === 0) {
    const none = Number.NaN;
    return { missing, smallest: none, largest: none, mean: none, deviation: none, median: none };
  }
  const mean = first + sum / n;
  const variance = Math.max(0, squares / n - (sum / n) * (sum / n));
  // + 0 makes −0 to 0, because JSON has no −0.
  return {
    missing,
    smallest: low + 0,
    largest: high + 0,
    mean: (Number.isFinite(mean) ? mean : others.mean(n)) + 0,
    deviation: variance < Infinity ? Math.sqrt(variance) : Infinity,
    median: (low < high ? others.median() : low) + 0,
  };
}

function meanOfLarge(
  parts: Iterable<{ readonly columns: readonly NumberValues[]; readonly rows: number }>,
  n: number,
): number {
  let sum = 0;
  for (const { columns, rows } of parts) {
    const { values, start, step } = columns[0]!;
    for (let row = 0; row < rows; row++) {
      const x = values[start + row * step]!;
      if (!Number.isNaN(x)) sum += x * SMALLER;
    }
  }
  return sum / n / SMALLER;
}

function medianOf({ numbers, from, to, middle }: Totals, column: NumberValues, rows: number): number {
  const [missing, below, between] = [numbers[MISSING]!, numbers[BELOW]!, numbers[BETWEEN]!];
  const n = rows - missing;
  const [first, second] = [(n - 1) >> 1, n >> 1];
  const isBetween = below <= first && second < below + between;
  if (isBetween && from === to) return from;
  const isStored = isBetween && between <= middle.length;
  const values = isStored ? middle.subarray(0, between) : presentValues(column, rows, n);
  const before = isStored ? below : 0;
  const a = select(values, first - before);
  const b = first === second ? a : select(values, second - before);
  return middleOf(a, b);
}

function middleOf(a: number, b: number): number {
  const mean = (a + b) / 2;
  return Number.isFinite(mean) ? mean : a / 2 + b / 2;
}

function presentValues({ values, start, step }: NumberValues, rows: number, count: number): Float64Array {
  const present = new Float64Array(count);
  for (let row = 0, filled = 0; row < rows; row++) {
    const x = values[start + row * step]!;
    if (!Number.isNaN(x)) present[filled++] = x;
  }
  return present;
}
