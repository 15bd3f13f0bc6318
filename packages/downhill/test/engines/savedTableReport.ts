// The predictions of a saved table model for raw rows, for an engine to compute.
import { load, type TableData } from "../../src/index.ts";

/** The predictions as JSON. */
export const predictions = (saved: string, rows: TableData): string =>
  JSON.stringify(Array.from(load(saved, "tableModel").predict(rows) as ArrayLike<number>));
