import type { Floors } from "../machine/lowerBounds.ts";
import type { Machine } from "../machine/machine.ts";
import type { Start } from "../machine/startup.ts";
import type { Measured } from "../run/caseResult.ts";
import type { Scaling } from "../scaling/scaling.ts";
import { columns, figureRows, remarks, startColumns, startRows, titleOf } from "./caseRows.ts";
import { digits, sayBytes } from "./format.ts";
import { scalingColumns, scalingRows } from "./scalingRows.ts";

export const machineLine = ({ cpu, cores, memoryBytes, node, date }: Machine): string =>
  `${date} · ${cores} × ${cpu} · ${sayBytes(memoryBytes)} · Node ${node} · one thread unless said`;

export const floorsLine = ({ bytesPerSecond, bytesPerSecondOnTwo, multiplyAddsPerSecond }: Floors): string =>
  `floors, in WebAssembly: reading ${digits(bytesPerSecond / 1e9)} GB/s (a sum over 400 MB), on two threads ` +
  `${digits(bytesPerSecondOnTwo / 1e9)} GB/s; ${digits(multiplyAddsPerSecond.float64 / 1e9)} · 10⁹ multiply-adds/s in ` +
  `float64, ${digits(multiplyAddsPerSecond.float32 / 1e9)} · 10⁹ in float32`;

/** A case as aligned columns. */
export const caseText = (measured: Measured): string =>
  indented(titleOf(measured), [...aligned([[...columns], ...figureRows(measured)]), ...remarks(measured)]);

export const startText = (start: Start): string =>
  indented("Size and start", aligned([[...startColumns], ...startRows(start)]));

export const scalingText = (scaling: Scaling, measured: readonly Measured[]): string =>
  indented("Scaling", aligned([[...scalingColumns], ...scalingRows(scaling, measured)]));

const indented = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `  ${line}`)].join("\n");

function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
}
