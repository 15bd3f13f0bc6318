import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import {
  exportCoefficients,
  exportJs,
  exportOnnx,
  exportSql,
  linearRegression,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  savedWith,
  softmaxRegression,
  tableModel,
  withThreshold,
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

test("a model that the command trained predicts the same classes in every format", async () => {
  const csv = Array.from({ length: 60 }, (_, i) => {
    const age = i % 7 === 0 ? "n/a" : String(20 + ((i * 13) % 50));
    const joined = `2020-0${1 + (i % 9)}-1${i % 10}`;
    return [
      age,
      ["red", " blue", "", "it's"][i % 4],
      `"$1,${100 + i}.50"`,
      joined,
      (i * 13) % 50 > 20 ? "yes" : "no",
    ].join(",");
  });
  const data = scratch.file("people.csv", ["age,color,income,joined,answer", ...csv].join("\n"));
  const trained = scratch.at("people.json");
  const { code, stderr } = await downhill([
    "train",
    data,
    "--target",
    "answer",
    "--save",
    trained,
    "--model",
    "logistic",
  ]);
  expect([code, stderr]).toEqual([0, expect.anything()]);
  const { stdout } = await downhill(["predict", trained, data]);
  const expected = stdout.trim().split("\n").slice(1);
  expect(new Set(expected)).toEqual(new Set(["yes", "no"]));
  for (const [to, out] of [
    ["js", "people.mjs"],
    ["sql", "people.sql"],
    ["onnx", "people.onnx"],
  ] as const) {
    expect((await exported(to, out, trained)).code).toBe(0);
  }
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE TABLE people AS SELECT * FROM read_csv('${data}', all_varchar = true)`);
  const sql = await connection.runAndReadAll(`SELECT ${text("people.sql")} AS prediction FROM people`);
  expect(sql.getRows().map(([value]) => value)).toEqual(expected);
  const rows = (await connection.runAndReadAll("SELECT * FROM people")).getRowObjectsJS();
  const own = (await import(/* @vite-ignore */ pathToFileURL(scratch.at("people.mjs")).href)) as {
    predict(row: object): string;
  };
  expect(rows.map((row) => own.predict(row))).toEqual(expected);
});

test("a file of an earlier version, whose columns have another form, is an error", async () => {
  const old = scratch.file("old.json", JSON.stringify(savedWith(model, { table: { features: [], target: {} } })));
  const { code, stderr } = await exported("js", "old.js", old);
  expect([code, stderr]).toEqual([3, expect.stringContaining("was written by an earlier version")]);
});

test("errors name the options of the command", async () => {
  const thresholded = scratch.file("threshold.json", JSON.stringify(withThreshold(model, 0.3)));
  expect((await exported("coefficients", "t.json", thresholded)).stderr).toContain(
    "✖ export: coefficients cannot contain the threshold 0.3 of the model. Use --to onnx, --to js or --to sql.",
  );
  expect((await exported("sql", "t.sql", thresholded)).code).toBe(0);
  const dated = Array.from({ length: 9 }, (_, i) => ({ born: `${10 + i}/01/2000`, y: i }));
  const dates = tableModel(linearRegression({ l2: 1 }), {
    target: "y",
    columns: { born: { kind: "date", format: "%d/%m/%Y" } },
  }).fit(dated);
  const file = scratch.file("dates.json", JSON.stringify(dates));
  expect((await exported("sql", "d.sql", file)).stderr).toContain(
    '✖ export: column "born" must have dates and times of ISO 8601, but it has the format %d/%m/%Y, which standard SQL cannot read. ' +
      "Convert the column to ISO 8601 before the training, or use --to js.",
  );
  expect((await exported("js", "d.js", file)).code).toBe(0);
});
