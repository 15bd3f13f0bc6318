// The run while it runs. A terminal gets two lines that are redrawn at most ten times a second; a file or a log gets a
// line at epochs 1, 2, 5, 10, 20, 50, … Time decides only when something is drawn.

import { formatCount, formatNumber } from "@downhill/plots/format";
import type { ModelStep } from "../model/estimator.ts";
import { lossOf } from "../model/estimator.ts";
import type { ProgressKind } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { accent, dim, printed } from "../terminal/text.ts";
import { sparkline } from "./sparkline.ts";

/** Shows a run. */
export interface Progress {
  /** After every step; may draw. */
  step(step: ModelStep): void;
  /** Draws the last state and leaves the cursor below it; harmless when repeated. */
  end(): void;
}

const REDRAW = 100; // ms

/** The progress of a kind, for a run of at most so many epochs. */
export function progressOf(kind: ProgressKind, epochs: () => number, terminal: Terminal): Progress {
  if (kind === "none") return { step() {}, end() {} };
  return kind === "bar" ? bar(epochs, terminal) : lines(epochs, terminal);
}

function lines(epochs: () => number, { stderr }: Terminal): Progress {
  let last: ModelStep | undefined;
  let written = 0;
  const write = (step: ModelStep) => {
    written = step.epoch;
    const of = `${formatCount(step.epoch)}/${formatCount(epochs())}`;
    stderr.line(`epoch ${of}  loss ${formatNumber(lossOf(step))}`);
  };
  return {
    step(step) {
      last = step;
      if (step.endOfEpoch && /^[125]0*$/.test(String(step.epoch))) write(step);
    },
    end() {
      if (last?.endOfEpoch && last.epoch !== written) write(last);
    },
  };
}

function bar(epochs: () => number, { stderr, style, columns, now }: Terminal): Progress {
  const began = now();
  let last: ModelStep | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn = false;
  let ended = false;

  function draw(step: ModelStep): void {
    const done = step.epoch - (step.endOfEpoch ? 0 : 1);
    const seconds = (now() - began) / 1000;
    const perSecond = seconds > 0.05 ? done / seconds : 0;
    const room = Math.max(20, columns() - 1);
    const left = `epoch ${formatCount(step.epoch)}/${formatCount(epochs())}  `;
    const speed = perSecond >= 1 ? `  ${compact(perSecond)} epochs/s` : "";
    const percent = `  ${Math.floor((100 * done) / epochs())} %`;
    const width = Math.max(6, Math.min(40, room - left.length - percent.length - speed.length));
    const first = [left, accent(gauge(done / epochs(), width, style.utf8)), percent, dim(speed)];
    const losses = step.history.objective ?? step.history.batchLoss;
    const second = [`loss ${formatNumber(lossOf(step))}  `, style.utf8 ? dim(sparkline(losses, 24)) : ""];
    const [above, below] = [printed(first, style), printed(second, style)];
    stderr.raw(`${drawn ? "\x1b[1A" : "\x1b[?25l"}\r\x1b[2K${above}\n\r\x1b[2K${below}`);
    drawn = true;
    drawnAt = now();
  }

  return {
    step(step) {
      last = step;
      if (!ended && now() - drawnAt >= REDRAW) draw(step);
    },
    end() {
      if (ended) return;
      ended = true;
      if (last) draw(last);
      if (drawn) stderr.raw("\n\x1b[?25h");
    },
  };
}

function gauge(share: number, width: number, utf8: boolean): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2);
  const full = Math.floor(halves / 2);
  if (!utf8) return `[${"=".repeat(Math.max(0, full - 1))}${full > 0 ? ">" : ""}${" ".repeat(width - full)}]`;
  const half = halves % 2 === 1 ? "╸" : "";
  return `${"━".repeat(full)}${half}${"─".repeat(width - full - half.length)}`;
}

const compact = (value: number): string =>
  value >= 10_000 ? `${Math.round(value / 1000)}k` : value >= 1000 ? `${(value / 1000).toFixed(1)}k` : value.toFixed(0);
