// The values that a search tries.
import {
  InputRangeError,
  InputTypeError,
  requireKnown,
  requireNumber,
  requireOneOf,
  requireSize,
  show,
} from "../core/check.ts";
import { exp, log } from "../core/elementary.ts";
import { random } from "../core/random.ts";

/** An interval of numbers. Its values are rounded to three significant digits, so that they are short. */
export interface Interval {
  /** The lowest value. */
  readonly from: number;
  /** The highest value. */
  readonly to: number;
  /** "log": the logarithms of the values are evenly distributed, for positive numbers of different sizes ["linear"]. */
  readonly scale?: "linear" | "log";
  /** Whether the values are whole numbers [false]. */
  readonly integer?: boolean;
  /** The number of values in a grid, from the lowest to the highest [5]. */
  readonly count?: number;
}

/** The values to try for each option: a list, or an interval of numbers. */
export type Ranges = Readonly<Record<string, readonly unknown[] | Interval>>;

/** One value of each range. R is the type of the ranges. */
export type ValuesOf<R extends Ranges> = {
  readonly [Name in keyof R]: R[Name] extends readonly (infer Value)[] ? Value : number;
};

type Values = Readonly<Record<string, unknown>>;

const isList = (range: readonly unknown[] | Interval): range is readonly unknown[] => Array.isArray(range);

/** @throws TypeError or RangeError for ranges that are not allowed */
export function requireRanges(functionName: string, ranges: Ranges): void {
  requireNames(functionName, ranges);
  for (const [name, range] of Object.entries(ranges)) {
    if (isList(range)) {
      if (range.length > 0) continue;
      throw new InputRangeError(
        `${functionName}: the list of ${show(name)} must have at least one value, got none. Add a value, or leave out ${show(name)}.`,
      );
    }
    requireInterval(`${functionName}: range ${show(name)}`, range);
  }
}

function requireNames(functionName: string, ranges: Ranges): void {
  if (ranges !== null && typeof ranges === "object" && Object.keys(ranges).length > 0) return;
  throw new InputTypeError(
    `${functionName}: ranges must have the values of at least one option, got ${show(ranges)}. Pass { l2: [0.01, 0.1] }, for example.`,
  );
}

function requireInterval(start: string, range: Interval): void {
  requireKnown(start, range, ["from", "to", "scale", "integer", "count"], "member");
  const { from, to, scale = "linear", integer = false, count = 5 } = range;
  requireNumber(start, "from", from);
  requireNumber(start, "to", to);
  requireOneOf(start, "scale", scale, ["linear", "log"]);
  requireSize(start, "count", count, 2);
  if (!(from < to)) {
    throw new InputRangeError(`${start}: from must be below to, got ${from} and ${to}. Exchange them, or pass a list.`);
  }
  if (scale === "log" && from <= 0) {
    throw new InputRangeError(
      `${start}: from must be above 0 with scale: "log", got ${from}. Pass a small number such as ${to / 10000}, or scale: "linear".`,
    );
  }
  if (integer && !(Number.isInteger(from) && Number.isInteger(to))) {
    throw new InputRangeError(
      `${start}: from and to must be whole numbers with integer: true, got ${from} and ${to}. Round them, or leave out integer.`,
    );
  }
}

/** The value of an interval at a share of its length, from 0 to 1. */
function valueAt({ from, to, scale, integer }: Interval, share: number): number {
  if (share === 0 || share === 1) return share === 0 ? from : to;
  const value = scale === "log" ? exp(log(from) + share * (log(to) - log(from))) : from + share * (to - from);
  return Math.min(Math.max(integer ? Math.round(value) : Number(value.toPrecision(3)), from), to);
}

/** The values of a grid. */
const gridValues = (range: readonly unknown[] | Interval): readonly unknown[] => {
  if (isList(range)) return range;
  const { count = 5 } = range;
  return [...new Set(Array.from({ length: count }, (_, i) => valueAt(range, i / (count - 1))))];
};

/** The number of combinations of a grid. */
export const gridSize = (ranges: Ranges): number =>
  Object.values(ranges).reduce((product, range) => product * gridValues(range).length, 1);

/** Combination k of the grid; the last range changes fastest. */
export function gridTrial(ranges: Ranges, k: number): Values {
  const values: Record<string, unknown> = {};
  let rest = k;
  for (const name of Object.keys(ranges).reverse()) {
    const list = gridValues(ranges[name]!);
    values[name] = list[rest % list.length];
    rest = Math.floor(rest / list.length);
  }
  return Object.fromEntries(Object.keys(ranges).map((name) => [name, values[name]]));
}

/**
 * Distinct random combinations. Each range has a stream of its own, so the order of the ranges has no effect. If the ranges are
 * lists with at most `count` combinations, the result is all of them.
 */
export function randomTrials(ranges: Ranges, count: number, seed: number): Values[] {
  if (Object.values(ranges).every(isList) && gridSize(ranges) <= count) {
    return Array.from({ length: gridSize(ranges) }, (_, k) => gridTrial(ranges, k));
  }
  const streams = Object.keys(ranges).map((name) => random(seed).fork("search").fork(name));
  const found = new Map<string, Values>();
  for (let draws = 0; found.size < count && draws < 100 * count; draws++) {
    const positions: number[] = [];
    const entries = Object.entries(ranges).map(([name, range], i) => {
      const share = streams[i]!.uniform();
      if (!isList(range)) {
        const value = valueAt(range, share);
        positions.push(value);
        return [name, value];
      }
      const at = Math.floor(share * range.length);
      positions.push(at);
      return [name, range[at]];
    });
    if (!found.has(positions.join())) found.set(positions.join(), Object.fromEntries(entries));
  }
  return [...found.values()];
}
