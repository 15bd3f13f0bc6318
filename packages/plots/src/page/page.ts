// A page with charts as one HTML file that loads no other file, and its figures.

import { keepUnits } from "../text/measure.ts";
import { html, type Markup, trusted } from "./html.ts";
import { css } from "./style.generated.ts";

export { keepUnits } from "../text/measure.ts";
export { html, jsonBlock, type Markup, tableOf, trusted } from "./html.ts";

/** The page may load nothing: its style is in it, and it runs no script. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * A page as the text of one HTML file, in the style of page.css: light and dark, for wide and narrow windows and paper.
 *
 * @param title  title of the window
 * @param generator  name of the program that made the page, for <meta name="generator">
 * @param body  content of the body element
 *
 * @example
 * ```ts
 * import { html, pageOf } from "@downhill/plots/page";
 *
 * const text = pageOf({ title: "A < B", generator: "my program" }, html`<h1>${"A < B"}</h1>`);
 * text.includes("<h1>A &#60; B</h1>"); // true
 * ```
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

/** A chart of a page. It is drawn for several widths of the window, so that its text can be read in each. */
export interface PageFigure {
  /** The id of the figure element. Default: none. */
  readonly id?: string;
  /** SVG for a wide and for a narrow window, and for a medium one where the figure has the full width of the page. */
  readonly drawings: { readonly wide: string; readonly medium?: string; readonly narrow: string };
  /** Text under the chart. */
  readonly caption: string;
  /** Whether the figure has the full width of the page. */
  readonly full: boolean;
  /** Markup after the caption. Default: none. */
  readonly more?: Markup;
}

/** A figure with all its drawings; the style of the page shows the one that suits the window. */
export function figureOf({ id, drawings, caption, full, more }: PageFigure): Markup {
  const name = id === undefined ? null : html` id="${id}"`;
  const { wide, medium, narrow } = drawings;
  return html`<figure${name}${full ? trusted(' class="full"') : null}>
<div class="wide">${trusted(wide.trim())}</div>
${medium === undefined ? null : html`<div class="medium">${trusted(medium.trim())}</div>`}
<div class="narrow">${trusted(narrow.trim())}</div>
<figcaption>${keepUnits(caption)}</figcaption>
${more ?? null}
</figure>`;
}
