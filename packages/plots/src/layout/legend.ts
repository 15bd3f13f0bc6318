// The legend has a band of its own above the plot, so it can cover neither data nor ticks.

import { ink, muted } from "../color/theme.ts";
import type { LegendItem, LegendKey, Mark } from "../scene/scene.ts";
import { oneLine, textWidth, truncate, truncateMiddle } from "../text/measure.ts";
import { type Block, label, margin } from "./text.ts";

const row = 18;
const gap = 18;

/** Width of an entry's key [px]. */
const keyWidth = (key: LegendKey): number => (key.line === undefined ? 12 : 26);

/** Entries in reading order over as many rows as they need, at most `rows`; what is over is counted. */
export function legendBlock(items: readonly LegendItem[], width: number, rows: number): Block {
  if (items.length === 0) return { marks: [], height: 0 };
  const room = width - 2 * margin;
  const widest = rowsOf(items, room) <= rows ? room : Math.max(110, room * 0.42);
  const textRoomOf = (key: LegendKey): number => Math.min(room, widest) - keyWidth(key) - 6;
  const shorten = shortenerOf(items.map(({ name, key }) => ({ name: oneLine(name), room: textRoomOf(key) })));
  const marks: Mark[] = [];
  let x = 0;
  let line = 0;
  for (const [i, { name, key }] of items.entries()) {
    const textRoom = textRoomOf(key);
    const size = keyWidth(key) + 6 + Math.min(textRoom, textWidth(oneLine(name), 12) + 0.01);
    const rest = items.length - i;
    const more = `+ ${rest} more`;
    if (x > 0 && x + size > room) {
      x = 0;
      line++;
    }
    // On the last row an entry must leave room for the count of those that do not fit.
    const reserve = rest > 1 ? textWidth(`+ ${items.length} more`, 12) + gap : 0;
    const full = line >= rows || (line === rows - 1 && x > 0 && x + size + reserve > room);
    if (full) {
      const y = (Math.min(line, rows - 1) + 1) * row - 5;
      const at = line >= rows ? lastEnd(marks) : x;
      marks.push(label(more, margin + at, y, { color: muted }));
      line = Math.min(line, rows - 1);
      break;
    }
    const y = (line + 1) * row - 5;
    marks.push(...keyMarks(key, margin + x, y - 4));
    marks.push(label(name, margin + x + keyWidth(key) + 6, y, { room: textRoom, color: ink, shorten }));
    x += size + gap;
  }
  return { marks, height: (line + 1) * row + 4 };
}

/** Names that would read alike without their ends lose their middles instead. */
function shortenerOf(names: readonly { readonly name: string; readonly room: number }[]): typeof truncate {
  const all = new Set(names.map(({ name }) => name));
  const shown = new Set([...all].map((name) => truncate(name, names.find((each) => each.name === name)!.room, 12)));
  return shown.size < all.size ? truncateMiddle : truncate;
}

/** Rows that the entries take with their names written out. */
function rowsOf(items: readonly LegendItem[], room: number): number {
  let x = 0;
  let rows = 1;
  for (const { name, key } of items) {
    const size = Math.min(room, keyWidth(key) + 6 + textWidth(oneLine(name), 12));
    if (x > 0 && x + size > room) {
      x = 0;
      rows++;
    }
    x += size + gap;
  }
  return rows;
}

/** Where the next entry of the last row would begin. */
function lastEnd(marks: readonly Mark[]): number {
  const last = marks.at(-1);
  return last?.kind === "text" ? last.x - margin + textWidth(last.text, 12) + gap : 0;
}

/** The key of an entry, its middle line at y. */
function keyMarks(key: LegendKey, x: number, y: number): Mark[] {
  const width = keyWidth(key);
  const marks: Mark[] = [];
  if (key.swatch !== undefined) {
    const cells = [[x, y - 5, 12, 10]] as const;
    marks.push({ kind: "rects", cells, fill: key.swatch, ...(key.hatch === undefined ? {} : { hatch: key.hatch }) });
  }
  if (key.line !== undefined) marks.push({ kind: "rule", from: [x, y], to: [x + width, y], ...key.line });
  if (key.marker !== undefined) {
    const { shape, fill, stroke } = key.marker;
    marks.push({
      kind: "points",
      shape,
      xs: [x + width / 2],
      ys: [y],
      radius: 4,
      ...(fill === undefined ? {} : { fill }),
      ...(stroke === undefined ? {} : { stroke, width: 1.5 }),
    });
  }
  return marks;
}
