// The legend: a block above the plot, so that it covers neither data nor ticks.

import { ink, muted } from "../color/theme.ts";
import type { Box, LegendItem, LegendKey, Mark } from "../scene/scene.ts";
import { oneLine, textWidth } from "../text/measure.ts";
import { label, margin, shortenerFor, textSize } from "./label.ts";
import type { Block } from "./titles.ts";

const rowHeight = 18;
/** Least height and width of an entry that is a button, as WCAG 2.2 asks for (target size) [px]. */
const buttonSize = 24;
/** Distance between two entries [px]. */
const gap = 18;
/** Distance between the key of an entry and its name [px]. */
const keyGap = 6;
/** In a legend that is too long for its rows, a name takes at most this share of the width, and at least this width [px]. */
const nameShare = 0.42;
const minNameWidth = 110;

/** Width of the key of an entry [px]. */
const keyWidth = (key: LegendKey): number => (key.line === undefined ? 12 : 26);

/** A legend: its marks, and its entries with the boxes in which they are drawn. */
export interface Legend extends Block {
  /** The part of the height that rows beyond the allowed ones take [px]. */
  readonly further: number;
  readonly items: readonly LegendItem[];
}

/**
 * The entries in reading order in at most `rows` rows. The entries that do not fit are counted: "+ 3 more"; buttons take further rows
 * instead, because an entry that is not drawn cannot be pressed. Rows of buttons have a larger distance; the buttons of the first and of
 * the last row reach 3 px into the space around the legend, so that a single row takes no more.
 */
export function legendBlock(
  items: readonly LegendItem[],
  { width, rows, hasButtons }: { readonly width: number; readonly rows: number; readonly hasButtons: boolean },
): Legend {
  if (items.length === 0) return { marks: [], height: 0, further: 0, items };
  const boxHeight = hasButtons ? buttonSize : rowHeight;
  const rowWidth = width - 2 * margin;
  const widest = rowsOf(items, rowWidth) <= rows ? rowWidth : Math.max(minNameWidth, rowWidth * nameShare);
  const nameWidth = (key: LegendKey): number => Math.min(rowWidth, widest) - keyWidth(key) - keyGap;
  const shorten = shortenerFor(items.map(({ name, key }) => ({ text: oneLine(name), width: nameWidth(key) })));
  const marks: Mark[] = [];
  const boxes: Box[] = [];
  let x = 0;
  let row = 0;
  for (const [i, { name, key }] of items.entries()) {
    const maxWidth = nameWidth(key);
    const size = keyWidth(key) + keyGap + Math.min(maxWidth, textWidth(oneLine(name), textSize) + 0.01);
    const rest = items.length - i;
    if (x > 0 && x + size > rowWidth) {
      x = 0;
      row++;
    }
    // An entry on the last row leaves space for the number of those that do not fit.
    const reserved = rest > 1 ? textWidth(`+ ${items.length} more`, textSize) + gap : 0;
    const full = !hasButtons && (row >= rows || (row === rows - 1 && x > 0 && x + size + reserved > rowWidth));
    if (full) {
      const y = Math.min(row, rows - 1) * boxHeight + rowHeight - 5;
      const end = row >= rows ? endOf(marks) : x;
      marks.push(label(`+ ${rest} more`, margin + end, y, { color: muted }));
      row = Math.min(row, rows - 1);
      break;
    }
    const y = row * boxHeight + rowHeight - 5;
    marks.push(...keyMarks(key, margin + x, y - 4));
    marks.push(label(name, margin + x + keyWidth(key) + keyGap, y, { maxWidth, color: ink, shorten }));
    boxes.push({
      x: margin + x,
      y: row * boxHeight - (boxHeight - rowHeight) / 2,
      width: hasButtons ? Math.max(size, buttonSize) : size,
      height: boxHeight,
    });
    x += size + gap;
  }
  const placed = items.map((item, i) => (boxes[i] === undefined ? item : { ...item, box: boxes[i] }));
  const further = Math.max(0, row - rows + 1) * boxHeight;
  return { marks, height: row * boxHeight + rowHeight + 4, further, items: placed };
}

/** Number of rows that the entries take with their full names. */
function rowsOf(items: readonly LegendItem[], rowWidth: number): number {
  let x = 0;
  let rows = 1;
  for (const { name, key } of items) {
    const size = Math.min(rowWidth, keyWidth(key) + keyGap + textWidth(oneLine(name), textSize));
    if (x > 0 && x + size > rowWidth) {
      x = 0;
      rows++;
    }
    x += size + gap;
  }
  return rows;
}

/** Where the next entry of the last row would begin. */
function endOf(marks: readonly Mark[]): number {
  const last = marks.at(-1);
  return last?.kind === "text" ? last.x - margin + textWidth(last.text, textSize) + gap : 0;
}

/** The key of an entry, centred at height y. */
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
