// Several charts in one drawing, row by row.

import { fail, requireSome, requireTexts } from "../data/check.ts";
import { blocksAround } from "../layout/blocks.ts";
import type { Axis, GroupMark, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, sceneAt, textOf } from "../scene/spec.ts";

/** The spec of `panels`. */
export interface Panels extends Spec {
  readonly kind: "panels";
  /** The charts, of any kind, in reading order; at least one. */
  readonly charts: readonly Spec[];
  /** Number of charts side by side, a whole number from 1 to 12. Default: 2. */
  readonly columns: number;
}

/**
 * Several charts in one drawing, in rows and columns of equal size.
 *
 * @throws RangeError when there is no chart, or when `columns` is not a whole number from 1 to 12
 *
 * @example
 * ```ts
 * import { draw, lossCurve, panels, scatterLine } from "@downhill/plots";
 *
 * const loss = lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] });
 * const points = scatterLine({ title: "Data", x: [1, 2, 3], y: [2, 4, 7] });
 * const svg = draw(panels({ title: "A run and its data", charts: [loss, points] }));
 * ```
 */
export function panels({ columns = 2, ...rest }: Input<Panels, "columns">): Panels {
  requireTexts("panels", textOf(rest));
  requireSome("panels", { charts: rest.charts });
  if (!Number.isInteger(columns) || columns < 1 || columns > 12)
    fail("panels", `columns must be a whole number from 1 to 12, got ${columns}. It is the number of charts in a row.`);
  return { ...rest, columns, kind: "panels", [drawing]: { defaultSize, layout } };
}

/** Used columns, and rows. */
function shapeOf({ charts, columns }: Panels): { columns: number; rows: number } {
  const used = Math.min(columns, charts.length);
  return { columns: used, rows: Math.ceil(charts.length / used) };
}

/** Width of one chart where the caller sets none [px]. */
const panelWidth = 440;
/** Height of the drawing's own title and caption [px]. */
const titleHeight = 60;
const titleSize = 18;

function defaultSize(spec: Panels, width?: number): Size {
  const { columns, rows } = shapeOf(spec);
  const each = (width ?? panelWidth * columns) / columns;
  const height = Math.round(Math.min(420, Math.max(260, each * 0.8)));
  return { width: panelWidth * columns, height: titleHeight + rows * height };
}

function layout(spec: Panels, size: Size): Scene {
  const { columns, rows } = shapeOf(spec);
  const blocksAt = (height: number) =>
    blocksAround({ text: spec, legend: [], size: { ...size, height }, axesHeight: 0, titleSize });
  const blocks = blocksAt(size.height);
  const from = blocks.top + 6;
  const to = spec.caption === undefined ? size.height : blocks.bottom;
  const each: Size = {
    width: Math.floor(size.width / columns),
    height: Math.floor((to - from) / rows),
    ...(size.legendButtons && { legendButtons: true }),
  };
  const scenes = spec.charts.map((chart) => sceneAt(chart, each));
  const heights = Array.from({ length: rows }, (_, row) =>
    Math.max(...scenes.slice(row * columns, (row + 1) * columns).map(({ height }) => height)),
  );
  const more = sum(heights) - rows * each.height; // of legends with buttons
  const corners = scenes.map((_, i) => ({
    x: (i % columns) * each.width,
    y: from + sum(heights.slice(0, Math.floor(i / columns))),
  }));
  const groups = scenes.map((scene, i): GroupMark => ({ kind: "group", ...corners[i]!, marks: scene.marks }));
  const marks: Mark[] = [...blocksAt(size.height + more).marks, ...groups];
  return {
    width: size.width,
    height: size.height + more,
    marks,
    axes: scenes.flatMap((scene, i) => scene.axes.map((axis) => shifted(axis, corners[i]!))),
    legend: scenes.flatMap((scene, i) => scene.legend.map((item) => movedItem(item, corners[i]!))),
    a11y: {
      title: spec.title,
      caption: scenes.map(({ a11y }) => `${a11y.title}: ${a11y.caption}`).join(" "),
      series: scenes.flatMap(({ a11y }) => a11y.series),
      table: {
        columns: ["Chart", "What it shows"],
        rows: scenes.map(({ a11y }) => [a11y.title, a11y.caption]),
        note: "Each chart has a table of its own.",
      },
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function movedItem(item: LegendItem, { x, y }: { x: number; y: number }): LegendItem {
  return item.box === undefined ? item : { ...item, box: { ...item.box, x: item.box.x + x, y: item.box.y + y } };
}

function shifted(axis: Axis, { x, y }: { x: number; y: number }): Axis {
  const by = axis.side === "bottom" ? x : y;
  return { ...axis, pixels: [axis.pixels[0] + by, axis.pixels[1] + by] };
}
