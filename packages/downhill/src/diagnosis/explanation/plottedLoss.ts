import { numberText, percentText } from "../numberText.ts";
import type { Signals } from "../verdict/signals.ts";
import type { Finding } from "./finding.ts";

const VISIBLE = 0.01; // a relative difference that a reader of a chart can see
const PENALTY = 0.1; // the share of the penalty in the objective that is worth a sentence
const EPOCHS = 5; // epochs whose trends are compared

/**
 * The differences between the recorded losses and the objective.
 *
 * @param averaged  whether the solution is an average of parameters
 * @param full  whether every batch is all rows
 */
export function plottedLoss(
  trace: readonly Signals[],
  { averaged, full }: { averaged: boolean; full: boolean },
): Finding[] {
  const last = trace.at(-1);
  if (!last || last.objective === null || (full && !averaged)) return [];
  const { objective, batchLoss } = last;
  const difference = Math.abs(batchLoss - objective);
  if (!(difference > VISIBLE * Math.abs(objective))) return [];
  const earlier = trace.at(-1 - EPOCHS);
  const opposite = earlier?.objective != null && (batchLoss - earlier.batchLoss) * (objective - earlier.objective) < 0;
  const cause = averaged
    ? "the objective is that of the averaged parameters, and the batch losses are those of the last ones"
    : "each batch loss is measured before its update, while the parameters still change";
  return [
    {
      code: "plottedLoss",
      sentence:
        `The mean of the batch losses of the last epoch (${numberText(batchLoss)}) is not the objective over all rows after it ` +
        `(${numberText(objective)}): ${cause}. ` +
        (opposite ? `Over the last ${EPOCHS} epochs one of them rose while the other fell. ` : "") +
        "Plot the objective to see the progress.",
      numbers: { batchLoss, objective },
      remedies: [],
    },
  ];
}

/** The part of the objective that is a penalty, which the loss on other rows does not have. */
export function penaltyShare(objective: number, loss: number): Finding[] {
  const penalty = objective - loss;
  if (!(penalty > PENALTY * objective)) return [];
  return [
    {
      code: "plottedLoss",
      sentence:
        `${percentText(penalty / objective)} of the objective ${numberText(objective)} is the penalty. The loss of the rows alone is ` +
        `${numberText(loss)}; compare this number with the loss of other rows, which has no penalty.`,
      numbers: { objective, loss, penalty },
      remedies: [],
    },
  ];
}
