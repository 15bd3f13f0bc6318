// Imports go from higher to lower layers only, stay within the package or its declared dependencies, and form no cycle.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findCycle, importsOf, type Package, packages, resolved, wrongImports } from "./importRules.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string): string => readFileSync(root + path, "utf8");

/** The source files of a package without its tests, as paths from the root of the repository. */
const filesOf = ({ folder, sources }: Package): string[] =>
  sources.flatMap((source) =>
    readdirSync(`${root}${folder}/${source}`, { recursive: true, encoding: "utf8" })
      .map((path) => `${folder}/${source}/${path.replaceAll("\\", "/")}`)
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith(".d.ts")),
  );

function dependenciesOf(folder: string): string[] {
  const fields = JSON.parse(read(`${folder}/package.json`)) as { dependencies?: object; peerDependencies?: object };
  return Object.keys({ ...fields.dependencies, ...fields.peerDependencies });
}

describe.each(packages.map((each) => [each.folder, each] as const))("%s", (folder, each) => {
  const files = filesOf(each);
  const imports = new Map(
    files.map((path) => [
      path,
      importsOf(path, read(path))
        .filter(({ from }) => from.startsWith("."))
        .map(({ from, typesOnly }) => ({ other: resolved(path, from), typesOnly })),
    ]),
  );

  it("has sources that import each other", () => {
    expect(files.length).toBeGreaterThan(3);
    expect([...imports.values()].flat().length).toBeGreaterThan(files.length - 2);
    for (const layer of each.layers?.order.flat() ?? [])
      expect(files.filter((path) => path.startsWith(`${folder}/src/${layer}/`)).length, layer).toBeGreaterThan(1);
  });

  it("has no import that breaks a rule", () => {
    const declared = dependenciesOf(folder);
    expect(files.flatMap((path) => wrongImports(path, read(path), declared).map((why) => `${path}: ${why}`))).toEqual(
      [],
    );
  });

  it("imports files that exist", () => {
    for (const [path, others] of imports)
      for (const { other } of others) expect(existsSync(root + other), path).toBe(true);
  });

  it("has no import cycle, except of types", () => {
    const values = [...imports].map(
      ([path, others]) => [path, others.filter(({ typesOnly }) => !typesOnly).map(({ other }) => other)] as const,
    );
    expect(findCycle(new Map(values))).toBeNull();
  });

  it("does not depend on a package that depends on it", () => {
    const name = (JSON.parse(read(`${folder}/package.json`)) as { name: string }).name;
    for (const other of packages)
      if (dependenciesOf(folder).includes((JSON.parse(read(`${other.folder}/package.json`)) as { name: string }).name))
        expect(dependenciesOf(other.folder)).not.toContain(name);
  });
});

it("nothing declares the command or the bench as a dependency", () => {
  for (const { folder } of packages)
    for (const name of ["@downhill/cli", "downhill-bench"]) expect(dependenciesOf(folder)).not.toContain(name);
});

