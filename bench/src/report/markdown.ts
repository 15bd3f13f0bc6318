// docs/performance.md, as last measured.
import type { Floors } from "../machine/floors.ts";
import type { Machine } from "../machine/machine.ts";
import type { Start } from "../machine/start.ts";
import type { Measured } from "../run/measured.ts";
import type { Scaling } from "../scaling/scaling.ts";
import { columns, figureRows, remarks, startColumns, startRows, titleOf } from "./rows.ts";
import { scalingColumns, scalingRows } from "./scaling.ts";
import { floorsLine, machineLine } from "./terminal.ts";

export interface Report {
  readonly machine: Machine;
  readonly floors: Floors;
  readonly start: Start | null;
  readonly scaling: Scaling | null;
  readonly measured: readonly Measured[];
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** The name of who was measured, without how: "Downhill (float32), 2 threads" is Downhill. */
const productOf = (name: string): string =>
  name.replace(/ \(.*|, .*| by default.*/, "").replace(/^scikit-learn .*/, "scikit-learn");

/** The page. */
export function markdown({ machine, floors, start, scaling, measured }: Report): string {
  const versions = new Map(
    measured.flatMap(({ figures }) => figures.map(({ name, version }) => [productOf(name), version])),
  );
  return `${[
    "# Performance",
    "Written by `npm run bench -- --write`: each workload for Downhill and for each peer that is installed, in turns, on the " +
      "same bytes, with the same number of updates and, before anything is timed, the same result. Times drift between " +
      "machines and hours; the ratios of one run are what counts. Where a target is missed, [limits.md](limits.md) says why.",
    `${machineLine(machine)}  \n${floorsLine(floors)}`,
    `Versions: ${[...versions].flatMap(([name, version]) => (/^\d/.test(version) ? [`${name} ${version}`] : [])).join(" · ")}.`,
    ...(start
      ? [
          `## Size and start\n\n${[row(startColumns), row(["---", "--:", "--:"]), ...startRows(start).map(row)].join("\n")}`,
        ]
      : []),
    ...(scaling ? [scalingMarkdown(scaling, measured)] : []),
    ...measured.map(caseMarkdown),
  ].join("\n\n")}\n`;
}

const scalingMarkdown = (scaling: Scaling, measured: readonly Measured[]): string =>
  [
    "## Scaling\n",
    ...[[...scalingColumns], ["---", "---", "---", "---"], ...scalingRows(scaling, measured)].map(row),
    "\nThe cost is of an update in full batch: logistic regression of 100 features against rows and of 20 000 rows against " +
      "features, softmax of 85 000 × 100 against classes; a fit of log cost to log size.",
  ].join("\n");

const caseMarkdown = (measured: Measured): string =>
  [
    `## ${titleOf(measured)}`,
    [row(columns), row(["---", "--:", "--:", "--:", "--:", "---"]), ...figureRows(measured).map(row)].join("\n"),
    remarks(measured)
      .map((line) => `- ${line}`)
      .join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
