// What fitInBackground and its worker say to each other.

import type { EstimatorSpec } from "../../estimators/fit/spec.ts";
import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData } from "../../estimators/ratings/fittedFactorization.ts";
import type { History } from "../../training/state/history.ts";
import type { ErrorData } from "./errorData.ts";

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
  | { readonly kind: "fitted"; readonly fittedData: FittedData | FactorizationData }
  | { readonly kind: "failed"; readonly error: ErrorData };
