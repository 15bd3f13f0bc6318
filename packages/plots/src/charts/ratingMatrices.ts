// Matrices of ratings side by side, with one colour scale. Cells without a rating (NaN) are hatched.

import { ramps } from "../color/ramps.ts";
import { borderColor, gridColor } from "../color/theme.ts";
import { fail, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded, type Range } from "../data/range.ts";
import { verticalTicks } from "../layout/axis.ts";
import { blocksAround } from "../layout/blocks.ts";
import { type ColorBarPlan, colorBarMarks, colorBarWidth } from "../layout/colorBar.ts";
import { margin } from "../layout/label.ts";
import {
  binText,
  type ColorScale,
  colorsOf,
  drawnExtent,
  hasEmptyCells,
  matrixFrame,
  matrixMarks,
  matrixTop,
} from "../marks/matrix.ts";
import type { A11y, Axis, Box, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf, withRemark } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

/** One matrix of ratings. */
export interface RatingMatrix {
  /** Written above the matrix. */
  readonly name: string;
  /** Number of rows, from 1 to 1,000. */
  readonly rows: number;
  /** Number of columns, from 1 to 1,000. */
  readonly columns: number;
  /** rows·columns ratings, row by row; NaN where there is none. */
  readonly values: ArrayLike<number>;
}

/** The spec of `ratingMatrices`. */
export interface RatingMatrices extends Spec {
  readonly kind: "ratingMatrices";
  /** One to six matrices, from left to right. */
  readonly matrices: readonly RatingMatrix[];
  /** Name of the columns. Default: "Item index". */
  readonly xName: string;
  /** Name of the rows. Default: "User index". */
  readonly yName: string;
  /** Name of the values, above the colour bar. Default: "Rating". */
  readonly valueName: string;
}

/** More matrices side by side would be too narrow. */
const maxMatrices = 6;

/**
 * Matrices of ratings, for example observed and predicted ones, on one colour scale. Where some values are negative and
 * some positive, the scale has two colours, and 0 is between them.
 *
 * A matrix with more than 4,000 cells is drawn as means of neighbouring cells, and a remark states this.
 *
 * @throws RangeError when there is no matrix or no rating, when a size is wrong, or when a rating is infinite
 *
 * @example
 * ```ts
 * import { draw, ratingMatrices } from "@downhill/plots";
 *
 * const observed = { name: "Observed", rows: 2, columns: 3, values: [5, Number.NaN, 3, 4, 2, Number.NaN] };
 * const predicted = { name: "Predicted", rows: 2, columns: 3, values: [4.8, 2.6, 3.1, 4.1, 2, 2.4] };
 * const svg = draw(ratingMatrices({ title: "Ratings", matrices: [observed, predicted] }));
 * ```
 */
export function ratingMatrices({
  xName = "Item index",
  yName = "User index",
  valueName = "Rating",
  ...rest
}: Input<RatingMatrices, "xName" | "yName" | "valueName">): RatingMatrices {
  requireTexts("ratingMatrices", { xName, yName, valueName, ...textOf(rest) });
  requireSome("ratingMatrices", { matrices: rest.matrices });
  if (rest.matrices.length > maxMatrices)
    fail(
      "ratingMatrices",
      `matrices must hold at most ${maxMatrices} matrices, got ${rest.matrices.length}. Draw the others in another chart.`,
    );
  for (const [i, { name, rows, columns, values }] of rest.matrices.entries()) {
    requireTexts("ratingMatrices", { [`matrices[${i}].name`]: name ?? null });
    for (const [side, n] of [["rows", rows] as const, ["columns", columns] as const])
      if (!Number.isInteger(n) || n < 1 || n > 1000)
        fail(
          "ratingMatrices",
          `matrices[${i}].${side} must be a whole number from 1 to 1000, got ${n}. Draw a part of a larger matrix.`,
        );
    requireLength("ratingMatrices", { [`matrices[${i}].values`]: values }, { "rows × columns": rows * columns });
    for (let k = 0; k < values.length; k++)
      if (Math.abs(values[k]!) > 1e300)
        fail(
          "ratingMatrices",
          `matrices[${i}].values[${k}] must be NaN, or finite and at most 1e300 in magnitude, got ${values[k]}. Use NaN for a missing rating.`,
        );
  }
  if (extentOf(...rest.matrices.map(({ values }) => values)) === null)
    fail("ratingMatrices", "matrices must hold at least one rating, got none. Supply the ratings to draw.");
  return { ...rest, xName, yName, valueName, kind: "ratingMatrices", [drawing]: { defaultSize, layout } };
}

/** Width of one matrix with its axis where the caller sets no width, and of the colour bar with its labels [px]. */
const matrixWidth = 300;
const barWidth = 80;
/** Width of the indices beside a matrix [px]. */
const indexWidth = 36;
const maxMatrixHeight = 420;
/** Height of titles, legend and axes, without subtitle and caption [px]. */
const frameHeight = 150;

/** The size at which the cells of all matrices are squares and the matrices not higher than 420 px. */
function defaultSize({ matrices, subtitle, caption }: RatingMatrices, width?: number): Size {
  const full = width ?? matrixWidth * Math.max(2, matrices.length) + 60;
  const each = (full - barWidth) / matrices.length;
  const tallest = Math.max(
    ...matrices.map(({ rows, columns }) => Math.min(maxMatrixHeight, ((each - indexWidth) / columns) * rows)),
  );
  const texts = (subtitle === undefined ? 0 : 18) + (caption === undefined ? 0 : 40);
  return { width: full, height: Math.round(frameHeight + tallest + texts) };
}

