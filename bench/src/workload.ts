// What is measured: workloads of one or several cases, each with its contestants, its floor and its targets.
import type { Job, Outcome } from "./job.ts";

export interface Workload {
  readonly id: string;
  readonly title: string;
  /** The cases taken together: their times added up. */
  readonly together?: { readonly name: string; readonly targets: readonly Target[] };
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
  /** A module of programs/, or module:Class of python/. */
  readonly program: { readonly node: string } | { readonly python: string };
  /** Relative difference of its loss from another's that its rounding (or its order of visits) explains. */
  readonly tolerance: number;
  /** What it is to compute in, where it leaves the choice ["float64"]. */
  readonly element?: Element;
  /** [1] */
  readonly threads?: number;
  /** Units that one run does, where they are not the case's. */
  readonly units?: number;
  /** Updates it must report, where they are not the case's and it tells how many it made. */
  readonly updates?: number;
}

export type Element = "float64" | "float32";

export type Family =
  | "Downhill"
  | "NumPy"
  | "scikit-learn"
  | "PyTorch"
  | "pandas"
  | "LIBLINEAR"
  | "LIBMF"
  | "TensorFlow.js"
  | "JavaScript"
  | "a curiosity"; // no target is held against it

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
  /** Downhill first: the first of its rows that runs is the one that others are held to. */
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
  readonly multiplyAdds?: number;
  /** That the multiply-adds are of ["float64"]. */
  readonly element?: Element;
  /** Share of the floor that Downhill is to reach on one thread. */
  readonly atLeast?: number;
  readonly stretch?: number;
}

/** How many times faster than the best of these families. */
export interface Target {
  readonly against: readonly Family[];
  readonly atLeast: number;
  /** Of Downhill's row [1]. */
  readonly threads?: number;
  /** Of those it is compared with, at most: their best row counts [threads]. */
  readonly peerThreads?: number;
  /** Or else this share of the floor of as many threads. */
  readonly orOfFloor?: number;
  readonly stretch?: number;
  /** Share of its memory that may be taken. */
  readonly memoryAtMost?: number;
}

/** Two threads against one. */
export const twoThreadsTarget: Target = {
  against: ["Downhill"],
  threads: 2,
  peerThreads: 1,
  atLeast: 1.7,
  orOfFloor: 0.75,
};

/** Asked of every workload in which JavaScript peers take part. */
export const javascriptTarget: Target = { against: ["TensorFlow.js", "JavaScript"], atLeast: 5, stretch: 20 };
