// The reason why a run ended, as a sentence for the terminal and the report.
import { formatCount } from "@downhill/plots/format";

/** The end of a run. */
export interface Ending {
  readonly stopped: string;
  readonly epochs: number;
  /** What holds when the run converges, as a clause; null for a run that does not stop then, or if this is not known. */
  readonly goal: string | null;
}

/** The warning in place of a result. */
export const divergedWarning = "The run diverged: do not use this model.";

/** What may be left of the loss: "the loss can fall by at most a billionth of its value". */
export const canFall = (share: number): string =>
  `the loss can fall by at most ${share < 1e-6 ? "a billionth" : "a thousandth"} of its value`;

/** The message without its subject: "converged after 63 epochs: …". */
export function endingMessage({ stopped, epochs, goal }: Ending): string {
  const count = `${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  switch (stopped) {
    case "converged":
      return `converged after ${count}${goal === null ? "" : `: ${goal}`}`;
    case "separable":
      return `stopped after ${count}: a plane separates the classes, so the weights would grow forever; set a penalty with --l2`;
    case "validation":
      return `stopped early after ${count}: the loss on the validation rows stopped improving; the model from the best epoch is kept`;
    case "stalled":
      return `stopped after ${count}: the loss no longer falls`;
    case "interrupted":
      return `interrupted after ${count}; the model trained so far is kept`;
    case "diverged":
      return `diverged after ${count}: the loss became infinite or NaN, or ended far above its start`;
    default:
      return goal !== null
        ? `stopped after ${count}, the maximum number; it has not converged yet`
        : `finished all ${count}`;
  }
}
