// The messages between fitInBackground and its worker.

import type { EstimatorSpec } from "../../estimators/fit/spec.ts";
import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData } from "../../estimators/ratings/factorization.ts";
import type { History } from "../../training/state/history.ts";
import type { ErrorData } from "./errorData.ts";

/** The first message to the worker. Every later message tells it that it may send the next report. */
export interface Task {
  /** The bytes of the WebAssembly module, as text. */
  readonly kernels: string;
  readonly spec: EstimatorSpec;
  /** The arguments of the estimator's `train` before its options: X and y, or ratings. */
  readonly data: readonly unknown[];
  readonly options: object;
  /** Whether to report epochs, and not only the result. */
  readonly reportEpochs: boolean;
}

export type Report =
  | { readonly kind: "epochs"; readonly epoch: number; readonly epochs: number; readonly entries: History }
  | { readonly kind: "fitted"; readonly fittedData: FittedData | FactorizationData }
  | { readonly kind: "failed"; readonly error: ErrorData };
