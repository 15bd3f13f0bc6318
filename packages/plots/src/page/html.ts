// HTML as text that cannot be broken out of: every value put into a template is escaped, unless it is markup already.

import { escaped } from "../text/markup.ts";

/** Markup, safe to put into a page. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | readonly (Markup | null)[];

/** Markup from a template: text is escaped, markup and lists of it are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, i) => (i === 0 ? "" : rendered(parts[i - 1]!)) + text).join("") };
}

function rendered(part: Part | null): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  if ("markup" in part) return part.markup;
  return part.map((each) => each?.markup ?? "").join("\n");
}

/** Markup made elsewhere, such as a drawing. */
export const trusted = (markup: string): Markup => ({ markup });

/** JSON that may stand in a script element: no text in it can end the element. */
export const jsonBlock = (value: unknown): Markup => ({
  markup: JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
});

/** A table with a header row; the first column names its row, the others are set to the right, as numbers are. */
export function tableOf(
  columns: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
  caption?: string,
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption ?? columns.join(", ")}"><table>
${caption === undefined ? null : html`<caption>${caption}</caption>`}
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(([first = "", ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
</tbody></table></div>`;
}
