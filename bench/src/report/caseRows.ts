// A case as lines of text, the same for the terminal and for docs/performance.md.
import { limits, type Start } from "../machine/startup.ts";
import type { Figure, FloorVerdict, Measured, Ratio, Standing, Verdict } from "../run/caseResult.ts";
import { NEAR, standingOf } from "../run/checkTargets.ts";
import { digits, sayBytes, sayDifference, sayShare, sayTime } from "./format.ts";

export const columns = ["", "median", "quartiles", "first run", "against Downhill", "result"] as const;

/** One row per contestant. */
export function figureRows({ figures }: Measured): string[][] {
  const ours = figures[0];
  return figures.map((figure) => [
    figure.name,
    sayTime(figure.seconds.median),
    `${sayTime(figure.seconds.lowerQuartile)} – ${sayTime(figure.seconds.upperQuartile)}`,
    figure.firstSeconds > 0 ? sayTime(figure.firstSeconds) : "below what is taken off",
    figure === ours ? "" : `${digits(figure.seconds.median / ours!.seconds.median)} ×`,
    [resultWords(figure, figure === ours), figure.peakBytes === undefined ? "" : `peak ${sayBytes(figure.peakBytes)}`]
      .filter(Boolean)
      .join(", "),
  ]);
}

function resultWords({ loss, difference, gap }: Figure, ours: boolean): string {
  if (gap !== undefined) return `${gap <= NEAR ? "" : "not reached: "}${sayDifference(gap)} above the optimum`;
  return ours ? `loss ${loss.toPrecision(7)}` : `loss differs by ${sayDifference(difference)}`;
}

/** Floor, targets, absent peers, the libraries that multiplied matrices and the note, one sentence each. */
export function remarks({ figures, floor, targets, absent, note }: Measured): string[] {
  const lines: string[] = figures.length === 0 ? ["Downhill does not finish it, so nothing is measured."] : [];
  if (floor) lines.push(floorWords(floor));
  for (const target of targets) lines.push(targetWords(target));
  for (const { name, reason } of absent) lines.push(`Absent: ${name} (${reason}).`);
  const known = figures.filter(({ libraries }) => libraries.length > 0);
  if (known.length > 0) {
    lines.push(`Libraries: ${known.map(({ name, libraries }) => `${name}: ${libraries.join(" and ")}`).join("; ")}.`);
  }
  if (note) lines.push(note);
  return lines;
}

function floorWords({ of, seconds, share, atLeast, stretch }: FloorVerdict): string {
  const reached = share === undefined ? "" : `; Downhill reaches ${sayShareRange(share)} of it`;
  if (share === undefined || atLeast === undefined) return `Floor (${of}): ${sayTime(seconds)}${reached}.`;
  const more = stretch === undefined ? "" : ` (stretch ${sayShare(stretch)})`;
  const standing = standingWords(standingOf(share, atLeast));
  return `Floor (${of}): ${sayTime(seconds)}${reached}, target ${sayShare(atLeast)}${more}: ${standing}${stretchWords(share, stretch)}.`;
}

function targetWords(verdict: Verdict): string {
  const { against, atLeast, stretch, threads = 1, peerThreads = threads, memoryAtMost, orOfFloor } = verdict;
  const { ours, peer, ratio, share, memory, standing } = verdict;
  const more = stretch === undefined ? "" : ` (stretch ${stretch} ×)`;
  const lighter = memoryAtMost === undefined ? "" : ` at ${sayShare(memoryAtMost)} of its memory`;
  const others = `${against.join(" or ")}${threads === 1 ? "" : peerThreads === 1 ? " on one thread" : " on one or two threads"}`;
  const instead = orOfFloor === undefined ? "" : ` or ${sayShare(orOfFloor)} of the floor`;
  const wanted = `${threads === 1 ? "" : `on ${threads} threads `}${atLeast} × ${others}${more}${lighter}${instead}`;
  if (ours === undefined) return `Target ${wanted}: no such row of Downhill.`;
  if (peer === undefined) return `Target ${wanted}: no such peer here.`;
  if (ratio === undefined) return `Target ${wanted}: missed, Downhill did not reach the optimum.`;
  const taken = memory === undefined ? "" : ` at ${sayShare(memory)} of its memory`;
  const shared = share === undefined ? "" : `, ${sayShareRange(share)} of the floor`;
  const whose = ours === "Downhill" ? "" : `${ours} `;
  return `Target ${wanted}: ${standingWords(standing!)}, ${whose}${sayRange(ratio)} × ${peer}${stretchWords(ratio, stretch)}${taken}${shared}.`;
}

/** What a target came to. */
export const standingWords = (standing: Standing): string =>
  standing === "undecided" ? "not decided, it lies within the scatter" : standing;

const stretchWords = (ratio: Ratio, stretch: number | undefined): string =>
  stretch !== undefined && standingOf(ratio, stretch) === "met" ? ", stretch met" : "";

/** "1.66 (1.61 to 1.72)" */
export const sayRange = ({ median, low, high }: Ratio): string =>
  `${digits(median)} (${digits(low)} to ${digits(high)})`;

/** "57 % (55 to 60)" */
export const sayShareRange = ({ median, low, high }: Ratio): string =>
  `${sayShare(median)} (${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)})`;

export const startColumns = ["", "measured", "at most"] as const;

/** Size and start against their limits. */
export const startRows = ({ gzipBytes, importing, firstLine }: Start): string[][] => [
  ["library, bundled, minified, gzip", sayBytes(gzipBytes), sayBytes(limits.gzipBytes)],
  ["import of the library", sayTime(importing.median), sayTime(limits.importing)],
  ["command to its first progress line", sayTime(firstLine.median), sayTime(limits.firstLine)],
];

export const titleOf = ({ workload, title, name, unit }: Measured): string =>
  `${workload} ${title}${name ? `, ${name}` : ""}: ${unit}`;
