// What is measured: workloads of one or several cases, each with its contestants, its floor and its targets.
import type { Job, Outcome } from "./job.ts";

export interface Workload {
  readonly id: string;
  readonly title: string;
  /** The cases taken together: their times added up. */
  readonly together?: { readonly name: string; readonly targets: readonly Target[] };
  /** Why it cannot be measured today. */
  readonly notYet?: string;
  /** The cases, one after the other: the data of one is forgotten before the next is made. */
  cases(size: Size): Iterable<Case>;
}

/** "quick" only proves that everything runs. */
export type Size = "full" | "quick";

/** A program that takes part, by the name that the table shows. */
export interface Entrant {
  readonly name: string;
  /** Whose ratios make a target: several entrants may share a family. */
  readonly family: Family;
  /** A module of tasks/, or module:Class of python/. */
  readonly program: { readonly node: string } | { readonly python: string };
  /** Relative difference of its loss from Downhill's that rounding (or another order of visits) explains. */
  readonly tolerance: number;
  /** Units that one run does, where they are not the case's. */
  readonly units?: number;
  /** Updates it must report, where they are not the case's. */
  readonly updates?: number;
}

export type Family =
  | "Downhill"
  | "NumPy"
  | "scikit-learn"
  | "PyTorch"
  | "pandas"
  | "LIBLINEAR"
  | "LIBMF"
  | "TensorFlow.js"
  | "JavaScript";

export interface Case {
  /** Beside the workload's title; "" where there is one case only. */
  readonly name: string;
  /** What a figure is the time of: "one epoch". */
  readonly unit: string;
  /** Units in one run. */
  readonly units: number;
  /** Updates from the start to the end of a run; absent where each contestant may take its own number. */
  readonly updates?: number;
  /** What a unit cannot do without. */
  readonly floor?: Floor;
  /** Downhill first. */
  readonly entrants: readonly Entrant[];
  readonly targets: readonly Target[];
  /** Said under the table. */
  readonly note?: string;
  /** Writes the data into a folder. */
  lay(folder: string): Job | Promise<Job>;
  /** The objective at a contestant's outcome, by one and the same code for all. */
  judge(outcome: Outcome): number;
  /** Where the distance from an optimum is what counts: the optimum's loss, known once `lay` is done. */
  optimum?(): number;
}

export interface Floor {
  /** Read from memory. */
  readonly bytes?: number;
  /** Of the element that Downhill computes in. */
  readonly multiplyAdds?: number;
}

/** How many times faster than the best of these families. */
export interface Target {
  readonly against: readonly Family[];
  readonly atLeast: number;
  readonly stretch?: number;
  /** Share of its memory that may be taken. */
  readonly memoryAtMost?: number;
}

/** Every JavaScript peer, every workload but W8. */
export const javascriptTarget: Target = { against: ["TensorFlow.js", "JavaScript"], atLeast: 5, stretch: 20 };
