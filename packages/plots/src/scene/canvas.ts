// A scene on a Canvas 2D, for pages that draw many frames.

import type { Color } from "../color/color.ts";
import { paper } from "../color/theme.ts";
import { fail, requireOneOf } from "../data/check.ts";
import { rectPath } from "../geometry/path.ts";
import { MOST_SEPARATE, symbolPath } from "../geometry/symbols.ts";
import { splitExponents } from "../text/exponents.ts";
import { fontFamily, oneLine } from "../text/measure.ts";
import { raisedBy, raisedSize } from "./raisedExponents.ts";
import type { Box, Mark, PointsMark, RampMark, RectsMark, RuleMark, Scene, TextMark } from "./scene.ts";

/** The part of `CanvasRenderingContext2D` that `drawOnCanvas` uses. P is `Path2D`. */
export interface CanvasContext<P = unknown> {
  /** The colour or the gradient of areas and texts. */
  fillStyle: unknown;
  /** The colour of lines. */
  strokeStyle: unknown;
  /** The width of lines [px]. */
  lineWidth: number;
  /** The form of corners. */
  lineJoin: string;
  /** The opacity, from 0 to 1. */
  globalAlpha: number;
  /** The weight, size and family of texts. */
  font: string;
  /** Where a text is, seen from its anchor. */
  textAlign: string;
  /** The height of the anchor of a text. */
  textBaseline: string;
  /** How exactly the widths of letters are drawn; not in every browser. */
  textRendering?: string;
  /** Keeps the present state. */
  save(): void;
  /** Returns to the state that was kept last. */
  restore(): void;
  /** Sets the transformation. */
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  /** Moves the origin. */
  translate(x: number, y: number): void;
  /** Turns the axes by an angle [rad]. */
  rotate(angle: number): void;
  /** Begins a new path. */
  beginPath(): void;
  /** Adds a rectangle to the path. */
  rect(x: number, y: number, width: number, height: number): void;
  /** Draws only inside a path from now on. */
  clip(path?: P): void;
  /** Makes a rectangle transparent. */
  clearRect(x: number, y: number, width: number, height: number): void;
  /** Fills a rectangle. */
  fillRect(x: number, y: number, width: number, height: number): void;
  /** Begins a line of the path. */
  moveTo(x: number, y: number): void;
  /** Adds a line to the path. */
  lineTo(x: number, y: number): void;
  /** Draws the line of a path. */
  stroke(path?: P): void;
  /** Fills a path. */
  fill(path: P): void;
  /** Sets the lengths of dashes and gaps. */
  setLineDash(segments: number[]): void;
  /** Makes a gradient from one point to another. */
  createLinearGradient(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
  ): {
    /** Adds a colour at a share of the way. */
    addColorStop(at: number, color: string): void;
  };
  /** Measures a text in the present font. */
  measureText(text: string): { readonly width: number };
  /** Draws a text. */
  fillText(text: string, x: number, y: number): void;
}

/** Options of `drawOnCanvas`. */
export interface CanvasOptions {
  /** The colours: a canvas does not follow the `color-scheme` of its page. Default: "light". */
  readonly theme?: "light" | "dark";
  /** The background of the drawing: the paper of the theme, or none. Default: "paper". */
  readonly background?: "paper" | "none";
  /** Pixels of the canvas for each pixel of the scene, usually `devicePixelRatio`; above 0. Default: 1. */
  readonly pixelRatio?: number;
}

/** What a mark needs in order to be drawn. */
interface Pen {
  readonly context: CanvasContext;
  readonly pixelRatio: number;
  css(color: Color): string;
  path(d: string): unknown;
}

/**
 * Draws a scene on a canvas, as `toSvg` draws it, and first clears its rectangle. The canvas should have
 * width · pixelRatio × height · pixelRatio pixels.
 *
 * A canvas has no text for screen readers: show `scene.a11y` beside it. Where markers with an opacity overlap, the canvas is
 * darker than the SVG.
 *
 * @param context  `canvas.getContext("2d")` of a canvas or of an OffscreenCanvas
 * @throws RangeError when an option is not one of its choices, or where there is no `Path2D`, as in Node
 *
 * @example
 * ```ts
 * import { type CanvasContext, drawOnCanvas, lossCurve, scene } from "@downhill/plots";
 *
 * const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
 *
 * export function show(canvas: { width: number; height: number; getContext(kind: "2d"): CanvasContext }, pixelRatio = 1): void {
 *   canvas.width = drawn.width * pixelRatio;
 *   canvas.height = drawn.height * pixelRatio;
 *   drawOnCanvas(drawn, canvas.getContext("2d"), { pixelRatio });
 * }
 * ```
 */
export function drawOnCanvas(
  { width, height, marks }: Scene,
  context: CanvasContext,
  { theme = "light", background = "paper", pixelRatio = 1 }: CanvasOptions = {},
): void {
  requireOneOf("drawOnCanvas", { theme }, ["light", "dark"]);
  requireOneOf("drawOnCanvas", { background }, ["paper", "none"]);
  if (!(pixelRatio > 0 && pixelRatio < Infinity))
    fail("drawOnCanvas", `pixelRatio must be above 0, got ${pixelRatio}. Pass devicePixelRatio.`);
  const { Path2D } = globalThis as { Path2D?: new (d: string) => unknown };
  if (Path2D === undefined)
    fail("drawOnCanvas", "Path2D must be defined, which is so in a browser and its workers. Use toSvg elsewhere.");
  const pen: Pen = {
    context,
    pixelRatio,
    css: ([light, dark]) => (theme === "dark" ? dark : light),
    path: (d) => new Path2D(d),
  };
  context.save();
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (background === "paper") {
    context.fillStyle = pen.css(paper);
    context.fillRect(0, 0, width, height);
  }
  context.lineJoin = "round";
  context.textRendering = "geometricPrecision"; // as in toSvg
  for (const mark of marks) drawMark(pen, mark, 0, 0);
  context.restore();
}

