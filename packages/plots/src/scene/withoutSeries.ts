// A chart from which some series are left out, as when a reader hides them with a click on their entry of the legend.

import { muted, paper } from "../color/theme.ts";
import type { Box, Mark, Scene } from "./scene.ts";

/**
 * The chart without some series. The axes keep their ranges, and the entries of these series in the legend are struck out. Rows of
 * the table that begin with a name that is left out are left out too.
 *
 * @param names  entries of the legend; a name that the legend does not have changes nothing
 *
 * @example
 * ```ts
 * import { lossCurve, scene, withoutSeries } from "@downhill/plots";
 *
 * const runs = [{ name: "slow", values: [4, 3, 2] }, { name: "fast", values: [4, 1, 0.5] }];
 * const one = withoutSeries(scene(lossCurve({ title: "Loss", runs })), new Set(["slow"]));
 * one.a11y.table.rows.length; // 3
 * ```
 */
export function withoutSeries(scene: Scene, names: ReadonlySet<string>): Scene {
  const { marks, legend, a11y } = scene;
  const items = legend.filter(({ name, series }) => series !== undefined && names.has(name));
  if (items.length === 0) return scene;
  const numbers = new Set(items.map(({ series }) => series));
  const rows = a11y.table.rows.filter(([first]) => !items.some(({ name }) => name === first));
  return {
    ...scene,
    marks: [
      ...marks.filter((mark) => !("series" in mark && numbers.has(mark.series))),
      ...items.flatMap(({ box }) => (box === undefined ? [] : struckOut(box))),
    ],
    a11y: { ...a11y, table: { ...a11y.table, rows } },
  };
}

/** A faint entry of a legend with a line through it. */
function struckOut({ x, y, width, height }: Box): Mark[] {
  const middle = y + height / 2;
  return [
    { kind: "rects", cells: [[x - 1, y, width + 2, height]], fill: paper, opacity: 0.55 },
    { kind: "rule", from: [x, middle], to: [x + width, middle], stroke: muted, width: 1 },
  ];
}
