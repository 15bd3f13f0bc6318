// Text is measured by a table, never by the machine at hand, so a chart has the same layout everywhere.

import { boldAscii, boldLatin, regularAscii, regularLatin } from "./widths.ts";

/** Families that share the widths of widths.ts, on every system we know. */
export const fontFamily = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

export type Weight = "regular" | "bold";

/** Height of a line of text over its baseline, and depth under it, as shares of the font size. */
export const ascent = 0.76;
export const descent = 0.24;

/** Signs outside the tables: their widths in regular and in bold. */
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

/** Width of one character in thousandths of the font size; letters outside the table get a cautious estimate. */
function advance(character: string, weight: Weight): number {
  const code = character.codePointAt(0)!;
  const bold = weight === "bold";
  if (code < 32) return 278;
  if (code < 127) return (bold ? boldAscii : regularAscii)[code - 32]!;
  if (code >= 160 && code < 256) return (bold ? boldLatin : regularLatin)[code - 160]!;
  const single = singles[character];
  if (single !== undefined) return single[bold ? 1 : 0];
  if (code >= 0x2070 && code <= 0x2079) return 401;
  if (code >= 0x300 && code < 0x370) return 0;
  if (code < 0x370) return 700;
  if (code < 0x530) return bold ? 780 : 740;
  if (code < 0x1100) return 800;
  return code >= 0x1f000 ? 1400 : 1050;
}

/** Width of a line of text [px]. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let sum = 0;
  for (const character of text) sum += advance(character, weight);
  return (sum * size) / 1000;
}

/** As a renderer shows it: runs of spaces, breaks and control characters are one space, broken pairs a question mark. */
export function oneLine(text: string): string {
  return text
    .replace(/[\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** The text, or as much of its beginning as fits in `width` px with an ellipsis; nothing when not even that fits. */
export function truncate(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  let kept = "";
  let room = width - textWidth("…", size, weight);
  if (room < 0) return "";
  for (const character of text) {
    room -= (advance(character, weight) * size) / 1000;
    if (room < 0) break;
    kept += character;
  }
  return kept === "" ? "…" : `${kept.trimEnd()}…`;
}

/** The text, or as much of its beginning and of its end as fits in `width` px with an ellipsis between them. */
export function truncateMiddle(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  let room = width - textWidth("…", size, weight);
  if (room < 0) return "";
  let [head, tail] = [0, 0];
  for (;;) {
    const next = head <= tail ? letters[head]! : letters[letters.length - 1 - tail]!;
    room -= textWidth(next, size, weight);
    if (room < 0) break;
    if (head <= tail) head++;
    else tail++;
  }
  const end = tail === 0 ? "" : letters.slice(-tail).join("");
  return `${letters.slice(0, head).join("").trimEnd()}…${end.trimStart()}`;
}

/** The text broken at spaces into lines of at most `width` px; what is over after `lines` lines is elided. */
export function wrap(text: string, width: number, size: number, lines: number, weight: Weight = "regular"): string[] {
  const words = text.split(" ").filter((word) => word !== "");
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
