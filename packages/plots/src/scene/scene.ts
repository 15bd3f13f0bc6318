// A scene is a chart with every coordinate computed, as plain data. Each colour is a pair, for the light and for the dark
// theme. A scene can be drawn as SVG or on a canvas, written as JSON, and checked in a test.

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
  /** Number of the series the mark belongs to. */
  readonly series?: number;
  /** From 0 to 1; 1 when left out. */
  readonly opacity?: number;
}

/** Lines or outlines; `d` is path data of SVG, which Path2D of Canvas 2D can read too. */
export interface PathMark extends Drawn {
  readonly kind: "path";
  readonly d: string;
  readonly fill?: Color;
  readonly stroke?: Color;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** Markers of one shape. A hollow marker has a stroke and no fill. */
export interface PointsMark extends Drawn {
  readonly kind: "points";
  readonly shape: Shape;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Radius of a circle with the area of the marker [px]. */
  readonly radius: number;
  readonly fill?: Color;
  readonly stroke?: Color;
  readonly width?: number;
}

/** Rectangles of one colour; cells without a value are hatched. */
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

/** One line of text; (x, y) is its anchor on the baseline. */
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

/** A rectangle with a gradient: `stops` are its colours at equal distances, from below to above. */
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

/** How an axis maps values to pixels. Its lines and labels are among the marks. */
export interface Axis {
  readonly side: "bottom" | "left" | "right";
  readonly name: string;
  readonly scale: "linear" | "log" | "band";
  readonly domain: Range;
  /** Pixels at the ends of the domain. */
  readonly pixels: Range;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** One entry of the legend. Its key and its name are among the marks. */
export interface LegendItem {
  readonly name: string;
  readonly key: LegendKey;
  /** Number of the series that the entry names, if it names one. */
  readonly series?: number;
  /** Where the entry is drawn; entries that have no space are not drawn. */
  readonly box?: Box;
}

/** The sign before a name in the legend: a line, a marker, a colour, or line and marker. */
export interface LegendKey {
  readonly line?: { readonly stroke: Color; readonly width: number; readonly dash: readonly number[] };
  readonly marker?: { readonly shape: Shape; readonly fill?: Color; readonly stroke?: Color };
  readonly swatch?: Color;
  readonly hatch?: Color;
}

/** The numbers of a chart as rows. Where they are fewer than the drawn numbers, `note` describes which. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly note?: string;
}

/** The chart for readers who cannot see the picture. */
export interface A11y {
  readonly title: string;
  /** What the picture shows, in sentences. */
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
  /** Points that can be moved, in the units of the axes. */
  readonly handles?: readonly (readonly [x: number, y: number])[];
  /** Axes of a triangle of probabilities, which are not drawn: its corners are at (0, 0), (1, 0) and (½, √3/2). */
  readonly triangle?: readonly [across: Axis, up: Axis];
}

/** The size of a drawing [px]. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** The part of the plot that is drawn, for a chart with one plot and numbers on both axes. Default: all of it. */
  readonly window?: Window;
  /**
   * Whether the page has a button over the box of each entry of the legend. The boxes are then at least 24 px high and wide, and do not
   * overlap; each row of the legend after the first takes 6 px more. Every entry has a box: if they need more rows than the drawing has space
   * for, the scene is higher than this height. Default: false.
   */
  readonly legendButtons?: boolean;
}

/** The ends of the axes of a part of a plot; the low end comes first, and is above 0 on a logarithmic axis. */
export interface Window {
  readonly x: Range;
  readonly y: Range;
}
