// The cells that the command reads for the library.
import { DuckDBInstance } from "@duckdb/node-api";
import type { CellColumn, CellTable, NumberCells, TextCells } from "downhill";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openTable } from "./openTable.ts";
import { Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const connection = await (await DuckDBInstance.create(":memory:")).connect();

const cellsOf = async (data: string, texts: readonly string[] = []): Promise<CellTable> =>
  (await openTable("train", data)).readCells(
    texts.length === 0 ? undefined : texts.map((name) => ({ name, asText: true })),
  );

/** The type and the cells of a column; null is a missing cell. */
function plain(column: CellColumn, rows: number): unknown[] {
  const list = Array.from({ length: rows }, (_, row) => {
    if (column.type === "other") return undefined;
    if (column.type === "text") return column.codes[row] === -1 ? null : column.texts[column.codes[row]!];
    const value = "values" in column ? column.values[column.start + row * column.step]! : column.milliseconds[row]!;
    return Number.isNaN(value) ? null : value;
  });
  return column.type === "other" ? [column.type, column.contents] : [column.type, ...list];
}
const table = ({ rows, columns }: CellTable) =>
  Object.fromEntries([...columns].map(([name, column]) => [name, plain(column, rows)]));

async function parquet(name: string, select: string): Promise<string> {
  const path = scratch.at(name);
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

test("every type of Parquet becomes cells of one of the library's types", async () => {
  const path = await parquet(
    "types.parquet",
    `SELECT unnest([1, NULL, -3])::TINYINT AS tiny, unnest([1, 2, NULL])::UBIGINT AS ubig,
       unnest(['0.5', 'nan', '-inf'])::DOUBLE AS double, unnest([0.25, NULL, 1])::FLOAT AS float,
       unnest([1.25, -2.5, NULL])::DECIMAL(9, 2) AS decimal, unnest([true, NULL, false]) AS truth,
       unnest(['a', NULL, '']) AS text, unnest(['S', 'M', 'S'])::ENUM('S', 'M') AS enum,
       '123e4567-e89b-12d3-a456-426614174000'::UUID AS uuid,
       unnest([DATE '1970-01-02', NULL, 'infinity'::DATE]) AS date, TIME '00:00:01.5' AS time,
       unnest([TIMESTAMP '2020-01-01 00:00:00.0005', NULL, '1969-12-31']) AS stamp,
       TIMESTAMP_S '1970-01-01 00:00:02' AS seconds, TIMESTAMP_MS '1970-01-01 00:00:02' AS milliseconds,
       TIMESTAMP_NS '1970-01-01 00:00:02.000001' AS nanoseconds, TIMESTAMPTZ '1970-01-01 02:00:00+02' AS zone`,
  );
  expect(table(await cellsOf(path))).toEqual({
    tiny: ["number", 1, null, -3],
    ubig: ["number", 1, 2, null],
    double: ["number", 0.5, null, -Infinity],
    float: ["number", 0.25, null, 1],
    decimal: ["number", 1.25, -2.5, null],
    truth: ["boolean", 1, null, 0],
    text: ["text", "a", null, null],
    enum: ["text", "S", "M", "S"],
    uuid: ["text", ...Array(3).fill("123e4567-e89b-12d3-a456-426614174000")],
    date: ["date", 86_400_000, null, Infinity],
    time: ["time", 1500, 1500, 1500],
    stamp: ["timestamp", 1_577_836_800_000.5, null, -86_400_000],
    seconds: ["timestamp", 2000, 2000, 2000],
    milliseconds: ["timestamp", 2000, 2000, 2000],
    nanoseconds: ["timestamp", 2000.001, 2000.001, 2000.001],
    zone: ["instant", 0, 0, 0],
  });
});

test("integers and decimals beyond 2^53 are text; numbers of a column of float64 are not", async () => {
  const path = await parquet(
    "large.parquet",
    `SELECT unnest([9007199254740993, 2])::BIGINT AS id, unnest([1e300, 2]) AS double,
       unnest(['170141183460469231731687303715884105727', '7'])::HUGEINT AS huge,
       unnest(['12345678901234567.25', '1'])::DECIMAL(38, 2) AS money, 9007199254740991 AS last`,
  );
  const { huge, ...others } = table(await cellsOf(`SELECT * FROM '${path}'`));
  expect(others).toEqual({
    id: ["text", "9007199254740993", "2"],
    double: ["number", 1e300, 2],
    money: ["text", "12345678901234567.25", "1"],
    last: ["number", 9_007_199_254_740_991, 9_007_199_254_740_991],
  });
  expect(huge![0]).toBe("number"); // Parquet stores it as DOUBLE
  const query = "SELECT '170141183460469231731687303715884105727'::HUGEINT AS huge, '9007199254740993'::BIGNUM AS big";
  expect(table(await cellsOf(query))).toEqual({
    huge: ["text", "170141183460469231731687303715884105727"],
    big: ["text", "9007199254740993"],
  });
});

test("files of one table must have the same kind of cells in each column; a column without cells has no kind", async () => {
  const first = await parquet("shard-1.parquet", "SELECT 1::BIGINT AS id, {'at': 1.5} AS place");
  const data = scratch.at("shard-*.parquet");
  const date = scratch.at("shard-3.parquet");
  await parquet("shard-2.parquet", "SELECT NULL::VARCHAR AS id, {'at': 2} AS place");
  expect(table(await cellsOf(data))).toMatchObject({ "place.at": ["number", 1.5, 2] });
  for (const [id, kind] of [
    ["DATE '2026-01-02'", "dates"],
    ["'a'", "text"],
    ["true", "true and false"],
  ]) {
    await parquet("shard-3.parquet", `SELECT ${id} AS id, {'at': 3} AS place`);
    await expect(cellsOf(data)).rejects.toThrow(
      `train: the files of DATA must have the same kind of cells in each column, but "id" holds numbers in "${first}" ` +
        `and ${kind} in "${date}". Write one of the files again with the type of the other, or use a narrower pattern.`,
    );
  }
  await parquet("shard-3.parquet", "SELECT 3.5 AS id, {'at': 'b'} AS place");
  await expect(cellsOf(data)).rejects.toThrow(`"place.at" holds numbers in "${first}" and text in "${date}".`);
  expect((await cellsOf(scratch.at("shard-[12].parquet"))).rows).toBe(2);
  await parquet("shard-1.parquet", "SELECT NULL::VARCHAR AS id, {'at': 1} AS place");
  await parquet("shard-3.parquet", "SELECT 3.5 AS id, {'at': 3} AS place");
  await parquet("shard-4.parquet", "SELECT 'a' AS id, {'at': 4} AS place");
  await expect(cellsOf(data)).rejects.toThrow(
    `"id" holds numbers in "${date}" and text in "${scratch.at("shard-4.parquet")}"`,
  );
});

test("structs become columns with a point in their names; other nested values are named", async () => {
  const path = await parquet(
    "nested.parquet",
    `SELECT {'city': 'Bern', 'at': {'x''"': 1.5, 'y': NULL::DOUBLE}} AS home, {'b': 1} AS a, 2 AS "a.b", [1] AS list,
       {'tags': ['x'], 'n': 1} AS mixed, map {'k': 1} AS map, 'x'::BLOB AS bytes, INTERVAL 1 DAY AS length`,
  );
  expect(table(await cellsOf(path))).toEqual({
    "home.city": ["text", "Bern"],
    "home.at.x'\"": ["number", 1.5],
    "home.at.y": ["number", null],
    a: ["other", "structs"],
    "a.b": ["number", 2],
    list: ["other", "lists"],
    "mixed.tags": ["other", "lists"],
    "mixed.n": ["number", 1],
    map: ["other", "maps"],
    bytes: ["other", "bytes"],
    length: ["other", "intervals"],
  });
});

test("a JSON file: mixed cells are text as written, nested cells are named, and null is missing", async () => {
  const path = scratch.file(
    "mixed.json",
    JSON.stringify([
      { mixed: 1, nested: "x", none: null, person: { age: 3 }, joined: "2020-01-01" },
      { mixed: "null", nested: [1], none: null, person: { age: null }, joined: "2020-01-03" },
      { mixed: true, nested: { a: 1 }, none: null, joined: null },
    ]),
  );
  expect(table(await cellsOf(path))).toEqual({
    mixed: ["text", "1", "null", "true"],
    nested: ["other", "lists or structs"],
    none: ["text", null, null, null],
    "person.age": ["number", 3, null, null],
    joined: ["date", 1_577_836_800_000, 1_578_009_600_000, null],
  });
});

test("a column of a CSV file is numbers only if all its cells are plain numbers or missing", async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => i);
  const ends = {
    plain: "7.5",
    code: "007",
    mark: "NA",
    infinite: "inf",
    nan: "nan",
    large: "9007199254740993",
    wide: "1e400",
  };
  const names = Object.keys(ends);
  const lines = rows.map((i) => names.map(() => (i % 7 === 0 ? "" : String(i))).join(","));
  const path = scratch.file("kinds.csv", `${names.join(",")}\n${lines.join("\n")}\n${Object.values(ends).join(",")}\n`);
  const { columns } = await cellsOf(path);
  const found = [...columns].map(([name, column]) => [
    name,
    ...plain(column, 3001).slice(0, 3),
    plain(column, 3001).at(-1),
  ]);
  expect(found).toEqual([
    ["plain", "number", null, 1, 7.5],
    ...names.slice(1).map((name) => [name, "text", null, "1", ends[name as keyof typeof ends]]),
  ]);
});

