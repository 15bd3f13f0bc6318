// What a run asks of the threads that help it, and what it tells them. Who they are is no matter here.
import type { Element } from "../../core/vector.ts";
import type { Address, BindKernels } from "../../kernels/kernels.ts";
import type { Memory } from "../../kernels/webassembly.ts";
import type { RiskSpec } from "../objective/objective.ts";

/** Threads that stand ready to help runs. */
export interface Team {
  /** Beside the one that runs. */
  readonly helpers: number;
  /** Kernels over memory that threads share. */
  readonly kernels: BindKernels;
  /** Takes them on for a run. */
  join(run: SharedRun): Crew;
}

/** A run as its helpers must know it: data. */
export interface SharedRun {
  readonly memory: Memory;
  readonly element: Element;
  readonly size: number;
  readonly objective: RiskSpec;
  /** Room for each helper's own scratch. */
  readonly rooms: readonly Address[];
  /** Where tasks leave a float64 number each. */
  readonly results: Address;
  /** Where lanes from 1 on leave their gradients; of lane 0 the job says where. */
  readonly gradients: readonly Address[];
}

/** Work to be shared. */
export type Job = LaneJob | SweepJob;

/** A batch to be walked in lanes: task i walks lane i, and its result is the sum of the losses. */
export interface LaneJob {
  readonly kind: "lanes";
  readonly params: Address;
  /** Of lane 0. */
  readonly gradient: Address;
  /** 0: as they lie. */
  readonly order: Address;
  readonly from: number;
  readonly to: number;
  readonly laneRows: number;
}

/** Single updates that come in parts with no parameter in common: task i does part i; its result is how many it did. */
export interface SweepJob {
  readonly kind: "sweep";
  readonly params: Address;
  readonly gradient: Address;
  readonly rates: Address;
  readonly values: Address;
  readonly parts: readonly SweepPart[];
}

/** The rows from … to, whose rates and values begin at place `at` of their lists. */
export interface SweepPart {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Tasks of a job at most. */
export const MOST_TASKS = 64;

/** The helpers of one run. */
export interface Crew {
  /** Has every task 0 … count − 1 done by whoever is free: on this thread by `own`, on another by what the job says. */
  share(count: number, job: Job, own: (task: number) => void): void;
  /** Lets them go. */
  leave(): void;
}
