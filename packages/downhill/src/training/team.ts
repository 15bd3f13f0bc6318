// What a run asks of the threads that help it, and what it tells them. Who they are is no matter here.
import type { Element } from "../core/vector.ts";
import type { Address, BindKernels } from "../kernels/kernels.ts";
import type { Memory } from "../kernels/webassembly.ts";
import type { RiskSpec } from "./boundRisk.ts";

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
  /** Where lanes leave their sums and gradients; of lane 0 the caller says where. */
  readonly sums: Address;
  readonly gradients: readonly Address[];
}

/** A batch to be walked in lanes. */
export interface LaneJob {
  readonly params: Address;
  /** Of lane 0. */
  readonly gradient: Address;
  /** 0: as they lie. */
  readonly order: Address;
  readonly from: number;
  readonly to: number;
  readonly laneRows: number;
}

/** The helpers of one run. */
export interface Crew {
  /** Has every task 0 … count − 1 done by whoever is free: on this thread by `own`, on another by what the job says. */
  share(count: number, job: LaneJob, own: (task: number) => void): void;
  /** Lets them go. */
  leave(): void;
}
