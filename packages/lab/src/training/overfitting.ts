// The verdict on a run whose held-out loss rises while the loss of its training rows falls. The library has it for validation rows only.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import type { Verdict } from "downhill";

const EPOCHS = 5;
const RISE = 0.1; // above the lowest held-out loss, as a share of it
const END = 0.05; // a run overfits until its held-out loss is so near to the lowest one: a loss that varies does not end and begin it again

/** The lowest held-out loss, the epoch after which it was, and the objective of the training rows there. */
interface Lowest {
  readonly epoch: number;
  readonly loss: number;
  readonly objective: number;
}

/** Follows the held-out loss of a run. */
export interface OverfittingWatch {
  /** Adds the losses after an epoch. */
  add(epoch: number, heldOut: number, objective: number): void;
  /** Goes on after a change of the run, with the lowest held-out loss before it and the objective there. */
  restart(lowest: Lowest): void;
  /** The verdict; null for a run that does not overfit, and for one whose held-out loss was never lower than at its start. */
  verdict(): Verdict | null;
}

/** Makes the watch of a run that has not begun. */
export function overfittingWatch(): OverfittingWatch {
  let lowest: Lowest = { epoch: 0, loss: Number.POSITIVE_INFINITY, objective: Number.NaN };
  let now = lowest;
  let high = 0; // epochs in a row with a high held-out loss; from five on, until it is near to the lowest one
  return {
    add(epoch, loss, objective) {
      now = { epoch, loss, objective };
      if (loss < lowest.loss) lowest = now;
      const rise = (loss - lowest.loss) / Math.abs(lowest.loss);
      if (rise > RISE) high++;
      else if (high < EPOCHS || !(rise > END)) high = 0;
    },
    restart(before) {
      lowest = before;
      high = 0;
    },
    verdict() {
      const { epoch, loss } = lowest;
      if (high < EPOCHS || epoch === 0 || !(now.objective < lowest.objective)) return null;
      return {
        id: "overfitting",
        rule: `held-out loss > ${1 + RISE} · lowest for ${EPOCHS} epochs, and the objective is lower than there`,
        sentence:
          `The model now learns the noise of the training rows: the held-out loss was lowest after epoch ${epoch} (${formatNumber(loss)}) ` +
          `and is now ${formatNumber(now.loss)}, ${formatPercent((now.loss - loss) / Math.abs(loss))} higher.`,
        numbers: { epoch, lowest: loss, "held-out": now.loss },
        remedies: [{ text: `End the run after epoch ${epoch}.`, options: { epochs: epoch } }],
      };
    },
  };
}
