// A scene is a chart with every coordinate settled: plain data, no DOM, no theme. Each colour is a pair for the two
// themes, so one scene serves SVG, a canvas, a table and a test.

import type { Color } from "../color/color.ts";
import type { Range } from "../data/range.ts";
import type { Shape } from "../geometry/symbols.ts";
import type { Weight } from "../text/measure.ts";

/** A rectangle of the drawing [px]. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Drawn {
  /** Nothing outside this box is drawn. */
  readonly clip?: Box;
  /** Number of the series the mark belongs to, as in `a11y.series`. */
  readonly series?: number;
  /** From 0 to 1; 1 when left out. */
  readonly opacity?: number;
}

/** Lines or outlines; `d` is path data of SVG, which Canvas 2D's Path2D reads as well. */
export interface PathMark extends Drawn {
  readonly kind: "path";
  readonly d: string;
  readonly fill?: Color;
  readonly stroke?: Color;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** Markers of one shape; hollow ones are stroked in `color` and filled with `paper` or not at all. */
export interface PointsMark extends Drawn {
  readonly kind: "points";
  readonly shape: Shape;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Half of the width of a circle of equal weight [px]. */
  readonly radius: number;
  readonly fill?: Color;
  readonly stroke?: Color;
  readonly width?: number;
}

/** Rectangles of one colour, or hatched where there is nothing to show. */
export interface RectsMark extends Drawn {
  readonly kind: "rects";
  readonly cells: readonly (readonly [x: number, y: number, width: number, height: number])[];
  readonly fill: Color;
  readonly hatch?: Color;
}

/** One straight line. */
export interface RuleMark extends Drawn {
  readonly kind: "rule";
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly stroke: Color;
  readonly width: number;
  readonly dash?: readonly number[];
}

/** One line of text; x and y are the anchor on the baseline. */
export interface TextMark {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly anchor: "start" | "middle" | "end";
  readonly color: Color;
  /** Whether the text is turned by 90° around (x, y), so that it reads upwards. */
  readonly upwards?: boolean;
  /** The full text, where `text` was shortened. */
  readonly full?: string;
}

/** A rectangle whose colour runs through `stops` at equal distances, from below to above. */
export interface RampMark {
  readonly kind: "ramp";
  readonly box: Box;
  readonly stops: readonly Color[];
}

/** Marks moved by (x, y). */
export interface GroupMark {
  readonly kind: "group";
  readonly x: number;
  readonly y: number;
  readonly marks: readonly Mark[];
}

/** One thing that a scene draws. */
export type Mark = PathMark | PointsMark | RectsMark | RuleMark | TextMark | RampMark | GroupMark;

/** How one axis maps values to pixels, for hit testing and tests; its ink is among the marks. */
export interface Axis {
  readonly side: "bottom" | "left" | "right";
  readonly name: string;
  readonly scale: "linear" | "log" | "band";
  readonly domain: Range;
  /** Pixels at the ends of the domain. */
  readonly pixels: Range;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** One entry of the legend; its ink is among the marks. */
export interface LegendItem {
  readonly name: string;
  readonly key: LegendKey;
}

/** What stands before the name: a line, a marker, a swatch, or line and marker. */
export interface LegendKey {
  readonly line?: { readonly stroke: Color; readonly width: number; readonly dash: readonly number[] };
  readonly marker?: { readonly shape: Shape; readonly fill?: Color; readonly stroke?: Color };
  readonly swatch?: Color;
  readonly hatch?: Color;
}

/** The numbers of a chart as rows, possibly fewer than were drawn (`note` says so). */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly note?: string;
}

/** What the chart says without its picture. */
export interface A11y {
  readonly title: string;
  /** What there is to see, as a sentence. */
  readonly caption: string;
  readonly series: readonly { readonly name: string; readonly count: number }[];
  readonly table: Table;
}

/** A chart with every coordinate computed. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly axes: readonly Axis[];
  readonly legend: readonly LegendItem[];
  readonly a11y: A11y;
}

/** The size of a drawing [px]. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
