// How a keyboard reads a chart: which row of its table, or which place of its plot, a key leads to.

import type { Table } from "@downhill/plots";
import { GRID } from "./chartPlaces.ts";

/** The rows of each series: of a table whose first column has texts, those with the same text. */
export function seriesRows({ rows }: Table): number[][] {
  const byName = new Map<string, number[]>();
  for (const [i, row] of rows.entries()) {
    const name = typeof row[0] === "string" ? row[0] : "";
    const list = byName.get(name);
    if (list) list.push(i);
    else byName.set(name, [i]);
  }
  return [...byName.values()];
}

/** The row after a key, at first (−1) the first row; the same row where the key does not move, and null for a key without a meaning. */
export function rowAfter(key: string, row: number, table: Table): number | null {
  const series = seriesRows(table);
  if (series.length === 0) return null;
  const own = series.findIndex((rows) => rows.includes(row));
  const rows = series[Math.max(0, own)]!;
  const at = rows.indexOf(row);
  const to = (index: number): number => rows[Math.min(rows.length - 1, Math.max(0, index))]!;
  const other = (index: number): number => {
    const next = series[Math.min(series.length - 1, Math.max(0, index))]!;
    return next[Math.min(next.length - 1, Math.max(0, at))]!;
  };
  switch (key) {
    case "ArrowRight":
      return to(at + 1);
    case "ArrowLeft":
      return to(at - 1);
    case "PageDown":
      return to(at + 10);
    case "PageUp":
      return to(at - 10);
    case "Home":
      return to(0);
    case "End":
      return to(rows.length - 1);
    case "ArrowDown":
      return other(own + 1);
    case "ArrowUp":
      return other(own - 1);
    default:
      return null;
  }
}

/**
 * The place in the grid of a plot after a key, from the middle at first; null for a key without a meaning.
 *
 * @param step  the distance that an arrow key moves, in places of the grid
 */
export function placeAfter(
  key: string,
  place: readonly [number, number] | null,
  step = 1,
): readonly [number, number] | null {
  const middle = (GRID - 1) / 2;
  const [column, row] = place ?? [middle, middle];
  const inside = (index: number): number => Math.min(GRID - 1, Math.max(0, index));
  const next = {
    ArrowRight: [column + step, row],
    ArrowLeft: [column - step, row],
    ArrowUp: [column, row + step],
    ArrowDown: [column, row - step],
    Home: [0, row],
    End: [GRID - 1, row],
    PageUp: [column, GRID - 1],
    PageDown: [column, 0],
  }[key];
  if (next === undefined) return null;
  return place === null ? [column, row] : [inside(next[0]!), inside(next[1]!)];
}

/** A row as a sentence for a screen reader. */
export function rowText({ columns, rows }: Table, row: number, format: (value: number) => string): string {
  const cells = rows[row] ?? [];
  return cells
    .map((cell, i) => {
      if (typeof cell === "number") return `${columns[i]} ${format(cell)}`;
      return cell.startsWith(columns[i]!) ? cell : `${columns[i]} ${cell}`; // "Run A", not "Run Run A"
    })
    .join(", ");
}
