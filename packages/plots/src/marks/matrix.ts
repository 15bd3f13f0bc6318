// One matrix as coloured cells, with its name above it and its indices beside it. Cells of the same colour are one mark, and
// neighbours of the same colour one rectangle.

import { ticks as roundTicks } from "d3-array";
import { type Ramp, textColorOn } from "../color/ramps.ts";
import { borderColor, gridColor, ink } from "../color/theme.ts";
import { extentOf, type Range } from "../data/range.ts";
import { type AxisPlan, horizontalTicks, scaleOf, verticalTicks } from "../layout/axis.ts";
import { border } from "../layout/gridLines.ts";
import { label, textSize } from "../layout/label.ts";
import type { Axis, Box, Mark } from "../scene/scene.ts";
import { formatNumber } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

export interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Row by row; NaN where there is no value. */
  readonly values: ArrayLike<number>;
}

/** The numbers of a colour scale and its colours. */
export interface ColorScale {
  readonly domain: Range;
  readonly ramp: Ramp;
}

/** Number of different colours: so many that no step can be seen. */
const colorLevels = 48;

/** The colours of a ramp from low to high. */
export const colorsOf = (ramp: Ramp) => Array.from({ length: colorLevels }, (_, i) => ramp(i / (colorLevels - 1)));

/** Rows and columns of the matrix that one drawn cell stands for. */
export interface Bin {
  readonly rows: number;
  readonly columns: number;
}

/** More cells than these would be smaller than a few pixels. */
const maxCells = 4000;

/** The smallest bins that leave at most 4,000 cells; 1 by 1 where the matrix has no more cells. */
export function binOf({ rows, columns }: Matrix): Bin {
  let bin: Bin = { rows: 1, columns: 1 };
  while (Math.ceil(rows / bin.rows) * Math.ceil(columns / bin.columns) > maxCells)
    bin =
      rows / bin.rows >= columns / bin.columns ? { ...bin, rows: bin.rows + 1 } : { ...bin, columns: bin.columns + 1 };
  return bin;
}

/** "3 by 2", the rows and columns that each drawn cell stands for; "" where every cell is drawn. */
export function binText(matrix: Matrix): string {
  const bin = binOf(matrix);
  return bin.rows * bin.columns === 1 ? "" : `${bin.rows} by ${bin.columns}`;
}

/** Mean of the values in a bin; NaN when there is none. */
function meanOf({ rows, columns, values }: Matrix, bin: Bin, [row, column]: readonly [number, number]): number {
  let [mean, count] = [0, 0];
  for (let r = row; r < Math.min(rows, row + bin.rows); r++)
    for (let c = column; c < Math.min(columns, column + bin.columns); c++) {
      const value = values[r * columns + c]!;
      if (Number.isNaN(value)) continue;
      count++;
      mean += (value - mean) / count;
    }
  return count === 0 ? Number.NaN : mean;
}

/** The values of the drawn cells, row by row; NaN where a cell has none. */
function drawnValues(matrix: Matrix): number[] {
  const bin = binOf(matrix);
  const values: number[] = [];
  for (let row = 0; row < matrix.rows; row += bin.rows)
    for (let column = 0; column < matrix.columns; column += bin.columns)
      values.push(meanOf(matrix, bin, [row, column]));
  return values;
}

/** Whether some drawn cell of the matrix has no value. */
export const hasEmptyCells = (matrix: Matrix): boolean => drawnValues(matrix).some(Number.isNaN);

/** Lowest and highest value of the drawn cells of all matrices; one of them has a value. */
export const drawnExtent = (matrices: readonly Matrix[]): Range => extentOf(...matrices.map(drawnValues))!;

/** Height of the names above the cells, and distances of the texts from the edges of the cells [px]. */
export const matrixTop = 42;
const nameY = 26;
const rowsNameY = 9;
const ticksY = 16;
const columnsNameY = 33;
/** Height of everything that is above and below the cells [px]. */
export const matrixFrame = matrixTop + columnsNameY + 5;

export interface MatrixPlan {
  readonly matrix: Matrix;
  /** Where the cells are drawn [px]. */
  readonly box: Box;
  readonly scale: ColorScale;
  /** Names of the axes. */
  readonly xName: string;
  readonly yName: string;
  /** Right end of the matrix's name, and of the name of its rows [px]. */
  readonly nameEnd: number;
  readonly yNameEnd: number;
}

