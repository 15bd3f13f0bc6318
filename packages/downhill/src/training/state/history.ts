/** The record of a run: each list has one entry per epoch, `batchLosses` one per update. */
export interface History {
  /** The number of updates done by the end of the epoch. */
  updates: number[];
  /** The learning rate of the epoch's last update. */
  learningRate: number[];
  /** The mean over the epoch's rows of the batch values, each measured before its update. */
  batchLoss: number[];
  /** With trace "exact": the objective over all examples, at the solution at the end of the epoch. */
  objective?: number[];
  /** With trace "exact": the Euclidean norm of the gradient there (with l1, of the proximal gradient). */
  gradientNorm?: number[];
  /** With `stop.validation`: the mean loss of the validation rows, without penalties. */
  validation?: number[];
  /** With `batchLosses`: the value of each update's batch, before the update. */
  batchLosses?: number[];
}

/**
 * "exact": the objective is evaluated on all examples after every epoch. With full batches this costs nothing, because the
 * next update needs it; with smaller batches it takes about as long as another epoch. "running": only the batch values are
 * recorded.
 */
export type Trace = "exact" | "running";

/** A history without entries. */
export function emptyHistory(lists: { trace: Trace; batchLosses: boolean; validation: boolean }): History {
  const history: History = { updates: [], learningRate: [], batchLoss: [] };
  if (lists.trace === "exact") Object.assign(history, { objective: [], gradientNorm: [] });
  if (lists.validation) history.validation = [];
  if (lists.batchLosses) history.batchLosses = [];
  return history;
}

/** A copy, which later epochs do not change. */
export const copyHistory = (history: History): History =>
  Object.fromEntries(Object.entries(history).map(([name, list]) => [name, [...list]])) as unknown as History;
