// Why a run ended, in words for the terminal and the report.
import type { DivergenceError } from "downhill";
import type { Chosen } from "../options/train.ts";
import { grouped } from "../say.ts";

/** How a run ended. */
export interface Ending {
  readonly stopped: string;
  readonly epochs: number;
  /** Whether the run was to stop once the gradient is small. */
  readonly awaited: boolean;
}

/** "converged after 1,204 epochs: no gradient entry exceeds 1e−6". */
export function endingWords({ stopped, epochs, awaited }: Ending): string {
  const after = `after ${grouped(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  switch (stopped) {
    case "converged":
      return `converged ${after}: no gradient entry exceeds 1e−6`;
    case "heldOut":
      return `stopped early ${after}: the watched rows' loss no longer falls; the best parameters are kept`;
    case "stalled":
      return `stopped ${after}: the loss no longer falls`;
    case "interrupted":
      return `interrupted ${after}; what was reached is kept`;
    default:
      return awaited
        ? `ended ${after}, all it was given, before the gradient was as small as 1e−6`
        : `ended ${after}, all it was given`;
  }
}

/** The library's sentence on a run that diverged, with what to do in options of the command. */
export function divergenceWords({ message, learningRate }: DivergenceError, chosen: Chosen): string {
  const what = message.split(". ")[0]!;
  const lower = learningRate > 0 ? 2 ** (Math.ceil(Math.log2(learningRate)) - 1) : 0.01; // the power of two below
  const own = chosen.learningRate === undefined ? "" : ", or leave it out for one that suits the data";
  const scaled = chosen.standardize === false ? ", or leave out --no-standardize" : "";
  return `${what}. Try --learning-rate ${lower} or lower${own}${scaled}; no model was written.`;
}
