// Several charts in one drawing, row by row.

import { refuse, requireSome, requireTexts } from "../data/check.ts";

import { bandsOf } from "../layout/blocks.ts";
import { wordsOf } from "../layout/text.ts";
import type { Axis, GroupMark, Input, Mark, Scene, Size, Words } from "../scene/scene.ts";

/** Charts of any kind, laid out row by row in `columns` columns of equal width. */
export interface Panels<Spec> extends Words {
  readonly kind: "panels";
  readonly charts: readonly Spec[];
  readonly columns: number;
}

/**
 * Several charts in one drawing.
 *
 * @throws RangeError when there is no chart or `columns` is not a whole number from 1 to 12
 */
export function panels<Spec>({ columns = 2, ...rest }: Input<Panels<Spec>, "columns">): Panels<Spec> {
  requireTexts("panels", wordsOf(rest));
  requireSome("panels", "charts", rest.charts);
  if (!Number.isInteger(columns) || columns < 1 || columns > 12)
    refuse("panels", "columns", "be a whole number from 1 to 12", columns, "Choose how many charts stand in a row.");
  return { kind: "panels", columns, ...rest };
}

/** Columns that are used, and rows. */
export function panelsShape({ charts, columns }: Panels<unknown>): { columns: number; rows: number } {
  const used = Math.min(columns, charts.length);
  return { columns: used, rows: Math.ceil(charts.length / used) };
}

/** Lays every chart out with `layout` and puts the scenes side by side. */
export function layoutPanels<Spec>(spec: Panels<Spec>, size: Size, layout: (chart: Spec, size: Size) => Scene): Scene {
  const { columns, rows } = panelsShape(spec);
  const bands = bandsOf(spec, [], size, 0, 18);
  const from = bands.top + 6;
  const to = spec.caption === undefined ? size.height : bands.bottom;
  const each: Size = {
    width: Math.floor(size.width / columns),
    height: Math.floor((to - from) / rows),
  };
  const scenes = spec.charts.map((chart) => layout(chart, each));
  const places = scenes.map((_, i) => ({
    x: (i % columns) * each.width,
    y: from + Math.floor(i / columns) * each.height,
  }));
  const groups = scenes.map((scene, i): GroupMark => ({ kind: "group", ...places[i]!, marks: scene.marks }));
  const marks: Mark[] = [...bands.marks, ...groups];
  return {
    width: size.width,
    height: size.height,
    marks,
    axes: scenes.flatMap((scene, i) => scene.axes.map((axis) => shifted(axis, places[i]!))),
    legend: scenes.flatMap((scene) => scene.legend),
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

function shifted(axis: Axis, { x, y }: { x: number; y: number }): Axis {
  const by = axis.side === "bottom" ? x : y;
  return { ...axis, pixels: [axis.pixels[0] + by, axis.pixels[1] + by] };
}
