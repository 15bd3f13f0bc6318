// The table of a chart shows the first rows when there are many.

import { formatCount } from "../text/format.ts";
import type { Table } from "./scene.ts";

const maxRows = 200;

/** A table of `count` rows made one by one: the first 200, with a note when there are more. */
export function firstRows(
  columns: readonly string[],
  count: number,
  row: (i: number) => readonly (string | number)[],
): Table {
  const rows = Array.from({ length: Math.min(maxRows, count) }, (_, i) => row(i));
  return { columns, rows, ...(count > maxRows ? { note: `The first ${maxRows} of ${formatCount(count)} rows.` } : {}) };
}
