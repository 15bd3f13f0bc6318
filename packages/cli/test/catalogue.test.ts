// The catalogue of faults that files have: for each, a small file and the message or the note. These faults are tested elsewhere:
// encodings, marks and delimiters in reading.test.ts; cells that do not fit in tables.rules.test.ts; missing cells in
// severalErrors.test.ts; compressed files and standard input in inputs.test.ts; types of Parquet in cells.test.ts.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, expect, test } from "vitest";
import { downhill, eventsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const lines = (...all: readonly (string | readonly string[])[]) => `${all.flat().join("\n")}\n`;

/** Writes the file, trains on it with the target y, and returns the sentences about the table, or the error. */
async function trained(name: string, content: string | Uint8Array, ...more: string[]): Promise<string> {
  return train(scratch.file(name, content), ...more);
}

async function train(data: string, ...more: string[]): Promise<string> {
  const save = scratch.at("model.json");
  const ran = await downhill(["train", data, "--target", "y", "--epochs", "1", "--json", "--save", save, ...more]);
  if (ran.code !== 0) return `exit code ${ran.code}: ${ran.stderr.replaceAll(scratch.path, "DIR").trimEnd()}`;
  const { notes } = eventsOf(ran)[0] as { notes: { text: string }[] };
  return notes
    .map(({ text }) => text)
    .join("\n")
    .replaceAll(scratch.path, "DIR");
}

/** The query in single quotes at the end of a message, as a shell passes it. */
const queryIn = (message: string): string => {
  const word = /'(SELECT .*)'$/.exec(message)![1]!;
  return word.replaceAll("'\\''", "'").replaceAll("DIR", scratch.path);
};

test("no rows: an empty file, a header alone, an empty list of JSON, Parquet without rows", async () => {
  expect(await trained("empty.csv", "")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/empty.csv" is empty. Supply a header and rows."`,
  );
  expect(await trained("header.csv", "a,y\n")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/header.csv" has no rows. Supply rows."`,
  );
  expect(await trained("none.json", "[]")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/none.json" has no rows. Supply rows."`,
  );
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT 1 AS a, 2 AS y WHERE false) TO '${scratch.at("none.parquet")}'`);
  expect(await train(scratch.at("none.parquet"))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/none.parquet" has no rows. Supply rows."`,
  );
});

test("Parquet that is cut, has a wrong footer, or is encrypted", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT i AS a, i AS y FROM range(100) s(i)) TO '${scratch.at("whole.parquet")}'`);
  const bytes = readFileSync(scratch.at("whole.parquet"));
  expect(await trained("cut.parquet", bytes.subarray(0, 300))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/cut.parquet" cannot be read: "No magic bytes found at end of file 'DIR/cut.parquet'". Write the file again."`,
  );
  const footer = Buffer.concat([bytes.subarray(0, 100), bytes.subarray(-8)]);
  expect(await trained("footer.parquet", footer)).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/footer.parquet" cannot be read: "Footer length error in file 'DIR/footer.parquet'". Write the file again."`,
  );
  expect(await trained("secret.parquet", "PARE and bytes and PARE")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/secret.parquet" is not a table: it contains an encrypted Parquet file. Write it again without encryption."`,
  );
});

test("a file whose name ends wrongly is read by its content", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const path = scratch.at("parquet.csv");
  await connection.run(`COPY (SELECT i * i % 7 AS a, i AS y FROM range(30) s(i)) TO '${path}' (FORMAT parquet)`);
  expect(await train(path)).toMatchInlineSnapshot(
    `"DIR/parquet.csv is read as Parquet, because it contains Parquet data"`,
  );
});

test("lines with too few and too many cells", async () => {
  const rows = numbers(30).map((i) => (i % 10 === 4 ? `${i}` : i === 7 ? "1,2,3" : `${i},${i}`));
  expect(await trained("ragged.csv", lines("a,y", rows))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: DIR/ragged.csv:6 has 1 cell, but the header has 2. Correct this line and 3 more (lines 9, 16, 26)."`,
  );
});

test("columns without a name, and columns of equal names", async () => {
  const rows = numbers(30).map((i) => `${i % 3},${i % 5},${(i * i) % 7},${i}`);
  expect(await trained("names.csv", lines("a,a,,y", rows))).toMatchInlineSnapshot(`
    "a column of DIR/names.csv has no name; it is named column2
    columns of DIR/names.csv have equal names; the later ones are renamed to a_1"
  `);
  expect(await trained("names.csv", lines(",a,,y", rows))).toMatchInlineSnapshot(
    `"columns of DIR/names.csv have no name; they are named column0, column2"`,
  );
});

test("another delimiter: the error advises an option, and the option works", async () => {
  const content = lines(
    "a b y",
    numbers(30).map((i) => `${i % 7} ${i % 5} ${i}`),
  );
  expect(await trained("space.csv", content)).toMatchInlineSnapshot(
    `"exit code 2: ✖ train: --target "y" is not a column of the table. Choose one of a b y. The file has one column; --delimiter sets the character between the cells."`,
  );
  expect(await trained("space.csv", content, "--delimiter", " ")).toBe("");
});

test("text in a column of numbers", async () => {
  const rows = numbers(80).map((i) => `${i === 2 ? "n/a" : i === 17 ? "–" : i === 75 ? "abc" : (i * 7) % 30},${i}`);
  expect(await trained("text.csv", lines("age,y", rows))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: column "age" must contain numbers, but 2 cells are not numbers; the first is "–" at DIR/text.csv:19. Correct the cells, read them as missing with --na "–,abc", read the column as categories with --column age:category or leave the column out with --drop age."`,
  );
  expect(await trained("text.csv", lines("age,y", rows), "--na", "–,abc")).toMatchInlineSnapshot(`
    "the text "n/a" in "age" is a missing cell
    1 of 64 cells of "age" are missing: the median 14 replaces them, and the column "age is missing" is 1 there"
  `);
});

test("numbers that are not finite", async () => {
  const rows = numbers(30).map((i) => `${i === 3 ? "NaN" : i === 4 ? "Infinity" : i === 9 ? "1e400" : i % 11},${i}`);
  expect(await trained("inf.csv", lines("a,y", rows))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: column "a" must contain numbers, but 2 cells are not finite; the first is Infinity at DIR/inf.csv:6. Correct the cells, read them as missing with --na Infinity,1e400 or leave the column out with --drop a."`,
  );
  expect(await trained("inf.csv", lines("a,y", rows), "--na", "Infinity,1e400")).toMatchInlineSnapshot(`
    "the text "NaN" in "a" is a missing cell
    2 of 24 cells of "a" are missing: the median 4.5 replaces them, and the column "a is missing" is 1 there"
  `);
});

test("columns without information: one value, only missing cells, more categories than are used", async () => {
  const rows = numbers(900).map((i) => `kg,,c${i % 300},${i % 97}`);
  expect(await trained("columns.csv", lines("unit,empty,city,y", rows))).toMatchInlineSnapshot(`
    ""city" is read as 300 categories; its text contains numbers, such as "c0"
    "empty" is left out, because all its cells are missing
    "unit" is left out, because all training rows have the same value
    233 categories of "city" share the column "other", because each is rarer than the 64 others"
  `);
});

test("dates: ISO texts are dates, others have advice that works, and one that does not exist is an error", async () => {
  const two = (number: number) => String(number).padStart(2, "0");
  const iso = numbers(80).map((i) => `2024-${two(1 + (i % 12))}-${two(1 + (i % 28))},${i % 9}`);
  expect(await trained("iso.csv", lines("d,y", iso))).toBe("");
  const wrong = iso.map((line, i) => (i === 7 ? "2024-02-30,1" : line));
  expect(await trained("wrong.csv", lines("d,y", wrong))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: column "d" must contain dates, but 1 cell is not a date such as 2020-01-31: "2024-02-30" at DIR/wrong.csv:9. Correct the cell, read it as missing with --na 2024-02-30, read the column as categories with --column d:category or leave the column out with --drop d."`,
  );
  const days = numbers(80).map((i) => `${two(1 + (i % 28))}/${two(1 + (i % 12))}/2024,${i % 9}`);
  expect(await trained("days.csv", lines("d,y", days))).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: there must be a column that the model can learn from, but there is none. "d" is left out, because 80 of its 80 cells have text that no other row has, such as "01/01/2024"; "d" may contain dates or times, such as "01/01/2024" (--column d:date:%d/%m/%Y reads them). Do this for a column, or add another column."`,
  );
  expect(await trained("days.csv", lines("d,y", days), "--column", "d:date:%d/%m/%Y")).toBe("");
});

