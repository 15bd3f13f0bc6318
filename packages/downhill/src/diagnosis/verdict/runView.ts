import { log } from "../../core/elementary.ts";
import type { RunContext } from "./runContext.ts";
import type { MeasuredSignals, Signals } from "./signals.ts";

/** The first `end` entries of a trace, with statistics of its last entries. */
export interface RunView {
  readonly trace: readonly Signals[];
  readonly end: number;
  readonly context: RunContext;
  /** Whether every update uses all rows. */
  readonly full: boolean;
  /** The name of an entry: an update in full batch, else an epoch. */
  readonly unit: "update" | "epoch";
  readonly first: Signals;
  readonly last: Signals;
  /** The entry before the last one by `back`; undefined if there is none. */
  before(back: number): Signals | undefined;
  /** The last `count` entries; empty if there are fewer. */
  recent(count: number): readonly Signals[];
}

/** @param end  at least 1 */
export function runView(trace: readonly Signals[], end: number, context: RunContext): RunView {
  const full = context.batchRows >= context.examples;
  return {
    trace,
    end,
    context,
    full,
    unit: full ? "update" : "epoch",
    first: trace[0]!,
    last: trace[end - 1]!,
    before: (back) => trace[end - 1 - back],
    recent: (count) => (end < count ? [] : trace.slice(end - count, end)),
  };
}

const MEASURED = 200; // entries; an older measurement is out of date

/** The last measurement of a signal; null if there is none in the last 200 entries. */
export function measured({ trace, end }: RunView, name: keyof MeasuredSignals): number | null {
  for (let at = end - 1; at >= Math.max(0, end - MEASURED); at--) {
    const value = trace[at]![name];
    if (value !== null) return value;
  }
  return null;
}

/** The objective of an entry, or the mean of the epoch's batch values where the objective is not recorded. */
export const objectiveOf = ({ objective, batchLoss }: Signals): number => objective ?? batchLoss;

/** The name of this value in sentences. */
export const valueName = ({ last, full }: RunView): string =>
  last.objective === null && !full ? "mean batch loss" : "objective";

/** The objective at the start of the run; with batches and no forecast the mean of the first epoch's batch values. */
export const startValue = ({ first, full, context }: RunView): number =>
  (full ? undefined : context.forecast?.start) ?? first.batchLoss;

export const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

/** The mean cosine of successive changes in the last `count` entries; null where one is not known. */
export function meanCosine({ recent }: RunView, count: number): number | null {
  const cosines = recent(count).flatMap(({ cosine }) => cosine ?? []);
  return cosines.length === count ? mean(cosines) : null;
}

/** A smaller relative change of the objective is a rounding error. */
export const ROUNDING = 1e-12;

/** A run that needs more updates is slow. */
export const MANY = 5000;

/** The number of entries in which the speed of a run is measured. */
export const SPEED_WINDOW = 16;
const GOAL = 1e-3; // a gradient of this share of its first length; the objective's distance to the optimum is then about a millionth

/** The objective `back` entries before the last one; in full batch also that of the start. Undefined if it is not known. */
export function earlierValue({ end, full, before, first }: RunView, back: number): number | undefined {
  if (back === end && full) return first.batchLoss;
  const entry = before(back);
  return entry && objectiveOf(entry);
}

/** The mean share of the objective by which it falls in one entry, over the last 16 entries or all; null for one epoch of batches. */
export function fallPerEntry(
  run: RunView,
): { readonly share: number; readonly entries: number; readonly from: number } | null {
  const entries = Math.min(run.full ? run.end : run.end - 1, SPEED_WINDOW);
  if (entries < 1) return null;
  const from = earlierValue(run, entries)!;
  return { share: from === 0 ? 0 : (from - objectiveOf(run.last)) / (entries * Math.abs(from)), entries, from };
}

/**
 * The number of entries until the gradient has a thousandth of its first length, if its largest norm goes on to fall as
 * from one half of the last 16 entries to the other; Infinity if it does not fall, null where it is not known.
 */
export function remainingEntries({ recent, first, last }: RunView): number | null {
  const norms = recent(SPEED_WINDOW).flatMap(({ gradientNorm }) => gradientNorm ?? []);
  if (norms.length < SPEED_WINDOW || first.gradientNorm === null) return null;
  const goal = GOAL * first.gradientNorm;
  if (last.gradientNorm! <= goal) return 0;
  const half = SPEED_WINDOW / 2;
  const later = Math.max(...norms.slice(half));
  const fall = (log(Math.max(...norms.slice(0, half))) - log(later)) / half;
  return fall > 0 ? Math.max(0, log(later / goal) / fall) : Infinity;
}
