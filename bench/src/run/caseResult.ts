// The result of a case: times of the programs, lower bound, targets.
import type { Product } from "../program.ts";
import type { LowerBound, Target } from "../workload.ts";
import type { Spread } from "./spread.ts";
import type { Absent } from "./startProgram.ts";

export interface ProgramResult {
  readonly name: string;
  readonly product: Product;
  readonly threads: number;
  readonly version?: string;
  /** The libraries that multiply its matrices, with their kernels. */
  readonly libraries: readonly string[];
  /** Seconds per unit of work. */
  readonly seconds: Spread;
  /** Seconds per unit of work in the very first run, before any warm-up. */
  readonly firstSeconds: number;
  readonly loss: number;
  /** (loss − Downhill's loss) / |Downhill's loss| */
  readonly lossDifference: number;
  /** (loss − optimum) / |optimum|, where the programs run until they are close to the optimum. */
  readonly aboveOptimum?: number;
  readonly peakBytes?: number;
  /** Seconds of all processors together: the median of the runs. */
  readonly processorSeconds?: number;
  /** True when the program does other work than the rest. No ratio uses its time. */
  readonly shownOnly?: true;
}

/**
 * A ratio of two times. `median` divides the medians, `low` the lower quartile by the upper quartile, and `high` the upper
 * quartile by the lower quartile.
 */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** "undecided" when the required ratio is between `low` and `high` of the measured ratio. */
export type Status = "met" | "missed" | "undecided";

export interface TargetResult extends Target {
  /** Downhill's program; absent when there is none with this number of threads. */
  readonly ours?: string;
  /** The fastest peer; absent when no peer was measured. */
  readonly peer?: string;
  /** Time of the peer / time of Downhill. */
  readonly ratio?: Ratio;
  /** Lower bound / time of Downhill; only for a target that this ratio can also meet. */
  readonly ofLowerBound?: Ratio;
  /** Peak memory of Downhill / peak memory of the peer, where both are known. */
  readonly memory?: number;
  readonly status?: Status;
}

export interface LowerBoundTime {
  /** Per unit of work. */
  readonly seconds: number;
  /** The slower of the two: reading memory or multiply-adds. */
  readonly limit: "memory" | "arithmetic";
}

export interface LowerBoundResult extends LowerBoundTime, Pick<LowerBound, "atLeast" | "stretch"> {
  /** Lower bound / time of Downhill's first program, on one thread. */
  readonly reached?: Ratio;
}

export interface CaseResult {
  /** Id of the workload. */
  readonly workload: string;
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  /** Day of the measurement, in UTC. */
  readonly date: string;
  readonly programs: readonly ProgramResult[];
  readonly absent: readonly Absent[];
  readonly lowerBound?: LowerBoundResult;
  readonly targets: readonly TargetResult[];
  /** The largest allowed median of the times of Downhill's first program, per unit. */
  readonly secondsAtMost?: number;
  readonly note?: string;
}
