// Scales, and which ticks of an axis fit without touching.

import { ticks as roundTicks } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import type { Range } from "../data/range.ts";
import { formatNumber, powerOfTen, tickLabels } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** How an axis is asked for. `labels` makes a band per label, and the domain runs from 0 to their number. */
export interface AxisPlan {
  readonly name: string;
  readonly scale: "linear" | "log" | "band";
  readonly domain: Range;
  readonly labels?: readonly string[];
  /** Whether only whole numbers are meant, as with epochs. */
  readonly whole?: boolean;
  /** The ticks to choose from, where round numbers would not do. */
  readonly ticks?: readonly Tick[];
}

/** Position of a value between two pixels. */
export function scaleOf({ scale, domain }: AxisPlan, pixels: Range): (value: number) => number {
  const map = scale === "log" ? scaleLog(domain, pixels) : scaleLinear(domain, pixels);
  return (value) => map(value);
}

/** About `count` ticks at round values, or the ones that were given. */
function candidates(plan: AxisPlan, count: number): Tick[] {
  if (plan.ticks !== undefined) return [...plan.ticks];
  if (plan.labels !== undefined) return plan.labels.map((name, i) => ({ at: i + 0.5, label: name }));
  if (plan.scale === "log") return logTicks(plan.domain, count);
  const values = roundTicks(plan.domain[0], plan.domain[1], count).filter(
    (v) => v >= plan.domain[0] && v <= plan.domain[1] && (plan.whole !== true || Number.isInteger(v)),
  );
  return tickLabels(values).map((text, i) => ({ at: values[i]!, label: text }));
}

/**
 * Ticks of a logarithmic axis. d3's scaleLog gives ticks at 1, 2, …, 9 of every decade and blanks the labels of those
 * that would collide, by a count rather than by the widths of the labels; over less than a decade it leaves one or two.
 * Here every tick has a label: powers of ten; 1, 2, 5 or 1, 3 where these are few; round numbers within a decade.
 */
function logTicks(domain: Range, count: number): Tick[] {
  const [low, high] = domain;
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const at = (mantissas: readonly number[]): number[] =>
    Array.from({ length: last - first + 1 }, (_, i) => mantissas.map((mantissa) => Number(`${mantissa}e${first + i}`)))
      .flat()
      .filter((value) => value >= low && value <= high);
  const decades = at([1]);
  const plain = first >= -3 && last <= 4;
  const named = (values: readonly number[]): Tick[] =>
    values.map((value) => ({ at: value, label: formatNumber(value) }));
  if (decades.length < 3)
    for (const finer of [at([1, 2, 5]), at([1, 3])])
      if (finer.length >= 3 && finer.length <= Math.max(3, count)) return named(finer);
  if (decades.length >= 2) {
    const every = Math.ceil(decades.length / Math.max(1, count));
    const exponents = decades.map((decade) => Math.round(Math.log10(decade))).filter((e) => e % every === 0);
    return plain
      ? named(exponents.map((e) => Number(`1e${e}`)))
      : exponents.map((e) => ({ at: Number(`1e${e}`), label: powerOfTen(e) }));
  }
  const values = roundTicks(low, high, count).filter((value) => value > 0 && value >= low && value <= high);
  return tickLabels(values).map((text, i) => ({ at: values[i]!, label: text }));
}

/** Ticks of a vertical axis: as many as there is room for, one every 34 px at most. */
export function verticalTicks(plan: AxisPlan, pixels: Range): Tick[] {
  const length = Math.abs(pixels[1] - pixels[0]);
  return fitting(plan, pixels, Math.max(2, Math.min(7, Math.floor(length / 34))), () => 14);
}

/** Labels of wider bands [px] are shortened to their band; of narrower ones, some are left out. */
export const narrowBand = 40;

/** Ticks of a horizontal axis whose labels stay apart and within [from, to]. */
export function horizontalTicks(plan: AxisPlan, pixels: Range, within: Range): Tick[] {
  const length = Math.abs(pixels[1] - pixels[0]);
  const place = scaleOf(plan, pixels);
  const band = plan.labels === undefined ? 0 : length / plan.labels.length;
  if (band >= narrowBand) return candidates(plan, 0);
  const inside = ({ at, label: text }: Tick): boolean => {
    const half = textWidth(text, 12) / 2;
    return place(at) - half >= within[0] && place(at) + half <= within[1];
  };
  const count = Math.max(2, Math.min(10, Math.floor(length / 48)));
  return fitting(plan, pixels, count, (tick) => textWidth(tick.label, 12) + 12, inside);
}

/** Fewer and fewer ticks until none touches its neighbour; in the end those that do are left out. */
function fitting(
  plan: AxisPlan,
  pixels: Range,
  most: number,
  size: (tick: Tick) => number,
  inside: (tick: Tick) => boolean = () => true,
): Tick[] {
  const place = scaleOf(plan, pixels);
  const free = (one: Tick, next: Tick): boolean =>
    Math.abs(place(next.at) - place(one.at)) >= (size(one) + size(next)) / 2;
  let ticks: Tick[] = [];
  for (let count = most; count >= 1; count--) {
    const found = candidates(plan, count).filter(inside);
    if (found.length === 0 && ticks.length > 0) break;
    ticks = found;
    if (ticks.every((tick, i) => i === 0 || free(ticks[i - 1]!, tick))) return ticks;
    if (plan.labels !== undefined || plan.ticks !== undefined) break;
  }
  const kept: Tick[] = [];
  for (const tick of ticks) if (kept.length === 0 || free(kept.at(-1)!, tick)) kept.push(tick);
  return kept;
}
