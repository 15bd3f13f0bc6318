// Tables that are larger than the memory: the figures of `npm run large`.
import { formatBytes, formatCount, formatTime } from "./format.ts";

/** One run of `npm run large`, as bench/largeTable.json holds it. */
export interface LargeRun {
  readonly date: string;
  readonly processor: string;
  readonly table: { readonly rows: number; readonly csvGB: number };
  readonly downhill: {
    readonly secondsPrepareAnd5Epochs: number;
    readonly secondsFromCache: number;
    /** null on a system without /proc. */
    readonly peakMB: number | null;
    readonly heldOutLogLoss: number;
  };
  /** null if scikit-learn is not installed. */
  readonly scikitLearn: { readonly secondsPerEpoch: number; readonly peakMB: number } | null;
}

export const largeColumns = [
  "rows",
  "CSV",
  "peak memory",
  "reading, preparation and 5 epochs",
  "the same 5 epochs from the cache",
  "one epoch of scikit-learn's `partial_fit`",
  "its peak memory",
] as const;

/** One row for each run. */
export const largeRows = (runs: readonly LargeRun[]): string[][] =>
  runs.map(({ table, downhill, scikitLearn }) => [
    formatCount(table.rows),
    formatBytes(1e9 * table.csvGB),
    downhill.peakMB === null ? "not known" : formatBytes(1e6 * downhill.peakMB),
    formatTime(downhill.secondsPrepareAnd5Epochs),
    formatTime(downhill.secondsFromCache),
    scikitLearn === null ? "not installed" : formatTime(scikitLearn.secondsPerEpoch),
    scikitLearn === null ? "" : formatBytes(1e6 * scikitLearn.peakMB),
  ]);
