// docs/performance.md.
import type { Lab } from "../machine/lab.ts";
import type { Machine } from "../machine/machine.ts";
import type { Startup } from "../machine/startup.ts";
import type { TopSpeeds } from "../machine/topSpeeds.ts";
import type { CaseResult } from "../run/caseResult.ts";
import type { RankTimes } from "../scaling/ranks.ts";
import type { Scaling } from "../scaling/scaling.ts";
import { workloads } from "../workloads.ts";
import { caseColumns, caseRows, caseTitle } from "./caseRows.ts";
import { labColumns, labRows } from "./labRows.ts";
import { type LargeRun, largeColumns, largeRows } from "./largeRows.ts";
import { rankColumns, rankRows } from "./rankRows.ts";
import { scalingColumns, scalingRows } from "./scalingRows.ts";
import { startupColumns, startupRows } from "./startupRows.ts";
import { summaryColumns, summaryRows } from "./summary.ts";
import { remarks, targetColumns, targetRows } from "./targetRows.ts";
import { machineText, speedsText } from "./terminal.ts";
import { versionColumns, versionRows } from "./versions.ts";

/** Everything that one run of the bench measured. */
export interface Report {
  readonly machine: Machine;
  readonly speeds: TopSpeeds;
  readonly startup: Startup | null;
  /** null or absent if it was not measured. */
  readonly lab?: Lab | null;
  readonly scaling: Scaling | null;
  /** null or absent if it was not measured. */
  readonly ranks?: readonly RankTimes[] | null;
  readonly cases: readonly CaseResult[];
}

type Align = "left" | "right";

function table(columns: readonly string[], align: readonly Align[], rows: readonly (readonly string[])[]): string {
  const rule = align.map((side) => (side === "left" ? "---" : "--:"));
  return [columns, rule, ...rows].map(tableRow).join("\n");
}

const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const INTRODUCTION = `This page is written by \`npm run bench -- --write\`. The times in this table are medians on one thread. The number behind a
peer's time is the ratio of the peer's time to Downhill's time. If the ratio is above 1 ×, Downhill is faster; if it is below
1 ×, the peer is faster. "None" means that the workload has no such peer.`;

const READING = `Each section below is one workload. The programs get the same bytes, and a program is timed only if it reaches the same
loss as Downhill; [the bench's README](../bench/README.md) describes the rules. \`time / Downhill's\` compares with
Downhill's first row. "Loss differs by" is a relative difference. The range in brackets after a ratio follows from the
quartiles of both times. [Limits](limits.md) explains the missed targets. Times change from machine to machine and from hour
to hour, so compare only ratios.

A lower bound is the time that the work needs in WebAssembly at the highest speed of this machine, measured by two simple
loops. A share above 100 % means that Downhill's kernel is faster than the loop. Native programs may be faster than this
bound, because they can use wider vectors.`;

/** The page. @param large  the runs of `npm run large` */
export function performancePage(
  { machine, speeds, startup, lab, scaling, ranks, cases }: Report,
  large: readonly LargeRun[],
): string {
  return `${[
    "# Performance",
    INTRODUCTION,
    table(summaryColumns, ["left", "left", "right", "left", "left"], summaryRows(cases)),
    `${machineText(machine)}  \n${speedsText(speeds)}`,
    "## How to read the details",
    READING,
    `## Products and versions\n\n${table(versionColumns, ["left", "left", "right", "left"], versionRows(cases))}`,
    ...(startup
      ? [`## Size and startup\n\n${table(startupColumns, ["left", "right", "right"], startupRows(startup))}`]
      : []),
    ...(lab ? [labSection(lab)] : []),
    ...(scaling ? [scalingSection(scaling, cases)] : []),
    ...(ranks ? [ranksSection(ranks)] : []),
    ...(large.length > 0 ? [largeSection(large)] : []),
    ...workloads.flatMap(({ id }) =>
      workloadSection(
        cases.filter(({ workload }) => workload === id),
        machine,
      ),
    ),
  ].join("\n\n")}\n`;
}

const LAB = `The page of \`downhill lab\` in Chromium without a graphics card, at 1440 × 900 pixels, with a logistic regression that is trained
on one row of 200 per update. A turn of the worker is some updates or the answer to one frame: a click waits for one turn.`;

const labSection = (lab: Lab): string =>
  ["## The lab", LAB, table(labColumns, ["left", "right", "right"], labRows(lab))].join("\n\n");

const LARGE = `\`npm run large -- --gigabytes 10\` makes a table of 21 columns, trains a logistic regression on it with \`--stream --cache\`, and
runs scikit-learn's \`partial_fit\` on the same file. An epoch of Downhill is one step in full batch; one of scikit-learn is a small step
for each row, and it reads the CSV file again.`;

const largeSection = (runs: readonly LargeRun[]): string =>
  [
    "## Tables larger than the memory",
    LARGE,
    largeTable(runs),
    `Measured on ${[...new Set(runs.map(({ date, processor }) => `${date}, ${processor}`))].join("; ")}.`,
  ].join("\n\n");

/** The table of the runs of `npm run large`, which the guide on large data has too. */
export const largeTable = (runs: readonly LargeRun[]): string =>
  table(
    largeColumns,
    largeColumns.map(() => "right"),
    largeRows(runs),
  );

const scalingSection = (scaling: Scaling, cases: readonly CaseResult[]): string =>
  [
    "## Scaling",
    "The exponent 1 means that twice the size takes twice the time. An exponent is the slope of a straight line through log cost " +
      "against log size. The cost is the time of a full-batch update: logistic regression with 100 features for growing rows " +
      "and with 20,000 rows for growing features, softmax regression with 85,000 rows × 100 features for growing classes.",
    table(scalingColumns, ["left", "left", "left", "left"], scalingRows(scaling, cases)),
  ].join("\n\n");

const ranksSection = (ranks: readonly RankTimes[]): string =>
  [
    "## Two processes",
    "Two processes that `mpirun` started, each with one thread, beside one process; both compute the same bits. The efficiency is the time " +
      "of one process divided by twice the time of two. [The guide](guides/cluster.md) describes what the processes exchange.",
    table(rankColumns, ["left", "right", "right", "right", "right", "left"], rankRows(ranks)),
  ].join("\n\n");

/** A heading for the workload, and the details of its cases. */
function workloadSection(cases: readonly CaseResult[], { date }: Machine): string[] {
  const [first] = cases;
  if (first === undefined) return [];
  const { workload, title } = first;
  return [
    `<a id="${workload.toLowerCase()}"></a>\n\n## ${workload}: ${title}`,
    ...(first.date === date ? [] : [`Measured on ${first.date}, on the same machine.`]),
    ...cases.flatMap((result) => [
      cases.length > 1 ? `### ${workload}: ${caseTitle(result)}` : `Times of ${result.unit}:`,
      table(caseColumns, ["left", "right", "right", "right", "right", "left"], caseRows(result)),
      ...(result.targets.length > 0
        ? [table(targetColumns, ["left", "left", "left", "left", "left"], targetRows(result))]
        : []),
      remarks(result)
        .map((line) => `- ${line}`)
        .join("\n"),
    ]),
  ].filter(Boolean);
}
