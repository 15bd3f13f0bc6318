// Queries as DATA: a query is one SELECT, and it reads all rows of its files.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { inspectTable } from "downhill";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { openTable } from "./openTable.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const file = scratch.file("t.csv", "x,y\n1,2\n3,4\n");
const written = scratch.at("written.csv");

async function column(data: string): Promise<unknown[]> {
  const open = await openTable("test", data);
  return (await open.rows([{ name: open.columns[0]! }])).map(([cell]) => cell);
}

test.each([
  ["SELECT * FROM range(3) t(y); COPY (SELECT 1) TO 'FILE'", 2],
  ["SELECT 1 AS y ) ; COPY (SELECT 1 AS a) TO 'FILE'; SELECT * FROM (SELECT 1 AS y", 3],
  ["SELECT 1 AS y; ATTACH 'FILE' AS other", 2],
  ["SELECT 1 AS y; SELECT 2 AS y", 2],
  ["WITH a AS (SELECT 1 AS y) INSERT INTO t SELECT * FROM a", 2],
  ["SELECT * FROM query('COPY (SELECT 1) TO ''FILE''')", 3],
  ["FROM (PIVOT 'FILE' ON x USING sum(y))", 2],
  ["SELECT 1 AS y; INSTALL httpfs", 2],
  ["SELECT 1 AS y; SET threads = 4", 2],
  ["SELECT 1 AS y; PRAGMA version", 2],
  ["SELECT * FROM 's3://bucket/x.csv'", 3],
  ["SELECT * FROM read_parquet('https://example.org/x.parquet')", 3],
  ["SELECT y FROM FROM", 3],
  ["SELECT * FROM 'missing.csv'", 3],
])("%s is an error and writes nothing", async (query, code) => {
  const before = scratch.names();
  const ran = await downhill(["train", query.replaceAll("FILE", written), "--target", "y"]);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(/^✖ train: .+\.\n$/);
  if (code === 2) {
    expect(ran.stderr).toMatch(
      /the query must be one SELECT, but it .+\. Use one SELECT, because the command only reads data\.\n$/,
    );
  }
  expect(scratch.names()).toEqual(before);
});

test("forms of SELECT", async () => {
  expect(await column(`WITH t AS (SELECT * FROM '${file}') SELECT y FROM t WHERE x = 3; -- the end`)).toEqual([4]);
  expect(await column(`from '${file}' select x + y`)).toEqual([3, 7]);
  expect(
    await column(`SELECT x FROM (SELECT * FROM '${file}' UNION ALL SELECT * FROM read_csv('${file}')) ORDER BY x`),
  ).toEqual([1, 1, 3, 3]);
  expect(await column(`SELECT a FROM read_csv('${file}', skip = 1, header = false, names = ['a', 'b'])`)).toEqual([
    1, 3,
  ]);
  expect(await column("SELECT 9007199254740993 - 9007199254740992 AS one, 'a''b' AS text")).toEqual([1]);
});

const many = (cell: string) => `${cell}\n`.repeat(20_480);

test("decimals after 20,480 whole numbers are unchanged, also in a target", async () => {
  const late = scratch.file("late.csv", `v\n${many("1")}1.4\n`);
  expect((await column(`SELECT v FROM '${late}'`)).at(-1)).toBe(1.4);
  expect((await column(`SELECT v FROM read_csv('${late}')`)).at(-1)).toBe(1.4);
  expect((await column(`SELECT v FROM '${scratch.at("lat*.csv")}'`)).at(-1)).toBe(1.4);
  expect((await column(late)).at(-1)).toBe(1.4);
});

test("each file of a pattern is read with its own encoding and delimiter", async () => {
  scratch.file("own-1.csv", Buffer.from("\ufeffid,v,u\n007,1,4\n008,1.5,6\n", "utf16le"));
  scratch.file("own-2.csv", "v;id;u\n1.25;9;7\n");
  const query = `SELECT u, v FROM '${scratch.at("own-*.csv")}'`;
  const { stderr } = await downhill(["train", query, "--target", "v", "--hold-out", "0", "--no-save"]);
  expect(stderr).toMatch(/own-1\.csv is read as UTF-16LE/);
  expect(await column(`SELECT id FROM '${scratch.at("own-*.csv")}'`)).toEqual(["007", "008", "9"]);
  scratch.file("own-3.csv", "id,w\n1,2\n");
  await expect(column(`SELECT id FROM '${scratch.at("own-*.csv")}'`)).rejects.toThrow(/must have the same columns/);
});

/** Each column as the library reads it, with its facts. */
async function decided(data: string): Promise<unknown[]> {
  const open = await openTable("train", data);
  const { columns } = inspectTable(await open.readCells());
  const facts = columns.map(({ name: _, role: __, ...others }) => others);
  return JSON.parse(JSON.stringify(facts).replaceAll("Infinity", "inf")); // a query casts the text inf to a number
}

