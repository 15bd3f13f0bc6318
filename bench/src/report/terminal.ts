// The results as text for the terminal.
import type { Lab } from "../machine/lab.ts";
import type { Machine } from "../machine/machine.ts";
import type { Startup } from "../machine/startup.ts";
import type { TopSpeeds } from "../machine/topSpeeds.ts";
import type { CaseResult } from "../run/caseResult.ts";
import type { RankTimes } from "../scaling/ranks.ts";
import type { Scaling } from "../scaling/scaling.ts";
import { caseColumns, caseRows, caseTitle } from "./caseRows.ts";
import { formatBytes, threeDigits } from "./format.ts";
import { labColumns, labRows } from "./labRows.ts";
import { rankColumns, rankRows } from "./rankRows.ts";
import { scalingColumns, scalingRows } from "./scalingRows.ts";
import { startupColumns, startupRows } from "./startupRows.ts";
import { remarks, targetColumns, targetRows } from "./targetRows.ts";

export const machineText = ({ cpu, cores, memoryBytes, node, date }: Machine): string =>
  `Measured on ${date}: ${cores} × ${cpu}, ${formatBytes(memoryBytes)} of memory, Node ${node}.`;

export const speedsText = ({ bytesPerSecond, bytesPerSecondOnTwoThreads, multiplyAddsPerSecond }: TopSpeeds): string =>
  `Highest speeds in WebAssembly: ${threeDigits(bytesPerSecond / 1e9)} GB/s from memory on one thread, ` +
  `${threeDigits(bytesPerSecondOnTwoThreads / 1e9)} GB/s on two; ` +
  `${threeDigits(multiplyAddsPerSecond.float64 / 1e9)} · 10⁹ multiply-adds/s in float64, ` +
  `${threeDigits(multiplyAddsPerSecond.float32 / 1e9)} · 10⁹ in float32.`;

export const caseText = (result: CaseResult): string =>
  indented(`${result.workload}: ${result.title}: ${caseTitle(result)}`, [
    ...aligned([[...caseColumns], ...caseRows(result)]),
    ...(result.targets.length > 0 ? aligned([[...targetColumns], ...targetRows(result)]) : []),
    ...remarks(result),
  ]);

export const startupText = (startup: Startup): string =>
  indented("Size and startup", aligned([[...startupColumns], ...startupRows(startup)]));

export const labText = (lab: Lab | null): string =>
  lab === null
    ? "Lab\n  not run, because the tests' package has no Chromium for this system"
    : indented("Lab", aligned([[...labColumns], ...labRows(lab)]));

export const scalingText = (scaling: Scaling, cases: readonly CaseResult[]): string =>
  indented("Scaling", aligned([[...scalingColumns], ...scalingRows(scaling, cases)]));

export const ranksText = (ranks: readonly RankTimes[] | null): string =>
  indented("Ranks", ranks ? aligned([[...rankColumns], ...rankRows(ranks)]) : ["not run: mpirun is not installed"]);

const indented = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `  ${line}`)].join("\n");

/** Pads the cells of each column to the same width. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
