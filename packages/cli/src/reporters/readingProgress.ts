// Shows how far the reading of a large table in parts is: on one line of a terminal, or as lines in a file or a log.
import { formatCount } from "@downhill/plots/format";
import type { ProgressKind } from "../options/trainOptions.ts";
import type { RowProgress } from "../stream/rowProgress.ts";
import type { Terminal } from "../terminal/terminal.ts";

const DRAWN = 2 ** 18; // rows between two changes on a terminal
const WRITTEN = 5_000_000; // rows between two lines

/** A small table has no progress, because it is read at once. */
export function readingProgress(kind: ProgressKind, { stderr }: Pick<Terminal, "stderr">): RowProgress {
  if (kind === "none") return { read() {}, begin() {}, pass() {}, end() {} };
  const every = kind === "bar" ? DRAWN : WRITTEN;
  let passes = 0;
  let shown = 0; // multiples of `every` that are shown
  let drawn = false;
  function show(rows: number, text: () => string): void {
    const step = Math.floor(rows / every);
    if (step <= shown) return;
    shown = step;
    if (kind === "lines") stderr.line(text());
    else stderr.raw(`\r\x1b[2K${text()}`);
    drawn = kind === "bar";
  }
  return {
    read: (rows) => show(rows, () => `reading: ${formatCount(rows)} rows`),
    begin() {
      passes++;
      shown = 0;
    },
    pass: (rows, total) =>
      show(rows, () => `preparing, pass ${passes}: ${formatCount(rows)} of ${formatCount(total)} rows`),
    end() {
      if (drawn) stderr.raw("\r\x1b[2K");
      drawn = false;
    },
  };
}
