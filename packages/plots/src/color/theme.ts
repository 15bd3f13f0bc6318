// The colours that do not depend on the data, as pairs for the light and the dark theme.

import type { Color } from "./color.ts";

/** The background of the drawing. */
export const paper: Color = ["#FFFFFF", "#15181D"];
/** Titles, and lines that matter most. */
export const ink: Color = ["#22262B", "#EDEFF2"];
/** Captions, tick labels and the names of axes. */
export const muted: Color = ["#5A626C", "#A3ABB6"];
/** Grid lines, and the background of cells without a value. */
export const gridColor: Color = ["#E8EAED", "#272C34"];
/** The border of a plot, and the hatching of cells without a value. */
export const borderColor: Color = ["#AEB4BC", "#59616D"];
