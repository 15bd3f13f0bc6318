// The numbers of a chart, and the record of a run, as CSV text.
import type { Table } from "@downhill/plots";
import type { History } from "downhill";
import { csvCell } from "./tableCsv.ts";

const csvOf = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `${[columns, ...rows].map((cells) => cells.map((cell) => csvCell(String(cell))).join(",")).join("\n")}\n`;

/** The table of a chart: the rows that its scene lists, which are the first 200 if there are more. */
export const chartCsv = ({ columns, rows }: Table): string => csvOf(columns, rows);

/** The whole record of a run, one row per epoch. A loss that is not finite is written as NaN or Infinity. */
export function historyCsv({ updates, objective, validation, batchLoss }: History): string {
  const lists = Object.entries({ updates, loss: objective, batchLoss, validationLoss: validation }).filter(
    ([, list]) => list !== undefined && list.length === updates.length,
  ) as [string, readonly number[]][];
  return csvOf(
    ["epoch", ...lists.map(([name]) => name)],
    updates.map((_, i) => [i + 1, ...lists.map(([, list]) => list[i]!)]),
  );
}
