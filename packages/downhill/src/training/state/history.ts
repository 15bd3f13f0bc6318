/**
 * What a run recorded: one entry per epoch in each list.
 * `objective` and `gradientNorm` are exact, over all examples, at what the run would return at the end of the epoch
 * (`solution` of its step).
 */
export interface History {
  /** Updates done by the end of the epoch. */
  updates: number[];
  /** Rate of the epoch's last update. */
  learningRate: number[];
  /** Mean over the epoch's rows of the values seen on the way, each before its update. */
  batchLoss: number[];
  /** With trace "exact". */
  objective?: number[];
  /** With trace "exact": Euclidean norm of the gradient (with l1, of the proximal gradient). */
  gradientNorm?: number[];
  /** With validation rows: their mean loss. */
  validation?: number[];
  /** With batchLosses: the value of every update's batch, before the update. */
  batchLosses?: number[];
}

/**
 * "exact" evaluates the objective on all examples after every epoch: free in full batch, where the next update needs it
 * anyway; otherwise about the cost of another epoch. "running" keeps what the updates saw, and no more.
 */
export type Trace = "exact" | "running";

/** A history to be filled. */
export function emptyHistory(wanted: { trace: Trace; batchLosses: boolean; validation: boolean }): History {
  const history: History = { updates: [], learningRate: [], batchLoss: [] };
  if (wanted.trace === "exact") Object.assign(history, { objective: [], gradientNorm: [] });
  if (wanted.validation) history.validation = [];
  if (wanted.batchLosses) history.batchLosses = [];
  return history;
}

/** A history of its own, which later epochs do not change. */
export const copyHistory = (history: History): History =>
  Object.fromEntries(Object.entries(history).map(([name, list]) => [name, [...list]])) as unknown as History;
