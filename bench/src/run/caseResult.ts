// What a case came to: figures, floor, targets.
import type { Family, Floor, Target } from "../workload.ts";
import type { Spread } from "./spread.ts";
import type { Absent } from "./startProgram.ts";

export interface Figure {
  readonly name: string;
  readonly family: Family;
  readonly threads: number;
  readonly version: string;
  /** Those that multiply its matrices, with the kernel that ran. */
  readonly libraries: readonly string[];
  /** Seconds per unit. */
  readonly seconds: Spread;
  /** Of the very first run, when nothing was warm. */
  readonly firstSeconds: number;
  readonly loss: number;
  /** Of its loss from Downhill's, relative. */
  readonly difference: number;
  /** Above the optimum's loss, relative, where that is what counts. */
  readonly gap?: number;
  readonly peakBytes?: number;
}

/** A ratio of two medians, and what it is between the quartiles that lie furthest apart. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Undecided: the runs scatter so far that the wanted ratio lies within the range of the measured one. */
export type Standing = "met" | "missed" | "undecided";

/** A target, and what was reached: how many times faster than the best of those it names. */
export interface Verdict extends Target {
  /** The row of Downhill that it is asked of; undefined when there is none. */
  readonly ours?: string;
  /** Undefined when none of them is present. */
  readonly peer?: string;
  readonly ratio?: Ratio;
  /** Of the floor, where a share of it would do as well. */
  readonly share?: Ratio;
  /** Of its peak memory, where both are known. */
  readonly memory?: number;
  readonly standing?: Standing;
}

/** Seconds per unit that the machine cannot do without, and what they go to. */
export interface FloorTime {
  readonly seconds: number;
  readonly of: "reading" | "multiply-adds";
}

export interface FloorVerdict extends FloorTime, Pick<Floor, "atLeast" | "stretch"> {
  readonly share?: Ratio;
}

export interface Measured {
  readonly workload: string;
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  /** UTC, to the day. */
  readonly date: string;
  readonly figures: readonly Figure[];
  readonly absent: readonly Absent[];
  /** Downhill's first row, on one thread, against the floor. */
  readonly floor?: FloorVerdict;
  readonly targets: readonly Verdict[];
  readonly note?: string;
}
