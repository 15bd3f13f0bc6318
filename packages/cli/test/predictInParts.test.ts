// predict and evaluate read a table in parts. These tables have three of them.
import { readFileSync } from "node:fs";
import {
  accuracy,
  brierScore,
  type FittedTableClassifier,
  load,
  logLossOfScores,
  rocCurve,
  takeColumn,
} from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downhill, recordsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");
const ratings = scratch.at("ratings.json");
const ROWS = 140_000;

const cells = (i: number): string[] => [`id${i}`, String((i * 7919) % 1000), ["red", "blue", "green"][i % 3]!];
const tableOf = (change: Readonly<Record<number, readonly string[]>> = {}): string =>
  `id,size,color\n${Array.from({ length: ROWS }, (_, i) => (change[i] ?? cells(i)).join(",")).join("\n")}\n`;
const data = scratch.file("data.csv", tableOf());

beforeAll(async () => {
  const rows = Array.from({ length: 300 }, (_, i) => [...cells(i), Number((i * 7919) % 1000 > 400)].join(","));
  const table = scratch.file("table.csv", `id,size,color,y\n${rows.join("\n")}\n`);
  const train = ["train", table, "--target", "y", "--drop", "id", "--hold-out", "0", "--save", model];
  expect((await downhill(train)).code).toBe(0);
  const pairs = Array.from({ length: 60 }, (_, i) => `u${i % 5},i${i % 7},${1 + (i % 4)}`).join("\n");
  const names = "--user user --item item --rating rating --epochs 2 --hold-out 0 --save".split(" ");
  const path = scratch.file("ratings.csv", `user,item,rating\n${pairs}\n`);
  expect((await downhill(["train", path, "--model", "factorization", ...names, ratings])).code).toBe(0);
});

const predicted = async (argv: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await downhill(["predict", ...argv]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
};

test("the predictions are those of the library for the whole table, beside the kept columns", async () => {
  const fitted = load(JSON.parse(readFileSync(model, "utf8"))) as FittedTableClassifier;
  const records = recordsOf(readFileSync(data, "utf8"));
  const labels = fitted.predict(records);
  const probabilities = fitted.probabilities(records).data;
  const lines = labels.map((label, i) => {
    const [id, size] = cells(i);
    return `${size},${id},${label},${probabilities[2 * i]},${probabilities[2 * i + 1]}`;
  });
  const stdout = await predicted([model, data, "--keep", "size,id", "--probabilities"]);
  expect(
    stdout ===
      `size,id,prediction,${fitted.classes.map((label) => `probability_${label}`).join(",")}\n${lines.join("\n")}\n`,
  ).toBe(true);
});

test("all formats have the same rows", async () => {
  const keep = ["--keep", "id,color", "--probabilities"];
  const csv = (await predicted([model, data, ...keep])).trimEnd().split("\n").slice(1);
  for (const name of ["out.json", "out.ndjson", "out.parquet"]) {
    expect((await downhill(["predict", model, data, ...keep, "--out", scratch.at(name)])).code).toBe(0);
  }
  const text = readFileSync(scratch.at("out.ndjson"), "utf8").trimEnd();
  expect(`[\n${text.replaceAll("\n", ",\n")}\n]\n` === readFileSync(scratch.at("out.json"), "utf8")).toBe(true);
  const rows = text.split("\n").map((line) => Object.values(JSON.parse(line) as object).join(","));
  expect(rows.every((row, i) => row === csv[i])).toBe(true);
  const names = "id, color, prediction AS p, 5 AS size, probability_0 + probability_1 AS sum";
  const query = `SELECT ${names} FROM '${scratch.at("out.parquet")}'`;
  const parquet = (await predicted([model, query, "--keep", "id,color,p,sum"])).trimEnd().split("\n").slice(1);
  expect(parquet.every((row, i) => row.startsWith(`${csv[i]!.split(",", 3).join(",")},1.0,`))).toBe(true);
});

test("cells that cannot be read are counted over all parts, and nothing is written", async () => {
  const bad = { 70000: ["a", "much", "red"], 139999: ["b", "more", "red"] };
  const { code, stdout, stderr } = await downhill(["predict", model, scratch.file("bad.csv", tableOf(bad))]);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("2 cells are not numbers; the first is");
  expect(stderr).toMatch(/"much" at .*bad\.csv:70002/);
});

test("missing cells and unseen categories are counted over all parts", async () => {
  const gaps = { 5: ["a", "", "red"], 70001: ["b", "1", "pink"], 139998: ["c", "", "grey"] };
  const { stdout, stderr } = await downhill(["predict", model, scratch.file("gaps.csv", tableOf(gaps))]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(ROWS + 1);
  expect(stderr).toBe(
    "2 missing cells replaced as in training: size 2\n" +
      '2 cells with a category that no training row has, such as "pink": color 2\n',
  );
});

test("pairs of users and items", async () => {
  const pair = (i: number) => (i === 70_000 ? ",i1" : `u${i % 9},i${i % 4}`);
  const text = Array.from({ length: ROWS }, (_, i) => pair(i));
  const path = scratch.file("pairs.csv", `user,item\n${text.join("\n")}\n`);
  const { stdout, stderr } = await downhill(["predict", ratings, path, "--keep", "item"]);
  expect(stderr).toBe("1 row has no user or no item. Its prediction is that of an unknown user or item.\n");
  const lines = stdout.trimEnd().split("\n").slice(1);
  expect(lines).toHaveLength(ROWS);
  const first = new Map<string, string>();
  for (const [i, line] of lines.entries()) if (!first.has(pair(i))) first.set(pair(i), line);
  expect(lines.every((line, i) => line === first.get(pair(i)))).toBe(true);
});

test("evaluate has the metrics of the predictions, and leaves out rows without a target", async () => {
  const answers = Array.from({ length: ROWS }, (_, i) => (i % 70_000 === 9 ? "" : String(i % 2)));
  const lines = answers.map((answer, i) => [...cells(i), answer].join(","));
  const path = scratch.file("targets.csv", `id,size,color,y\n${lines.join("\n")}\n`);
  const { stdout, stderr } = await downhill(["evaluate", model, path, "--json"]);
  expect(stderr).toContain("2 rows without a target left out\n");
  const rows = recordsOf(readFileSync(path, "utf8"));
  const { model: inner, testData } = load(JSON.parse(readFileSync(model, "utf8"))) as FittedTableClassifier;
  const { X, y } = testData(rows);
  const positive = inner.classes[1]!;
  expect(JSON.parse(stdout)).toMatchObject({
    rows: ROWS - 2,
    accuracy: accuracy(inner.predict(X), y),
    logLoss: logLossOfScores(inner.scores(X), y, inner.classes),
    rocArea: rocCurve(inner.scores(X).data, y, positive).area,
    brierScore: brierScore(takeColumn(inner.probabilities(X), 1), y, positive),
  });
});
