// From a spec to its scene and its SVG.

import type { Scene, Size } from "./scene/scene.ts";
import { type Spec, sceneAt } from "./scene/spec.ts";
import { type SvgOptions, toSvg } from "./scene/svg.ts";

/** Options of `draw`. */
export interface DrawOptions extends SvgOptions {
  /** Width of the drawing, from 240 to 20,000 [px]. Default: depends on the chart, mostly 640. */
  readonly width?: number;
  /** Height of the drawing, from 220 to 20,000 [px]. Default: depends on the chart, mostly 420. */
  readonly height?: number;
}

/**
 * A chart with every coordinate computed, as plain data: the marks, the axes, the legend, a description and a table.
 *
 * @param size  width and height [px], defaults as in `draw`; the part of the plot that is drawn, by default all of it; and whether the
 *   entries of the legend are buttons, by default not
 * @throws RangeError when width or height (with `panels`: of one of the charts) is too small for the texts, when the ends of a window are
 *   not finite, in the wrong order or not above 0 on a logarithmic axis, and when the chart has not one plot with numbers on both axes
 *
 * @example
 * ```ts
 * import { lossCurve, scene } from "@downhill/plots";
 *
 * const { a11y } = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
 * a11y.caption; // "Loss fell from 4 to 1, epoch 0 to 2."
 * ```
 */
export function scene(spec: Spec, size: Partial<Size> = {}): Scene {
  return sceneAt(spec, size);
}

/**
 * A chart as the text of an SVG document.
 *
 * @throws RangeError in the cases in which `scene` or `toSvg` throws it
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { draw, lossCurve } from "@downhill/plots";
 *
 * const chart = lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] });
 * writeFileSync("loss.svg", draw(chart, { width: 480, theme: "dark" }));
 * ```
 */
export function draw(spec: Spec, { width, height, ...svg }: DrawOptions = {}): string {
  return toSvg(sceneAt(spec, { width, height }), svg);
}
