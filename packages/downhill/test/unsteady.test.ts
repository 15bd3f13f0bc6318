// The code that computes parameters calls no function that engines may round differently.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { unsteady } from "./unsteady.ts";

const home = fileURLToPath(new URL("../", import.meta.url));
const files = ["src", "assembly"].flatMap((folder) =>
  readdirSync(home + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => `${folder}/${path}`),
);

it("the library and its kernels call no function with different results in different engines", () => {
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((path) => unsteady(readFileSync(home + path, "utf8")).map((name) => `${path}: ${name}`));
  expect(found).toEqual([]);
});

describe("the rule", () => {
  it("finds functions of rounding and time", () => {
    for (const name of "exp log pow tanh sin cos hypot atan2 log1p expm1 log2 log10 random cbrt tan sinh acos".split(
      " ",
    )) {
      expect(unsteady(`const y = 1 + Math.${name}(2);`)).toEqual([`Math.${name}`]);
      expect(unsteady(`const { sqrt, ${name}: f } = Math;`)).toEqual([`Math.${name}`]);
    }
    expect(unsteady("const y = Math\n  .exp(1);")).toEqual(["Math.exp"]);
    expect(unsteady("const y = NativeMath.exp(1);")).toEqual(["Math.exp"]);
    expect(unsteady("const M = Math; M.exp(1);")).toEqual(["Math"]);
    expect(unsteady('Math["exp"](1)')).toEqual(["Math"]);
    expect(unsteady("x ** 2")).toEqual(["**"]);
    expect(unsteady("x **= 2")).toEqual(["**"]);
    expect(unsteady("`$" + "{Math.log(2)}`")).toEqual(["Math.log"]);
    expect(unsteady("Date.now() + Date()")).toEqual(["Date", "Date"]);
    expect(unsteady("new Date(); performance.now(); process.hrtime()")).toEqual(["Date", "performance", "hrtime"]);
  });

  it("accepts exact functions, comments and text", () => {
    const fine = [
      "Math.sqrt(2) + Math.max(1, Math.floor(x)) * Math.PI + Math.imul(2, 3)",
      "const { SQRT2 } = Math;",
      "/** 2 ** 3, Math.exp and the Date */ const a = 1; // performance ** Math.log",
      'const text = "Math.exp ** Date";',
      "const later = update + candidate;",
      "if (cell instanceof Date) return Number(cell); // the time of a cell is data, and not the time of the run",
      "const code = `/** A comment. */`;",
    ];
    for (const source of fine) expect(unsteady(source)).toEqual([]);
  });
});
