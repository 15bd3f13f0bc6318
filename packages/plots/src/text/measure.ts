// The width of text, by a table: so a chart has the same layout on every machine.

import { exponentPattern } from "./exponents.ts";
import { boldAscii, boldLatin, regularAscii, regularLatin } from "./widths.ts";

/** Fonts with the widths of widths.ts: at least one of them is on each common system. */
export const fontFamily = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

/** The weight of a text. */
export type Weight = "regular" | "bold";

/** Height of a line of text over its baseline, and depth under it, as shares of the font size. */
export const ascent = 0.76;
export const descent = 0.24;

/** Widths of characters outside the tables, regular and bold. */
const singles: Readonly<Record<string, readonly [regular: number, bold: number]>> = {
  "−": [584, 584],
  "–": [556, 556],
  "…": [1000, 1000],
  "‘": [222, 278],
  "’": [222, 278],
  "“": [333, 500],
  "”": [333, 500],
  "•": [350, 350],
  "≤": [549, 549],
  "≥": [549, 549],
  "⁻": [528, 528],
};

/** Width of one character in thousandths of the font size; letters outside the tables get an estimate that is rather too large. */
function advance(character: string, weight: Weight): number {
  const code = character.codePointAt(0)!;
  const bold = weight === "bold";
  if (code < 32) return 278;
  if (code < 127) return (bold ? boldAscii : regularAscii)[code - 32]!;
  if (code >= 160 && code < 256) return (bold ? boldLatin : regularLatin)[code - 160]!;
  const single = singles[character];
  if (single !== undefined) return single[bold ? 1 : 0];
  if (code >= 0x2070 && code <= 0x2079) return bold ? 430 : 410;
  if (code >= 0x300 && code < 0x370) return 0;
  if (code < 0x370) return 700;
  if (code < 0x530) return bold ? 780 : 740;
  if (code < 0x1100) return 800;
  return code >= 0x1f000 ? 1400 : 1050;
}

/** Width of a line of text [px]. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let sum = 0;
  // ¹, ² and ³ are narrower elsewhere, as in R².
  const even = text.replace(exponentPattern, (exponent) => "⁰".repeat(exponent.length));
  for (const character of even) sum += advance(character, weight);
  return (sum * size) / 1000;
}

/**
 * The text as a browser shows it on one line: every run of spaces, line breaks and control characters becomes one space,
 * and half of a surrogate pair becomes U+FFFD. No-break spaces stay.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/(?:(?!\u00a0)[\s\p{Cc}])+/gu, " ")
    .trim();
}

/** The text with a no-break space between a number and its unit: "98.0 %" never stands on two lines. */
export function keepUnits(text: string): string {
  return text.replace(/(\d) (?=[%°×]|(?:px|ms|s|min|h|kB|MB|GB)(?![\p{L}\d]))/gu, "$1\u00a0");
}

/** The text, or as much of its beginning as fits in `width` px with an ellipsis; "" when not even the ellipsis fits. */
export function truncate(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  let kept = "";
  let free = width - textWidth("…", size, weight);
  if (free < 0) return "";
  for (const character of text) {
    free -= (advance(character, weight) * size) / 1000;
    if (free < 0) break;
    kept += character;
  }
  return kept === "" ? "…" : `${kept.trimEnd()}…`;
}

/** The text, or as much of its beginning and of its end as fits in `width` px with an ellipsis between them. */
export function truncateMiddle(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  let free = width - textWidth("…", size, weight);
  if (free < 0) return "";
  let [head, tail] = [0, 0];
  for (;;) {
    const next = head <= tail ? letters[head]! : letters[letters.length - 1 - tail]!;
    free -= textWidth(next, size, weight);
    if (free < 0) break;
    if (head <= tail) head++;
    else tail++;
  }
  const end = tail === 0 ? "" : letters.slice(-tail).join("");
  return `${letters.slice(0, head).join("").trimEnd()}…${end.trimStart()}`;
}

/** How a text is broken into lines. */
export interface LineStyle {
  /** Largest width of a line [px]. */
  readonly width: number;
  /** Font size [px]. */
  readonly size: number;
  readonly weight: Weight;
  /** Largest number of lines; the last one is truncated where the text is longer. */
  readonly lines: number;
}

/** The text broken into lines at spaces, but not between a number and its unit. */
export function wrap(text: string, { width, size, weight, lines }: LineStyle): string[] {
  const words = keepUnits(text)
    .split(" ")
    .filter((word) => word !== "");
  const broken: string[] = [];
  let current = "";
  for (const [i, word] of words.entries()) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current === "" || textWidth(longer, size, weight) <= width) {
      current = longer;
      continue;
    }
    if (broken.length === lines - 1) {
      current = [current, ...words.slice(i)].join(" ");
      break;
    }
    broken.push(current);
    current = word;
  }
  if (current !== "") broken.push(current);
  return broken.map((line) => truncate(line, width, size, weight));
}
