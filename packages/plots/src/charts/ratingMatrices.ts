// Matrices of ratings side by side on one colour scale. Cells without a rating (NaN) are hatched, not coloured.

import { borderColor, gridColor } from "../color/theme.ts";
import { fail, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded, type Range } from "../data/range.ts";
import { verticalTicks } from "../layout/axis.ts";
import { blocksAround } from "../layout/blocks.ts";
import { type ColorBarPlan, colorBarMarks, colorBarWidth, widestLabel } from "../layout/colorBar.ts";
import { margin } from "../layout/text.ts";
import { binOf, hasEmptyCells, matrixMarks, ratingColors } from "../marks/matrix.ts";
import type { A11y, Axis, Box, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { type ChartText, drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

/** One matrix: rows·columns ratings, row-major; NaN where there is none. */
export interface RatingMatrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

export interface RatingMatrices extends Spec {
  readonly kind: "ratingMatrices";
  readonly matrices: readonly RatingMatrix[];
  readonly xName: string;
  readonly yName: string;
  readonly valueName: string;
}

/**
 * Matrices of ratings, for example observed and rebuilt.
 *
 * @throws RangeError when there is no matrix or no rating, a size is wrong, or a rating is infinite
 */
export function ratingMatrices({
  xName = "Item index",
  yName = "User index",
  valueName = "Rating",
  ...rest
}: Input<RatingMatrices, "xName" | "yName" | "valueName">): RatingMatrices {
  requireTexts("ratingMatrices", { xName, yName, valueName, ...textOf(rest) });
  requireSome("ratingMatrices", "matrices", rest.matrices);
  if (rest.matrices.length > 6)
    fail(
      "ratingMatrices",
      "matrices",
      "be six at most",
      rest.matrices.length,
      "Draw the others in a chart of their own.",
    );
  for (const [i, { rows, columns, values }] of rest.matrices.entries()) {
    for (const [name, n] of [["rows", rows] as const, ["columns", columns] as const])
      if (!Number.isInteger(n) || n < 1 || n > 1000)
        fail("ratingMatrices", `matrices[${i}].${name}`, "be a whole number from 1 to 1000", n, "Draw a part of it.");
    requireLength("ratingMatrices", `matrices[${i}].values`, values, rows * columns, "rows · columns");
    for (let k = 0; k < values.length; k++)
      if (Math.abs(values[k]!) > 1e300)
        fail("ratingMatrices", `matrices[${i}].values[${k}]`, "be finite or NaN", values[k], "Use NaN for no rating.");
  }
  if (extentOf(...rest.matrices.map(({ values }) => values)) === null)
    fail("ratingMatrices", "matrices", "hold at least one rating", "none", "Supply the ratings to draw.");
  return {
    ...rest,
    xName,
    yName,
    valueName,
    kind: "ratingMatrices",
    [drawing]: { defaultSize: ratingMatricesSize, layout },
  };
}

/** The size at which the cells of all matrices are square and the matrices not taller than 420 px. */
function ratingMatricesSize({ matrices, subtitle, caption }: RatingMatrices, width?: number): Size {
  const wide = width ?? 300 * Math.max(2, matrices.length) + 60;
  const each = (wide - 80) / matrices.length;
  const tall = Math.max(...matrices.map(({ rows, columns }) => Math.min(420, ((each - 36) / columns) * rows)));
  return {
    width: wide,
    height: Math.round(150 + tall + (subtitle === undefined ? 0 : 18) + (caption === undefined ? 0 : 40)),
  };
}

function layout(spec: RatingMatrices, size: Size): Scene {
  const { matrices } = spec;
  const lists = matrices.map(({ values }) => values);
  const extent = extentOf(...lists)!;
  const domain = padded(extent, 0);
  const legend: LegendItem[] = matrices.some(hasEmptyCells)
    ? [{ name: "no rating", key: { swatch: gridColor, hatch: borderColor } }]
    : [];
  const bands = blocksAround(withRemark(spec), legend, size, 80);
  const y = bands.top + 42;
  const room = bands.bottom - bands.top - 80;

  const plan: ColorBarPlan = { name: spec.valueName, scale: "linear", domain, stops: ratingColors };
  const barRoom = colorBarWidth + 6 + widestLabel(verticalTicks(plan, [y + room, y])) + 16;
  const side = 8 + Math.max(...matrices.map(({ rows }) => textWidth(String(rows), 12)));
  const each = (size.width - 2 * margin - barRoom - 12 * (matrices.length - 1)) / matrices.length;
  const cell = Math.min(...matrices.map(({ rows, columns }) => Math.min((each - side) / columns, room / rows)));
  // Square cells as long as they can be seen; a very tall or wide matrix fills its place instead.
  const square = cell >= 3;
  const marks: Mark[] = [...bands.marks];
  const axes: Axis[] = [];
  const height = square ? cell * Math.max(...matrices.map(({ rows }) => rows)) : room;
  const boxes = matrices.map(({ rows, columns }) => ({
    width: square ? cell * columns : each - side,
    height: square ? cell * rows : room,
  }));
  // A narrow matrix is given the room that its names need.
  const slots = matrices.map(({ name }, i) => {
    const names = [textWidth(name, 13, "bold"), textWidth(spec.xName, 12), textWidth(spec.yName, 12)];
    return Math.max(boxes[i]!.width, Math.min(each - side, Math.max(...names) + 12));
  });
  const free = size.width - 2 * margin - barRoom - slots.reduce((sum, slot) => sum + slot + side, 0);
  const gap = Math.min(36, free / Math.max(1, matrices.length - 1));
  const end = margin + slots.reduce((sum, slot) => sum + slot + side + gap, -gap);
  const right = Math.min(size.width - margin, end + Math.max(barRoom, textWidth(spec.valueName, 12)));
  const ticks = verticalTicks(plan, [y + height, y]);
  const bar = colorBarMarks(plan, ticks, { x: end + 16, y, width: colorBarWidth, height }, right);
  let x = margin;
  for (const [i, matrix] of matrices.entries()) {
    const box: Box = { x: x + side, y, ...boxes[i]! };
    const ends = { first: box.x + slots[i]!, second: Math.min(bar.nameStart - 12, box.x + slots[i]!) };
    const drawn = matrixMarks(matrix, box, domain, { x: spec.xName, y: spec.yName }, ends);
    marks.push(...drawn.marks);
    axes.push(...drawn.axes);
    x = box.x + slots[i]! + gap;
  }
  marks.push(...bar.marks);
  axes.push({ side: "right", name: spec.valueName, scale: "linear", domain, pixels: [y + height, y], ticks });
  return { ...size, marks, axes, legend, a11y: words(spec, extent) };
}

/** The words with a remark on matrices that are too large to be drawn cell by cell. */
function withRemark(spec: RatingMatrices): ChartText {
  const sizes = spec.matrices.map((matrix) => {
    const bin = binOf(matrix);
    return bin.rows * bin.columns === 1 ? "" : `${bin.rows} by ${bin.columns}`;
  });
  const alike = sizes.every((size) => size === sizes[0]);
  const remarks = spec.matrices.flatMap(({ name }, i) => {
    if (sizes[i] === "" || (alike && i > 0)) return [];
    return [`${alike ? "Each cell" : `${name}: each cell`} is the mean of the ratings in ${sizes[i]}.`];
  });
  const caption = [...(spec.caption === undefined ? [] : [spec.caption]), ...remarks].join(" ");
  return { ...spec, ...(caption === "" ? {} : { caption }) };
}

function words({ title, matrices, xName, yName, valueName }: RatingMatrices, [low, high]: Range): A11y {
  const counts = matrices.map(({ values }) => Array.from(values).filter((value) => !Number.isNaN(value)).length);
  const each = matrices.map(({ name, rows, columns }, i) => {
    return `${name}: ${rows} by ${columns}, ${formatCount(counts[i]!)} of ${formatCount(rows * columns)} cells filled`;
  });
  const share = Math.max(1, Math.floor(200 / matrices.length));
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
