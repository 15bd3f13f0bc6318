// A quantity over two variables, in twenty colours, with the points over it.

import { ramps } from "../color/ramps.ts";
import { ink } from "../color/theme.ts";
import { requireIndices, requireSome, requireTexts } from "../data/check.ts";
import { type ClassPoints, checkField, checkPoints } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf, padded, type Range } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { contourLines, crosses, filledAreas, outlinesIn } from "../marks/field.ts";
import { checkGuides, type Guides, guideItems, guideMarks } from "../marks/guides.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatNumber } from "../text/format.ts";

/** The spec of `valueField`. */
export interface ValueField extends Spec {
  readonly kind: "valueField";
  /** The cells over both variables. Make it with `gridOver`. */
  readonly grid: Grid;
  /** The value at each cell of the grid, finite. */
  readonly values: ArrayLike<number>;
  /** Points over the field, within the grid; their labels are indices of `classes`. Default: none. */
  readonly points?: ClassPoints;
  /** Lines over the field, such as those at which hidden units bend. Default: none. */
  readonly guides?: Guides;
  /** Names of the classes of the points. Default: none. */
  readonly classes: readonly string[];
  /** Name of the values, above the colour bar. Default: "value". */
  readonly valueName: string;
  /** Name of the horizontal axis. Default: "x1". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "x2". */
  readonly yName: string;
}

/**
 * A quantity over two variables. If some values are negative and some positive, the scale has two colours, and a line shows where the
 * value is 0.
 *
 * @throws RangeError when grid and values disagree, when a value is not finite, or when a point lies outside of the grid
 *
 * @example
 * ```ts
 * import { draw, gridBetween, gridRows, valueField } from "@downhill/plots";
 *
 * const grid = gridBetween([-2, 2], [-2, 2], { columns: 20, rows: 20 });
 * const values = gridRows(grid).map(([a = 0, b = 0]) => a * b);
 * const svg = draw(valueField({ title: "A saddle", grid, values, valueName: "height" }));
 * ```
 */
export function valueField({
  classes = [],
  valueName = "value",
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<ValueField, "classes" | "valueName" | "xName" | "yName">): ValueField {
  requireTexts("valueField", { valueName, xName, yName, classes, ...textOf(rest) });
  checkField("valueField", rest.grid, { values: rest.values });
  checkGuides("valueField", rest.guides);
  if (rest.points !== undefined) {
    requireSome("valueField", { classes });
    checkPoints("valueField", rest.grid, rest.points, classes.length);
    requireIndices("valueField", { "points.labels": rest.points.labels }, classes.length);
  }
  const names = { classes, valueName, xName, yName };
  return { ...rest, ...names, kind: "valueField", [drawing]: { defaultSize: standardSize, layout } };
}

const colorCount = 20;

function layout(spec: ValueField, size: Size): Scene {
  const { grid, values, classes, points, guides } = spec;
  const [low, high] = extentOf(values)!;
  const isDiverging = low < 0 && high > 0;
  const bound = Math.max(-low, high);
  const domain: Range = isDiverging ? [-bound, bound] : padded([low, high], 0);
  const ramp = isDiverging ? ramps.diverging : ramps.surface;
  const colors = Array.from({ length: colorCount }, (_, i) => ramp((i + 0.5) / colorCount));
  const levels = Array.from(
    { length: colorCount - 1 },
    (_, i) => domain[0] + ((domain[1] - domain[0]) * (i + 1)) / colorCount,
  );
  const zero: LegendItem[] = crosses(values, 0)
    ? [{ name: `${spec.valueName} 0`, key: { line: { stroke: ink, width: 1.5, dash: [] } } }]
    : [];
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [...classItems(classes, points, () => false), ...zero, ...guideItems(guides, classes.length)],
      colorBar: { name: spec.valueName, scale: "linear", domain, stops: colors },
      lines: "border",
    },
    size,
  );
  const field = { grid, values };
  const outlines = outlinesIn(field, frame);
  const marks: Mark[] = [
    ...filledAreas(field, outlines, levels, colors, frame),
    ...contourLines([outlines(0)], frame, { stroke: ink, width: 1.5 }),
    ...guideMarks(guides, frame, classes.length),
    ...(points === undefined ? [] : classMarks(points, classes.length, frame)),
  ];
  const name = spec.valueName;
  return finish(frame, marks, {
    title: spec.title,
    caption: `The ${name} over ${spec.xName} and ${spec.yName}, from ${formatNumber(low)} to ${formatNumber(high)}.`,
    series: [{ name, count: values.length }],
    table: firstRows([spec.xName, spec.yName, name], coarse * coarse, (k) => {
      const across = ((k % coarse) + 0.5) / coarse;
      const up = (Math.floor(k / coarse) + 0.5) / coarse;
      const cell = Math.floor(up * grid.rows) * grid.columns + Math.floor(across * grid.columns);
      const at = ([from, to]: Range, share: number): number => from + share * (to - from);
      return [at(grid.x1, across), at(grid.x2, up), values[cell]!];
    }),
  });
}

/** The table has the values of this number of cells in each direction. */
const coarse = 9;
