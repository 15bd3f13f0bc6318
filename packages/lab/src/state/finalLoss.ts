import type { History } from "downhill";

/**
 * The loss of the model that a run ends with: that of the epoch with the best validation loss if there are validation rows, else that
 * of the last epoch. The loss of an epoch is the objective over all training rows after it.
 */
export function finalLoss({ objective, validation }: History): number {
  const best = validation?.length ? validation.indexOf(Math.min(...validation)) : -1;
  return objective?.at(best) ?? Number.NaN;
}
