// A factorization of ratings: the known ratings, the predicted ones between their factors U and V, and the errors.

import { ramps } from "../color/ramps.ts";
import { borderColor, gridColor, ink } from "../color/theme.ts";
import { fail, requireIndices, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded, type Range } from "../data/range.ts";
import { openPath, type Point } from "../geometry/path.ts";
import { verticalTicks } from "../layout/axis.ts";
import { blocksAround } from "../layout/blocks.ts";
import { type ColorBarPlan, colorBarMarks, colorBarWidth } from "../layout/colorBar.ts";
import { border } from "../layout/gridLines.ts";
import { label, margin } from "../layout/label.ts";
import { binText, type ColorScale, cellMarks, colorsOf, type Matrix } from "../marks/matrix.ts";
import type { Axis, Box, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf, withRemark } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** The spec of `factorMatrices`. */
export interface FactorMatrices extends Spec {
  readonly kind: "factorMatrices";
  /** The names of the users and of the items, from 1 to 1,000 each. */
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** The known ratings, user by user; NaN where there is none. */
  readonly known: ArrayLike<number>;
  /** The predicted ratings, user by user. */
  readonly predicted: ArrayLike<number>;
  /** The factors of each user and of each item, one after the other. */
  readonly userFactors: ArrayLike<number>;
  readonly itemFactors: ArrayLike<number>;
  /** The indices of the user and of the item of a cell that is outlined, with its factors. Default: none. */
  readonly focus?: readonly [user: number, item: number];
  /** The numbers of the first user and of the first item on the axes, for a part of larger matrices. Default: 0 and 0. */
  readonly first?: readonly [user: number, item: number];
}

const most = 1000;

/**
 * Ratings and their factorization side by side: the known ratings, U left of the predicted ratings and V (transposed) above them, and the errors.
 * A matrix with more than 4,000 cells is drawn as means of neighbouring cells, and a remark states this.
 *
 * @throws RangeError when lengths disagree, or when a number is infinite
 *
 * @example
 * ```ts
 * import { draw, factorMatrices } from "@downhill/plots";
 *
 * const svg = draw(
 *   factorMatrices({
 *     title: "Ratings",
 *     users: ["Ada", "Ben"],
 *     items: ["tea", "milk"],
 *     known: [2, Number.NaN, 4, 1],
 *     predicted: [2, 0.5, 4, 1],
 *     userFactors: [1, 2],
 *     itemFactors: [2, 0.5],
 *     focus: [0, 1],
 *   }),
 * );
 * ```
 */
export function factorMatrices(rest: Input<FactorMatrices>): FactorMatrices {
  const functionName = "factorMatrices";
  const { users, items, known, predicted, userFactors, itemFactors, focus } = rest;
  requireTexts(functionName, { users, items, ...textOf(rest) });
  for (const [name, { length }] of [["users", users] as const, ["items", items] as const])
    if (length < 1 || length > most)
      fail(functionName, `${name} must have from 1 to ${most} names, got ${length}. Draw a part of the ratings.`);
  const cells = users.length * items.length;
  requireLength(functionName, { known, predicted }, { "users × items": cells });
  const rank = userFactors.length / users.length;
  if (!Number.isInteger(rank) || rank < 1)
    fail(
      functionName,
      `userFactors must have the same number of factors for each user, got ${userFactors.length} for ${users.length}. Add a factor for each user.`,
    );
  requireLength(functionName, { itemFactors }, { "items × rank": items.length * rank });
  for (const [name, list] of Object.entries({ known, predicted, userFactors, itemFactors }))
    for (let k = 0; k < list.length; k++)
      if (Math.abs(list[k]!) > 1e300 || (Number.isNaN(list[k]!) && name !== "known"))
        fail(functionName, `${name}[${k}] must be finite and at most 1e300, got ${list[k]}. Draw earlier parameters.`);
  if (focus !== undefined) {
    requireIndices(functionName, { "focus[0]": [focus[0]] }, users.length);
    requireIndices(functionName, { "focus[1]": [focus[1]] }, items.length);
  }
  return { ...rest, kind: "factorMatrices", [drawing]: { defaultSize: standardSize, layout } };
}

