// predict --out: the formats of the file, and the types of its columns.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const rowsOf = async (sql: string) => (await connection.run(sql)).getRowObjectsJson();
const typesOf = async (path: string) =>
  (await rowsOf(`DESCRIBE FROM '${path}'`)).map((row) => `${String(row["column_name"])} ${String(row["column_type"])}`);

const rows = Array.from({ length: 5000 }, (_, i) => `${i},${i % 7},${i % 3 ? "red" : "blue"},${(i % 7) * 2}`);
const csv = scratch.file("t.csv", `id,x,color,y\n${rows.join("\n")}\n`);
const models: Record<string, string> = {};

beforeAll(async () => {
  for (const target of ["color", "y"]) {
    const kind = target === "y" ? ["--model", "linear"] : [];
    models[target] = scratch.at(`${target}.json`);
    const options = ["--target", target, "--drop", "id", "--epochs", "3", "--save", models[target], ...kind];
    expect((await downhill(["train", csv, ...options])).code).toBe(0);
  }
});

const predict = (target: string, data: string, out: string, ...more: string[]) =>
  downhill(["predict", models[target]!, data, "--out", scratch.at(out), ...more]);

test("Parquet and NDJSON have the predictions of the CSV file, in the same order", async () => {
  for (const target of ["color", "y"]) {
    const more = target === "color" ? ["--probabilities"] : [];
    for (const out of ["p.csv", "p.ndjson", "p.jsonl", "p.parquet"]) {
      const ran = await predict(target, csv, out, "--keep", "id", ...more, "--force");
      expect(ran.stderr).toMatch(/^5,000 predictions written to /);
      expect(ran.code).toBe(0);
    }
    const select = (path: string) => `SELECT * REPLACE (CAST(id AS VARCHAR) AS id) FROM '${scratch.at(path)}'`;
    const expected = await rowsOf(select("p.csv"));
    expect(expected).toHaveLength(5000);
    for (const out of ["p.ndjson", "p.jsonl", "p.parquet"]) {
      const found = await rowsOf(select(out));
      expect(found.map(({ id }) => Number(id))).toEqual(expected.map(({ id }) => Number(id)));
      expect(found.map(({ id: _, ...row }) => row)).toEqual(expected.map(({ id: _, ...row }) => row));
    }
  }
});

test("a Parquet file has typed columns: numbers, texts, and kept columns with the type that they have in DATA", async () => {
  await predict("color", csv, "typed.parquet", "--keep", "id", "--probabilities");
  expect(await typesOf(scratch.at("typed.parquet"))).toEqual([
    "id VARCHAR",
    "prediction VARCHAR",
    "probability_red DOUBLE",
    "probability_blue DOUBLE",
  ]);
  const data = scratch.at("data.parquet");
  await connection.run(
    `COPY (SELECT i AS id, CASE WHEN i <> 3 THEN DATE '2020-01-01' + i::INTEGER END AS day, i / 4 AS share, [i, i + 1] AS list,
       {'a': i, 'b': 'x,y'} AS pair, i % 7 AS x, 'red' AS color FROM range(10) t(i)) TO '${data}'`,
  );
  const ran = await predict("y", data, "kept.parquet", "--keep", "id,day,share,list,pair.a");
  expect(ran.code, ran.stderr).toBe(0);
  expect(await typesOf(scratch.at("kept.parquet"))).toEqual([
    "id BIGINT",
    "day DATE",
    "share DOUBLE",
    "list BIGINT[]",
    "pair.a BIGINT",
    "prediction DOUBLE",
  ]);
  const kept = await rowsOf(`SELECT * EXCLUDE (prediction) FROM '${scratch.at("kept.parquet")}'`);
  expect(kept).toEqual(await rowsOf(`SELECT id, day, share, list, pair.a AS "pair.a" FROM '${data}'`));
});

test("a Parquet file of predictions may be replaced, another Parquet file may not", async () => {
  const other = scratch.at("other.parquet");
  await connection.run(`COPY (SELECT 1 AS prediction) TO '${other}'`);
  expect(await predict("y", csv, "other.parquet")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("which is not a file of predictions of downhill"),
  });
  expect((await predict("y", csv, "own.parquet")).code).toBe(0);
  const again = await predict("y", csv, "own.parquet", "--keep", "color");
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("(replaced the existing file)") });
  for (const out of ["own.ndjson", "own.ndjson"]) expect((await predict("y", csv, out)).code).toBe(0);
});

test("columns whose names differ only in their case are an error in Parquet, and the advice works", async () => {
  const data = scratch.file("case.csv", "k,K,x,color\n1,2,3,red\n");
  const ran = await predict("y", data, "case.parquet", "--keep", "k,K");
  expect(ran).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('but "K" does not. Write a .csv or .ndjson file.'),
  });
  expect((await predict("y", data, "case.ndjson", "--keep", "k,K")).code).toBe(0);
  expect(readFileSync(scratch.at("case.ndjson"), "utf8")).toMatch(/^\{"k":"1","K":"2","prediction":/);
});

test("another ending is a usage error", async () => {
  expect(await predict("y", csv, "p.xlsx")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--out must end in .csv, .tsv, .json, .ndjson or .parquet, got"),
  });
});
