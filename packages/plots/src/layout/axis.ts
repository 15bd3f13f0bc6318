// Scales, and which ticks of an axis can be labelled without touching each other.

import { ticks as roundTicks } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import type { Range } from "../data/range.ts";
import { powerOfTen } from "../text/exponents.ts";
import { formatNumber, tickLabels } from "../text/format.ts";
import { oneLine, textWidth } from "../text/measure.ts";
import { textSize } from "./label.ts";

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** The plan of an axis, before its pixels are known. */
export interface AxisPlan {
  /** Written beside the axis; "" for none. */
  readonly name: string;
  /** "band": the domain is divided into one band for each label. */
  readonly scale: "linear" | "log" | "band";
  readonly domain: Range;
  /** One label for each band; the domain goes from 0 to their number. */
  readonly labels?: readonly string[];
  /** Whether only whole numbers get ticks, as for epochs. */
  readonly integers?: boolean;
  /** The ticks to choose from, where round numbers do not suit. */
  readonly ticks?: readonly Tick[];
}

/** The function from a value of the axis to its position [px]. */
export function scaleOf({ scale, domain }: AxisPlan, pixels: Range): (value: number) => number {
  const map = scale === "log" ? scaleLog(domain, pixels) : scaleLinear(domain, pixels);
  return (value) => map(value);
}

/** About `count` ticks at round values, or the ticks and labels of the plan. */
function candidates(plan: AxisPlan, count: number): Tick[] {
  if (plan.ticks !== undefined) return [...plan.ticks];
  if (plan.labels !== undefined) return plan.labels.map((name, i) => ({ at: i + 0.5, label: name }));
  if (plan.scale === "log") return logTicks(plan.domain, count);
  const values = roundTicks(plan.domain[0], plan.domain[1], count).filter(
    (v) => v >= plan.domain[0] && v <= plan.domain[1] && (plan.integers !== true || Number.isInteger(v)),
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

/** Distances between the labels of a vertical axis, if they are names, and if they are ticks that the plan lists [px]. */
const nameStep = 14;
const tickStep = 22;
/** Distance between labels that are written upwards [px]. */
const upwardsStep = 12.5;
/** Distance between two labels on one line [px]. */
const labelGap = 12;

/** Width of the longest label [px]. */
export function widestLabel(labels: readonly string[]): number {
  return Math.max(0, ...labels.map((each) => textWidth(oneLine(each), textSize)));
}

/** Ticks of a vertical axis: 2 to 7, and at most one for every 34 px. */
export function verticalTicks(plan: AxisPlan, pixels: Range): Tick[] {
  const length = Math.abs(pixels[1] - pixels[0]);
  const most = Math.max(2, Math.min(7, Math.floor(length / 34)));
  return fitting(plan, pixels, { most, size: () => (plan.ticks === undefined ? nameStep : tickStep) });
}

/** Whether the labels of bands `band` px wide are written upwards: where `maxLength` px show more of them than the band. */
export function isUpwards({ labels }: AxisPlan, band: number, maxLength: number): boolean {
  if (labels === undefined) return false;
  const free = bandLabelWidth(band);
  return widestLabel(labels) > free && maxLength > free;
}

/** Width that a label on one line may take in a band [px]. */
export const bandLabelWidth = (band: number): number => Math.max(0, band - 4);

/**
 * Ticks of a horizontal axis.
 *
 * @param limits  between these pixels the labels must stay
 * @param upwards  whether the labels are turned by 90°
 */
export function horizontalTicks(
  plan: AxisPlan,
  pixels: Range,
  { limits, upwards = false }: { readonly limits: Range; readonly upwards?: boolean },
): Tick[] {
  const length = Math.abs(pixels[1] - pixels[0]);
  if (upwards) return fitting(plan, pixels, { most: 1, size: () => upwardsStep });
  if (plan.labels !== undefined) return candidates(plan, 0);
  const position = scaleOf(plan, pixels);
  const inside = ({ at, label }: Tick): boolean => {
    const half = textWidth(label, textSize) / 2;
    return position(at) - half >= limits[0] && position(at) + half <= limits[1];
  };
  const most = Math.max(2, Math.min(10, Math.floor(length / 48)));
  return fitting(plan, pixels, { most, size: ({ label }) => textWidth(label, textSize) + labelGap, inside });
}

/** How many ticks are tried first, the length that each takes on the axis [px], and whether it may be drawn at all. */
interface Fitting {
  readonly most: number;
  readonly size: (tick: Tick) => number;
  readonly inside?: (tick: Tick) => boolean;
}

/** The search for a second tick tries at most this number of ticks. */
const maxCount = 12;

/**
 * Reduces the number of ticks until no label touches its neighbour. Ticks that the plan lists are left out one by one. One
 * tick alone shows no scale; then the number of ticks is increased, and labels that touch are left out.
 */
function fitting(plan: AxisPlan, pixels: Range, { most, size, inside = () => true }: Fitting): Tick[] {
  const position = scaleOf(plan, pixels);
  const apart = (one: Tick, next: Tick): boolean =>
    Math.abs(position(next.at) - position(one.at)) >= (size(one) + size(next)) / 2;
  const keepApart = (ticks: readonly Tick[]): Tick[] => {
    const kept: Tick[] = [];
    for (const tick of ticks) if (kept.length === 0 || apart(kept.at(-1)!, tick)) kept.push(tick);
    return kept;
  };
  const isFixed = plan.labels !== undefined || plan.ticks !== undefined;
  let ticks: Tick[] = [];
  for (let count = most; count >= 1; count--) {
    const found = candidates(plan, count).filter(inside);
    if (found.length === 0 && ticks.length > 0) break;
    ticks = found;
    if (isFixed || keepApart(ticks).length === ticks.length) break;
  }
  let kept = keepApart(ticks);
  for (let count = most + 1; !isFixed && kept.length < 2 && count <= maxCount; count++) {
    const closer = keepApart(candidates(plan, count).filter(inside));
    if (closer.length > kept.length) kept = closer;
  }
  return kept;
}