/** @param x, y  the position of the group that contains the mark */
function drawMark(pen: Pen, mark: Mark, x: number, y: number): void {
  const { context } = pen;
  if (mark.kind === "group") {
    context.save();
    context.translate(mark.x, mark.y);
    for (const each of mark.marks) drawMark(pen, each, x + mark.x, y + mark.y);
    context.restore();
    return;
  }
  if (mark.kind === "text") {
    drawText(pen, mark);
    return;
  }
  if (mark.kind === "ramp") {
    drawRamp(pen, mark);
    return;
  }
  const { clip, opacity = 1 } = mark;
  context.save();
  if (clip !== undefined) clipTo(context, clip);
  context.globalAlpha = opacity;
  switch (mark.kind) {
    case "path": {
      const path = pen.path(mark.d);
      if (mark.fill !== undefined) {
        context.fillStyle = pen.css(mark.fill);
        context.fill(path);
      }
      if (mark.stroke !== undefined) {
        setStroke(pen, mark.stroke, mark);
        context.stroke(path);
      }
      break;
    }
    case "rule":
      drawRule(pen, mark);
      break;
    case "rects":
      drawRects(pen, mark, x, y);
      break;
    case "points":
      drawPoints(pen, mark);
  }
  context.restore();
}

function clipTo(context: CanvasContext, { x, y, width, height }: Box): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

function setStroke(
  { context, css }: Pen,
  stroke: Color,
  { width = 1, dash = [] }: { readonly width?: number; readonly dash?: readonly number[] },
): void {
  context.strokeStyle = css(stroke);
  context.lineWidth = width;
  context.setLineDash([...dash]);
}

function drawRule(pen: Pen, mark: RuleMark): void {
  const { context } = pen;
  setStroke(pen, mark.stroke, mark);
  context.beginPath();
  context.moveTo(...mark.from);
  context.lineTo(...mark.to);
  context.stroke();
}

/** Rectangles with edges on whole pixels of the canvas, so that neighbours leave no line between them. */
function drawRects(
  { context, css, path, pixelRatio }: Pen,
  { cells, fill, hatch }: RectsMark,
  x: number,
  y: number,
): void {
  const whole = (at: number, origin: number): number => Math.round((at + origin) * pixelRatio) / pixelRatio - origin;
  context.fillStyle = css(fill);
  for (const [left, top, width, height] of cells) {
    const [x0, y0] = [whole(left, x), whole(top, y)];
    context.fillRect(x0, y0, whole(left + width, x) - x0, whole(top + height, y) - y0);
  }
  if (hatch === undefined || cells.length === 0) return;
  context.clip(path(rectPath(cells)));
  const ends = cells.flatMap(([left, top, width, height]) => [left + top, left + width + top + height]);
  const [first, last] = [Math.min(...ends) / Math.SQRT2, Math.max(...ends) / Math.SQRT2];
  const long = last - first + cells.reduce((sum, [, top, , height]) => Math.max(sum, top + height), 0);
  context.rotate(Math.PI / 4);
  context.fillStyle = css(hatch);
  for (let at = Math.floor(first / HATCH) * HATCH; at < last; at += HATCH) {
    context.fillRect(at, -long, HATCH_WIDTH, 2 * long);
  }
}
const HATCH = 5; // distance of the lines of a hatch [px]
const HATCH_WIDTH = 0.6;

function drawPoints(pen: Pen, { shape, xs, ys, radius, fill, stroke, width }: PointsMark): void {
  const { context, css } = pen;
  const outline = symbolPath(shape, radius);
  if (fill !== undefined) context.fillStyle = css(fill);
  if (fill !== undefined && xs.length > MOST_SEPARATE) {
    context.fill(pen.path(xs.map((x, i) => outline(x, ys[i]!)).join("")));
    return;
  }
  if (stroke !== undefined) setStroke(pen, stroke, { width });
  const marker = pen.path(outline(0, 0));
  xs.forEach((x, i) => {
    const y = ys[i]!;
    context.translate(x, y);
    if (fill !== undefined) context.fill(marker);
    if (stroke !== undefined) context.stroke(marker);
    context.translate(-x, -y);
  });
}

function drawRamp({ context, css }: Pen, { box: { x, y, width, height }, stops }: RampMark): void {
  const gradient = context.createLinearGradient(x, y + height, x, y);
  for (const [i, stop] of stops.entries()) gradient.addColorStop(i / Math.max(1, stops.length - 1), css(stop));
  context.fillStyle = gradient;
  context.fillRect(x, y, width, height);
}

function drawText({ context, css }: Pen, { x, y, text, size, weight, anchor, color, upwards }: TextMark): void {
  context.save();
  context.translate(x, y);
  if (upwards === true) context.rotate(-Math.PI / 2);
  context.fillStyle = css(color);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const parts = splitExponents(oneLine(text)).map(({ text, isExponent }) => {
    const font = `${weight === "bold" ? 700 : 400} ${isExponent ? raisedSize * size : size}px ${fontFamily}`;
    context.font = font;
    return { text, font, up: isExponent ? raisedBy * size : 0, width: context.measureText(text).width };
  });
  const total = parts.reduce((sum, { width }) => sum + width, 0);
  let at = anchor === "start" ? 0 : anchor === "middle" ? -total / 2 : -total;
  for (const { text, font, up, width } of parts) {
    context.font = font;
    context.fillText(text, at, -up);
    at += width;
  }
  context.restore();
}
