// One matrix as coloured cells with its name above and its indices around it. Cells of one colour level are one mark,
// and neighbours of one level one rectangle.

import { ticks as roundTicks } from "d3-array";
import { ramps, textColorOn } from "../color/ramps.ts";
import { borderColor, gridColor, ink } from "../color/theme.ts";
import type { Range } from "../data/range.ts";
import { type AxisPlan, horizontalTicks, scaleOf, verticalTicks } from "../layout/axis.ts";
import { border } from "../layout/colorBar.ts";
import { label } from "../layout/text.ts";
import type { Axis, Box, Mark } from "../scene/scene.ts";
import { formatNumber } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

const levels = 48;

/** The colours of a rating, from low to high. */
export const ratingColors = Array.from({ length: levels }, (_, i) => ramps.ratings(i / (levels - 1)));

interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** Rows and columns of ratings that one drawn cell stands for. */
export interface Bin {
  readonly rows: number;
  readonly columns: number;
}

const maxCells = 4000;

/** The smallest bins that leave at most 4000 cells; 1 by 1 where there are no more anyway. */
export function binOf({ rows, columns }: Matrix): Bin {
  let bin: Bin = { rows: 1, columns: 1 };
  while (Math.ceil(rows / bin.rows) * Math.ceil(columns / bin.columns) > maxCells)
    bin =
      rows / bin.rows >= columns / bin.columns ? { ...bin, rows: bin.rows + 1 } : { ...bin, columns: bin.columns + 1 };
  return bin;
}

/** Mean of the ratings in a bin; NaN when there is none. */
function meanOf({ rows, columns, values }: Matrix, bin: Bin, row: number, column: number): number {
  let [sum, count] = [0, 0];
  for (let r = row; r < Math.min(rows, row + bin.rows); r++)
    for (let c = column; c < Math.min(columns, column + bin.columns); c++) {
      const value = values[r * columns + c]!;
      if (Number.isNaN(value)) continue;
      count++;
      sum += (value - sum) / count;
    }
  return count === 0 ? Number.NaN : sum;
}

/** Whether a drawn cell of the matrix stands for no rating at all. */
export function hasEmptyCells(matrix: Matrix): boolean {
  const bin = binOf(matrix);
  for (let row = 0; row < matrix.rows; row += bin.rows) {
    for (let column = 0; column < matrix.columns; column += bin.columns) {
      if (Number.isNaN(meanOf(matrix, bin, row, column))) return true;
    }
  }
  return false;
}

type Cell = [x: number, y: number, width: number, height: number];

/** Cells, border, ticks and names; the names end where `ends` says: the matrix’s own, and that of its rows. */
export function matrixMarks(
  matrix: Matrix,
  box: Box,
  domain: Range,
  names: { readonly x: string; readonly y: string },
  ends: { readonly first: number; readonly second: number },
): { marks: Mark[]; axes: Axis[] } {
  const { rows, columns } = matrix;
  const x = indexAxis(names.x, columns, false);
  const y = indexAxis(names.y, rows, true);
  const xPixels: Range = [box.x, box.x + box.width];
  const yPixels: Range = [box.y + box.height, box.y];
  const xTicks = horizontalTicks(x, xPixels, [xPixels[0] - 10, xPixels[1] + 10]);
  const yTicks = verticalTicks(y, yPixels);
  const [placeX, placeY] = [scaleOf(x, xPixels), scaleOf(y, yPixels)];
  const bottom = box.y + box.height;
  const marks: Mark[] = [...cellMarks(matrix, box, domain), ...border(box)];
  for (const { at, label: text } of xTicks) marks.push(label(text, placeX(at), bottom + 16, { anchor: "middle" }));
  for (const { at, label: text } of yTicks) marks.push(label(text, box.x - 8, placeY(at) + 4, { anchor: "end" }));
  const room = ends.first - box.x;
  marks.push(label(matrix.name, box.x, box.y - 26, { room, size: 13, weight: "bold", color: ink }));
  marks.push(label(names.y, box.x, box.y - 9, { room: Math.min(room, ends.second - box.x) }));
  const fits = textWidth(names.x, 12) <= box.width;
  marks.push(
    fits
      ? label(names.x, box.x + box.width / 2, bottom + 33, { anchor: "middle" })
      : label(names.x, box.x, bottom + 33, { room }),
  );
  const axes: Axis[] = [
    { side: "bottom", name: names.x, scale: "linear", domain: x.domain, pixels: xPixels, ticks: xTicks },
    { side: "left", name: names.y, scale: "linear", domain: y.domain, pixels: yPixels, ticks: yTicks },
  ];
  return { marks, axes };
}

/** Indices 0, 1, 2, … at the middles of cells; downwards when `down`. */
function indexAxis(name: string, count: number, down: boolean): AxisPlan {
  const choice = roundTicks(0, count - 1, Math.min(6, count)).filter(Number.isInteger);
  const ticks = choice.map((index) => ({ at: down ? count - index - 0.5 : index + 0.5, label: formatNumber(index) }));
  return { name, scale: "linear", domain: [0, count], ticks };
}

function cellMarks(matrix: Matrix, box: Box, [low, high]: Range): Mark[] {
  const { rows, columns } = matrix;
  const bin = binOf(matrix);
  const [unitX, unitY] = [box.width / columns, box.height / rows];
  const gap = Math.min(unitX * bin.columns, unitY * bin.rows) >= 14 ? 1 : 0;
  const groups = new Map<number, Cell[]>();
  const texts: Mark[] = [];
  for (let row = 0; row < rows; row += bin.rows)
    for (let column = 0; column < columns; column += bin.columns) {
      const value = meanOf(matrix, bin, row, column);
      const share = value / (high - low) - low / (high - low);
      const level = Number.isNaN(value) ? -1 : Math.round(Math.min(1, Math.max(0, share)) * (levels - 1));
      const [x, y] = [box.x + column * unitX, box.y + row * unitY];
      const wide = Math.min(bin.columns, columns - column) * unitX;
      const tall = Math.min(bin.rows, rows - row) * unitY;
      if (!groups.has(level)) groups.set(level, []);
      const group = groups.get(level)!;
      const last = group.at(-1);
      if (gap === 0 && last !== undefined && last[1] === y && Math.abs(last[0] + last[2] - x) < 1e-6) last[2] += wide;
      else group.push([x + gap / 2, y + gap / 2, wide - gap, tall - gap]);
      const text = formatNumber(value, 2);
      if (level < 0 || Math.min(wide, tall) < 22 || textWidth(text, 12) + 4 > wide) continue;
      texts.push(
        label(text, x + wide / 2, y + tall / 2 + 4, { anchor: "middle", color: textColorOn(ratingColors[level]!) }),
      );
    }
  const marks = [...groups].map(([level, cells]): Mark => {
    return level < 0
      ? { kind: "rects", cells, fill: gridColor, hatch: borderColor }
      : { kind: "rects", cells, fill: ratingColors[level]! };
  });
  return [...marks, ...texts];
}
