// Imports go down only, and no path to parameters calls a function that engines may round as they like.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { references, unsteady, wrongImports } from "./floorRules.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** The sources below a folder, tests apart, as paths from the root; none where there is no such folder. */
function below(folder: string): string[] {
  if (!existsSync(root + folder)) return [];
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .sort();
}
const homes = ["packages", "examples"].flatMap((folder) =>
  readdirSync(root + folder).map((name) => `${folder}/${name}`),
);
const sources = homes.flatMap((home) => below(`${home}/src`));
const ours = sources.filter((path) => path.startsWith("packages/downhill/src/"));
const assembly = below("packages/downhill/assembly");
const read = (path: string): string => readFileSync(root + path, "utf8");

describe("the sources", () => {
  it("are found", () => {
    expect(ours.length).toBeGreaterThan(90);
    expect(assembly.length).toBeGreaterThan(7);
    for (const folder of [
      "core",
      "kernels/reference",
      "losses",
      "predictors",
      "optimizers",
      "training",
      "estimators",
      "workers",
      "data",
      "metrics",
    ]) {
      expect(ours.filter((path) => path.startsWith(`packages/downhill/src/${folder}/`)).length, folder).toBeGreaterThan(
        2,
      );
    }
    for (const home of ["packages/plots", "packages/cli", "examples/articles"]) {
      expect(
        sources.some((path) => path.startsWith(`${home}/src/`)),
        home,
      ).toBe(true);
    }
    const imports = ours.flatMap((path) => references(read(path)));
    expect(imports.length).toBeGreaterThan(300);
  });

  it("import what they may", () => {
    expect(sources.flatMap((path) => wrongImports(path, read(path)).map((why) => `${path}: ${why}`))).toEqual([]);
  });

  it("refuse what they are given by an error of the library's own, so that a fault of ours is told from it", () => {
    const bare = ours.filter((path) => /new (Range|Type)Error\(/.test(read(path)));
    expect(bare).toEqual([]);
  });

  it("import files that there are", () => {
    for (const path of ours) {
      for (const { from } of references(read(path))) {
        expect(existsSync(new URL(from, `file://${root}${path}`)), `${path}: ${from}`).toBe(true);
      }
    }
  });

  it("call nothing that rounds differently elsewhere", () => {
    const found = [...ours, ...assembly].flatMap((path) => unsteady(read(path)).map((name) => `${path}: ${name}`));
    expect(found).toEqual([]);
  });
});

describe("the rules", () => {
  const importing = (path: string, from: string): string[] =>
    wrongImports(`packages/downhill/src/${path}`, `import { x } from "${from}";`);

  it.each([
    ["core/a.ts", "./b.ts"],
    ["kernels/reference/a.ts", "../../core/b.ts"],
    ["kernels/reference/a.ts", "../kernels.ts"],
    ["losses/hinge.ts", "./loss.ts"],
    ["losses/hinge.ts", "../kernels/kernels.ts"],
    ["predictors/network.ts", "./linear.ts"],
    ["predictors/factors.ts", "./predictor.ts"],
    ["optimizers/adamW.ts", "./adam.ts"],
    ["optimizers/optimizerFromSpec.ts", "./momentum.ts"],
    ["training/train.ts", "../optimizers/optimizer.ts"],
    ["training/train.ts", "./run.ts"],
    ["estimators/a.ts", "../data/trainTestSplit.ts"],
    ["estimators/a.ts", "../metrics/roc.ts"],
    ["estimators/a.ts", "../core/check.ts"],
    ["data/a.ts", "../core/check.ts"],
    ["data/a.ts", "./scatter.ts"],
    ["diagnosis/a.ts", "../predictors/linear.ts"],
    ["workers/a.ts", "./b.generated.ts"],
    ["workers/a.ts", "../estimators/b.ts"],
    ["workers/a.ts", "../kernels/b.ts"],
    ["index.ts", "./estimators/a.ts"],
  ])("let %s import %s", (path, from) => expect(importing(path, from)).toEqual([]));

  it.each([
    ["core/a.ts", "../kernels/b.ts", "core/ may not import kernels/b.ts: it is on no floor below"],
    ["kernels/reference/a.ts", "../../losses/b.ts", "kernels/ may not import losses/b.ts: it is on no floor below"],
    ["losses/hinge.ts", "./logistic.ts", "losses/hinge.ts may not import its neighbour logistic.ts"],
    [
      "losses/hinge.ts",
      "../predictors/linear.ts",
      "losses/ may not import predictors/linear.ts: it is on no floor below",
    ],
    ["predictors/factors.ts", "./linear.ts", "predictors/factors.ts may not import its neighbour linear.ts"],
    ["predictors/network.ts", "./factors.ts", "predictors/network.ts may not import its neighbour factors.ts"],
    ["optimizers/adam.ts", "./momentum.ts", "optimizers/adam.ts may not import its neighbour momentum.ts"],
    ["optimizers/adam.ts", "../losses/loss.ts", "optimizers/ may not import losses/loss.ts: it is on no floor below"],
    ["training/a.ts", "../estimators/b.ts", "training/ may not import estimators/b.ts: it is on no floor below"],
    ["core/a.ts", "../workers/b.ts", "core/ may not import workers/b.ts: it is on no floor below"],
    ["kernels/a.ts", "../workers/b.ts", "kernels/ may not import workers/b.ts: it is on no floor below"],
    ["estimators/a.ts", "../workers/b.ts", "estimators/ may not import workers/b.ts: it is on no floor below"],
    ["workers/a.ts", "node:worker_threads", "downhill may import no package, not node:worker_threads"],
    ["training/a.ts", "../diagnosis/b.ts", "training/ may not import diagnosis/b.ts: it is on no floor below"],
    ["training/a.ts", "../data/b.ts", "training/ may not import data/b.ts"],
    ["core/a.ts", "../metrics/b.ts", "core/ may not import metrics/b.ts"],
    ["data/a.ts", "../kernels/b.ts", "data/ may import core/ only, not kernels/b.ts"],
    ["metrics/a.ts", "../data/b.ts", "metrics/ may import core/ only, not data/b.ts"],
    ["training/a.ts", "../index.ts", "training/ may not import index.ts: it is on no floor below"],
    ["helpers/a.ts", "../core/b.ts", "helpers/ stands on no floor"],
    ["core/a.ts", "./b.js", "./b.js must end in .ts"],
    ["core/a.ts", "./b", "./b must end in .ts"],
    ["core/a.ts", "../../test/b.ts", "../../test/b.ts lies outside of packages/downhill/src"],
    ["core/a.ts", "../../../plots/src/b.ts", "../../../plots/src/b.ts lies outside of packages/downhill/src"],
    ["core/a.ts", "d3-array", "downhill may import no package, not d3-array"],
    ["core/a.ts", "node:fs", "downhill may import no package, not node:fs"],
  ])("keep %s from importing %s", (path, from, why) => expect(importing(path, from)).toEqual([why]));

  it.each<readonly [path: string, source: string, allowed: boolean]>([
    ["packages/plots/src/a.ts", 'import type { History } from "downhill";', true],
    ["packages/plots/src/a.ts", 'import { type History, type Step } from "downhill";', true],
    ["packages/plots/src/a.ts", 'import { type History, roc } from "downhill";', false],
    ["packages/plots/src/a.ts", 'import { roc } from "downhill";', false],
    ["packages/plots/src/a.ts", 'import "downhill";', false],
    ["packages/plots/src/a.ts", 'import { scaleLinear } from "d3-scale";', true],
    ["packages/plots/src/a.ts", 'import { min } from "lodash";', false],
    ["packages/plots/src/a.ts", 'import { readFileSync } from "node:fs";', false],
    ["packages/cli/src/a.ts", 'import { roc } from "downhill";\nimport { draw } from "@downhill/plots";', true],
    ["packages/cli/src/a.ts", 'import { readFileSync } from "node:fs";', true],
    ["packages/cli/src/a.ts", 'import { run } from "./run";', false],
    ["packages/plots/src/a.ts", 'import type { Run } from "@downhill/cli";', false],
    ["examples/articles/src/a.ts", 'export { run } from "@downhill/cli";', false],
    ["examples/articles/src/a.ts", 'export { run } from "../../../packages/cli/src/run.ts";', false],
    ["packages/lab/src/a.ts", 'const page = await import("@downhill/cli/page");', false],
    ["packages/downhill/src/core/a.ts", 'const late = await import("../kernels/wasm.ts");', false],
    ["packages/downhill/src/core/a.ts", 'import "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'export type { A } from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'export * from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'import {\n  a,\n  b,\n} from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", '// import { a } from "../kernels/wasm.ts";', true],
    ["packages/downhill/src/core/a.ts", 'const text = "http://x"; import { a } from "../kernels/wasm.ts";', false],
  ])("for %s: %j may stand: %s", (path, source, allowed) => {
    expect(wrongImports(path, source).length === 0).toBe(allowed);
  });

  it("find what rounds or ticks", () => {
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
    expect(unsteady("new Date(); performance.now(); process.hrtime()")).toEqual(["Date", "performance", "hrtime"]);
  });

  it("leave exact functions, comments and text alone", () => {
    const fine = [
      "Math.sqrt(2) + Math.max(1, Math.floor(x)) * Math.PI + Math.imul(2, 3)",
      "const { SQRT2 } = Math;",
      "/** 2 ** 3, Math.exp and the Date */ const a = 1; // performance ** Math.log",
      'const text = "Math.exp ** Date";',
      "const later = update + candidate;",
    ];
    for (const source of fine) expect(unsteady(source)).toEqual([]);
  });
});
