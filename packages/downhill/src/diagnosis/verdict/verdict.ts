import type { OptimizerSpec } from "../../optimizers/spec.ts";

export type VerdictId =
  | "diverged"
  | "exploding"
  | "zigzag"
  | "edge"
  | "crawling"
  | "ravine"
  | "noiseFloor"
  | "stuck"
  | "overfitting"
  | "converged"
  | "healthy";

/** Options that replace those of the run; the text names them. */
export interface Remedy {
  /** A short imperative sentence: "Set the learning rate to 0.31." */
  readonly text: string;
  readonly options: {
    readonly learningRate?: number;
    readonly optimizer?: OptimizerSpec;
    readonly standardize?: boolean;
    readonly batchSize?: number | "full";
    readonly l2?: number;
    readonly seed?: number;
    readonly epochs?: number;
    readonly average?: boolean;
    readonly validationShare?: number;
    readonly activation?: string;
  };
}

/** The state of a run in one plain sentence, with its numbers and what to do. */
export interface Verdict {
  readonly id: VerdictId;
  /** The rule that held, as a formula in words. */
  readonly rule: string;
  readonly sentence: string;
  /** The numbers of the sentence and of the rule, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The most useful remedy first; empty if nothing has to change. */
  readonly remedies: readonly Remedy[];
}