test("times of the 12-hour clock have advice that works", async () => {
  const rows = numbers(60).map(
    (i) => `${1 + (i % 12)}:${10 + (i % 50)} ${i % 2 === 0 ? "am" : "PM"},${i % 7},${i % 9}`,
  );
  expect(await trained("times.csv", lines("t,a,y", rows))).toMatchInlineSnapshot(
    `""t" is left out, because 60 of its 60 cells have text that no other row has, such as "1:10 am"; "t" may contain dates or times, such as "1:10 am" (--column "t:time:%I:%M %p" reads them)"`,
  );
  expect(await trained("times.csv", lines("t,a,y", rows), "--column", "t:time:%I:%M %p")).toBe("");
});

test("numbers in brackets are negative, which is printed", async () => {
  const rows = numbers(30).map((i) => `${i % 3 === 0 ? `(${i})` : i},${(i * i) % 11}`);
  expect(await trained("brackets.csv", lines("a,y", rows))).toMatchInlineSnapshot(
    `""a" is read as numbers: "(3)" is -3"`,
  );
});

test("weights that are text, and several columns in one option", async () => {
  const rows = numbers(30).map((i) => `${i % 3},${i % 5},${"rgb"[i % 3]},${i}`);
  expect(await trained("colors.csv", lines("a,b,color,y", rows), "--weight", "color")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: column "color" must contain numbers, but 30 cells are not numbers; the first is "r" at DIR/colors.csv:2. Correct the cells or choose another column."`,
  );
  expect(await trained("colors.csv", lines("a,b,color,y", rows), "--drop", "a,b")).toMatchInlineSnapshot(
    `"exit code 2: ✖ train: --drop "a,b" is not a column of the table. These are several names; pass one name with each option."`,
  );
  expect(await trained("colors.csv", lines("a,b,color,y", rows), "--drop", "a", "--drop", "b")).toBe("");
});

