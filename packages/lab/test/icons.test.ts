// The page draws its signs, because fonts differ in the signs that they contain.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../src/page/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

test.each(files)("%s has no arrow, no shape and no picture of a font", (file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  expect(text.match(/[\u2190-\u21ff\u2300-\u2bff\u{1f000}-\u{1faff}]/gu) ?? []).toEqual([]);
});
