// Sentences on the page: powers of ten get real superscripts, because many fonts have no raised minus.

import { splitExponents } from "@downhill/plots/format";
import { html, type TemplateResult } from "lit-html";

/** The text with the exponents of its powers of ten as superscripts. */
export function prose(text: string): TemplateResult | string {
  const parts = splitExponents(text);
  if (parts.every(({ isExponent }) => !isExponent)) return text;
  return html`${parts.map((part) => (part.isExponent ? html`<sup>${part.text}</sup>` : part.text))}`;
}