test("a column that is read as text keeps every cell as it is written", async () => {
  const path = scratch.file("text.csv", "x\n1.10\n1e3\n +7 \n");
  expect(table(await cellsOf(path))).toEqual({ x: ["number", 1.1, 1000, 7] });
  expect(table(await cellsOf(path, ["x"]))).toEqual({ x: ["text", "1.10", "1e3", " +7 "] });
  const typed = await parquet("text.parquet", "SELECT unnest([1.0, 2.5]::DOUBLE[]) AS x, unnest([true, false]) AS t");
  expect(table(await cellsOf(typed, ["x", "t"]))).toEqual({ x: ["text", "1", "2.5"], t: ["text", "true", "false"] });
});

test("in a file with semicolons, points that may separate thousands stay text", async () => {
  const path = scratch.file("semicolons.csv", "a;b\n1.234;1.25\n983;2\n");
  expect(table(await cellsOf(path))).toEqual({ a: ["text", "1.234", "983"], b: ["number", 1.25, 2] });
});

test("numbers share one row-major array in the order of their names, whatever the order of the file", async () => {
  const path = scratch.file("order.csv", "d,b,t,a,c\n1,2,x,3,4\n5,6,y,7,8\n");
  const table = await openTable("train", path);
  const { columns } = await table.readCells(
    ["d", "b", "t", "a", "c"].map((name) => ({ name, separate: name === "d" })),
  );
  expect([...columns.keys()]).toEqual(["d", "b", "t", "a", "c"]);
  const views = ["a", "b", "c"].map((name) => columns.get(name) as NumberCells);
  expect([...views[0]!.values]).toEqual([3, 2, 4, 7, 6, 8]);
  expect(views.map(({ values, start, step }) => [values.buffer === views[0]!.values.buffer, start, step])).toEqual([
    [true, 0, 3],
    [true, 1, 3],
    [true, 2, 3],
  ]);
  expect(columns.get("d")).toMatchObject({ start: 0, step: 1, values: new Float64Array([1, 5]) });
});

