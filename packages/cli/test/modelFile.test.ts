// The model file: the library reads it too, and the command checks its members.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type FittedClassifier, load, savedWith } from "downhill";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mutantOf } from "../../downhill/test/savedMutants.ts";
import { readModel } from "../src/model/modelFile.ts";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");
const data = scratch.file(
  "small.csv",
  "a,c,p,y\n1,red,4%,no\n2,blue,7%,yes\n3,red,1%,no\n4,blue,9%,yes\n5,red,2.5%,yes\n6,blue,3%,no\n",
);
type Members = { task: unknown; table: { features: unknown[]; target: unknown }; run: unknown };
let members: Members;

const run = async (...argv: string[]) => {
  const ran = await downhill(argv);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout;
};

beforeAll(async () => {
  await run("train", data, "--target", "y", "--epochs", "5", "--save", model);
  const { task, table, run: record } = JSON.parse(readFileSync(model, "utf8")) as Members;
  members = { task, table, run: record };
});

test("the library loads the command's file, from text and from parsed JSON", async () => {
  await run("train", dataset("iris"), "--target", "species", "--save", scratch.at("iris.json"));
  const text = readFileSync(scratch.at("iris.json"), "utf8");
  const own = (await run("predict", scratch.at("iris.json"), dataset("iris"))).trim().split("\n").slice(1);
  const rows = readFileSync(dataset("iris"), "utf8").trim().split("\n").slice(1);
  const X = rows.map((line) => line.split(",").slice(0, 4).map(Number));
  for (const saved of [text, JSON.parse(text)]) expect((load(saved) as FittedClassifier).predict(X)).toEqual(own);
  expect((load(text) as FittedClassifier).names).toEqual(
    rows.length > 0 && readFileSync(dataset("iris"), "utf8").split("\n")[0]!.split(",").slice(0, 4),
  );
});

/** The model file with changed members. */
const written = (changed: object): string =>
  scratch.file("changed.json", JSON.stringify(savedWith(load(readFileSync(model, "utf8")), changed as never)));

test("members that do not fit the model are errors", () => {
  const { features, target } = members.table as { features: { name: string; kind: string }[]; target: object };
  const [a, c, p] = features;
  const wrong: [object, string][] = [
    [{ task: "toString" }, 'its task must be regression, classification or ratings, got "toString"'],
    [{ task: "ratings" }, 'the task of its logistic model must be classification, got "ratings"'],
    [{ run: null }, "its run must be an object, got null"],
    [{ table: [] }, 'its table must be an object, got "[]"'],
    [
      { table: { features, target: { name: "y", kind: "constructor" } } },
      "its target must have a name and a kind, got ",
    ],
    [
      { table: { features: [a, c, { ...p, format: { decimal: [","], group: "", unit: "%" } }], target } },
      "each feature must have a name, a kind and",
    ],
    [
      { table: { features: [a, c, { ...p, format: { decimal: ".", group: ".", unit: "%" } }], target } },
      "each feature must have a name, a kind and",
    ],
    [{ table: { features: [a, c, { ...p, format: "%" }], target } }, "each feature must have a name, a kind and"],
    [{ table: { features: {}, target } }, 'its features must be a list, got "{}"'],
    [
      { table: { features: [a, { ...c, kind: "texts" }, p], target } },
      "each feature must have a name, a kind and, if it is text, different categories",
    ],
    [
      { table: { features: [a, { ...c, categories: "ab" }, p], target } },
      "each feature must have a name, a kind and, if it is text, different categories",
    ],
    [
      { table: { features: [a, { ...c, categories: ["blue", "blue"] }, p], target } },
      "each feature must have a name, a kind and, if it is text, different",
    ],
    [
      { table: { features: [a, { ...c, categories: ["blue", "grey"] }, p], target } },
      'its features must be the 4 features of its model, got "c=grey"',
    ],
    [{ table: { features: [a], target } }, "its features must be the 4 features of its model, got 1"],
    [
      { table: { features: [{ ...a, name: "__proto__" }, c, p], target } },
      'its features must be the 4 features of its model, got "__proto__"',
    ],
    [{ table: { features, target: { name: "a", kind: "text" } } }, 'its target must not be a feature, got "a"'],
  ];
  for (const [changed, rule] of wrong) {
    const path = written({ ...members, ...changed });
    expect(() => readModel("predict", path), rule).toThrow(
      `predict: the model file ${JSON.stringify(path)} is invalid: ${rule}`,
    );
  }
});

test("400 random changes of its members: each is an error with a message, or the predictions are the same", async () => {
  const before = await run("predict", model, data);
  const counts = { failed: 0, accepted: 0 };
  await fc.assert(
    fc.asyncProperty(mutantOf([members as never]), async ({ body }) => {
      if (body === null || typeof body !== "object" || Array.isArray(body)) return;
      const path = written(body);
      let table: unknown;
      try {
        table = readModel("predict", path).table;
      } catch (error) {
        expect((error as Error).name).toBe("DataError");
        expect((error as Error).message).toMatch(/^predict: .*model file .*\. [A-Z].*\.$/s);
        counts.failed++;
        return;
      }
      counts.accepted++;
      if (JSON.stringify(table) === JSON.stringify(members.table)) return; // the same model of the same columns
      const ran = await downhill(["predict", path, data]);
      if (ran.code === 0) expect(ran.stdout).toBe(before);
      else expect(ran.stderr).toMatch(/^✖ predict: column "\w+" must contain /); // the column has another kind in the file
    }),
    { numRuns: 400 },
  );
  expect(counts.failed).toBeGreaterThan(100);
  expect(counts.accepted).toBeGreaterThan(20);
});

test.skipIf(process.platform === "win32")("an endless device is not a model, and a pipe can be one", async () => {
  for (const path of ["/dev/zero", "/dev/urandom", "/dev/null"]) {
    const { code, stderr } = await downhill(["predict", path, data]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^✖ predict: .*(is not a model file|is not JSON)\. /)]);
  }
  const bin = new URL("../bin/downhill.js", import.meta.url).pathname;
  const piped = spawnSync("sh", ["-c", `cat "$0" | node "$1" predict /dev/stdin "$2"`, model, bin, data], {
    encoding: "utf8",
  });
  expect([piped.stdout, piped.stderr]).toEqual([await run("predict", model, data), ""]);
});
