// What fitInBackground and its worker say to each other.

import type { Core } from "../estimators/fitted.ts";
import type { FactorCore } from "../estimators/fittedFactorization.ts";
import type { EstimatorSpec } from "../estimators/spec.ts";
import type { History } from "../training/history.ts";
import type { ErrorData } from "./errors.ts";

/** The first message to the worker; each one after it says that the next report is welcome. */
export interface Task {
  /** The module's bytes as text. */
  readonly kernels: string;
  readonly spec: EstimatorSpec;
  /** What `train` takes before its options: X and y, or ratings. */
  readonly data: readonly unknown[];
  readonly how: object;
  /** Whether to report before the end. */
  readonly watched: boolean;
}

export type Report =
  | { readonly kind: "epochs"; readonly epoch: number; readonly epochs: number; readonly entries: History }
  | { readonly kind: "fitted"; readonly core: Core | FactorCore }
  | { readonly kind: "failed"; readonly error: ErrorData };
