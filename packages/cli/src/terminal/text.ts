// Text for people: what may be printed of a string, colours, widths, and columns.
import { styleText } from "node:util";
import stringWidth from "string-width";

/** A string with a colour. */
export interface Painted {
  readonly color: "bold" | "dim" | "green" | "red" | "cyan";
  readonly text: string;
}

/** A line, or a part of one. */
export type Text = string | Painted | readonly Text[];

/** What the stream that a text goes to can show. */
export interface Look {
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
 * A string without any character that a terminal would obey, or that would hide or reorder others: control characters,
 * line and paragraph separators, marks of direction, characters of no width, halves of surrogate pairs. Each is shown by
 * its code point, such as \u{1b}. A table's names and labels may hold anything; so may file names.
 */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** Whether `visible` changes a string. */
export const hasHidden = (text: string): boolean => text.search(HIDDEN) >= 0;

/** A value as one line of JSON in which the same characters are written as escapes that JSON knows. */
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

/** The string that a stream is given for a text. */
export function printed(text: Text, look: Look): string {
  if (typeof text === "string") {
    return look.utf8 ? visible(text) : withoutPowers(visible(text)).replace(BEYOND_ASCII, (sign) => ascii[sign]!);
  }
  if (!("color" in text)) return text.map((part) => printed(part, look)).join("");
  const plain = printed(text.text, look);
  return look.colored ? styleText(text.color, plain, { validateStream: false }) : plain;
}

/** Columns that a text takes on a screen: a Chinese character takes two, a combining accent none. */
export const widthOf = (text: Text): number => stringWidth(printed(text, { colored: false, utf8: true }));

/** Parts joined with " · ", broken into lines of so many columns. */
export function wrapped(parts: readonly Text[], columns: number): Text[] {
  const lines: Text[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 3 + widthOf(part) <= columns)
      lines[lines.length - 1] = [last, " · ", part];
    else lines.push(part);
  }
  return lines;
}

/** Rows of cells as lines whose columns are aligned: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[], look: Look): string[] {
  const cells = rows.map((row) => row.map((cell) => printed(cell, look)));
  const widths = (cells[0] ?? []).map((_, j) => Math.max(...cells.map((row) => stringWidth(row[j] ?? ""))));
  return cells.map((row) =>
    row
      .map((cell, j) => {
        const room = " ".repeat(widths[j]! - stringWidth(cell));
        return j === 0 ? cell + room : room + cell;
      })
      .join("   ")
      .trimEnd(),
  );
}