test("a query reads the cells of a file like the file alone", async () => {
  const cells = [
    "yes,t,0x1F,2020-01-01,true,1_000,1e3, 7,12345678901234567890",
    "no,f,0x2F,2021-12-31,false,2_000,5,8,12345678901234567891",
  ];
  const path = scratch.file("words.csv", `a,b,c,d,e,f,g,h,i\n${cells.join("\n")}\n`);
  const alone = await decided(path);
  const kinds = ["boolean", "boolean", "category", "date", "boolean", "number", "number", "number", "category"];
  expect(alone.map((column) => (column as { kind: string }).kind)).toEqual(kinds);
  expect(await decided(`SELECT * FROM '${path}'`)).toEqual(alone);
});

test("a query reads any cells of a file like the file alone", async () => {
  const texts = fc.constantFrom(
    ..."1 2 007 -3 1.5 .5 1e3 1,5 1,234 1.234,5 40% $2 yes no true false t f n/a 2020-01-01 10:30 0x1F 1_000".split(
      " ",
    ),
    ..."9007199254740993 12345678901234567890 12345678901234567890.5 ä null +5 1/2 (3) -0 00 1. True FALSE {} []".split(
      " ",
    ),
    ...["", " 7", 'a"b', "it's", "2020-01-01 10:00:00", "550e8400-e29b-41d4-a716-446655440000"],
  );
  const columns = fc.array(fc.array(texts, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(columns, fc.infiniteStream(fc.nat(2)), async (kinds, choices) => {
      const pick = (kind: string[]) => kind[choices.next().value! % kind.length]!.replaceAll('"', '""');
      const rows = Array.from({ length: 12 }, () => kinds.map((kind) => `"${pick(kind)}"`).join());
      const path = scratch.file("any.csv", `${kinds.map((_, j) => `c${j}`).join()}\n${rows.join("\n")}\n`);
      expect(await decided(`SELECT * FROM '${path}'`)).toEqual(await decided(path));
    }),
    { numRuns: cases(10, 30) },
  );
});

test("007 after 20,480 rows of 7 stays 007: in a file, in a query and as a user", async () => {
  const zeros = scratch.file("zeros.csv", `v\n${many("7")}007\n`);
  for (const data of [zeros, `SELECT v FROM '${zeros}'`, `SELECT v FROM '${scratch.at("zero?.csv")}'`]) {
    const cells = await column(data);
    expect([cells[0], cells.at(-1)]).toEqual(["7", "007"]);
  }
  const ratings = scratch.file("ratings.csv", `user,item,rating\n${"7,a,3\n".repeat(20_480)}007,b,5\n8,a,1\n8,b,2\n`);
  const saved = scratch.at("ratings.json");
  const train = (data: string) =>
    downhill([
      "train",
      data,
      "--model",
      "factorization",
      "--user",
      "user",
      "--item",
      "item",
      "--rating",
      "rating",
      "--hold-out",
      "0",
      "--epochs",
      "1",
      "--save",
      saved,
    ]);
  for (const data of [ratings, `SELECT * FROM '${ratings}'`]) {
    expect((await train(data)).code).toBe(0);
    const none = await downhill(["recommend", saved, "--user", "0007"]);
    expect(none.stderr).toContain("3 users: 007, 7, 8.");
  }
});

test("ids and categories that look like numbers are text as it is written, also in a query", async () => {
  const written = ["1.10", "1.1", "1e3", "1000.0", ".5"];
  const path = scratch.file("ids.csv", `user,item,rating\n${written.map((id, i) => `${id},a,${i}\n`).join("")}`);
  for (const data of [path, `SELECT * FROM '${path}'`, `SELECT rating, user FROM '${scratch.at("ids*.csv")}'`]) {
    const open = await openTable("test", data, ["user"]);
    expect((await open.rows([{ name: "user", asText: true }])).map(([user]) => user)).toEqual(written);
  }
  const numbers = await openTable("test", `SELECT max(user) AS most FROM '${path}'`);
  expect(await numbers.rows()).toEqual([[1000]]);
});

test.each([
  "SELECT CAST(CASE WHEN i = 400000 THEN 'x' ELSE '1' END AS DOUBLE) AS y FROM range(500000) t(i)",
  "SELECT CASE WHEN i = 400000 THEN error('late') ELSE i END AS y FROM range(500000) t(i)",
])("an error after many rows is reported; it does not just end the rows", async (query) => {
  await expect(column(query)).rejects.toThrow(/^test: DuckDB cannot run the query: ".*(x|late).*"\. Correct/);
});

test("an error after many rows of a Parquet file is reported", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const path = scratch.at("cut.parquet");
  await connection.run(
    `COPY (SELECT random() AS y FROM range(150000)) TO '${path}' (ROW_GROUP_SIZE 20000, COMPRESSION uncompressed)`,
  );
  const bytes = readFileSync(path);
  expect((await column(path)).length).toBe(150_000);
  let failures = 0;
  for (let at = bytes.length >> 2; at < bytes.length * 0.75; at += bytes.length >> 2) {
    const broken = Buffer.from(bytes);
    broken.fill(0xee, at, at + 40_000);
    const file = scratch.file("broken.parquet", broken);
    const got = await column(file).then(
      (cells) => cells.length,
      () => "failure",
    );
    expect([150_000, "failure"]).toContain(got);
    if (got === "failure") failures += 1;
  }
  expect(failures).toBeGreaterThan(0);
});
