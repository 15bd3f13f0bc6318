// The progress of a run as two lines on a terminal. They are drawn at most ten times a second; time has no other effect.
import { formatCount, formatNumber } from "@downhill/plots/format";
import { lossNameOf, lossOf, type ModelStep } from "../model/estimator.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { accent, dim, printed, type Text, widthOf } from "../terminal/text.ts";
import type { Progress } from "./progress.ts";
import { percentText, type Share, shareText } from "./progressShare.ts";
import { sparkline } from "./sparkline.ts";

const REDRAW = 100; // milliseconds between two drawings
const GAUGE = { min: 8, max: 40 }; // letters
const LOSSES = { min: 4, max: 24 };

export function progressBar(shareOf: (step: ModelStep) => Share, { stderr, style, columns, now }: Terminal): Progress {
  const began = now();
  let last: { readonly step: ModelStep; readonly share: Share } | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let widest: number | undefined; // of the lines on the screen
  let ended = false;

  function draw(step: ModelStep, share: Share): void {
    const seconds = (now() - began) / 1000;
    const perSecond = seconds > 0.05 ? step.epoch / seconds : 0;
    const width = Math.max(1, columns() - 1); // a letter in the last column may move the cursor to a new line
    const lines = [
      progressLine({ epoch: step.epoch, share, perSecond }, width, style.utf8),
      lossLine(step, width, style.utf8),
    ];
    stderr.raw(`${start()}${lines.map((line) => `\r\x1b[2K${printed(line, style)}`).join("\n")}`);
    widest = Math.max(...lines.map(widthOf));
    drawnAt = now();
  }

  /**
   * The codes that move the cursor to the first of the two lines. A terminal that became narrower has broken the old lines;
   * then the new lines are drawn below them.
   */
  function start(): string {
    if (widest === undefined) return "\x1b[?25l";
    return widest > columns() ? "\n" : "\x1b[1A";
  }

  return {
    step(step) {
      last = { step, share: shareOf(step) };
      if (!ended && now() - drawnAt >= REDRAW) draw(step, last.share);
    },
    clear() {
      if (widest === undefined || ended) return;
      stderr.raw(`${start()}\r\x1b[2K\n\x1b[2K\x1b[1A\r`);
      widest = undefined;
    },
    end() {
      if (ended) return;
      ended = true;
      if (last) draw(last.step, last.share);
      if (widest !== undefined) stderr.raw("\n\x1b[?25h");
    },
  };
}

/** The first line: the parts of "epoch 24  ━━━━──  61 % converged  310 epochs/s" that fit into `width` columns. */
export function progressLine(
  { epoch, share, perSecond }: { epoch: number; share: Share; perSecond: number },
  width: number,
  utf8: boolean,
): Text {
  const [left, right] = [`epoch ${formatCount(epoch)}  `, `  ${shareText(share)}`];
  const speed = perSecond >= 1 ? `  ${compact(perSecond)} epochs/s` : "";
  const layouts = [
    [left, right, speed],
    [left, right, ""],
    ["", right, ""],
    ["", `  ${percentText(share.share)}`, ""],
  ] as const;
  const fitting = layouts.find((parts) => parts.join("").length + GAUGE.min <= width);
  if (fitting === undefined) return percentText(share.share).slice(0, width);
  const [before, after, last] = fitting;
  const free = width - fitting.join("").length;
  return [before, accent(gauge(share.share, Math.min(GAUGE.max, free), utf8)), after, dim(last)];
}

/** The second line: the loss, and a small curve of all losses if there is space for it. */
function lossLine(step: ModelStep, width: number, utf8: boolean): Text {
  const loss = `${lossNameOf(step)} ${formatNumber(lossOf(step))}`;
  const free = width - loss.length - 2;
  if (!utf8 || free < LOSSES.min) return loss.slice(0, width);
  const losses = step.history.objective ?? step.history.batchLoss;
  return [loss, "  ", dim(sparkline(losses, Math.min(LOSSES.max, free)))];
}

export function gauge(share: number, width: number, utf8: boolean): string {
  if (!utf8) {
    const full = Math.floor(share * (width - 2));
    return `[${"=".repeat(Math.max(0, full - 1))}${full > 0 ? ">" : ""}${" ".repeat(width - 2 - full)}]`;
  }
  const halves = Math.round(share * width * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? "╸" : "";
  return `${"━".repeat(full)}${half}${"─".repeat(width - full - half.length)}`;
}

const compact = (value: number): string =>
  value >= 10_000 ? `${Math.round(value / 1000)}k` : value >= 1000 ? `${(value / 1000).toFixed(1)}k` : value.toFixed(0);