/** Smallest side of a square cell [px]. Where squares would be smaller, the matrix fills its space with other rectangles. */
const minSquare = 3;
/** Smallest and largest distance between two matrices, and the distance of a matrix from the name of the next [px]. */
const minGap = 12;
const maxGap = 36;

/** A diverging scale around 0 for values of both signs, else a scale from the lowest value to the highest. */
function scaleFor([low, high]: Range): ColorScale {
  if (low >= 0 || high <= 0) return { domain: padded([low, high], 0), ramp: ramps.ratings };
  const bound = Math.max(-low, high);
  return { domain: [-bound, bound], ramp: ramps.diverging };
}

function layout(spec: RatingMatrices, size: Size): Scene {
  const { matrices } = spec;
  const extent = extentOf(...matrices.map(({ values }) => values))!;
  const scale = scaleFor(drawnExtent(matrices));
  const legend: LegendItem[] = matrices.some(hasEmptyCells)
    ? [{ name: "no rating", key: { swatch: gridColor, hatch: borderColor } }]
    : [];
  const text = withRemark(spec, binRemark(spec));
  const blocks = blocksAround({ text, legend, size, axesHeight: matrixFrame });
  const y = blocks.top + matrixTop;
  const free = blocks.bottom - blocks.top - matrixFrame;

  const { domain } = scale;
  const plan: ColorBarPlan = { name: spec.valueName, scale: "linear", domain, stops: colorsOf(scale.ramp) };
  const bar = colorBarWidth(verticalTicks(plan, [y + free, y]));
  const side = 8 + Math.max(...matrices.map(({ rows }) => textWidth(String(rows), 12)));
  const each = (size.width - 2 * margin - bar - minGap * (matrices.length - 1)) / matrices.length;
  const cell = Math.min(...matrices.map(({ rows, columns }) => Math.min((each - side) / columns, free / rows)));
  const isSquare = cell >= minSquare;
  const height = isSquare ? cell * Math.max(...matrices.map(({ rows }) => rows)) : free;
  const boxes = matrices.map(({ rows, columns }) => ({
    width: isSquare ? cell * columns : each - side,
    height: isSquare ? cell * rows : free,
  }));
  // A narrow matrix gets the width of its names.
  const widths = matrices.map(({ name }, i) => {
    const names = [textWidth(name, 13, "bold"), textWidth(spec.xName, 12), textWidth(spec.yName, 12)];
    return Math.max(boxes[i]!.width, Math.min(each - side, Math.max(...names) + minGap));
  });
  const rest = size.width - 2 * margin - bar - widths.reduce((sum, width) => sum + width + side, 0);
  const gap = Math.min(maxGap, rest / Math.max(1, matrices.length - 1));
  const end = margin + widths.reduce((sum, width) => sum + width + side + gap, -gap);
  const right = Math.min(size.width - margin, end + Math.max(bar, textWidth(spec.valueName, 12)));
  const ticks = verticalTicks(plan, [y + height, y]);
  const colorBar = colorBarMarks(plan, ticks, { x: end, y, height, right });
  const marks: Mark[] = [...blocks.marks];
  const axes: Axis[] = [];
  let x = margin;
  for (const [i, matrix] of matrices.entries()) {
    const box: Box = { x: x + side, y, ...boxes[i]! };
    const nameEnd = box.x + widths[i]!;
    const yNameEnd = Math.min(colorBar.nameStart - minGap, nameEnd);
    const drawn = matrixMarks({ matrix, box, scale, xName: spec.xName, yName: spec.yName, nameEnd, yNameEnd });
    marks.push(...drawn.marks);
    axes.push(...drawn.axes);
    x = nameEnd + gap;
  }
  marks.push(...colorBar.marks);
  axes.push({ side: "right", name: spec.valueName, scale: "linear", domain, pixels: [y + height, y], ticks });
  return { width: size.width, height: blocks.height, marks, axes, legend, a11y: a11yOf(spec, extent) };
}

/** A remark on matrices that have too many cells to be drawn one by one; "" when there is none. */
function binRemark({ matrices }: RatingMatrices): string {
  const sizes = matrices.map(binText);
  const areAlike = sizes.every((size) => size === sizes[0]);
  return matrices
    .flatMap(({ name }, i) => {
      if (sizes[i] === "" || (areAlike && i > 0)) return [];
      return [`${areAlike ? "Each cell" : `${name}: each cell`} is the mean of the ratings in ${sizes[i]}.`];
    })
    .join(" ");
}

/** The table has about this number of rows at most. */
const maxRows = 200;

function a11yOf({ title, matrices, xName, yName, valueName }: RatingMatrices, [low, high]: Range): A11y {
  const counts = matrices.map(({ values }) => Array.from(values).filter((value) => !Number.isNaN(value)).length);
  const each = matrices.map(({ name, rows, columns }, i) => {
    return `${name}: ${rows} by ${columns}, ${formatCount(counts[i]!)} of ${formatCount(rows * columns)} cells filled`;
  });
  const share = Math.max(1, Math.floor(maxRows / matrices.length));
  const rows = matrices.flatMap(({ name, columns, values }) => {
    const filled = Array.from(values, (value, k) => [name, Math.floor(k / columns), k % columns, value] as const);
    return filled.filter(([, , , value]) => !Number.isNaN(value)).slice(0, share);
  });
  const total = counts.reduce((a, b) => a + b, 0);
  return {
    title,
    caption: `${each.join("; ")}. Values from ${formatNumber(low)} to ${formatNumber(high)}.`,
    series: matrices.map(({ name }, i) => ({ name, count: counts[i]! })),
    table: {
      columns: ["Matrix", yName, xName, valueName],
      rows,
      ...(rows.length < total ? { note: `The first ${share} filled cells of each matrix.` } : {}),
    },
  };
}
