// What a terminal can show: colours unless NO_COLOR says otherwise, signs beyond ASCII where it says UTF-8.
import type { Io } from "../io.ts";

export interface Style {
  readonly utf8: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
  /** The text as this terminal can show it. */
  fit(text: string): string;
}

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
};

/** The style of stderr, or of a stream that is no terminal. */
export function styleOf({ env, interactive }: Pick<Io, "env" | "interactive">): Style {
  const utf8 = /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "") || env["WT_SESSION"] !== undefined;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const colored = !env["NO_COLOR"] && env["TERM"] !== "dumb" && (forced || interactive);
  const paint = (code: string) => (text: string) => (colored ? `\x1b[${code}m${text}\x1b[0m` : text);
  return {
    utf8,
    bold: paint("1"),
    dim: paint("2"),
    good: paint("32"),
    bad: paint("31"),
    accent: paint("36"),
    fit: (text) => (utf8 ? text : text.replace(/[·→−–…²≤✔✖■∞]/g, (sign) => ascii[sign]!)),
  };
}

/** Letters that a text takes on the screen, colours not counted. */
export function widthOf(text: string): number {
  const [first = "", ...painted] = text.split("\x1b");
  return [first, ...painted.map((part) => part.slice(part.indexOf("m") + 1))].reduce(
    (sum, part) => sum + [...part].length,
    0,
  );
}

/** Parts joined with " · ", broken into lines of so many letters. */
export function wrapped(parts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 3 + widthOf(part) <= columns)
      lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines;
}

/** Rows of text in columns: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[], gap = "   "): string[] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => widthOf(row[j] ?? ""))));
  return rows.map((row) =>
    row
      .map((text, j) => {
        const room = " ".repeat(widths[j]! - widthOf(text));
        return j === 0 ? text + room : room + text;
      })
      .join(gap)
      .trimEnd(),
  );
}
