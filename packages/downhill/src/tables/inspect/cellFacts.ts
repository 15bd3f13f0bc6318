import { byCodePoints } from "../../core/codePoints.ts";
import { eachWord } from "../../data/words.ts";
import { statisticsOf } from "../preparation/columnStatistics.ts";
import { countCategories } from "../preparation/learnCategories.ts";
import type { NumberValues, TypedColumn } from "../reading/typedTable.ts";

/** Counts of numbers in intervals of equal width; an interval contains its lower edge, and the last one both edges. */
export interface HistogramCounts {
  /** The edges of the intervals, one more than counts. */
  readonly edges: readonly number[];
  /** The number of values in each interval. */
  readonly counts: readonly number[];
}

/** A value as text, and in how many cells it is. */
export interface ValueCount {
  /** The category, or "true" or "false". */
  readonly value: string;
  /** The number of cells. */
  readonly count: number;
}

/** The distribution of numbers. Dates are milliseconds since 1970-01-01T00:00, times are milliseconds since midnight. */
export interface NumberFacts {
  /** The smallest value. */
  readonly smallest: number;
  /** The mean. */
  readonly mean: number;
  /** The middle value, or the mean of the two middle values. */
  readonly median: number;
  /** The largest value. */
  readonly largest: number;
  /** Standard deviation, divided by n. */
  readonly deviation: number;
  /** How the values are distributed. */
  readonly histogram: HistogramCounts;
}

/** The facts about the cells of a column. */
export interface CellFacts {
  /** The number of missing cells; null for cells that are not read, such as lists. */
  readonly missing: number | null;
  /** The number of different values; null for cells that are not read. */
  readonly distinct: number | null;
  /** For numbers, dates and times that are not all missing; null for other columns. */
  readonly numbers: NumberFacts | null;
  /** The most frequent values of categories and booleans, or the words that most cells have, at most 10; null for other columns. */
  readonly frequent: readonly ValueCount[] | null;
}

const MAX_FREQUENT = 10;
const BINS = 16;

/**
 * The facts about a column; null stands for a column whose cells are not read.
 *
 * @param order  the categories of an ordinal column
 */
export function cellFacts(column: TypedColumn | null, rows: number, order: readonly string[] = []): CellFacts {
  if (column === null) return { missing: null, distinct: null, numbers: null, frequent: null };
  if ("codes" in column) {
    const { counts, missing } = countCategories(column.texts, [column]);
    const used = column.texts.map((value, code) => ({ value, count: counts[code]! })).filter(({ count }) => count > 0);
    const frequent = column.kind === "words" ? wordCounts(used) : used;
    return { missing, distinct: used.length, numbers: null, frequent: mostFrequent(frequent) };
  }
  const sorted = sortedValues(column, rows);
  const missing = rows - sorted.length;
  const distinct = countDistinct(sorted);
  if (column.kind === "boolean" || column.kind === "ordinal") {
    const counts = new Map<number, number>();
    for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
    const name = (value: number): string => (column.kind === "boolean" ? String(value === 1) : order[value]!);
    const used = [...counts].map(([value, count]) => ({ value: name(value), count }));
    return { missing, distinct, numbers: null, frequent: mostFrequent(used) };
  }
  if (sorted.length === 0) return { missing, distinct, numbers: null, frequent: null };
  const { smallest, mean, median, largest, deviation } = statisticsOf([column], rows)[0]!;
  const numbers = { smallest, mean, median, largest, deviation, histogram: histogramOf(sorted) };
  return { missing, distinct, numbers, frequent: null };
}

/** The words of texts, and the number of cells that have each word. */
function wordCounts(texts: readonly ValueCount[]): ValueCount[] {
  const counts = new Map<string, number>();
  for (const { value, count } of texts) {
    const lower = value.toLowerCase();
    const words = new Set<string>();
    eachWord(lower, (from, to) => words.add(lower.slice(from, to)));
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + count);
  }
  return Array.from(counts, ([value, count]) => ({ value, count }));
}

const mostFrequent = (values: readonly ValueCount[]): ValueCount[] =>
  [...values].sort((a, b) => b.count - a.count || byCodePoints(a.value, b.value)).slice(0, MAX_FREQUENT);

function sortedValues({ values, start, step }: NumberValues, rows: number): Float64Array {
  const sorted = new Float64Array(rows);
  let count = 0;
  for (let row = 0, at = start; row < rows; row++, at += step) {
    if (!Number.isNaN(values[at]!)) sorted[count++] = values[at]! + 0; // −0 becomes 0
  }
  return sorted.subarray(0, count).sort();
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

/** The histogram of sorted numbers: an interval for each integer if they are at most 16 neighbouring integers. */
function histogramOf(sorted: Float64Array): HistogramCounts {
  const low = sorted[0]!;
  const high = sorted[sorted.length - 1]!;
  const single = low === high || (high - low < BINS && sorted.every(Number.isInteger));
  const bins = single ? high - low + 1 : BINS;
  const [from, to] = single ? [low - 0.5, high + 0.5] : [low, high];
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * (to / bins - from / bins)));
  const counts = new Array<number>(bins).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}
