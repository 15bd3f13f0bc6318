// The page reads a file as the command does.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { inspectTable } from "downhill";
import { afterAll, describe, expect, test } from "vitest";
import { openTable } from "../../cli/test/openTable.ts";
import { dataset, downhill, Scratch } from "../../cli/test/world.ts";
import { commandLineOf } from "../src/exports/commandLine.ts";
import { tableCsv } from "../src/exports/tableCsv.ts";
import { fileDataOf } from "../src/files/fileData.ts";
import { fileFacts } from "../src/files/fileFacts.ts";
import { type NoTable, type ReadTable, readTable } from "../src/files/readTable.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { fileData, modelStates } from "./states.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? Buffer.from(content) : content;
const read = (content: string | Uint8Array, choices: object = {}): Promise<ReadTable | NoTable> =>
  readTable(bytesOf(content), { name: "t.csv", ...choices });
const table = async (content: string | Uint8Array, choices: object = {}): Promise<ReadTable> => {
  const reading = await read(content, choices);
  if (reading.table === null) throw new Error(reading.problems.join(" "));
  return reading;
};
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const plain = "a,b\n1,ä\n3,z\n";

describe("a file is read as the command reads it", () => {
  test.each<[string, string | Uint8Array]>([
    ["UTF-8 with a mark", `\ufeff${plain}`],
    ["UTF-16 with a mark", utf16(`\ufeff${plain}`)],
    ["UTF-16 without a mark", utf16(plain)],
    ["UTF-16 with the high byte first", utf16(`\ufeff${plain}`).swap16()],
    ["UTF-16 with the high byte first, without a mark", utf16(plain).swap16()],
    ["Windows-1252", Buffer.from("a,b\n1,\xe4\n3,z\n", "latin1")],
    ["UTF-16 with \\r\\n and semicolons", utf16("\ufeffa;b\r\n1;ä\r\n3;z\r\n")],
    ["lines that end in \\r\\n", plain.replaceAll("\n", "\r\n")],
    ["lines that end in \\r", plain.replaceAll("\n", "\r")],
    ["no end of the last line", plain.slice(0, -1)],
    ["blank lines before the header", `\n\n\n${plain}`],
    ["blank lines between and after the rows", "a,b\n\n1,ä\n\n\n3,z\n\n"],
    ["sep=;", "sep=;\na;b\n1;ä\n3;z\n"],
    ["sep=; with \\r\\n and a mark", "\ufeffsep=;\r\na;b\r\n1;ä\r\n3;z\r\n"],
    ['"sep=|"', '"sep=|"\na|b\n1|ä\n3|z\n'],
    ["tabs", plain.replaceAll(",", "\t")],
    ["bars", plain.replaceAll(",", "|")],
    ["comments before the header", `# one\n# two\n${plain}`],
    ["names after #", "# one\n# a,b\n1,2\n3,4\n"],
    ["a single column with blank lines at its end", "a\n1\n2\n\n"],
    ["spaces around names", "a , b\n1,ä\n3,z\n"],
    ["quoted line ends", 'a,b\n1,"ä\n,ö"\n3,z\n'],
    ["quotes in quotes", 'a,b\n1,"say ""hi"""\n3,z\n'],
    ["quotes inside cells", 'a,b\n1,5" tube\n3,z\n'],
    ["quoted numbers", 'a,b\n"1",x\n"2",y\n'],
    ["a comma in a header of semicolons", "length, in m, of x;b\n1;ä\n3;z\n"],
    ["one column with decimal commas", "a\n1,5\n2,5\n"],
    ["one column whose name contains a comma", "a, b\n1\n2\n"],
    ["decimal commas", "a;b\n1,5;2\n2,25;3\n-0,5;4\n"],
    ["points that separate thousands", "a;b\n1.234;2\n2.345;3\n"],
    ["points that may separate thousands", "a;b\n1.234;2\n2.3;3\n"],
    ["thousands with commas", 'a,b\n"1,234",2\n"12,345.5",3\n'],
    ["a name that is missing", ",b\n1,ä\n3,z\n"],
    ["equal names", "a,a,a_1\n1,2,3\n3,4,5\n"],
    ["names that differ in their case", "a,A\n1,2\n3,4\n"],
    ["a single column", "a\n1\n2\n"],
    ["a single column with a blank line", "a\n1\n\n2\n"],
    ["missing cells", "a,b\n1,\n,x\n3,NA\nn/a,y\n"],
    ["a text in a column of numbers", "a,b\n1,2\nabc,3\n5,6\n"],
    ["special numbers", "a,b\n1,2\nnan,3\ninf,4\n1e400,5\n-Infinity,6\n"],
    ["leading zeros", "a,b\n007,1\n010,2\n"],
    ["integers beyond 2^53", "a,b\n9007199254740993,1\n9007199254740995,2\n"],
    ["booleans", "a,b\ntrue,1\nFALSE,2\nTrue,3\n"],
    ["dates", "a,b\n2024-01-31,1\n2024-02-29,2\n"],
    ["dates with points", "a,b\n31.01.2024,1\n29.02.2024,2\n"],
    ["percentages and money", "a,b\n12%,$3.50\n13.5%,$1200\n"],
    ["spaces around cells", "a,b\n 1 , x\n 2 , y \n"],
    ["minus signs of typography", "a,b\n−1,2\n−2.5,3\n"],
    ["names of years", "place,2020,2021\n1,2,3\n4,5,6\n"],
  ])("%s", async (_, content) => {
    const path = scratch.file("t.csv", content);
    const open = await openTable("train", path);
    const ours = await table(content);
    expect(inspectTable(ours.table)).toEqual(inspectTable(await open.readCells()));
  });

  test.each(["breast_cancer", "diabetes", "digits", "iris", "wine"])("the table %s", async (name) => {
    const open = await openTable("train", dataset(name));
    const ours = await table(readFileSync(dataset(name)), { name: `${name}.csv` });
    expect(inspectTable(ours.table)).toEqual(inspectTable(await open.readCells()));
  });

  test("a Parquet file with every kind of column", async () => {
    const path = scratch.at("t.parquet");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT i AS whole, i / 7 AS real, CASE WHEN i % 3 = 0 THEN NULL ELSE 'k' || (i % 4) END AS text, i % 2 = 0 AS flag, ` +
        `DATE '2024-01-30' + i::INT AS day, TIMESTAMP '2024-01-01 12:00:00' + INTERVAL (i) HOUR AS moment, ` +
        `TIMESTAMPTZ '2024-01-01 12:00:00+00' + INTERVAL (i) HOUR AS instant, [i, i] AS list, {'a': i} AS struct, MAP {'a': i} AS map, 'b'::BLOB AS bytes, (i / 8)::DECIMAL(9, 3) AS money ` +
        `FROM range(60) t(i)) TO '${path}'`,
    );
    const open = await openTable("train", path);
    const ours = await table(readFileSync(path), { name: "t.csv" });
    expect(inspectTable(ours.table)).toEqual(inspectTable(await open.readCells()));
    expect(Array.from(ours.lines.subarray(0, 2))).toEqual([1, 2]);
    const lines = tableCsv(ours.table).split("\n");
    expect(lines[0]).toBe("whole,real,text,flag,day,moment,instant,list,struct.a,map,bytes,money");
    expect(lines[2]).toBe(
      "1,0.14285714285714285,k1,false,2024-01-31,2024-01-01T13:00:00.000,2024-01-01T13:00:00.000Z,,1,,,0.125",
    );
  });
});

describe("a file that cannot be read is a problem of the page and an error of the command", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["an empty file", "", '"t.csv" has no rows. Choose a file with a header and rows.'],
    ["only a header", "a,b\n", "t.csv has a header but no rows. Choose a file with rows."],
    [
      "names that are numbers",
      "1,2\n3,4\n",
      'The first line of "t.csv" must contain the names of the columns, but it contains "1, 2". Add a line',
    ],
    [
      "a first line that looks like a row",
      "a,1.5\nb,2\n",
      'The first line of "t.csv" looks like a row, because it contains "a, 1.5". Set whether',
    ],
    ["a title above the header", "Prices\na,b\n1,2\n3,4\n", 'Line 1 of "t.csv" must be the header, but it has 1 cell'],
    ["a line with too few cells", "a,b\n1,2\n\n3\n", "t.csv:4 has 1 cell instead of 2."],
    [
      "lines with too many cells",
      "a,b\n1,2,3\n1,2\n4,5,6\n7,8,9\n1,2,3\n",
      "t.csv:2 has 3 cells instead of 2; see also 3 other lines (4, 5, …).",
    ],
    ["a quote that never ends", 'a,b\n1,2\n3,"x\n4,y\n', "t.csv:3 opens a quote that never closes."],
    ["a quote that ends early", 'a,b\n1,2\n3,"x"y\n', "t.csv:3 has text after a closing quote."],
    [
      "a workbook",
      "PK\u0003\u0004 [Content_Types].xml xl/workbook.xml",
      "t.csv is an Excel workbook. Open it in the spreadsheet program",
    ],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), "t.csv is a PNG picture."],
    ["a web page", "<!doctype html><p>", "t.csv is a web page or XML."],
    [
      "mixed encodings",
      Buffer.concat([Buffer.from("a,y\n1,é\n2,ü\n3,"), Buffer.from([0xe9, 10])]),
      "t.csv:4 is not UTF-8 text",
    ],
    ["zero bytes", Buffer.from([97, 0, 0, 44, 98]), "t.csv is not text. Choose a CSV or Parquet file."],
    ["a broken Parquet file", "PAR1 and then nothing", "t.csv cannot be read as Parquet:"],
  ])("%s", async (_, content, problem) => {
    const reading = await read(content);
    expect(reading.table).toBeNull();
    if (reading.table === null) expect(reading.problems.join(" ")).toContain(problem);
    const path = scratch.file("bad.csv", content);
    expect((await downhill(["inspect", path])).code).toBe(3);
  });

  test("formats that only the command reads name the command", async () => {
    for (const content of ['[{"a":1}]', gzipSync(plain)]) {
      const reading = await read(content);
      expect(reading.table === null && reading.problems[0]).toContain("downhill train, which reads it");
    }
  });
});

test("a table that was read is saved as the same table", async () => {
  const content = readFileSync(dataset("iris"), "utf8");
  expect(tableCsv((await table(content)).table)).toBe(content);
  const messy = 'a,"b, c"\n1,"say ""hi"""\n,x\n';
  expect(tableCsv((await table(messy)).table)).toBe(messy);
});

test("the line of each row counts blank lines, comments and quoted line ends", async () => {
  const { lines } = await table('\n# c\nsep=;\na;b\n"1\n2";x\n\n3;"say ""hi"""\n4;\n');
  expect(Array.from(lines)).toEqual([5, 8, 9]);
});

test("the data of a file: its last column is predicted, and it is read in the same way again", async () => {
  const first = async (content: string | Uint8Array) =>
    fileDataOf(fileFacts(await table(content)), { name: "t.csv" }, "ab");
  expect(await first("x;y\n1;a\n2;b\n3;a\n")).toMatchObject({
    target: "y",
    holds: "classes",
    classes: 2,
    delimiter: ";",
  });
  expect(await first("x,y\n1,1.5\n2,2.5\n")).toMatchObject({
    target: "y",
    holds: "numbers",
    delimiter: "",
    encoding: "",
  });
  expect(await first(utf16("x,y\n1,2\n2,3\n"))).toMatchObject({ encoding: "utf-16le" });
  expect(await first("x;y\n1;1,5\n2;2,5\n3;-0,5\n")).toMatchObject({ holds: "numbers" });
  const codes = `x,y\n${Array.from({ length: 30 }, (_, i) => `${i / 7},${i % 3}`).join("\n")}\n`;
  expect(await first(codes)).toMatchObject({ holds: "classes", classes: 3 });
  const years = `x,y\n${Array.from({ length: 30 }, (_, i) => `${i},${2019 + 3 * (i % 3)}`).join("\n")}\n`;
  expect(await first(years)).toMatchObject({ holds: "numbers" });
  const ratings = await first("user_id,item,rating\n1,a,3\n2,b,4\n");
  expect(ratings).toMatchObject({ holds: "ratings", user: "user_id", item: "item", target: "rating" });
});

test("choices of the user: delimiter, header and encoding", async () => {
  expect([...(await table("a b\n1 2\n", { delimiter: " " })).table.columns.keys()]).toEqual(["a", "b"]);
  expect([...(await table("1,2\n3,4\n", { header: false })).table.columns.keys()]).toEqual(["c1", "c2"]);
  const text = await table(Buffer.from("a,b\n1,\xdf\n", "latin1"), { encoding: "iso-8859-7" });
  expect(text.table.columns.get("b")).toMatchObject({ texts: ["ί"] });
  const wrong = await read("a,b\n1,2\n", { encoding: "klingon" });
  expect(wrong).toMatchObject({
    problems: ["klingon is not an encoding. Choose one such as utf-8, windows-1252 or shift_jis."],
  });
});

test("a run on a messy file has the loss of the command to the last bit", async () => {
  const city = (i: number) => ["Rome", "Oslo", "", '"Paris, TX"'][i % 4];
  const line = (i: number) =>
    `${i % 9 === 4 ? "n/a" : `${(i * 37) % 101},${i % 10}`};${city(i)};2024-0${1 + (i % 9)}-1${i % 10};${i % 3 === 0 ? "yes" : "no"}`;
  const content =
    `sep=;\nage; city;"day, of visit";bought\n${Array.from({ length: 120 }, (_, i) => line(i)).join("\r\n")}\r\n`.replaceAll(
      /(?<!\r)\n/g,
      "\r\n",
    );
  const reading = await table(content);
  const path = scratch.at("messy.csv");
  writeFileSync(path, content);
  const own = fileData({ name: "messy.csv", rows: 120, columns: 4, target: "bought", holds: "classes", classes: 2 });
  const state = { ...modelStates.logistic, data: own };
  let loss = Number.NaN;
  for (const step of labRun(state, reading.table).prepare({ every: "epoch" }).steps()) loss = finalLoss(step.history);
  const command = commandLineOf(state, reading.table);
  const argv = command.argv.map((word) => (word === "messy.csv" ? path : word));
  const { code, stdout, stderr } = await downhill([...argv, "--quiet"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.trim()).toBe(String(loss));
});
