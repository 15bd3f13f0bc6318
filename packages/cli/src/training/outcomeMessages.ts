// The reason why a run ended, as a sentence for the terminal and the report.
import { formatCount } from "@downhill/plots/format";

/** The end of a run. */
export interface Ending {
  readonly stopped: string;
  readonly epochs: number;
  /** Whether the run was expected to converge. */
  readonly awaited: boolean;
}

/** The warning in place of a result. */
export const divergedWarning = "The run diverged: do not use this model.";

/** The message without its subject: "converged after 63 epochs: …". */
export function endingMessage({ stopped, epochs, awaited }: Ending): string {
  const count = `${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  switch (stopped) {
    case "converged":
      return `converged after ${count}: the loss can fall by at most a billionth of its value`;
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
      return awaited ? `stopped after ${count}, the maximum number; it has not converged yet` : `finished all ${count}`;
  }
}
