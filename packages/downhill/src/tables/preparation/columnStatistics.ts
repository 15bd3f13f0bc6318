import type { NumberValues } from "../reading/typedTable.ts";
import { binOfRank, binScale, select } from "./select.ts";

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
const BINS = 2048;
const SMALLER = 5.421010862427522e-20; // 2^−64: with this factor sums of large numbers do not overflow

/** The statistics of several columns, in three passes over the rows. Sums are taken in the order of the rows. */
export function statisticsOf(columns: readonly NumberValues[], rows: number): ColumnStatistics[] {
  const sums = columns.map(noSums);
  inBlocks(rows, (from, to) => {
    for (const each of sums) add(each, from, to);
  });
  const searches = sums.map((each) => (each.low < each.high ? newSearch(each) : undefined));
  const started = searches.filter((search) => search !== undefined);
  if (started.length > 0) {
    inBlocks(rows, (from, to) => {
      for (const search of started) count(search, from, to);
    });
    for (const search of started) chooseBins(search, rows);
    inBlocks(rows, (from, to) => {
      for (const search of started) collect(search, from, to);
    });
  }
  return sums.map((each, c) => statistics(each, rows, searches[c] ? medianOf(searches[c], rows) : each.low));
}

function inBlocks(rows: number, process: (from: number, to: number) => void): void {
  for (let from = 0; from < rows; from += BLOCK) process(from, Math.min(rows, from + BLOCK));
}

/** Sums of the differences from the first value, so that equal values have exactly their mean. */
interface Sums {
  readonly column: NumberValues;
  missing: number;
  low: number;
  high: number;
  first: number;
  sum: number;
  squares: number;
}

const noSums = (column: NumberValues): Sums => ({
  column,
  missing: 0,
  low: Infinity,
  high: -Infinity,
  first: Number.NaN,
  sum: 0,
  squares: 0,
});

function add(sums: Sums, from: number, to: number): void {
  const { values, start, step } = sums.column;
  let { missing, low, high, first, sum, squares } = sums;
  for (let at = start + from * step, end = start + to * step; at < end; at += step) {
    const x = values[at]!;
    if (Number.isNaN(x)) {
      missing += 1;
      continue;
    }
    if (Number.isNaN(first)) first = x;
    if (x < low) low = x;
    if (x > high) high = x;
    const difference = x - first;
    sum += difference;
    squares += difference * difference;
  }
  Object.assign(sums, { missing, low, high, first, sum, squares });
}

function statistics(sums: Sums, rows: number, median: number): ColumnStatistics {
  const { missing, low, high, first, sum, squares } = sums;
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
    mean: (Number.isFinite(mean) ? mean : meanOfLarge(sums.column, rows, n)) + 0,
    deviation: variance < Infinity ? Math.sqrt(variance) : Infinity,
    median: median + 0,
  };
}

function meanOfLarge({ values, start, step }: NumberValues, rows: number, n: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const x = values[start + row * step]!;
    if (!Number.isNaN(x)) sum += x * SMALLER;
  }
  return sum / n / SMALLER;
}

/** The search for a median: counts the values in bins, and collects the values in the bins of the two middle ranks. */
interface Search {
  readonly sums: Sums;
  /** The bin of x is the integer part of (x − shift) · factor. */
  readonly shift: number;
  readonly factor: number;
  readonly counts: Uint32Array;
  lowBin: number;
  highBin: number;
  /** The number of values in lower bins. */
  before: number;
  found: Float64Array;
  filled: number;
}

const newSearch = (sums: Sums): Search => ({
  sums,
  ...binScale(sums.low, sums.high, BINS),
  counts: new Uint32Array(BINS),
  lowBin: 0,
  highBin: 0,
  before: 0,
  found: new Float64Array(0),
  filled: 0,
});

function count({ sums, shift, factor, counts }: Search, from: number, to: number): void {
  const { values, start, step } = sums.column;
  for (let at = start + from * step, end = start + to * step; at < end; at += step) {
    const x = values[at]!;
    if (Number.isNaN(x)) continue;
    const bin = ((x - shift) * factor) | 0;
    counts[bin < BINS ? bin : BINS - 1]! += 1;
  }
}

function chooseBins(search: Search, rows: number): void {
  const { counts } = search;
  const n = rows - search.sums.missing;
  const { bin, before } = binOfRank(counts, (n - 1) >> 1);
  const highBin = binOfRank(counts, n >> 1).bin;
  const found = new Float64Array(counts[bin]! + (highBin === bin ? 0 : counts[highBin]!));
  Object.assign(search, { lowBin: bin, before, highBin, found });
}

function collect(search: Search, from: number, to: number): void {
  const { shift, factor, lowBin, highBin, found } = search;
  const { values, start, step } = search.sums.column;
  let { filled } = search;
  for (let at = start + from * step, end = start + to * step; at < end; at += step) {
    const x = values[at]!;
    if (Number.isNaN(x)) continue;
    const position = ((x - shift) * factor) | 0;
    const bin = position < BINS ? position : BINS - 1;
    if (bin === lowBin || bin === highBin) found[filled++] = x;
  }
  search.filled = filled;
}

function medianOf({ sums, before, found }: Search, rows: number): number {
  const n = rows - sums.missing;
  const [first, second] = [((n - 1) >> 1) - before, (n >> 1) - before];
  const a = select(found, first);
  const b = first === second ? a : select(found, second);
  const middle = (a + b) / 2;
  return Number.isFinite(middle) ? middle : a / 2 + b / 2;
}
