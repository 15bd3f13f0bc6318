// HTML from templates: every value in a template is escaped, unless it is markup already.

import { writeExponents } from "../text/exponents.ts";
import { escaped } from "../text/markup.ts";

/** Markup, safe to put into a page. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | readonly (Markup | null)[];

/**
 * Markup from a template. Text and numbers in it are escaped, markup and lists of markup stay as they are, null is nothing.
 *
 * @example
 * ```ts
 * import { html } from "@downhill/plots/page";
 *
 * html`<p>${"1 < 2"}</p>`.markup; // "<p>1 &#60; 2</p>"
 * ```
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0]!;
  for (const [i, part] of parts.entries()) markup += rendered(part, isInText(markup)) + strings[i + 1]!;
  return { markup };
}

/** Whether markup may follow: not inside of a tag, and not in an element that holds text only. */
function isInText(markup: string): boolean {
  const last = markup.slice(markup.lastIndexOf("<"));
  return !last.startsWith("<") || (last.includes(">") && !/^<(title|script|style|textarea)\b/i.test(last));
}

/** A negative exponent as raised digits. Others stay Unicode's superscripts, which are not mistaken for digits when copied. */
const raised = (exponent: string, superscripts: string): string =>
  exponent.startsWith("−") ? `<sup>${exponent}</sup>` : superscripts;

function rendered(part: Part | null, isText: boolean): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") {
    const text = escaped(String(part));
    return isText ? writeExponents(text, raised) : text;
  }
  if ("markup" in part) return part.markup;
  return part.map((each) => each?.markup ?? "").join("\n");
}

/** Text that is markup already, such as the SVG of a chart. Its text is not escaped. */
export const trusted = (markup: string): Markup => ({ markup });

/** JSON for a script element: no text in it can end the element. */
export const jsonBlock = (value: unknown): Markup => ({
  markup: JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
});

/** A table with a header row. The first column names the row; the other columns are aligned to the right. */
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