it("imports within training/ go down its folders, except for types", () => {
  const folders = ["threads", "objective", "state", "order", "stopping", "run"];
  const training = "packages/downhill/src/training/";
  const layerOf = (path: string): number => {
    const [folder, file] = path.slice(training.length).split("/");
    return file === undefined ? folders.length : folders.indexOf(folder!);
  };
  const files = filesOf(packages[0]!).filter((path) => path.startsWith(training));
  expect(new Set(files.map(layerOf))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  const upward = files.flatMap((path) =>
    importsOf(path, read(path))
      .filter(({ from, typesOnly }) => from.startsWith(".") && !typesOnly)
      .map(({ from }) => resolved(path, from))
      .filter((other) => other.startsWith(training) && layerOf(other) > layerOf(path))
      .map((other) => `${path} imports ${other}`),
  );
  expect(upward).toEqual([]);
});

describe("the rules", () => {
  const importing = (path: string, from: string): string[] =>
    wrongImports(`packages/downhill/src/${path}`, `import { x } from "${from}";`, []);

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
    ["training/train.ts", "./run/bindRun.ts"],
    ["estimators/a.ts", "../data/trainTestSplit.ts"],
    ["estimators/a.ts", "../metrics/roc.ts"],
    ["estimators/a.ts", "../core/check.ts"],
    ["estimators/a.ts", "./fit/b.ts"],
    ["estimators/fit/a.ts", "../fitted/b.ts"],
    ["data/a.ts", "../core/check.ts"],
    ["data/a.ts", "./scatter.ts"],
    ["workers/a.ts", "./b.generated.ts"],
    ["workers/a.ts", "../estimators/b.ts"],
    ["workers/a.ts", "../kernels/b.ts"],
    ["index.ts", "./estimators/a.ts"],
  ])("let %s import %s", (path, from) => expect(importing(path, from)).toEqual([]));

  it.each([
    ["core/a.ts", "../kernels/b.ts", "core/ may not import kernels/b.ts, which is not in a lower layer"],
    [
      "kernels/reference/a.ts",
      "../../losses/b.ts",
      "kernels/ may not import losses/b.ts, which is not in a lower layer",
    ],
    ["losses/hinge.ts", "./logistic.ts", "losses/hinge.ts may not import its neighbour logistic.ts"],
    ["losses/hinge.ts", "../predictors/a.ts", "losses/ may not import predictors/a.ts, which is not in a lower layer"],
    ["predictors/factors.ts", "./linear.ts", "predictors/factors.ts may not import its neighbour linear.ts"],
    ["predictors/network.ts", "./factors.ts", "predictors/network.ts may not import its neighbour factors.ts"],
    ["optimizers/adam.ts", "./momentum.ts", "optimizers/adam.ts may not import its neighbour momentum.ts"],
    ["training/a.ts", "../estimators/b.ts", "training/ may not import estimators/b.ts, which is not in a lower layer"],
    ["estimators/fit/a.ts", "../b.ts", "estimators/fit/a.ts may not import its neighbour b.ts"],
    ["core/a.ts", "../workers/b.ts", "core/ may not import workers/b.ts, which is not in a lower layer"],
    ["training/a.ts", "../data/b.ts", "training/ may not import data/b.ts"],
    ["core/a.ts", "../metrics/b.ts", "core/ may not import metrics/b.ts"],
    ["data/a.ts", "../kernels/b.ts", "data/ may import core/ only, not kernels/b.ts"],
    ["metrics/a.ts", "../data/b.ts", "metrics/ may import core/ only, not data/b.ts"],
    ["training/a.ts", "../index.ts", "training/ may not import index.ts, which is not in a lower layer"],
    ["helpers/a.ts", "../core/b.ts", "helpers/ belongs to no layer"],
    ["core/a.ts", "./b.js", "./b.js must end in .ts"],
    ["core/a.ts", "./b", "./b must end in .ts"],
    ["core/a.ts", "../../test/b.ts", "../../test/b.ts is outside the sources of packages/downhill"],
    ["core/a.ts", "d3-array", "packages/downhill does not declare d3-array as a dependency"],
    ["core/a.ts", "node:fs", "packages/downhill must run without Node, and may not import node:fs"],
    ["core/a.ts", "fs/promises", "packages/downhill must run without Node, and may not import fs/promises"],
  ])("keep %s from importing %s", (path, from, why) => expect(importing(path, from)).toEqual([why]));

  it.each<readonly [path: string, source: string, allowed: boolean]>([
    ["packages/plots/src/charts/a.ts", 'import { scaleLinear } from "d3-scale";', true],
    ["packages/plots/src/charts/a.ts", 'import { roc } from "./roc.ts";', false],
    ["packages/plots/src/charts/a.ts", 'import { html } from "../page/html.ts";', false],
    ["packages/plots/src/a.ts", 'import type { History } from "downhill";', false],
    ["packages/cli/src/a.ts", 'import { draw } from "@downhill/plots/page";', true],
    ["packages/cli/src/a.ts", 'import { readFileSync } from "node:fs";', true],
    ["packages/cli/src/a.ts", 'import { readFileSync } from "fs";', false],
    ["packages/cli/src/commands/a.ts", 'import { a } from "../training/b.ts";', true],
    ["packages/cli/src/training/a.ts", 'import { a } from "../reporters/b.ts";', false],
    ["packages/cli/src/table/csv/a.ts", 'import { a } from "../cells/b.ts";', true],
    ["packages/cli/src/table/cells/a.ts", 'import { a } from "../csv/b.ts";', false],
    ["packages/cli/src/table/csv/a.ts", 'import { a } from "../openTable.ts";', false],
    ["packages/cli/src/table/a.ts", 'import { a } from "./csv/b.ts";', true],
    ["packages/cli/src/other/a.ts", 'import { a } from "../table/b.ts";', false],
    ["packages/gallery/src/a.ts", 'export { run } from "../../../packages/cli/src/run.ts";', false],
    ["packages/gallery/src/a.ts", 'const page = await import("@downhill/cli/page");', false],
    ["packages/gallery/src/a.ts", "const page = await import(name);", false],
    ["bench/programs/a.ts", 'import { a } from "../src/b.ts";', true],
    ["bench/programs/a.ts", 'import { a } from "../../packages/downhill/src/index.ts";', false],
    ["packages/downhill/src/core/a.ts", 'const late = await import("../kernels/wasm.ts");', false],
    ["packages/downhill/src/core/a.ts", 'import "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'export type { A } from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'export * from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", 'import {\n  a,\n  b,\n} from "../kernels/wasm.ts";', false],
    ["packages/downhill/src/core/a.ts", '// import { a } from "../kernels/wasm.ts";', true],
    ["packages/downhill/src/core/a.ts", 'const text = "http://x"; import { a } from "../kernels/wasm.ts";', false],
  ])("in %s, %j is allowed: %s", (path, source, allowed) => {
    expect(wrongImports(path, source, ["d3-scale", "@downhill/plots"]).length === 0).toBe(allowed);
  });

  it("find a cycle", () => {
    const imports = new Map([
      ["a", ["b", "c"]],
      ["b", ["c"]],
      ["c", ["d"]],
      ["d", ["b"]],
    ]);
    expect(findCycle(imports)).toEqual(["b", "c", "d", "b"]);
    imports.set("d", []);
    expect(findCycle(imports)).toBeNull();
  });
});
