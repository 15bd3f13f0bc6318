// A style that a series has in every chart, instead of that of its place in the list.

import type { Color } from "../color/color.ts";
import { seriesColor, seriesDash, seriesShape } from "../color/series.ts";
import { symbolPath } from "../geometry/symbols.ts";
import { fail, requireOneOf } from "./check.ts";

/** What a series can have instead of the style of its place in the list, so that it looks the same in several charts. */
export interface SeriesStyle {
  /** Number of the colour, the dash pattern and the marker, a whole number from 0. Default: the place in the list. */
  readonly style?: number;
  /** How the line is drawn. Default: with the dash pattern of the style. */
  readonly line?: keyof typeof lineDashes;
}

const lineDashes = { solid: [], dashed: [3, 3], dashdot: [8, 2, 2, 2], dotted: [1, 3] } as const;

/** The dash pattern of a series with its own style or line; of series n by default. */
export const dashOf = ({ style, line }: SeriesStyle, n: number): readonly number[] =>
  line === undefined ? seriesDash(style ?? n) : lineDashes[line];

/** Requires that the style and the line of a series exist. */
export function checkStyle(functionName: string, argument: string, { style = 0, line = "solid" }: SeriesStyle): void {
  if (!Number.isInteger(style) || style < 0)
    fail(functionName, `${argument}.style must be a whole number from 0, got ${style}. Number the styles from 0.`);
  requireOneOf(functionName, { [`${argument}.line`]: line }, Object.keys(lineDashes));
}

/**
 * The colour and the marker of style n, for a sign in a page beside a chart: a pair of colours for the light and the dark theme, and the
 * path data of the marker around (0, 0). Colours repeat after seven, markers after six.
 *
 * @param n  a whole number from 0
 * @param radius  the radius of a circle with the area of the marker [px]
 * @throws RangeError when `n` is not a whole number from 0
 *
 * @example
 * ```ts
 * import { seriesMarker } from "@downhill/plots";
 *
 * const { color, path } = seriesMarker(1, 4);
 * const svg = `<svg viewBox="-6 -6 12 12"><path fill="${color[0]}" d="${path}"/></svg>`; // an orange square
 * ```
 */
export function seriesMarker(n: number, radius: number): { readonly color: Color; readonly path: string } {
  checkStyle("seriesMarker", "the series", { style: n });
  return { color: seriesColor(n), path: symbolPath(seriesShape(n), radius)(0, 0) };
}
