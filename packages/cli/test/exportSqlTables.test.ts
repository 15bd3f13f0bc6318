// The SQL of models of tables: DuckDB computes from raw rows what the library computes.
import { DuckDBInstance } from "@duckdb/node-api";
import {
  exportSql,
  linearRegression,
  linearSvm,
  logisticRegression,
  softmaxRegression,
  tableModel,
  withThreshold,
} from "downhill";
import { expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { messyOptions, messyRows, messyTargets, otherRows } from "../../downhill/test/exporting/messyRows.ts";

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const literal = (cell: unknown): string => {
  if (cell === null || cell === undefined) return "NULL";
  if (typeof cell === "string") return `'${cell.replaceAll("'", "''")}'`;
  return cell instanceof Date ? `TIMESTAMP '${cell.toISOString().slice(0, 19)}'` : String(cell);
};

/** Makes a table of records. A column with a text is a column of text. */
async function createTable(name: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0]!);
  const cellsOf = (column: string): unknown[] => rows.map((row) => (row as Record<string, unknown>)[column]);
  const cells = columns.map((column) => {
    const own = cellsOf(column);
    const isText = own.some((cell) => typeof cell === "string");
    return own.map((cell) => (isText && cell !== null ? String(cell) : cell));
  });
  const named = columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
  const values = rows.map((_, i) => `(${[i, ...cells.map((own) => literal(own[i]))].join(", ")})`);
  await connection.run(`CREATE TABLE ${name} AS SELECT * FROM (VALUES ${values.join(", ")}) AS t(row, ${named})`);
}

async function evaluate(expression: string, table: string): Promise<unknown[]> {
  const result = await connection.runAndReadAll(`SELECT ${expression} AS value FROM ${table} ORDER BY row`);
  return result.getRows().map(([value]) => value);
}

function expectClose(got: unknown[], expected: ArrayLike<number>): void {
  expect(got.length).toBe(expected.length);
  Array.from(expected).forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value), `row ${i}`).toBeLessThan(1e-9 * (1 + Math.abs(value)));
  });
}

// Standard SQL cannot read dates in other formats than ISO 8601.
const iso = (row: object) => ({
  ...row,
  born: String((row as { born: string }).born)
    .split("/")
    .reverse()
    .join("-"),
  active: (row as { active: unknown }).active === 1 ? true : (row as { active: unknown }).active,
  zip: String((row as { zip: unknown }).zip),
});
const training = messyRows.map(iso);
const all = [...messyRows, ...otherRows].map(iso);
const { born: _, ...columns } = messyOptions.columns;
await createTable("messy", all);
const withTarget = (target: "number" | "two" | "three") =>
  training.map((row, i) => ({ ...row, y: messyTargets[i]![target] }));

test.each([undefined, "quadratic", "splines"] as const)(
  "a regression predicts the same numbers from raw rows, with expand %s",
  async (expand) => {
    const model = tableModel(linearRegression({ l2: 0.1 }), { target: "y", expand, columns }).fit(withTarget("number"));
    expectClose(await evaluate(exportSql(model), "messy"), model.predict(all));
  },
);

test("classes, probabilities and scores are the same for raw rows", async () => {
  const two = tableModel(logisticRegression(), { target: "y", columns }).fit(withTarget("two"));
  expect(await evaluate(exportSql(two), "messy")).toEqual(two.predict(all));
  const p = two.probabilities(all).data;
  expectClose(
    await evaluate(exportSql(two, { probability: "yes" }), "messy"),
    p.filter((_, at) => at % 2 === 1),
  );
  const strict = withThreshold(two, 0.9);
  expect(strict.predict(all)).not.toEqual(two.predict(all));
  expect(await evaluate(exportSql(strict), "messy")).toEqual(strict.predict(all));
  // DuckDB's optimizer takes 3 s for an expression of three classes, and 0.3 s for one of those above.
  await connection.run(`PRAGMA ${cases("disable", "enable")}_optimizer`);
  for (const estimator of [softmaxRegression(), linearSvm({ epochs: 5 })]) {
    const three = tableModel(estimator, { target: "y", columns, expand: "splines" }).fit(withTarget("three"));
    expect(await evaluate(exportSql(three), "messy")).toEqual(three.predict(all));
    const scores = three.scores(all).data;
    expectClose(
      await evaluate(exportSql(three, { score: "b" }), "messy"),
      scores.filter((_, at) => at % 3 === 1),
    );
  }
  await connection.run("PRAGMA enable_optimizer");
});

