import { type Startup, startupLimits } from "../machine/startup.ts";
import { formatBytes, formatTime } from "./format.ts";

export const startupColumns = ["", "measured", "at most"] as const;

/** Size and startup times, with their limits. */
export const startupRows = ({ gzipBytes, importTime, firstLine }: Startup): string[][] => [
  ["size of the library (bundled, minified, gzip)", formatBytes(gzipBytes), formatBytes(startupLimits.gzipBytes)],
  ["import of the library", formatTime(importTime.median), formatTime(startupLimits.importTime)],
  [
    "start of `downhill train`, until its first progress line",
    formatTime(firstLine.median),
    formatTime(startupLimits.firstLine),
  ],
];
