// Shows a run while it trains: as a bar on a terminal, as lines in a file or a log.
import { formatCount, formatNumber } from "@downhill/plots/format";
import { lossNameOf, lossOf, type ModelStep } from "../model/estimator.ts";
import type { ProgressKind } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { progressBar } from "./progressBar.ts";
import { type RunLimits, type Share, shareMeter, shareText } from "./progressShare.ts";

/** Shows a run. */
export interface Progress {
  /** Called after every step; it may draw. */
  step(step: ModelStep): void;
  /** Clears what is drawn, so that a line can be printed. The next step draws again. */
  clear(): void;
  /** Draws the last state and leaves the cursor below it; harmless when repeated. */
  end(): void;
}

/** @param limits  known from the first step on */
export function progressOf(kind: ProgressKind, limits: () => RunLimits, terminal: Terminal): Progress {
  if (kind === "none") return { step() {}, clear() {}, end() {} };
  const shareOf = shareMeter(limits);
  return kind === "bar" ? progressBar(shareOf, terminal) : progressLines(shareOf, terminal);
}

/** A line after the first epoch, for every tenth of the run, and for the last epoch. */
function progressLines(shareOf: (step: ModelStep) => Share, { stderr }: Terminal): Progress {
  let last: { readonly step: ModelStep; readonly share: Share } | undefined;
  let written: { readonly epoch: number; readonly tenth: number } | undefined;
  const write = (step: ModelStep, share: Share) => {
    written = { epoch: step.epoch, tenth: tenthOf(share) };
    stderr.line(
      `epoch ${formatCount(step.epoch)}: ${shareText(share)}, ${lossNameOf(step)} ${formatNumber(lossOf(step))}`,
    );
  };
  return {
    step(step) {
      if (!step.endOfEpoch) return;
      last = { step, share: shareOf(step) };
      if (written === undefined || tenthOf(last.share) > written.tenth) write(step, last.share);
    },
    clear() {},
    end() {
      if (last !== undefined && last.step.epoch !== written?.epoch) write(last.step, last.share);
    },
  };
}

const tenthOf = ({ share }: Share): number => Math.floor(10 * share + 1e-9);
