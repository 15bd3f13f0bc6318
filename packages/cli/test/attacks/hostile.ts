// Strings and tables as an attacker, or a program with errors, would write them. The same seed gives the same ones.
import { random } from "downhill";

/** A source of random choices; the same seed gives the same ones. */
export interface Chance {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  one<T>(choices: readonly T[]): T;
  /** True with this probability. */
  maybe(probability: number): boolean;
}

export function chance(seed: number): Chance {
  const stream = random(seed);
  const below = (n: number): number => Math.floor(stream.uniform() * n);
  return {
    below,
    one: (choices) => choices[below(choices.length)]!,
    maybe: (probability) => stream.uniform() < probability,
  };
}

/** Texts that mean something to a terminal, a page, SQL, a spreadsheet or JavaScript. */
export const hostileTexts: readonly string[] = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "\x1b[31mred\x1b[0m",
  "\x1b]0;title\x07",
  "bell\x07",
  "back\x08\x08",
  "\x7f",
  "\x9b31m",
  "\u202eevil",
  "\u2066isolated\u2069",
  "line\u2028separator",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</style><script>alert(1)</script>",
  "--><svg onload=alert(1)>",
  "]]><script>alert(1)</script>",
  "javascript:alert(1)",
  "&lt;b&gt;",
  "=HYPERLINK(1)",
  "@SUM(1)",
  "'; DROP TABLE x; --",
  'a "quoted" name',
  "comma, inside",
  "semi;colon",
  "tab\tinside",
  "new\nline",
  "carriage\rreturn",
  " spaces around ",
  "",
  "é",
  "e\u0301",
  "日本語",
  "👩‍👩‍👧",
  "x".repeat(3000),
  "null",
  "NaN",
  "Infinity",
  "a:b",
  "path/../../up",
  "%s%n",
  "$HOME",
];

const numberTexts: readonly string[] = [
  "0",
  "-0",
  "1",
  "007",
  "1e3",
  "1e999",
  "1e-320",
  "1,5",
  "1.234,56",
  "1,234",
  "1_000",
  "40%",
  "$1.50",
  "0x10",
  "9007199254740993",
  "1e200",
  "3.14159",
  "-7",
  "+5",
  ".5",
];

/** How the cells of one column are made. */
type Cells = (row: number) => string;

function cellsOf(chosen: Chance): Cells {
  const few = Array.from({ length: 1 + chosen.below(4) }, () => chosen.one(hostileTexts));
  const odd = chosen.one([...hostileTexts, ...numberTexts]);
  const plain: readonly Cells[] = [
    (row) => String(row),
    () => String(chosen.below(1000) / 10),
    () => String(chosen.below(3)),
    () => chosen.one(["red", "green", "blue"]),
  ];
  const kinds: readonly Cells[] = [
    () => chosen.one(few),
    () => chosen.one(hostileTexts),
    () => chosen.one(numberTexts),
    () => chosen.one(["true", "false"]),
    () => chosen.one(["2020-01-01", "2021-12-31", "1.2.2020"]),
    () => (chosen.maybe(0.05) ? odd : String(chosen.below(100))),
    () => (chosen.maybe(0.1) ? "" : String(chosen.below(100))),
  ];
  return chosen.one(chosen.maybe(0.7) ? plain : kinds);
}

export interface HostileTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function hostileTable(chosen: Chance): HostileTable {
  const width = 1 + chosen.below(5);
  const columns = Array.from({ length: width }, (_, j) => (chosen.maybe(0.2) ? chosen.one(hostileTexts) : `c${j}`));
  const cells = columns.map(() => cellsOf(chosen));
  const rows = Array.from({ length: chosen.below(40) }, (_, i) => cells.map((cell) => cell(i)));
  return { columns, rows };
}

/** A table as the bytes of a CSV file, in the forms that different programs write. Sometimes the bytes are damaged. */
export function csvBytes({ columns, rows }: HostileTable, chosen: Chance): Buffer {
  const delimiter = chosen.one([",", ",", ",", ";", "\t", "|"]);
  const end = chosen.one(["\n", "\n", "\n", "\r\n", "\r\n", "\r"]);
  const quoteAll = chosen.maybe(0.2);
  const mixed = chosen.maybe(0.1);
  const quoted = (text: string): string =>
    quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  let lines = [columns, ...rows].map((cells) => cells.map(quoted).join(delimiter));
  if (chosen.maybe(0.05)) lines = ["", ...lines];
  if (chosen.maybe(0.05)) lines = [`sep=${delimiter}`, ...lines];
  const text = lines.map((line) => line + (mixed && chosen.maybe(0.1) ? chosen.one(["\n", "\r\n"]) : end)).join("");
  const encoded = chosen.one<() => Buffer>([
    () => Buffer.from(text),
    () => Buffer.from(text),
    () => Buffer.from(text),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(`\ufeff${text}`, "utf16le"),
    () => Buffer.from(text, "latin1"),
  ])();
  return chosen.maybe(0.2) ? damaged(encoded, chosen) : encoded;
}

/** The bytes after a few of them were changed, removed, doubled or added. */
export function damaged(bytes: Buffer, chosen: Chance): Buffer {
  let result = bytes;
  for (let hits = 1 + chosen.below(4); hits > 0; hits--) {
    const at = chosen.below(result.length + 1);
    const piece = Buffer.from([chosen.one([0, 0x22, 0x2c, 0x0a, 0x0d, 0xff, 0xc3, 0x5c, chosen.below(256)])]);
    const change = chosen.one<() => Buffer>([
      () => Buffer.concat([result.subarray(0, at), piece, result.subarray(at)]),
      () => Buffer.concat([result.subarray(0, at), piece, result.subarray(at + 1)]),
      () => result.subarray(0, at),
      () => Buffer.concat([result.subarray(0, at), result.subarray(Math.max(0, at - 20))]),
    ]);
    result = change();
  }
  return result;
}

/** Characters that move a terminal's cursor, change its colours or reorder its text; tabs and line ends are plain. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the test searches for these characters.
export const terminalControl = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
