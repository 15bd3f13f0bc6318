// Formulas as MathML, from a short notation: x_{i}, x^{2}, frac{1}{n}. A word of several letters is text.

import { html, type MathMLTemplateResult, mathml, type TemplateResult } from "lit-html";

const FUNCTIONS: readonly string[] = ["exp", "ln", "max"];

const SPACE = () => mathml`<mspace width="0.17em"></mspace>`;

/** A formula on the page. */
export const formula = (text: string): TemplateResult => html`<math display="block">${rowOf(text)}</math>`;

/** The parts of a formula. */
function rowOf(text: string): MathMLTemplateResult[] {
  const parts: MathMLTemplateResult[] = [];
  let at = 0;
  const group = (): MathMLTemplateResult[] => {
    const end = closing(text, at);
    const inner = rowOf(text.slice(at + 1, end));
    at = end + 1;
    return inner;
  };
  while (at < text.length) {
    if (text.startsWith("frac{", at)) {
      at += 4;
      parts.push(mathml`<mfrac><mrow>${group()}</mrow><mrow>${group()}</mrow></mfrac>`);
      continue;
    }
    if (text.startsWith("_{", at) || text.startsWith("^{", at)) {
      const isBelow = text[at++] === "_";
      const base = parts.pop();
      const inner = group();
      parts.push(
        isBelow ? mathml`<msub>${base}<mrow>${inner}</mrow></msub>` : mathml`<msup>${base}<mrow>${inner}</mrow></msup>`,
      );
      continue;
    }
    const [token] = /^(\s+|\d+(\.\d+)?|\p{L}{2,}( \p{L}{2,})*|\p{L}|.)/u.exec(text.slice(at))!;
    at += token.length;
    if (token.trim() === "") continue;
    const isFunction = FUNCTIONS.includes(token);
    if (isFunction && /[\p{L})] $/u.test(text.slice(0, at - token.length))) parts.push(SPACE());
    parts.push(atom(token));
    if (isFunction && text[at] === " ") parts.push(SPACE());
  }
  return parts;
}

function atom(token: string): MathMLTemplateResult {
  if (/^\d/.test(token)) return mathml`<mn>${token}</mn>`;
  // A stretchy bar would be lowered under its power.
  if ("|()".includes(token)) return mathml`<mo stretchy="false" lspace="0" rspace="0">${token}</mo>`;
  if (!/^\p{L}/u.test(token) || token === "Σ") return mathml`<mo>${token}</mo>`;
  if (token.length === 1 || FUNCTIONS.includes(token))
    return mathml`<mi mathvariant="normal" class=${token.length === 1 ? "letter" : ""}>${token}</mi>`; // slanted by CSS: few fonts have the slanted letters of Unicode
  return mathml`<mtext>\u00a0${token}\u00a0</mtext>`;
}

/** The position of the brace that closes the one at `from`. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}
