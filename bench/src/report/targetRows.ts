// The targets of a case as a table, and a case's remarks, for the terminal and for docs/performance.md.
import { isJavaScript } from "../program.ts";
import type { CaseResult, LowerBoundResult, ProgramResult, Ratio, Status, TargetResult } from "../run/caseResult.ts";
import { statusOf } from "../run/checkTargets.ts";
import type { Target } from "../workload.ts";
import { formatPercent, formatTime, threeDigits } from "./format.ts";

export const targetColumns = ["target", "Downhill's program", "fastest such peer", "ratio", "status"] as const;

/** One row per target. */
export const targetRows = ({ targets }: CaseResult): string[][] =>
  targets.map((target) => [
    goalText(target),
    target.ours ?? "none",
    target.peer ?? "none",
    measuredText(target),
    targetStatus(target),
  ]);

function goalText({ against, atLeast, threads = 1, peerThreads = threads, ...goal }: Target): string {
  const peers =
    against.length > 1 && against.every(isJavaScript) ? "the fastest JavaScript peer" : against.join(" or ");
  const { stretch, memoryAtMost, orOfLowerBound } = goal;
  return [
    `${threads === 1 ? "" : `on ${threads} threads: `}${atLeast === 1 ? "as" : `${atLeast} × as`} fast as ${peers}`,
    threads === 1 ? "" : peerThreads === 1 ? " on one thread" : ` on 1 to ${peerThreads} threads`,
    stretch === undefined ? "" : ` (stretch goal ${stretch} ×)`,
    memoryAtMost === undefined ? "" : `, with at most ${formatPercent(memoryAtMost)} of its memory`,
    orOfLowerBound === undefined ? "" : `, or ${formatPercent(orOfLowerBound)} of the lower bound's speed`,
  ].join("");
}

function measuredText({ ratio, memory, ofLowerBound }: TargetResult): string {
  if (ratio === undefined) return "";
  const memoryText = memory === undefined ? "" : `, with ${formatPercent(memory)} of its memory`;
  const boundText =
    ofLowerBound === undefined ? "" : `, ${formatPercentRange(ofLowerBound)} of the lower bound's speed`;
  return `${formatRange(ratio)}${memoryText}${boundText}`;
}

function targetStatus({ ours, peer, ratio, stretch, status }: TargetResult): string {
  if (ours === undefined) return "not measured: Downhill has no such program";
  if (peer === undefined) return "not measured: no such peer was measured";
  if (ratio === undefined) return "missed: Downhill did not reach the optimum";
  return `${statusText(status!)}${stretchText(ratio, stretch)}`;
}

/** A status in words. */
export const statusText = (status: Status): string =>
  status === "undecided" ? "not decided: the target is within the range" : status;

const stretchText = (ratio: Ratio, stretch: number | undefined): string =>
  stretch !== undefined && statusOf(ratio, stretch) === "met" ? ", stretch goal met" : "";

/** "1.66 × (1.61 to 1.72)" */
export const formatRange = ({ median, low, high }: Ratio): string =>
  `${threeDigits(median)} × (${threeDigits(low)} to ${threeDigits(high)})`;

/** "57 % (55 to 60)" */
export const formatPercentRange = ({ median, low, high }: Ratio): string =>
  `${formatPercent(median)} (${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)})`;

/** The lower bound, the absent programs and the note: one remark each. */
export function remarks({ programs, lowerBound, absent, secondsAtMost, note }: CaseResult): string[] {
  const [ours] = programs;
  return [
    ...(programs.length === 0 ? ["Downhill could not run this case, so nothing was timed."] : []),
    ...(lowerBound ? [lowerBoundText(lowerBound)] : []),
    ...(ours && secondsAtMost !== undefined ? [limitText(ours, secondsAtMost)] : []),
    ...absent.map(({ name, reason }) => `Absent: ${name} (${reason}).`),
    ...(note ? [note] : []),
  ];
}

const limitText = ({ seconds: { median } }: ProgramResult, limit: number): string =>
  `Target: at most ${formatTime(limit)} (${median <= limit ? "met" : "missed"}).`;

function lowerBoundText({ limit, seconds, reached, atLeast, stretch }: LowerBoundResult): string {
  const work = limit === "memory" ? "reading the data from memory" : "the multiply-adds alone";
  const bound = `Lower bound: ${formatTime(seconds)} for ${work}.`;
  if (reached === undefined) return bound;
  const speed = `${bound} Downhill reaches ${formatPercentRange(reached)} of this speed`;
  if (atLeast === undefined) return `${speed}.`;
  const stretchGoal = stretch === undefined ? "" : ` (stretch goal ${formatPercent(stretch)})`;
  const status = `${statusText(statusOf(reached, atLeast))}${stretchText(reached, stretch)}`;
  return `${speed}; the target is ${formatPercent(atLeast)}${stretchGoal}: ${status}.`;
}
