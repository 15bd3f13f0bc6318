import { type Startup, startupLimits } from "../machine/startup.ts";
import { formatBytes, formatTime } from "./format.ts";

export const startupColumns = ["", "measured", "at most"] as const;

/** Size and startup times, with their limits. */
export const startupRows = ({ gzipBytes, wholeGzipBytes, importTime, firstLine }: Startup): string[][] => [
  ["size of the models alone (bundled, minified, gzip)", formatBytes(gzipBytes), formatBytes(startupLimits.gzipBytes)],
  [
    "size of the whole library, with tables, evaluation and exports",
    formatBytes(wholeGzipBytes),
    formatBytes(startupLimits.wholeGzipBytes),
  ],
  ["import of the library", formatTime(importTime.median), formatTime(startupLimits.importTime)],
  [
    "start of `downhill train`, until its first progress line",
    formatTime(firstLine.median),
    formatTime(startupLimits.firstLine),
  ],
];
