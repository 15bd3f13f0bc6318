// Text for people: safe characters, colours, widths and aligned columns.
import { createRequire } from "node:module";
import { styleText } from "node:util";

/** A string with a colour. */
export interface Painted {
  readonly color: "bold" | "dim" | "green" | "red" | "cyan";
  readonly text: string;
}

/** A line, or a part of a line. */
export type Text = string | Painted | readonly Text[];

/** The style of a text: whether it may have colours, and characters beyond ASCII. */
export interface Style {
  readonly colored: boolean;
  readonly utf8: boolean;
}

const painted =
  (color: Painted["color"]) =>
  (text: string): Painted => ({ color, text });

export const bold = painted("bold");
export const dim = painted("dim");
export const good = painted("green");
export const bad = painted("red");
export const accent = painted("cyan");

const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * A string that is safe to print. A table's names and labels, and file names, can contain any character. A terminal obeys
 * control characters; other characters hide or reorder text: line and paragraph separators, direction marks, characters
 * without width, and halves of surrogate pairs. Each of these becomes its code point, such as \u{1b}.
 */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** Whether `visible` would change a string. */
export const hasHidden = (text: string): boolean => text.search(HIDDEN) >= 0;

/** A value as one line of JSON. The characters that `visible` replaces become JSON escapes. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(HIDDEN, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );

const ascii: Readonly<Record<string, string>> = {
  "·": "-",
  "→": "->",
  "−": "-",
  "–": "-",
  "…": "...",
  "²": "2",
  "≤": "<=",
  "✔": "+",
  "✖": "x",
  "■": "!",
  "∞": "inf",
  "“": '"',
  "”": '"',
};
const BEYOND_ASCII = new RegExp(`[${Object.keys(ascii).join("")}]`, "g");

/** "1.5e-9" for "1.5×10⁻⁹". */
const withoutPowers = (text: string): string =>
  text.replace(/×10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign: string, power: string) => {
    const digits = [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("");
    return `e${sign === "" ? "" : "-"}${digits}`;
  });

/** A text as a string for a stream. */
export function printed(text: Text, style: Style): string {
  if (typeof text === "string") {
    return style.utf8 ? visible(text) : withoutPowers(visible(text)).replace(BEYOND_ASCII, (sign) => ascii[sign]!);
  }
  if (!("color" in text)) return text.map((part) => printed(part, style)).join("");
  const plain = printed(text.text, style);
  return style.colored ? styleText(text.color, plain, { validateStream: false }) : plain;
}

/** A string of these characters has one column for each: ASCII, Latin letters, and the signs of the command. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2070-\u209f\u2190-\u22ff\u2500-\u25a0✔✖]*$/;
const requireHere = createRequire(import.meta.url);

/** The columns of a string without control characters. The module for all characters loads slowly, so it is loaded when it is needed. */
function stringWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  const loaded = requireHere("string-width") as typeof import("string-width");
  return loaded.default(text);
}

/** The columns of a terminal that a text occupies: two for a Chinese character, none for a combining accent. */
export const widthOf = (text: Text): number => stringWidth(printed(text, { colored: false, utf8: true }));

/** Joins parts with " · " into lines of at most this many columns. */
export function wrapped(parts: readonly Text[], columns: number): Text[] {
  const lines: Text[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 3 + widthOf(part) <= columns) {
      lines[lines.length - 1] = [last, " · ", part];
    } else lines.push(part);
  }
  return lines;
}

/** One line per row of cells: the first column aligned to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[], style: Style): string[] {
  const cells = rows.map((row) => row.map((cell) => printed(cell, style)));
  const widths = (cells[0] ?? []).map((_, j) => Math.max(...cells.map((row) => stringWidth(row[j] ?? ""))));
  return cells.map((row) =>
    row
      .map((cell, j) => {
        const padding = " ".repeat(widths[j]! - stringWidth(cell));
        return j === 0 ? cell + padding : padding + cell;
      })
      .join("   ")
      .trimEnd(),
  );
}