/** A scale with two colours around 0. */
const around = (list: ArrayLike<number>): ColorScale => {
  const bound = Math.max(...(extentOf(list) ?? []).map(Math.abs), 1e-12);
  return { domain: [-bound, bound], ramp: ramps.diverging };
};

/** A scale for ratings: from the lowest to the highest, or around 0. */
function ratingScale(lists: readonly ArrayLike<number>[]): ColorScale {
  const [low, high] = extentOf(...lists)!;
  return low < 0 && high > 0 ? around([low, high]) : { domain: padded([low, high], 0), ramp: ramps.ratings };
}

const gap = 14; // between two matrices [px]
const factorGap = 4; // between a matrix and its factors [px]
const nameHeight = 18;
const letterWidth = 12; // of U, with a distance [px]

function layout(spec: FactorMatrices, size: Size): Scene {
  const { users, items, known, predicted, userFactors, itemFactors, focus, first = [0, 0] } = spec;
  const [rows, columns] = [users.length, items.length];
  const rank = userFactors.length / rows;
  const errors = Float64Array.from(predicted, (value, k) => value - known[k]!);
  const ratings = ratingScale([known, predicted]);
  const factors = around([...Array.from(userFactors), ...Array.from(itemFactors)]);
  const misses = around(errors);
  const bound = (name: string, { domain, ramp }: ColorScale): LegendItem[] => [
    { name: `${name} ${formatNumber(domain[0], 2)}`, key: { swatch: ramp(0) } },
    { name: `${name} ${formatNumber(domain[1], 2)}`, key: { swatch: ramp(1) } },
  ];
  const legend: LegendItem[] = [
    ...(Array.from(known).some(Number.isNaN)
      ? [{ name: "no rating", key: { swatch: gridColor, hatch: borderColor } }]
      : []),
    ...bound("error", misses),
    ...bound("factor", factors),
  ];
  const matrix = (name: string, values: ArrayLike<number>, n = rows, m = columns): Matrix => ({
    ...{ name, rows: n, columns: m, values },
  });
  const bin = binText(matrix("Known", known));
  const text = withRemark(spec, bin === "" ? "" : `Each cell is the mean of the ratings in ${bin}.`);
  const blocks = blocksAround({ text, legend, size, axesHeight: 2 * nameHeight });
  const top = blocks.top + nameHeight;
  const free = blocks.bottom - top - nameHeight - factorGap;
  const { domain } = ratings;
  const plan: ColorBarPlan = { name: "Rating", scale: "linear", domain, stops: colorsOf(ratings.ramp) };
  const bar = colorBarWidth(verticalTicks(plan, [top + free, top]));
  const left = margin + 4;
  const width = (size.width - left - margin - bar - 2 * gap - factorGap) / (3 * columns + rank);
  const height = free / (rows + rank);
  // Squares where they are at least 3 pixels wide.
  const side = Math.min(width, height);
  const [w, h] = side >= 3 ? [side, side] : [width, height];
  const y = top + rank * h + factorGap;
  const box = (x: number, across: number): Box => ({ x, y, width: across * w, height: rows * h });
  const knownBox = box(left, columns);
  const userBox = box(knownBox.x + knownBox.width + gap, rank);
  const predictedBox = box(userBox.x + userBox.width + factorGap, columns);
  const errorBox = box(predictedBox.x + predictedBox.width + gap, columns);
  const itemBox: Box = { x: predictedBox.x, y: top, width: columns * w, height: rank * h };
  const transposed = Float64Array.from(
    { length: rank * columns },
    (_, k) => itemFactors[(k % columns) * rank + Math.floor(k / columns)]!,
  );
  const parts: readonly (readonly [Matrix, Box, ColorScale])[] = [
    [matrix("Known", known), knownBox, ratings],
    [matrix("U", userFactors, rows, rank), userBox, factors],
    [matrix("V", transposed, rank, columns), itemBox, factors],
    [matrix("Predicted", predicted), predictedBox, ratings],
    [matrix("Error", errors), errorBox, misses],
  ];
  const bottom = y + rows * h;
  const marks: Mark[] = [...blocks.marks];
  for (const [part, area, scale] of parts) {
    marks.push(...cellMarks({ matrix: part, box: area, scale }), border(area));
    const isAbove = part.name === "V";
    const end =
      part.name === "Known" ? userBox.x + userBox.width - letterWidth : area.x + Math.max(area.width + gap, 20);
    const style = { size: 12, weight: "bold", color: ink, maxWidth: end - area.x } as const;
    // U can be narrower than its name, which then begins left of it.
    const [x, anchor] = part.name === "U" ? ([area.x + area.width, "end"] as const) : ([area.x, "start"] as const);
    marks.push(label(part.name, x, isAbove ? area.y - 5 : bottom + 14, { ...style, anchor }));
  }
  if (focus !== undefined) {
    const [u, i] = focus;
    const cell = ({ x }: Box): Box => ({ x: x + i * w, y: y + u * h, width: w, height: h });
    marks.push(
      outline({ ...userBox, y: y + u * h, height: h }),
      outline({ ...itemBox, x: itemBox.x + i * w, width: w }),
      ...[knownBox, predictedBox, errorBox].map((area) => outline(cell(area))),
    );
  }
  const barX = errorBox.x + errorBox.width;
  const ticks = verticalTicks(plan, [bottom, y]);
  const colorBar = colorBarMarks(plan, ticks, { x: barX, y, height: rows * h, right: barX + bar });
  marks.push(...colorBar.marks);
  const axes = [knownBox, predictedBox, errorBox].flatMap((area): Axis[] => [
    {
      side: "bottom",
      name: "item",
      scale: "linear",
      domain: [first[1], first[1] + columns],
      pixels: [area.x, area.x + area.width],
      ticks: [],
    },
    {
      side: "left",
      name: "user",
      scale: "linear",
      domain: [first[0], first[0] + rows],
      pixels: [y, bottom],
      ticks: [],
    },
  ]);
  return { width: size.width, height: blocks.height, marks, axes, legend, a11y: a11yOf(spec, errors, domain) };
}

