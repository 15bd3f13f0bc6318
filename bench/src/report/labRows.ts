import { type Lab, labLimits } from "../machine/lab.ts";
import { formatBytes, formatCount, formatTime } from "./format.ts";

export const labColumns = ["", "measured", "at most"] as const;

/** The lab's costs, with their limits. */
export function labRows({ gzipBytes, firstCharts, frames, longHistory, historyUpdates, training }: Lab): string[][] {
  const { seconds, longTasks, workerTurn, slowWorkerTurn } = training;
  const long = `after ${formatCount(historyUpdates)} updates`;
  return [
    ["scripts and styles of the first picture (gzip)", formatBytes(gzipBytes), formatBytes(labLimits.gzipBytes)],
    ["from the request until the charts are drawn", formatTime(firstCharts), formatTime(labLimits.firstCharts)],
    ["main thread per frame, with 4 charts", formatTime(frames.mainThread), formatTime(labLimits.mainThread)],
    [`main thread per frame, ${long}`, formatTime(longHistory.mainThread), formatTime(labLimits.mainThread)],
    ["bytes from the worker per frame", formatBytes(frames.bytes), formatBytes(labLimits.frameBytes)],
    [`bytes from the worker per frame, ${long}`, formatBytes(longHistory.bytes), formatBytes(labLimits.frameBytes)],
    ["turn of the worker while it trains (median)", formatTime(workerTurn), formatTime(labLimits.workerTurn)],
    ["turn of the worker while it trains (95 % are shorter)", formatTime(slowWorkerTurn), ""],
    [`tasks of the main thread over 50 ms in ${seconds} s of training`, String(longTasks), "0"],
  ];
}
