// The frame of a page that holds charts: one file that asks for nothing else, and its figures.

import { html, type Markup, trusted } from "./html.ts";
import { css } from "./style.generated.ts";

export { html, jsonBlock, type Markup, tableOf, trusted } from "./html.ts";

/** What the page may load: nothing. Its style stands in it, and it has no script that runs. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * A page as the text of one HTML file, in the style of page.css: light and dark, for wide and narrow windows and paper.
 *
 * @param title  of the window
 * @param generator  the program that made the page; by it a program knows its own pages again
 * @param body  what stands in the body element
 */
export function pageOf(
  { title, generator }: { readonly title: string; readonly generator: string },
  body: Markup,
): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
<meta name="color-scheme" content="light dark" />
<meta name="generator" content="${generator}" />
<title>${title}</title>
<style>${trusted(css)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}

/** A chart of a page, drawn once for each width of the window at which its text is easy to read. */
export interface PageFigure {
  /** The figure's id, where something refers to it. */
  readonly id?: string;
  /** SVG for a wide and for a narrow window; for a window in between too, where the figure is as wide as the page. */
  readonly drawings: { readonly wide: string; readonly medium?: string; readonly narrow: string };
  readonly caption: string;
  /** Whether the figure takes the whole width of the page. */
  readonly full: boolean;
  /** What follows the caption. */
  readonly more?: Markup;
}

/** A text in which no line ends between a number and the percent sign after it. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, "$1\u00a0%");

/** A figure: the style shows the one drawing that suits the window. */
export function figureOf({ id, drawings, caption, full, more }: PageFigure): Markup {
  const name = id === undefined ? null : html` id="${id}"`;
  const { wide, medium, narrow } = drawings;
  return html`<figure${name}${full ? trusted(' class="full"') : null}>
<div class="wide">${trusted(wide.trim())}</div>
${medium === undefined ? null : html`<div class="medium">${trusted(medium.trim())}</div>`}
<div class="narrow">${trusted(narrow.trim())}</div>
<figcaption>${unbroken(caption)}</figcaption>
${more ?? null}
</figure>`;
}
