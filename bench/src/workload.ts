// Types of workloads, cases, lower bounds and targets.
import type { Job, Outcome } from "./job.ts";
import { type ElementType, javascriptProducts, type Product, type Program } from "./program.ts";

export interface Workload {
  /** "W4", the name on the command line. */
  readonly id: string;
  readonly title: string;
  /** The name, the unit and the targets of the sum of all times; absent when the times are not added up. */
  readonly sum?: { readonly name: string; readonly unit: string; readonly targets: readonly Target[] };
  /** The cases, made one at a time, so that only one of them is in memory. */
  cases(size: Size): Iterable<Case>;
}

/** "quick" only tests that everything runs; its times mean nothing. */
export type Size = "full" | "quick";

export interface Case {
  /** Printed after the title of the workload; "" when the workload has one case. */
  readonly name: string;
  /** The unit of work whose time is reported: "one epoch". */
  readonly unit: string;
  readonly unitsPerRun: number;
  /** Each turn of a program repeats its run for at least so many seconds, and the mean counts; default 0.02. For programs whose times differ by little. */
  readonly turnSeconds?: number;
  /** Updates from the start to the end of a run; absent where each program chooses its own number. */
  readonly updates?: number;
  readonly lowerBound?: LowerBound;
  /** The largest allowed median of the times of Downhill's first program, per unit. */
  readonly secondsAtMost?: number;
  /** Downhill's programs first. The loss of the first program that runs is the reference for all others. */
  readonly programs: readonly Program[];
  readonly targets: readonly Target[];
  /** A remark below the table; read after the measurement. */
  readonly note?: string;
  /** Writes the data into a folder. */
  prepare(folder: string): Job | Promise<Job>;
  /** The objective at the parameters of a program, by the same code for all programs. */
  evaluate(outcome: Outcome): number;
  /** The lowest objective, known after `prepare`. Only for a case whose programs run until they are close to it. */
  optimum?(): number;
}

/** The part of the work in one unit that no program can avoid. The time for this part is a lower bound. */
export interface LowerBound {
  /** Bytes to read from memory; default 0. */
  readonly bytes?: number;
  /** Default 0. */
  readonly multiplyAdds?: number;
  /** Element type of the multiply-adds; default "float64". */
  readonly elementType?: ElementType;
  /** Target for lower bound / measured time of Downhill on one thread. */
  readonly atLeast?: number;
  readonly stretch?: number;
}

/** A required ratio: time of the fastest peer / time of Downhill. */
export interface Target {
  /** The peers' products, or Downhill itself. */
  readonly against: readonly Product[];
  readonly atLeast: number;
  /** Threads of Downhill's program; default 1. */
  readonly threads?: number;
  /** Maximum number of threads of a peer; default `threads`. */
  readonly peerThreads?: number;
  /** The target is also met when lower bound / measured time reaches this number. */
  readonly orOfLowerBound?: number;
  readonly stretch?: number;
  /** Largest allowed ratio of peak memory: Downhill / peer. */
  readonly memoryAtMost?: number;
}

/** Downhill on two threads against Downhill on one. */
export const twoThreadsTarget: Target = {
  against: ["Downhill"],
  threads: 2,
  peerThreads: 1,
  atLeast: 1.7,
  orOfLowerBound: 0.75,
};

/** The target of every workload that has JavaScript peers. */
export const javascriptTarget: Target = { against: javascriptProducts, atLeast: 5, stretch: 20 };
