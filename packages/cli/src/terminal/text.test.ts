import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { anyText } from "../../../downhill/test/anyText.ts";
import { sparkline } from "../reporters/sparkline.ts";
import { styleOf } from "./terminal.ts";
import { aligned, bold, good, jsonLine, printed, visible, widthOf, wrapped } from "./text.ts";

const plain = { colored: false, utf8: true };
const anything = anyText(40);
/** Cc: C0, DEL and C1; Cs: halves of pairs; Zl, Zp: separators; the marks of direction that Unicode lists. */
const harmful = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

test("NO_COLOR, FORCE_COLOR and a dumb terminal decide whether text has colours", () => {
  const colored = (interactive: boolean, env: Record<string, string>) => styleOf({ interactive, env }).colored;
  expect(colored(true, {})).toBe(true);
  expect(colored(false, {})).toBe(false);
  expect(colored(false, { FORCE_COLOR: "1" })).toBe(true);
  expect(colored(false, { FORCE_COLOR: "0" })).toBe(false);
  expect(colored(true, { NO_COLOR: "1" })).toBe(false);
  expect(colored(true, { TERM: "dumb" })).toBe(false);
  expect(printed(["a ", bold("b"), [" ", good("c")]], { colored: true, utf8: true })).toBe(
    "a \x1b[1mb\x1b[22m \x1b[32mc\x1b[39m",
  );
});

test("UTF-8 is used if the locale has it; LC_ALL comes first", () => {
  const utf8 = (env: Record<string, string>) => styleOf({ interactive: false, env }).utf8;
  expect(utf8({ LANG: "de_DE.UTF-8" })).toBe(true);
  expect(utf8({ LC_ALL: "C", LANG: "de_DE.UTF-8" })).toBe(false);
  expect(utf8({})).toBe(false);
});

test("every text has the width of string-width, also without loading this module", () => {
  for (let code = 0x20; code < 0x3000; code++) {
    const text = printed(`a${String.fromCodePoint(code)}`, plain);
    if (widthOf(text) !== stringWidth(text)) throw new Error(`U+${code.toString(16)} has another width`);
  }
  const narrow = fc.string({ unit: fc.constantFrom(..."abc é×·→−–…²≤✔✖■━╸━─▁█⁻⁹∞“”") });
  const wide = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(fc.oneof(narrow, wide), (text) => {
      expect(widthOf(text)).toBe(stringWidth(visible(text)));
    }),
  );
});

test("a terminal without UTF-8 gets every number in ASCII", () => {
  expect(printed("−1.5×10⁻¹² ≤ 2×10⁸, R² 0.5, ∞", { colored: false, utf8: false })).toBe(
    "-1.5e-12 <= 2e8, R2 0.5, inf",
  );
});

test("no string is printed with a character that a terminal obeys", () => {
  fc.assert(
    fc.property(anything, (text) => {
      for (const colored of [false, true]) {
        expect(printed([text, ["x", text]], { colored, utf8: true })).not.toMatch(harmful);
        const [first = "", ...codes] = printed(bold(text), { colored, utf8: false }).split("\x1b");
        expect(codes.length).toBe(colored ? 2 : 0);
        expect(first + codes.join("")).not.toMatch(harmful);
      }
      expect(visible(visible(text))).toBe(visible(text));
    }),
  );
});

test("hidden characters become code points, and other text is unchanged", () => {
  expect(visible("\x1b[31ma\x07\x7f\x9b\u202e\u2066\u061c\u2028\ud800\ufeff")).toBe(
    "\\u{1b}[31ma\\u{7}\\u{7f}\\u{9b}\\u{202e}\\u{2066}\\u{61c}\\u{2028}\\u{d800}\\u{feff}",
  );
  for (const text of ["größe, 2020", "日本語", "é", "👩‍🔬", "می‌خواهم", "±2^53 “x” 5 %"]) {
    expect(visible(text)).toBe(text);
  }
});

test("JSON reads back the same, on one line, without such characters", () => {
  fc.assert(
    fc.property(anything, fc.jsonValue(), (text, value) => {
      const line = jsonLine({ [text]: value, text });
      expect(line).not.toMatch(harmful);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ [text]: value, text })));
    }),
  );
  expect(jsonLine("\u202e\u2028\x9b\u{e0041}")).toBe('"\\u202e\\u2028\\u009b\\udb40\\udc41"');
});

test("parts are joined into lines, columns are aligned, colours have no width", () => {
  expect(wrapped(["one", bold("two"), "three", "four"], 11).map((line) => printed(line, plain))).toEqual([
    "one · two",
    "three",
    "four",
  ]);
  expect(widthOf(bold("bold"))).toBe(4);
  expect(
    aligned(
      [
        ["", "a"],
        ["long", "1,000"],
      ],
      plain,
    ),
  ).toEqual(["           a", "long   1,000"]);
});

test("a Chinese character is two columns wide, a combining accent none", () => {
  const rows = [
    ["日本", "1"],
    ["e\u0301", "2"],
    ["\x07", "…"],
  ];
  expect(aligned(rows, plain)).toEqual(["日本    1", "e\u0301       2", "\\u{7}   …"]);
  expect(aligned(rows, { colored: false, utf8: false }).at(-1)).toBe("\\u{7}   ...");
  expect(widthOf("日本e\u0301\x07")).toBe(4 + 1 + 5);
});

test("a sparkline shows the first and the last value, and values that are not finite", () => {
  expect(sparkline([8, 4, 2, 1], 4)).toBe("█▄▂▁");
  expect(sparkline([1, 1], 4)).toBe("▁▁");
  expect(sparkline([3, Number.NaN, 1], 4)).toBe("█!▁");
  expect(
    sparkline(
      Array.from({ length: 1000 }, (_, i) => -i),
      5,
    ),
  ).toHaveLength(5);
  expect(sparkline([], 4)).toBe("");
});