/** Cells, border, ticks and names of a matrix. */
export function matrixMarks(plan: MatrixPlan): { marks: Mark[]; axes: Axis[] } {
  const { matrix, box, xName, yName, nameEnd, yNameEnd } = plan;
  const x = indexAxis(xName, matrix.columns, false);
  const y = indexAxis(yName, matrix.rows, true);
  const xPixels: Range = [box.x, box.x + box.width];
  const yPixels: Range = [box.y + box.height, box.y];
  const xTicks = horizontalTicks(x, xPixels, { limits: [xPixels[0] - 10, xPixels[1] + 10] });
  const yTicks = verticalTicks(y, yPixels);
  const [positionX, positionY] = [scaleOf(x, xPixels), scaleOf(y, yPixels)];
  const bottom = box.y + box.height;
  const maxWidth = nameEnd - box.x;
  const fits = textWidth(xName, textSize) <= box.width;
  const marks: Mark[] = [
    ...cellMarks(plan),
    border(box),
    ...xTicks.map((tick) => label(tick.label, positionX(tick.at), bottom + ticksY, { anchor: "middle" })),
    ...yTicks.map((tick) => label(tick.label, box.x - 8, positionY(tick.at) + 4, { anchor: "end" })),
    label(matrix.name, box.x, box.y - nameY, { maxWidth, size: 13, weight: "bold", color: ink }),
    label(yName, box.x, box.y - rowsNameY, { maxWidth: Math.min(maxWidth, yNameEnd - box.x) }),
    fits
      ? label(xName, box.x + box.width / 2, bottom + columnsNameY, { anchor: "middle" })
      : label(xName, box.x, bottom + columnsNameY, { maxWidth }),
  ];
  const axes: Axis[] = [
    { side: "bottom", name: xName, scale: "linear", domain: x.domain, pixels: xPixels, ticks: xTicks },
    { side: "left", name: yName, scale: "linear", domain: y.domain, pixels: yPixels, ticks: yTicks },
  ];
  return { marks, axes };
}

/** Indices 0, 1, 2, … at the middles of cells, from the left or from above. */
function indexAxis(name: string, count: number, fromAbove: boolean): AxisPlan {
  const indices = roundTicks(0, count - 1, Math.min(6, count)).filter(Number.isInteger);
  const ticks = indices.map((index) => ({
    at: fromAbove ? count - index - 0.5 : index + 0.5,
    label: formatNumber(index),
  }));
  return { name, scale: "linear", domain: [0, count], ticks };
}

type Cell = [x: number, y: number, width: number, height: number];

/** Cells at least this wide and high have a gap between them [px]. */
const minGapSize = 14;
/** Cells at least this wide and high have their number in them, if it fits [px]. */
const minNumberSize = 22;

/** The cells of a matrix, with their numbers where they fit. */
export function cellMarks({
  matrix,
  box,
  scale: { domain, ramp },
}: Pick<MatrixPlan, "matrix" | "box" | "scale">): Mark[] {
  const { rows, columns } = matrix;
  const [low, high] = domain;
  const colors = colorsOf(ramp);
  const bin = binOf(matrix);
  const [unitX, unitY] = [box.width / columns, box.height / rows];
  const gap = Math.min(unitX * bin.columns, unitY * bin.rows) >= minGapSize ? 1 : 0;
  const groups = new Map<number, Cell[]>();
  const numbers: { text: string; x: number; y: number; width: number; level: number }[] = [];
  for (let row = 0; row < rows; row += bin.rows)
    for (let column = 0; column < columns; column += bin.columns) {
      const value = meanOf(matrix, bin, [row, column]);
      const share = value / (high - low) - low / (high - low);
      const level = Number.isNaN(value) ? -1 : Math.round(Math.min(1, Math.max(0, share)) * (colorLevels - 1));
      const [x, y] = [box.x + column * unitX, box.y + row * unitY];
      const width = Math.min(bin.columns, columns - column) * unitX;
      const height = Math.min(bin.rows, rows - row) * unitY;
      if (!groups.has(level)) groups.set(level, []);
      const group = groups.get(level)!;
      const last = group.at(-1);
      if (gap === 0 && last !== undefined && last[1] === y && Math.abs(last[0] + last[2] - x) < 1e-6) last[2] += width;
      else group.push([x + gap / 2, y + gap / 2, width - gap, height - gap]);
      if (level < 0 || Math.min(width, height) < minNumberSize) continue;
      numbers.push({ text: formatNumber(value, 2), x: x + width / 2, y: y + height / 2 + 4, width, level });
    }
  const cells = [...groups].map(([level, cells]): Mark => {
    return level < 0
      ? { kind: "rects", cells, fill: gridColor, hatch: borderColor }
      : { kind: "rects", cells, fill: colors[level]! };
  });
  // Numbers stand in all cells or in none: a cell without one would look like a cell without a value.
  if (numbers.some(({ text, width }) => textWidth(text, textSize) + 4 > width)) return cells;
  const texts = numbers.map(({ text, x, y, level }) =>
    label(text, x, y, { anchor: "middle", color: textColorOn(colors[level]!) }),
  );
  return [...cells, ...texts];
}