test("identifiers that are numbers", async () => {
  const rows = numbers(80).map((i) => `${1000 + i},${(i * i) % 17},${(i * 31) % 97}`);
  expect(await trained("ids.csv", lines("customer_id,a,y", rows))).toMatchInlineSnapshot(
    `""customer_id" has a different whole number in each row, like row numbers or identifiers: if it does not describe the row, leave it out with --drop customer_id"`,
  );
});

test("targets that cannot be learned: one value, only missing cells, a different class in each row", async () => {
  const rows = (y: (i: number) => string) =>
    lines(
      "a,y",
      numbers(30).map((i) => `${i % 7},${y(i)}`),
    );
  expect(
    await trained(
      "same.csv",
      rows(() => "yes"),
    ),
  ).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: the target "y" has the same value in all 30 rows. Choose another --target, or supply rows with other values."`,
  );
  expect(
    await trained(
      "missing.csv",
      rows(() => ""),
    ),
  ).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: column "y" is the target, but all its cells are missing. Choose another column."`,
  );
  expect(
    await trained(
      "classes.csv",
      rows((i) => `c${i}`),
    ),
  ).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: the target has a different value in each of the 30 rows, such as "c0", so there are no classes to learn. Choose another --target."`,
  );
});

test("huge and tiny numbers are standardized", async () => {
  const rows = numbers(40).map((i) => `${(i * i) % 17}e300,${(i * 13) % 7}e-300,${i}`);
  expect(await trained("huge.csv", lines("a,b,y", rows))).toBe("");
});

test("JSON that is not a list of records: the error names the form that the file should have", async () => {
  const columns = { a: Object.fromEntries(numbers(40).map((i) => [i, i])), y: { 0: 1 } };
  for (const content of [columns, { columns: ["a", "y"], data: [[1, 2]] }]) {
    expect(await trained("columns.json", JSON.stringify(content))).toMatch(/to_json\(file, orient="records"\)\.$/);
  }
  const records = numbers(40).map((i) => ({ a: i % 7, y: i }));
  expect(await train(scratch.file("records.json", JSON.stringify(records)))).toBe("");
  const list = numbers(40).map((i) => ({ a: i % 7, y: i }));
  const table = await trained("table.json", JSON.stringify({ fields: [{ name: "a" }, { name: "y" }], data: list }));
  expect(table).toContain('the list "data"');
  expect(await train(queryIn(table))).toBe("");
});

