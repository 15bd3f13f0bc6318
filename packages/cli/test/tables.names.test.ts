// DATA that exists as a file is that file and nothing else, whatever its name looks like.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { dataFiles } from "../src/output/dataFiles.ts";
import { openTable } from "./openTable.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const home = process.cwd();
beforeEach(() => process.chdir(scratch.path));
afterEach(() => process.chdir(home));
afterAll(() => scratch.remove());

/** Writes a file under a name, with folders where it has them. */
function write(name: string, content: string): void {
  mkdirSync(dirname(join(scratch.path, name)), { recursive: true });
  writeFileSync(join(scratch.path, name), content);
}

/** The columns and the cells of a table. */
async function read(data: string): Promise<[string[], unknown[][]]> {
  const open = await openTable("test", data);
  return [[...open.columns], await open.rows()];
}

const decoys = ["data1.csv", "stxr.csv", "qx.csv", "a.csv", "b.csv", "select.csv"];

test.each([
  "data[1].csv",
  "st*r.csv",
  "q?.csv",
  "[!a].csv",
  "[a-c].csv",
  "{a,b}.csv",
  "it's.csv",
  'a "name".csv',
  "select 1.csv",
  "from x.csv",
  "with spaces.csv",
  "s3://bucket/x.csv",
  "https://example.org/x.csv",
  "~/x.csv",
  "**.csv",
  "a]b[.csv",
  "%20.csv",
  "a;b.csv",
  "back\\slash.csv",
  "back\\[slash].csv",
])("%s", async (name) => {
  for (const decoy of decoys) write(decoy, "x,y\n0,0\n");
  write(name, "x,y\n1,2\n3,4\n");
  expect(await read(name)).toEqual([
    ["x", "y"],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  const inQuery = `SELECT y, x FROM '${name.replaceAll("'", "''")}'`;
  expect(await read(inQuery)).toEqual([
    ["y", "x"],
    [
      [2, 1],
      [4, 3],
    ],
  ]);
});

test("DATA is the file of exactly this name, also beside files that match the name as a pattern", async () => {
  const letter = fc.constantFrom(..."ab1[]*?{}!-^'\" ,;=%#$~&()+@.é\u{1f600}");
  const names = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => `${letters.join("")}.csv`);
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      for (const each of ["a", "b", "1", "ab", "a1", "aa", "a.b"]) write(`names/${each}.csv`, "x\n0\n");
      write(`names/${name}`, "x\n7\n");
      try {
        expect((await read(`names/${name}`))[1]).toEqual([[7]]);
        expect((await read(`from 'names/${name.replaceAll("'", "''")}' select x`))[1]).toEqual([[7]]);
      } finally {
        rmSync(join(scratch.path, "names"), { recursive: true });
      }
    }),
    { numRuns: cases(10, 25) },
  );
});

test("a folder named key=value adds and changes no column, in any format and in a query", async () => {
  write("key=9/x=8/t.csv", "x,y\n1,2\n");
  write("key=9/x=8/t.json", '[{"x":1,"y":2}]');
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("COPY (SELECT 1 AS x, 2 AS y) TO 'key=9/x=8/t.parquet'");
  for (const ending of ["csv", "json", "parquet"]) {
    const name = `key=9/x=8/t.${ending}`;
    const table = [["x", "y"], [[1, 2]]];
    expect(await read(name)).toEqual(table);
    expect(await read(`SELECT * FROM '${name}'`)).toEqual(table);
    const reader = ending === "json" ? "read_json_auto" : `read_${ending}`;
    expect(await read(`SELECT * FROM ${reader}('${name}')`)).toEqual(table);
  }
  const withOption = await read("SELECT * FROM read_csv('key=9/x=8/t.csv', hive_partitioning = true)");
  expect(withOption[0]).toEqual(["x", "y", "key"]);
});

test("a pattern works as DATA and in a query; other names of no file have advice", async () => {
  write("part1.csv", "x,y\n1,2\n");
  write("part2.csv", "x,y\n3,4\n");
  expect((await downhill(["train", "SELCT * FROM 'part*.csv'", "--target", "y"])).stderr).toBe(
    "✖ train: the file \"SELCT * FROM 'part*.csv'\" does not exist. An SQL query must begin with SELECT, WITH or FROM.\n",
  );
  expect((await downhill(["train", "https://example.org/missing.csv", "--target", "y"])).stderr).toBe(
    '✖ train: the file "https://example.org/missing.csv" does not exist. The command reads no addresses of a network: download the file first.\n',
  );
  for (const data of ["part*.csv", "SELECT * FROM 'part*.csv'"]) {
    expect(await read(data)).toEqual([
      ["x", "y"],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  }
});

test("in a query a file can be named by its base name", async () => {
  write("d/first.csv", "id,x\n1,2\n");
  write("d/right.csv", "id,y\n1,3\n");
  const query = "SELECT first.x, r.y FROM 'd/first.csv' JOIN 'd/right.csv' r ON first.id = r.id";
  expect((await openTable("test", query)).columns).toEqual(["x", "y"]);
  const files = await dataFiles("test", query);
  expect(new Set(files.map(({ path }) => path))).toEqual(new Set(["d/first.csv", "d/right.csv"]));
});