test("texts of every length are coded in the order in which they appear first", async () => {
  const path = scratch.at("texts.parquet");
  const words = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !text.startsWith("\ufeff"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(words), { minLength: 1, maxLength: 30 }), async (cells) => {
      await connection.run("CREATE OR REPLACE TABLE t (i INTEGER, x VARCHAR)");
      for (const [i, text] of cells.entries()) await connection.run("INSERT INTO t VALUES ($1, $2)", [i, text]);
      await connection.run(`COPY (SELECT x FROM t ORDER BY i) TO '${path}'`);
      const { columns } = await cellsOf(path);
      const { codes, texts } = columns.get("x") as TextCells;
      expect([...codes].map((code) => (code === -1 ? "" : texts[code]))).toEqual(cells.map((text) => text ?? ""));
      expect([...texts]).toEqual([...new Set(cells)].filter((text) => text !== null && text !== ""));
    }),
    { numRuns: 20 },
  );
});

test("thousands of different short and long texts keep their codes", async () => {
  const path = await parquet(
    "many.parquet",
    "SELECT (i * 7919 % 5003)::VARCHAR || repeat('-', i % 11) AS x FROM range(60000) t(i)",
  );
  const { columns } = await cellsOf(path);
  const { codes, texts } = columns.get("x") as TextCells;
  const wrong = [...codes].filter((code, i) => texts[code] !== `${(i * 7919) % 5003}${"-".repeat(i % 11)}`);
  expect(wrong).toEqual([]);
});

test("missing cells are found at every position of a vector, among numbers, dates and texts", async () => {
  const missing = (i: number) => (i * 7919) % 11 === 0 || (i > 3000 && i < 3100);
  const when = "(i * 7919) % 11 = 0 OR (i > 3000 AND i < 3100)";
  for (const rows of [1, 31, 32, 33, 2047, 2048, 2049, 5001]) {
    const path = await parquet(
      `missing-${rows}.parquet`,
      `SELECT CASE WHEN ${when} THEN NULL ELSE i END AS n, CASE WHEN ${when} THEN NULL ELSE 'x' || i END AS t,
         CASE WHEN ${when} THEN NULL ELSE DATE '1970-01-01' + i::INTEGER END AS d, i AS full FROM range(${rows}) t(i)`,
    );
    const { columns } = await cellsOf(path);
    const all = Array.from({ length: rows }, (_, i) => i);
    const expected = (cell: (i: number) => unknown) => all.map((i) => (missing(i) ? null : cell(i)));
    expect(plain(columns.get("n")!, rows).slice(1)).toEqual(expected((i) => i));
    expect(plain(columns.get("t")!, rows).slice(1)).toEqual(expected((i) => `x${i}`));
    expect(plain(columns.get("d")!, rows).slice(1)).toEqual(expected((i) => i * 86_400_000));
    expect(plain(columns.get("full")!, rows).slice(1)).toEqual(all);
  }
});
