// Exponents of powers of ten as small raised digits in SVG.

import { writeExponents } from "../text/exponents.ts";
import { coordinate as c } from "../text/format.ts";
import { attributes } from "../text/markup.ts";

/** The height of exponents over the baseline and their font size, as shares of the font size. */
export const raisedBy = 0.35;
export const raisedSize = 0.7;

/** Escaped text with its exponents as small raised digits. */
export function withRaised(text: string, size: number): string {
  const up = attributes({ dy: c(-raisedBy * size), "font-size": c(raisedSize * size) });
  const down = attributes({ dy: c(raisedBy * size) });
  // Each exponent opens a tspan for the text after it, which ends with the text.
  let opened = 0;
  const raised = writeExponents(text, (exponent) => {
    opened++;
    return `<tspan${up}>${exponent}</tspan><tspan${down}>`;
  });
  return `${raised}${"</tspan>".repeat(opened)}`.replace(`<tspan${down}></tspan>`, "");
}