test("whole numbers that are too large for numbers, as a target: the error contains the option that reads them", async () => {
  const rows = numbers(40).map((i) => `${i % 7},${9007199254740993n + BigInt(7 * i)}`);
  const found = await trained("big.csv", `a,y\n${rows.join("\n")}\n`);
  expect(found).toMatch(
    /no classes to learn. Choose another --target, or read it as numbers with --column y:number\.$/,
  );
  expect(await train(scratch.at("big.csv"), "--column", "y:number")).toBe("");
});

test("messages of the library begin with the name of the command", async () => {
  const rows = numbers(40).map((i) => `${i % 7},${1 + i}e150`);
  expect(await trained("huge.csv", `a,y\n${rows.join("\n")}\n`)).toMatch(
    /✖ train: the largest absolute value in the targets/,
  );
});

test("rows that are a list in one JSON record: the error contains a query that reads them", async () => {
  const list = numbers(40).map((i) => ({ a: i % 7, inner: { b: i % 5 }, y: i }));
  const found = await trained("service.json", JSON.stringify({ count: 40, results: list }));
  expect(found).toMatchInlineSnapshot(
    `"exit code 2: ✖ train: --target "y" is not a column of the table. Choose one of count, results. The file contains one record; if its rows are the list "results", pass this query as DATA: 'SELECT UNNEST("results", max_depth := 2) FROM "DIR/service.json"'"`,
  );
  expect(await train(queryIn(found))).toBe("");
  const deep = await trained("deep.json", JSON.stringify({ page: { rows: list } }));
  expect(deep).toMatchInlineSnapshot(
    `"exit code 2: ✖ train: --target "y" is not a column of the table. Choose one of page.rows. The file contains one record; if its rows are the list "page.rows", pass this query as DATA: 'SELECT UNNEST(struct_extract("page", '\\''rows'\\''), max_depth := 2) FROM "DIR/deep.json"'"`,
  );
  expect(await train(queryIn(deep))).toBe("");
});

test("JSON values that are not records", async () => {
  expect(await trained("values.json", "[1, 2, 3]")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/values.json" must contain records with the names of the columns, such as [{"age": 22, "city": "Oslo"}], but it contains other JSON values. Write each row as such a record."`,
  );
  expect(await trained("empty.json", "[{}]")).toMatchInlineSnapshot(
    `"exit code 3: ✖ train: "DIR/empty.json" must contain records with the names of the columns, such as [{"age": 22, "city": "Oslo"}], but it contains other JSON values. Write each row as such a record."`,
  );
  const rows = numbers(30).map((i) => ({ json: i % 7, y: i }));
  expect(await trained("named.json", JSON.stringify(rows))).toBe("");
});

test("more folds than training rows", async () => {
  const rows = numbers(30).map((i) => `${i % 3},${i}`);
  expect(await trained("folds.csv", lines("a,y", rows), "--folds", "50")).toMatchInlineSnapshot(
    `"exit code 2: ✖ train: 50 folds need at least 50 training rows, but there are 24. Set fewer with --folds, or supply more rows."`,
  );
  expect(await trained("folds.csv", lines("a,y", rows), "--folds", "24")).toBe("");
  const also = lines(
    "a,g,t,y",
    numbers(30).map((i) => `${i % 7},${i % 5},${i - (i % 3)},${i}`),
  );
  expect(await trained("folds.csv", also, "--folds", "6", "--group", "g")).toContain(
    "exit code 2: ✖ train: 6 folds need at least 6 groups in the training rows, but --group has 4. Set fewer",
  );
  expect(await trained("folds.csv", also, "--folds", "9", "--time", "t")).toMatch(
    /exit code 2: ✖ train: 9 folds need at least 10 different times in the training rows, but --time has \d\. Set fewer/,
  );
});
