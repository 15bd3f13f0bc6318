// The times of a case as a table, for the terminal and for docs/performance.md.
import type { CaseResult, ProgramResult } from "../run/caseResult.ts";
import { reachedOptimum } from "../run/checkTargets.ts";
import { formatBytes, formatDifference, formatTime, threeDigits } from "./format.ts";

export const caseColumns = ["program", "median time", "quartiles", "first run", "time / Downhill's", "result"] as const;

/** One row per program. */
export function caseRows({ programs }: CaseResult): string[][] {
  const first = programs[0];
  return programs.map((program) => {
    const { name, seconds, firstSeconds, peakBytes, processorSeconds } = program;
    const processors = processorSeconds === undefined ? "" : `, processor time ${formatTime(processorSeconds)}`;
    const memory = peakBytes === undefined ? "" : `, peak memory ${formatBytes(peakBytes)}`;
    return [
      name,
      formatTime(seconds.median),
      `${formatTime(seconds.lowerQuartile)} – ${formatTime(seconds.upperQuartile)}`,
      firstSeconds > 0 ? formatTime(firstSeconds) : "too short to separate",
      program === first ? "" : `${threeDigits(seconds.median / first!.seconds.median)} ×`,
      `${lossText(program, program === first)}${processors}${memory}`,
    ];
  });
}

function lossText(program: ProgramResult, isFirst: boolean): string {
  const { loss, lossDifference, aboveOptimum } = program;
  if (aboveOptimum !== undefined) {
    const far = reachedOptimum(program) ? "" : "not close enough: ";
    return `${far}${formatDifference(aboveOptimum)} above the optimum`;
  }
  return isFirst ? `loss ${loss.toPrecision(7)}` : `loss differs by ${formatDifference(lossDifference)}`;
}

/** The name of a case and its unit: "rows in order, time of one epoch". */
export const caseTitle = ({ name, unit }: Pick<CaseResult, "name" | "unit">): string =>
  `${name ? `${name}, ` : ""}time of ${unit}`;
