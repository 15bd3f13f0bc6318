import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  exportCoefficients,
  exportJs,
  exportOnnx,
  exportSql,
  linearRegression,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  softmaxRegression,
  tableModel,
} from "downhill";
import { afterAll, expect, test } from "vitest";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const rows = [
  { age: 20, size: 1 },
  { age: 40, size: 3 },
  { age: 50, size: 2 },
  { age: 70, size: 5 },
];
const model = logisticRegression().fit(rows, ["no", "no", "yes", "yes"]);
const saved = scratch.file("model.json", JSON.stringify(model));
const regression = scratch.file("regression.json", JSON.stringify(linearRegression().fit(rows, [1, 2, 3, 4])));
const network = scratch.file("network.json", JSON.stringify(networkClassifier({ epochs: 1 }).fit(rows, [0, 1, 0, 1])));

const text = (name: string): string => readFileSync(scratch.at(name), "utf8");

/** Exports the model of a file. */
const exported = (to: string, out: string, file = saved, ...more: string[]) =>
  downhill(["export", file, "--to", to, "--out", scratch.at(out), ...more]);

test("every format is what the library writes", async () => {
  for (const [to, out] of [
    ["onnx", "model.onnx"],
    ["js", "model.mjs"],
    ["sql", "model.sql"],
    ["coefficients", "coefficients.json"],
  ] as const) {
    const { code, stdout, stderr } = await exported(to, out);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(`${scratch.at(out)} written\n`);
  }
  expect(new Uint8Array(readFileSync(scratch.at("model.onnx")))).toEqual(exportOnnx(model));
  expect([text("model.mjs"), text("model.d.mts")]).toEqual(Object.values(exportJs(model)));
  expect(text("model.sql")).toMatch(/^-- A model of downhill/);
  expect(text("model.sql").split("\n").slice(1).join("\n")).toBe(`${exportSql(model)}\n`);
  expect(JSON.parse(text("coefficients.json"))).toEqual(exportCoefficients(model));
});

test("the module predicts in Node without the library", async () => {
  await exported("js", "own.mjs");
  const program = `import { predict } from ${JSON.stringify(pathToFileURL(scratch.at("own.mjs")).href)};
console.log(JSON.stringify(${JSON.stringify(rows)}.map(predict)));`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect([ran.stderr, JSON.parse(ran.stdout)]).toEqual(["", model.predict(rows)]);
});

test("the preparation of a table is part of the export", async () => {
  const people = Array.from({ length: 12 }, (_, i) => ({
    age: i % 5 === 0 ? "n/a" : i,
    sex: i % 2 === 0 ? "male" : "female",
    y: i > 5 ? "yes" : "no",
  }));
  const table = tableModel(logisticRegression(), { target: "y" }).fit(people);
  const file = scratch.file("table.json", JSON.stringify(table));
  for (const [to, out] of [
    ["onnx", "table.onnx"],
    ["js", "table.mjs"],
    ["sql", "table.sql"],
    ["coefficients", "table-coefficients.json"],
  ] as const) {
    expect((await exported(to, out, file)).code).toBe(0);
  }
  expect(new Uint8Array(readFileSync(scratch.at("table.onnx")))).toEqual(exportOnnx(table));
  expect(text("table.mjs")).toBe(exportJs(table).module);
  expect(text("table.sql")).toContain(exportSql(table));
  expect(JSON.parse(text("table-coefficients.json"))).toEqual(exportCoefficients(table));
  const networks = tableModel(networkClassifier({ epochs: 1 }), { target: "y" }).fit(people);
  const rejectedNetwork = await exported("sql", "no.sql", scratch.file("tableNetwork.json", JSON.stringify(networks)));
  expect([rejectedNetwork.code, rejectedNetwork.stderr]).toEqual([
    3,
    expect.stringContaining("with --to sql, got a network"),
  ]);
});

test("sql computes a probability or a score, on request", async () => {
  await exported("sql", "p.sql", saved, "--probability", "yes");
  expect(text("p.sql")).toContain(exportSql(model, { probability: "yes" }));
  await exported("sql", "z.sql", saved, "--score", "yes");
  expect(text("z.sql")).toContain(exportSql(model, { score: "yes" }));
  const numbers = softmaxRegression().fit(rows, [1, 2, 3, 3]);
  const file = scratch.file("numbers.json", JSON.stringify(numbers));
  await exported("sql", "three.sql", file, "--probability", "3");
  expect(text("three.sql")).toContain(exportSql(numbers, { probability: 3 }));
});

test("a file of export may be replaced; another file only with --force, and the model never", async () => {
  for (const [to, out] of [
    ["onnx", "again.onnx"],
    ["js", "again.js"],
    ["sql", "again.sql"],
    ["coefficients", "again.json"],
  ] as const) {
    await exported(to, out);
    const { code, stderr } = await exported(to, out);
    expect([code, stderr.match(/replaced the existing file/g)?.length]).toEqual([0, to === "js" ? 2 : 1]);
  }
  writeFileSync(scratch.at("notes.d.ts"), "my own types");
  const rejected = await exported("js", "notes.js");
  expect(rejected.code).toBe(2);
  expect(rejected.stderr).toContain(
    "which is not a file of export of downhill. Use another file, or add --force to replace it.",
  );
  expect([text("notes.d.ts"), existsSync(scratch.at("notes.js"))]).toEqual(["my own types", false]);
  expect((await exported("js", "notes.js", saved, "--force")).code).toBe(0);
  const same = await exported("coefficients", "model.json", saved, "--force");
  expect([same.code, same.stderr]).toEqual([2, expect.stringContaining("is the same file as the model")]);
});

const ratings = matrixFactorization({ rank: 1, epochs: 1 }).fit({
  users: ["a", "b"],
  items: ["x", "y"],
  ratings: [1, 2],
});

test.each<[code: number, message: string, argv: string[]]>([
  [2, "--out must end in .js or .mjs with --to js, got", ["js", "model.ts"]],
  [
    2,
    "--probability belongs to --to sql, got --to onnx. Leave out --probability.",
    ["onnx", "a.onnx", saved, "--probability", "yes"],
  ],
  [
    2,
    '--score "maybe" is not a class of the model. Choose one of its classes: no, yes.',
    ["sql", "a.sql", saved, "--score", "maybe"],
  ],
  [
    2,
    '--probability "x" is not a class of the model. Leave out --probability.',
    ["sql", "a.sql", regression, "--probability", "x"],
  ],
  [
    2,
    'score must be "yes", the class of the only score, got "no". Pass "yes".',
    ["sql", "a.sql", saved, "--score", "no"],
  ],
  [
    3,
    "the model must have linear scores with --to sql, got a network. Use --to onnx or --to js.",
    ["sql", "a.sql", network],
  ],
  [
    3,
    "the model must have linear scores with --to coefficients, got a network. Use --to onnx or --to js.",
    ["coefficients", "a.json", network],
  ],
  [
    3,
    "the model must predict from columns, got a factorization",
    ["onnx", "a.onnx", scratch.file("ratings.json", JSON.stringify(ratings))],
  ],
  [3, "is not a model file", ["onnx", "a.onnx", scratch.file("text.json", "text")]],
  [3, "cannot be read", ["onnx", "a.onnx", scratch.at("missing.json")]],
])("error %i: %s", async (code, message, [to, out, ...more]) => {
  const ran = await exported(to!, out!, ...(more as [string?]));
  expect(ran.stderr).toContain(message);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(/✖ export: /);
});