const strict = tableModel(linearRegression({ l2: 1 }), {
  target: "y",
  missing: "error",
  unseen: "error",
  na: ["unknown", "-999"],
  columns: { size: { kind: "ordinal", order: ["S", "M"] }, depth: { missing: "median" } },
}).fit(
  Array.from({ length: 12 }, (_, i) => ({
    age: i,
    depth: i % 4 === 0 ? "unknown" : i * i,
    sex: i % 2 === 0 ? "male" : "female",
    size: i % 3 === 0 ? "S" : "M",
    member: i % 5 < 2,
    y: i / 7,
  })),
);
const valid = { age: 3, depth: "2", sex: "male", size: "S", member: true };

test("a row that the model rejects has no prediction, and marks are missing cells", async () => {
  const infinity = "'Infinity'::DOUBLE";
  const wrong: readonly object[] = [
    { age: null },
    { age: -999 },
    { depth: "1,5" },
    { sex: "unseen" },
    { sex: null },
    { sex: "Unknown" },
    { size: "L" },
    { size: "" },
    { member: null },
  ];
  const good = [
    valid,
    { ...valid, sex: " female " },
    { ...valid, depth: "-999" },
    { ...valid, depth: " Unknown" },
    { ...valid, depth: "nan" },
  ];
  const rows = [...good, ...wrong.slice(0, 2), ...wrong.slice(3)].map((row) => ({ ...valid, ...row }));
  await createTable("strict", rows);
  const values = await evaluate(exportSql(strict), "strict");
  expectClose(values.slice(0, good.length), strict.predict(good));
  expect(values.slice(good.length)).toEqual(new Array(wrong.length - 1).fill(null));
  for (const row of rows.slice(good.length)) expect(() => strict.predict([row])).toThrow();
  const cell = exportSql(strict).replaceAll('"age"', infinity);
  expect(await evaluate(cell, "strict")).toEqual(new Array(rows.length).fill(null));
  await createTable("unreadable", [{ ...valid, ...wrong[2] }]);
  await expect(evaluate(exportSql(strict), "unreadable")).rejects.toThrow("1,5");
});

test.each([
  ["1.234,5", "-1.234,5", "12", ",5"],
  ["€ 1.234,50", "-€ 5,0", "(€ 2,5)", "€ 1234,5"],
  ["1,234.5", "5,000,000", "−7", "+1"],
  ["1 234,5", "- 5,5", "1 000 000,0", "7,0"],
  ["1'234.5", "1’000.0", "7.25", "12"],
  ["1_000", "1_0_0", "7", "12.5"],
  ["40%", "-5 %", "0.5 %", "1e2%"],
  ["USD 5.5", "7 USD", "-USD 1", "USD 1e3"],
])("numbers in the format of %s are read as the library reads them", async (...texts) => {
  const cells = [...texts, ...texts.map((text) => ` ${text} `)];
  const rows = cells.map((x, i) => ({ x, y: i }));
  const model = tableModel(linearRegression({ l2: 1 }), { target: "y", columns: { x: "number" } }).fit(rows);
  await connection.run("DROP TABLE IF EXISTS formats");
  await createTable("formats", rows);
  expectClose(await evaluate(exportSql(model), "formats"), model.predict(rows));
  await connection.run("DROP TABLE IF EXISTS wrong");
  await createTable("wrong", [{ x: "1..5" }, { x: "x1" }, { x: "1,2,3.4.5" }]);
  expect(await evaluate(exportSql(model), "wrong")).toEqual([null, null, null]);
});

test("a date in another format is an error with the column, and the advice works", async () => {
  const rows = messyRows.map(({ born }, i) => ({ born, y: i }));
  const model = tableModel(linearRegression({ l2: 1 }), {
    target: "y",
    columns: { born: messyOptions.columns.born },
  }).fit(rows);
  expect(() => exportSql(model)).toThrow(
    'exportSql: column "born" must have dates and times of ISO 8601, but it has the format %d/%m/%Y, which standard SQL cannot read. ' +
      "Convert the column to ISO 8601 before the training, or use exportJs.",
  );
  const converted = rows.map(({ born, y }) => ({ born: String(born).split("/").reverse().join("-"), y }));
  const readable = tableModel(linearRegression({ l2: 1 }), { target: "y" }).fit(converted);
  await createTable("converted", converted);
  expectClose(await evaluate(exportSql(readable), "converted"), model.predict(rows));
});
