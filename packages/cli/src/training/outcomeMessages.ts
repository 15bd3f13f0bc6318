// Why a run ended, in words for the terminal and the report.
import { formatCount } from "@downhill/plots/format";

/** How a run ended. */
export interface Ending {
  readonly stopped: string;
  readonly epochs: number;
  /** Whether the run was to stop once it has converged. */
  readonly awaited: boolean;
}

/** "converged after 1,204 epochs", "stopped at the limit of 300 epochs, before converging". */
export function endingMessage({ stopped, epochs, awaited }: Ending): string {
  const count = `${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  switch (stopped) {
    case "converged":
      return `converged after ${count}: at most a billionth of the loss can still be gained`;
    case "separable":
      return `stopped after ${count}: a plane separates the classes, so the weights grow without end unless there is a penalty`;
    case "validation":
      return `stopped early after ${count}: the loss on the validation rows no longer falls; the best parameters are kept`;
    case "stalled":
      return `stopped after ${count}: the loss no longer falls`;
    case "interrupted":
      return `interrupted after ${count}; the model reached by then is kept`;
    case "diverged":
      return `diverged after ${count}: this model is worse than no model`;
    default:
      return awaited ? `stopped at the limit of ${count}, before converging` : `finished after ${count}, as set`;
  }
}
