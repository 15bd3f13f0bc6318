// docs/performance.md, as last measured.
import type { Floors } from "../machine/lowerBounds.ts";
import type { Machine } from "../machine/machine.ts";
import type { Start } from "../machine/startup.ts";
import type { Measured } from "../run/caseResult.ts";
import type { Scaling } from "../scaling/scaling.ts";
import { columns, figureRows, remarks, startColumns, startRows, titleOf } from "./caseRows.ts";
import { scalingColumns, scalingRows } from "./scalingRows.ts";
import { floorsLine, machineLine } from "./terminal.ts";
import { peerColumns, peerRows } from "./versions.ts";

export interface Report {
  readonly machine: Machine;
  readonly floors: Floors;
  readonly start: Start | null;
  readonly scaling: Scaling | null;
  readonly measured: readonly Measured[];
}

const table = (columns: readonly string[], rules: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, rules, ...rows].map(row).join("\n");

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** The page. */
export function markdown({ machine, floors, start, scaling, measured }: Report): string {
  return `${[
    "# Performance",
    "Written by `npm run bench -- --write`: each workload for Downhill and for each peer that is installed, in turns, on the " +
      "same bytes and, before anything is timed, to the same result. [How fairness is kept](../bench/README.md) is said " +
      "there. Times drift between machines and hours; the ratios of one run are what counts, and in brackets stands the " +
      "range that its quartiles leave. Where a target is missed, [limits.md](limits.md) says why.",
    `${machineLine(machine)}  \n${floorsLine(floors)}`,
    `## What was measured\n\n${table(peerColumns, ["---", "---", "--:"], peerRows(measured))}`,
    ...(start ? [`## Size and start\n\n${table(startColumns, ["---", "--:", "--:"], startRows(start))}`] : []),
    ...(scaling ? [scalingMarkdown(scaling, measured)] : []),
    ...measured.map((of) => caseMarkdown(of, machine)),
  ].join("\n\n")}\n`;
}

const scalingMarkdown = (scaling: Scaling, measured: readonly Measured[]): string =>
  [
    "## Scaling\n",
    table(scalingColumns, ["---", "---", "---", "---"], scalingRows(scaling, measured)),
    "\nThe cost is of an update in full batch: logistic regression of 100 features against rows and of 20 000 rows against " +
      "features, softmax of 85 000 × 100 against classes; a fit of log cost to log size.",
  ].join("\n");

const caseMarkdown = (measured: Measured, { date }: Machine): string =>
  [
    `## ${titleOf(measured)}`,
    measured.date === date ? "" : `Measured on ${measured.date}, on the same machine.`,
    table(columns, ["---", "--:", "--:", "--:", "--:", "---"], figureRows(measured)),
    remarks(measured)
      .map((line) => `- ${line}`)
      .join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
