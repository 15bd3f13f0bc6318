import { numberText, percentText } from "../../numberText.ts";
import { objectiveOf } from "../runView.ts";
import type { Rule } from "./rule.ts";

const EPOCHS = 5;
const RISE = 0.1; // above the lowest validation loss, as a share of it

/** It does not hold for a run that ended because the validation loss no longer fell: this is what early stopping is for. */
export const overfitting: Rule = ({ context, last, before, recent }) => {
  if (context.stopped === "validation") return null;
  const validation = recent(EPOCHS).flatMap((entry) => entry.validation ?? []);
  if (validation.length < EPOCHS || before(EPOCHS) === undefined) return null;
  const { epoch, loss: lowest } = last.lowestValidation!;
  const high = lowest + RISE * Math.abs(lowest);
  if (!validation.every((loss) => loss > high) || !(objectiveOf(last) < objectiveOf(before(EPOCHS)!))) return null;
  return {
    id: "overfitting",
    rule: `validation loss > ${1 + RISE} · lowest for ${EPOCHS} epochs, and the objective falls`,
    sentence:
      `The model now learns the noise of the training rows: the validation loss was lowest after epoch ${epoch} ` +
      `(${numberText(lowest)}) and is now ${numberText(last.validation!)}, ${percentText((last.validation! - lowest) / Math.abs(lowest))} higher. ` +
      `The fitted model keeps the parameters of epoch ${epoch}.`,
    numbers: { epoch, lowest, validation: last.validation! },
    remedies: [{ text: `End the run after epoch ${epoch}.`, options: { epochs: epoch } }],
  };
};
