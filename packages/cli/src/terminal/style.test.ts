import { expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";
import { aligned, styleOf, widthOf, wrapped } from "./style.ts";

test("colours obey NO_COLOR, FORCE_COLOR and a dumb terminal", () => {
  const bold = (interactive: boolean, env: Record<string, string>) => styleOf({ interactive, env }).bold("x") !== "x";
  expect(bold(true, {})).toBe(true);
  expect(bold(false, {})).toBe(false);
  expect(bold(false, { FORCE_COLOR: "1" })).toBe(true);
  expect(bold(true, { NO_COLOR: "1" })).toBe(false);
  expect(bold(true, { TERM: "dumb" })).toBe(false);
});

test("UTF-8 is believed when the locale says so, LC_ALL first", () => {
  const utf8 = (env: Record<string, string>) => styleOf({ interactive: false, env }).utf8;
  expect(utf8({ LANG: "de_DE.UTF-8" })).toBe(true);
  expect(utf8({ LC_ALL: "C", LANG: "de_DE.UTF-8" })).toBe(false);
  expect(utf8({})).toBe(false);
});

test("parts are joined into lines, columns are aligned, colours take no room", () => {
  expect(wrapped(["one", "two", "three", "four"], 11)).toEqual(["one · two", "three", "four"]);
  expect(widthOf("\x1b[1mbold\x1b[0m")).toBe(4);
  expect(
    aligned(
      [
        ["", "a"],
        ["\x1b[1mlong\x1b[0m", "1,000"],
      ],
      " ",
    ),
  ).toEqual(["         a", "\x1b[1mlong\x1b[0m 1,000"]);
});

test("a sparkline keeps first heights, the last value and what is not finite", () => {
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