/** A line around cells. */
function outline({ x, y, width, height }: Box): Mark {
  const corners: Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ];
  return { kind: "path", d: openPath(corners), stroke: ink, width: 2 };
}

function a11yOf(
  { title, users, items, known, predicted, userFactors }: FactorMatrices,
  errors: Float64Array,
  [low, high]: Range,
) {
  const cells = Array.from(errors.keys()).filter((k) => !Number.isNaN(known[k]!));
  const rms = Math.sqrt(cells.reduce((sum, k) => sum + errors[k]! ** 2, 0) / cells.length);
  const rank = userFactors.length / users.length;
  const prediction =
    cells.length === 0
      ? ""
      : `, and ${rank} ${rank === 1 ? "factor predicts" : "factors predict"} them with an error of ${formatNumber(rms)} (root of the mean square)`;
  return {
    title,
    caption:
      `${formatCount(cells.length)} of ${formatCount(users.length * items.length)} ratings of ${formatCount(users.length)} users for ` +
      `${formatCount(items.length)} items are known${prediction}. Values from ${formatNumber(low)} to ${formatNumber(high)}.`,
    series: [{ name: "known ratings", count: cells.length }],
    table: firstRows(["User", "Item", "Known", "Predicted"], cells.length, (i) => {
      const k = cells[i]!;
      return [users[Math.floor(k / items.length)]!, items[k % items.length]!, known[k]!, predicted[k]!];
    }),
  };
}
