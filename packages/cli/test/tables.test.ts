// The same table in different formats gives the same columns, with the rows in the same order.
import { DuckDBInstance } from "@duckdb/node-api";
import {
  linearRegression,
  type Matrix,
  readTrainingTable,
  type TypedColumn,
  type TypedTable,
  tableModel,
} from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTable } from "./openTable.ts";
import { Scratch } from "./world.ts";

const scratch = new Scratch();
const csv = `size,colour,fresh,"the ""name"""
1.5,red,true,a
2,blue,false,"b, c"
-3e2,red,true,"d
e"
`;
const rows = [
  [1.5, "red", true, "a"],
  [2, "blue", false, "b, c"],
  [-300, "red", true, "d\ne"],
];
const names = ["size", "colour", "fresh", 'the "name"'];

beforeAll(async () => {
  scratch.file("t.csv", csv);
  scratch.file("bom.csv", `\ufeff${csv.replaceAll("\n", "\r\n").replace("d\r\ne", "d\ne")}`);
  scratch.file("it's.csv", csv);
  scratch.file("t.tsv", csv.replace('"b, c"', "b, c").replaceAll(/,(?! c)/g, "\t"));
  scratch.file("semicolons.csv", csv.replace('"b, c"', "b, c").replaceAll(/,(?! c)/g, ";"));
  const records = rows.map((row) => Object.fromEntries(row.map((value, j) => [names[j], value])));
  scratch.file("t.json", JSON.stringify(records));
  scratch.file("t.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT * FROM read_csv('${scratch.at("t.csv")}')) TO '${scratch.at("t.parquet")}'`);
  await connection.run(
    `COPY (SELECT i::INTEGER AS i, (i * 7 % 11)::DECIMAL(9, 2) AS d, i::HUGEINT AS h FROM range(100000) r(i))
     TO '${scratch.at("long.parquet")}'`,
  );
});
afterAll(() => scratch.remove());

/** The table as the library reads it. */
async function read(data: string, texts: string[] = []): Promise<TypedTable> {
  const open = await openTable("test", data);
  const cells = await open.readCells(open.columns.map((name) => ({ name, asText: texts.includes(name) })));
  const target = open.columns.at(-1)!;
  return readTrainingTable(cells, { target, columns: Object.fromEntries(texts.map((name) => [name, "category"])) })
    .typed;
}

const valueAt = (column: TypedColumn, row: number): unknown => {
  if ("codes" in column) return column.texts[column.codes[row]!];
  const value = column.values[column.start + row * column.step]!;
  return column.kind === "boolean" ? value === 1 : value;
};

const cells = ({ rows, columns }: TypedTable) =>
  Array.from({ length: rows }, (_, row) => columns.map((column) => valueAt(column, row)));

test.each(["t.csv", "bom.csv", "it's.csv", "t.tsv", "semicolons.csv", "t.json", "t.ndjson", "t.parquet"])(
  "%s gives the same cells",
  async (name) => {
    const table = await read(scratch.at(name));
    expect(table.columns.map((column) => column.name)).toEqual(names);
    expect(table.columns.map((column) => column.kind)).toEqual(["number", "category", "boolean", "category"]);
    expect(cells(table)).toEqual(rows);
  },
);

test("a query over a file", async () => {
  const file = scratch.at("it's.csv").replaceAll("'", "''");
  const table = await read(`SELECT colour, size * 2 AS twice FROM '${file}' WHERE size > 0; `);
  expect(cells(table)).toEqual([
    ["red", 3],
    ["blue", 4],
  ]);
  expect(cells(await read(`from '${file}' select size -- the first column`))).toEqual([[1.5], [2], [-300]]);
});

test("the rows keep their order and every numeric type becomes numbers", async () => {
  const { columns, rows } = await read(scratch.at("long.parquet"));
  expect(rows).toBe(100_000);
  const [i, d, h] = columns.map((column) => (row: number) => valueAt(column, row));
  for (let row = 0; row < rows; row++) {
    if (i!(row) !== row || d!(row) !== (row * 7) % 11 || h!(row) !== row) throw new Error(`row ${row} is out of place`);
  }
});

test("codes stay text; words for true and false are booleans", async () => {
  const path = scratch.file("odd.csv", "answer,code,day\nyes,007,2020-01-01\nno,008,2020-01-02\n");
  expect(cells(await read(path, ["day"]))).toEqual([
    [true, "007", "2020-01-01"],
    [false, "008", "2020-01-02"],
  ]);
  const digits = scratch.file("digits.csv", "a,b\n1,2\n3,4\n");
  expect(cells(await read(digits, ["b"]))).toEqual([
    [1, "2"],
    [3, "4"],
  ]);
});

test("a column that is numbers for 30 000 rows and then text is text", async () => {
  const lines = Array.from({ length: 30_000 }, () => "7,1");
  const path = scratch.file("late.csv", `code,y\n${lines.join("\n")}\n${lines.map(() => "8A,2").join("\n")}\n`);
  const [code] = (await read(path)).columns;
  expect(code).toMatchObject({ kind: "category", texts: ["7", "8A"] });
});

test("a table of numbers becomes a matrix without a copy, from CSV and from Parquet", async () => {
  const path = scratch.file("numbers.csv", `b,a,y\n${"1.5,2.5,3\n2,5,6\n".repeat(5000)}`);
  for (const data of [path, scratch.at("long.parquet")]) {
    const open = await openTable("test", data);
    const target = open.columns.at(-1)!;
    const cells = await open.readCells(open.columns.map((name) => ({ name, separate: name === target })));
    const { X } = tableModel(linearRegression(), { target }).trainingData(cells);
    const [first] = [...cells.columns.values()];
    const { data: numbers } = X as Matrix;
    expect(first!.type === "number" && first!.values.buffer).toBe(numbers.buffer);
    expect(numbers.length).toBe(cells.rows * (open.columns.length - 1));
    expect(X.names).toEqual(open.columns.slice(0, -1).sort());
  }
});

test("members of large JSON records, and members that few records have, are columns", async () => {
  const wide = Array.from({ length: 3 }, (_, i) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, j) => [`f${j}`, i * j])),
  );
  const open = await openTable("test", scratch.file("wide.json", JSON.stringify(wide)));
  expect(open.columns.length).toBe(300);
  const late = Array.from({ length: 3000 }, (_, i) => (i < 2999 ? { a: i } : { a: i, b: 1 }));
  expect((await openTable("test", scratch.file("late.json", JSON.stringify(late)))).columns).toEqual(["a", "b"]);
});
