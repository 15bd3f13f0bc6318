// How a text file is read: its encoding, its delimiter, its comments, its header. Notes say what the command decided.
import { afterAll, expect, test } from "vitest";
import type { CsvOptions } from "../src/table/files/source.ts";
import { withTable } from "../src/table/openTable.ts";
import { downhill, Scratch, standardInput } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

/** The names and the cells of a table as text, and the notes. */
async function read(data: string, options: CsvOptions = {}) {
  const argument = { data, stdin: standardInput(""), ...options };
  const found = await withTable("train", { argument, texts: [] }, async (open) => {
    const { rows, columns } = await open.readCells(open.columns.map((name) => ({ name, asText: true })));
    const cells = Array.from({ length: rows }, (_, row) =>
      [...columns.values()].map((column) =>
        column.type === "text" ? (column.texts[column.codes[row]!] ?? null) : column,
      ),
    );
    const { columns: names, notes, locate } = open;
    return { rows: [names, ...cells], notes, lines: cells.slice(0, 9).map((_, row) => locate(row)) };
  });
  const plain = (text: string) => text.replaceAll(`${scratch.path}/`, "");
  return { rows: found.rows, notes: found.notes.map(plain), lines: found.lines.map(plain) };
}

const rows = [
  ["a", "b"],
  ["1", "ä"],
  ["3", "€"],
];
const text = "a,b\n1,ä\n3,€\n";
const windows = Buffer.from("a,b\n1,\xe4\n3,\x80\n", "latin1");

test.each([
  ["UTF-8 with a mark", `\ufeff${text}`, []],
  ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), ["t.csv is read as UTF-16LE"]],
  ["UTF-16 with the high byte first", Buffer.from(`\ufeff${text}`, "utf16le").swap16(), ["t.csv is read as UTF-16BE"]],
  [
    "Windows-1252",
    windows,
    ["t.csv is read as Windows-1252, because line 2 is not UTF-8 (--encoding sets another encoding)"],
  ],
])("%s is recognised, in a query too, and lines keep their numbers", async (_, content, notes) => {
  const path = scratch.file("t.csv", content);
  expect(await read(path)).toEqual({ rows, notes, lines: ["t.csv:2", "t.csv:3"] });
  expect(await read(`SELECT * FROM '${path}'`)).toMatchObject({ rows, notes });
});

test("--encoding sets any encoding of the WHATWG standard, also for JSON", async () => {
  const path = scratch.file(
    "sjis.csv",
    Buffer.from([..."a,b\n1,"].map((c) => c.charCodeAt(0)).concat([0x93, 0xfa, 10])),
  );
  expect(await read(path, { encoding: "shift_jis" })).toMatchObject({
    rows: [
      ["a", "b"],
      ["1", "日"],
    ],
    notes: [],
  });
  const json = scratch.file("t.json", Buffer.from('[{"a":"1","b":"\xe4"},{"a":"3","b":"\x80"}]', "latin1"));
  expect(await read(json, { encoding: "windows-1252" })).toMatchObject({ rows, notes: [] });
  const wide = scratch.file("wide.json", Buffer.from('\ufeff[{"a":"1","b":"ä"},{"a":"3","b":"€"}]', "utf16le"));
  expect(await read(wide)).toMatchObject({ rows, notes: ["wide.json is read as UTF-16LE"] });
  const marked = scratch.file("marked.json", '\ufeff[{"a":"1","b":"ä"},{"a":"3","b":"€"}]');
  expect(await read(marked)).toMatchObject({ rows, notes: [] });
});

test("a large file in Windows-1252 is read as UTF-8 would be", async () => {
  const many = `a,b\n${Array.from({ length: 200_000 }, (_, i) => `${i},${i % 1000 === 999 ? "ä€ß" : "plain text"}`).join("\n")}\n`;
  const bytes = Buffer.from(many.replaceAll("€", "\x80"), "latin1");
  const [found, expected] = [await read(scratch.file("large.csv", bytes)), await read(scratch.file("same.csv", many))];
  expect(found.rows).toEqual(expected.rows);
  expect(found.notes).toEqual([expect.stringContaining("because line 1001 is not UTF-8")]);
}, 30_000);

test.each([
  [
    "lines in two encodings",
    Buffer.concat([Buffer.from(`${text}5,ü\n`), Buffer.from("7,\xe9\n", "latin1")]),
    {},
    /t\.csv:5 is not UTF-8 text, but other lines are\. Set the encoding of the file with --encoding, or/,
  ],
  [
    "bytes that Windows-1252 does not have",
    Buffer.from("a,b\n1,\x81\n", "latin1"),
    {},
    /t\.csv:2 is not UTF-8 text, and it is not Windows-1252 text\. Set the/,
  ],
  [
    "another encoding than --encoding",
    windows,
    { encoding: "utf-8" },
    /t\.csv:2 is not UTF-8 text\. Set the encoding of the file with --encoding, or correct the line\./,
  ],
  ["bytes that are no text", Buffer.from([97, 0, 0, 0, 44]), {}, /must be text, but it contains binary data/],
])("%s: an error with the line", async (_, content, options, message) => {
  const path = scratch.file("t.csv", content);
  await expect(read(path, options)).rejects.toThrow(message);
  await expect(read(`SELECT * FROM '${path}'`, options)).rejects.toThrow(message);
});

test("the advice of these errors works", async () => {
  const mixed = Buffer.concat([Buffer.from(`${text}5,ü\n`), Buffer.from("7,\xe9\n", "latin1")]);
  const found = await read(scratch.file("t.csv", mixed), { encoding: "windows-1252" });
  expect(found.rows.at(-1)).toEqual(["7", "é"]);
});

test("a first line of numbers and missing cells contains no names", async () => {
  const path = scratch.file("heart.csv", "63.0,1.0,?,0\n67.0,0.0,2.0,1\n");
  await expect(read(path)).rejects.toThrow('must contain the names of the columns, but it contains "63.0, 1.0, ?, 0"');
});

test("--no-header names the columns c1, c2 and so on; numbers in the first line are an error that says so", async () => {
  const path = scratch.file("t.csv", "# data\n1,2\n3,4\n");
  await expect(read(path)).rejects.toThrow(
    'must contain the names of the columns, but it contains "1, 2". Add a line with names, or add --no-header',
  );
  const expected = {
    rows: [
      ["c1", "c2"],
      ["1", "2"],
      ["3", "4"],
    ],
    notes: ["line 1 of t.csv begins with #, so it is skipped"],
  };
  expect(await read(path, { header: false })).toEqual({ ...expected, lines: ["t.csv:2", "t.csv:3"] });
  expect(await read(`SELECT * FROM '${path}'`, { header: false })).toMatchObject(expected);
});

test("lines that begin with # before the header are skipped, and the run says so", async () => {
  const path = scratch.file("t.csv", '# it\'s a "quote\n#\n\na,b\n1,"#x"\n3,c #d\n');
  const found = await read(path);
  expect(found).toEqual({
    rows: [
      ["a", "b"],
      ["1", "#x"],
      ["3", "c #d"],
    ],
    notes: ["the first 2 lines of t.csv begin with #, so they are skipped"],
    lines: ["t.csv:5", "t.csv:6"],
  });
  expect((await read(`SELECT * FROM '${path}'`)).rows).toEqual(found.rows);
  const names = scratch.file("names.csv", "# a,b\n1,2\n");
  expect(await read(names)).toMatchObject({
    rows: [
      ["# a", "b"],
      ["1", "2"],
    ],
    notes: [],
  });
});

test.each([
  ["Report 2020\n\na,b,y\n1,2,3\n4,5,6\n", "line 1 of", "it has 1 cell, and all lines from line 3 have 3", 2],
  ["# x\nReport\na;b;y\n1;2;3\n", "line 2 of", "it has 1 cell, and all lines from line 3 have 3", 2],
  [
    "Report,2020\nby,me\n\nname,b,y\nx,2,3\nz,5,6\n",
    "line 1 of",
    "it has 2 cells, and all lines from line 4 have 3",
    3,
  ],
])("lines above the header are an error with advice that works: %j", async (content, line, facts, lines) => {
  const path = scratch.file("t.csv", content);
  for (const data of [path, `SELECT * FROM '${path}'`]) {
    await expect(read(data)).rejects.toThrow(line);
    await expect(read(data)).rejects.toThrow(facts);
  }
  const rest = content.split("\n").slice(lines).join("\n");
  expect((await read(scratch.file("t.csv", rest))).rows[0]).toHaveLength(3);
});

test("a table of one column with delimiters in its cells is no title: with numbers, in some cells, or with --delimiter", async () => {
  for (const content of ["price\n1,5\n2,5\n", "text\na, b\nc\nd, e\n", "text\na\nb\n"]) {
    expect((await read(scratch.file("t.csv", content))).rows[0]).toHaveLength(1);
  }
  const names = scratch.file("t.csv", "name\nDoe, John\nRoe, Jane\n");
  await expect(read(names)).rejects.toThrow(
    'line 1 is the header, set the character between the cells, as in --delimiter ";"',
  );
  expect((await read(names, { delimiter: ";" })).rows[1]).toEqual(["Doe, John"]);
});

test("--comment skips whole lines, also between the rows, but never the end of a row", async () => {
  const content = '%one\na;b\n1;x %y\n% "comment\n2;"two\n%lines"\n\n3;z\n%end';
  const path = scratch.file("t.csv", content);
  expect(await read(path, { comment: "%" })).toEqual({
    rows: [
      ["a", "b"],
      ["1", "x %y"],
      ["2", "two\n%lines"],
      ["3", "z"],
    ],
    notes: [],
    lines: ["t.csv:3", "t.csv:5", "t.csv:8"],
  });
  expect((await read(`SELECT * FROM '${path}'`, { comment: "%" })).rows).toHaveLength(4);
  const marked = scratch.file("bom.csv", "\ufeff%one\n%two\na,b\n1,2\n");
  expect((await read(marked, { comment: "%" })).rows).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
  const one = scratch.file("one.csv", "a\n1\n%\n2\n");
  await expect(read(one, { comment: "%" })).rejects.toThrow("--comment needs a table of at least two columns");
});

test("--delimiter sets the character between the cells", async () => {
  const path = scratch.file("t.csv", "a:b,c\n1:2,3\n");
  expect((await read(path)).rows).toEqual([
    ["a:b", "c"],
    ["1:2", "3"],
  ]);
  expect((await read(path, { delimiter: ":" })).rows).toEqual([
    ["a", "b,c"],
    ["1", "2,3"],
  ]);
  expect((await read(`SELECT * FROM '${path}'`, { delimiter: ":" })).rows).toEqual([
    ["a", "b,c"],
    ["1", "2,3"],
  ]);
});

test("columns of equal names are renamed as in DuckDB, and the run says so", async () => {
  const path = scratch.file("t.csv", "x,x,x_1,,\n1,2,3,4,5\n");
  expect(await read(path)).toMatchObject({
    rows: [
      ["x", "x_2", "x_1", "column3", "column4"],
      ["1", "2", "3", "4", "5"],
    ],
    notes: [
      "columns of t.csv have no name; they are named column3, column4",
      "columns of t.csv have equal names; the later ones are renamed to x_2",
    ],
  });
});

test.each([
  [
    "PK\u0003\u0004 [Content_Types].xml xl/workbook.xml",
    /an Excel workbook\. Open it in the spreadsheet program, save the sheet as CSV \(File > Save as\)/,
  ],
  ["PK\u0003\u0004 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", /a spreadsheet\. Open it/],
  ["PK\u0003\u0004 data.csv", /a ZIP archive\. Unpack it \(unzip FILE\), and pass the table that is in it\./],
  ["%PDF-1.7", /a PDF document/],
  ["\u0089PNG\r\n", /a PNG picture/],
  ["<!DOCTYPE html><html>", /a web page or XML\. Download the table itself/],
  ["SQLite format 3\u0000", /a SQLite database\. Export a table/],
  ["version https://git-lfs.github.com/spec/v1\n", /only a pointer of Git LFS/],
])("a file that is no table is an error that says what it is: %j", async (content, message) => {
  for (const name of ["t.csv", "t.parquet", "t.json", "t.xlsx", "t"]) {
    const path = scratch.file(name, Buffer.from(content, "latin1"));
    await expect(read(path)).rejects.toThrow(message);
  }
});

test("a pattern reads several files in the order of their names; columns may have another order", async () => {
  scratch.file("part-2.csv", "b;a\n4;3\n6;5\n");
  scratch.file("part-1.csv", "a,b\n1,2\n");
  scratch.file("part-3.csv", Buffer.from("\ufeffa,b\n7,8\n", "utf16le"));
  const found = await read(scratch.at("part-*.csv"));
  expect(found).toEqual({
    rows: [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
      ["7", "8"],
    ],
    notes: ["part-3.csv is read as UTF-16LE"],
    lines: ["part-1.csv:2", "part-2.csv:2", "part-2.csv:3", "part-3.csv:2"],
  });
  scratch.file("part-4.csv", "a,b\n1,2,3\n");
  await expect(read(scratch.at("part-*.csv"))).rejects.toThrow(/part-4\.csv:2 has 3 cells, but the header has 2/);
  scratch.file("part-4.csv", "a,c\n1,2\n");
  await expect(read(scratch.at("part-*.csv"))).rejects.toThrow(
    `the files of DATA must have the same columns, but "${scratch.at("part-4.csv")}" does not have "b", and ` +
      `"${scratch.at("part-1.csv")}" does not have "c". Use a narrower pattern, or correct the files.`,
  );
  scratch.file("part-4.csv", '[{"a":1,"b":2}]');
  await expect(read(scratch.at("part-*.csv"))).rejects.toThrow(
    /must have the same format, but .*part-1\.csv" is csv and/,
  );
  await expect(read(scratch.at("no-*.csv"))).rejects.toThrow(/no file has the name .* or matches it as a pattern/);
});

test("the rows of many large files stay in order", async () => {
  const count = 150_000;
  for (const part of [0, 1, 2]) {
    const lines = Array.from({ length: count }, (_, i) => `${part * count + i},${part}`);
    scratch.file(`big-${part}.csv`, `i,part\n${lines.join("\n")}\n`);
  }
  const argument = { data: scratch.at("big-*.csv"), stdin: standardInput("") };
  await withTable("train", { argument, texts: [] }, async (open) => {
    const { rows, columns } = await open.readCells([{ name: "i", separate: true }]);
    const column = columns.get("i")!;
    expect(rows).toBe(3 * count);
    if (column.type !== "number") throw new Error(column.type);
    expect(column.values.findIndex((value, i) => value !== i)).toBe(-1);
    expect(open.locate(count)).toBe(`${scratch.at("big-1.csv")}:2`);
  });
});

test("the rows of a file that threads read in parts stay in order", async () => {
  const count = 100_000; // 21 MB, three parts
  const filler = "x".repeat(200);
  const lines = Array.from({ length: count }, (_, i) => `${i},${filler}`);
  const argument = {
    data: scratch.file("parts.csv", `i,x\n${lines.join("\n")}\n`),
    stdin: standardInput(""),
  };
  await withTable("train", { argument, texts: [] }, async (open) => {
    const { rows, columns } = await open.readCells([{ name: "i" }]);
    const column = columns.get("i")!;
    if (column.type !== "number") throw new Error(column.type);
    expect([rows, column.values.findIndex((value, i) => value !== i)]).toEqual([count, -1]);
  });
});

test("JSON files of a pattern may have members in another order; the location of a row names its file", async () => {
  scratch.file("j-1.json", '[{"a":"1","b":"2"}]');
  scratch.file("j-2.json", '[{"b":"4","a":"3"},{"b":"6","a":"5"}]');
  expect(await read(scratch.at("j-?.json"))).toMatchObject({
    rows: [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ],
    lines: ["row 1 of j-1.json", "row 1 of j-2.json", "row 2 of j-2.json"],
  });
});

test("the options of CSV files are errors for other data, and wrong values are usage errors", async () => {
  const json = scratch.file("t.json", '[{"a":1,"b":2}]');
  const run = async (...options: string[]) => {
    const { code, stderr } = await downhill(["train", json, "--target", "b", ...options]);
    return [code, stderr.split("\n")[0]];
  };
  expect(await run("--no-header", "--delimiter", ";")).toEqual([
    2,
    `✖ train: --delimiter, --no-header work only with CSV files, but "${json}" is json. Leave out the options.`,
  ]);
  expect(await run("--encoding", "klingon")).toEqual([
    2,
    expect.stringContaining("It must be the name of an encoding"),
  ]);
  expect(await run("--comment", "//")).toEqual([2, expect.stringContaining("It must be one character")]);
  expect(await run("--delimiter", "ab")).toEqual([2, expect.stringContaining("or the word tab")]);
});

test("a first line that contains numbers as rows do needs --no-header or --header", async () => {
  for (const first of ["39,State-gov,77516,13", "5.1,3.5,setosa", "1,Rome,1"]) {
    const path = scratch.file("row.csv", `${first}\n${first}\n${first}\n`);
    await expect(read(path)).rejects.toThrow('looks like a row, because it contains "');
    expect((await read(path, { header: false })).rows).toHaveLength(4);
    expect((await read(path, { header: true })).rows).toHaveLength(3);
  }
  expect((await read(scratch.file("years.csv", "country,1990,1991\nPeru,1,2\n"))).rows).toHaveLength(2);
});

test("a comment between the rows is an error with advice that works", async () => {
  const path = scratch.file("t.csv", "a,b\n1,2\n# total 2\n3,4\n");
  await expect(read(path)).rejects.toThrow("Correct the line. If it is a comment, add --comment '#'.");
  expect((await read(path, { comment: "#" })).rows).toHaveLength(3);
});

test("a query over a workbook is an error that helps", async () => {
  await expect(read("SELECT * FROM 'no.xlsx'")).rejects.toThrow("Save the sheet of the workbook as CSV");
});

test("predict and evaluate print the notes and have the options too", async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${i};${2 * i + 1}`).join("\n");
  const path = scratch.file("t.csv", `${lines}\n`);
  const model = scratch.at("model.json");
  const options = ["--no-header", "--delimiter", ";"];
  const trained = await downhill(["train", path, "--target", "c2", "--save", model, ...options]);
  expect(trained.code, trained.stderr).toBe(0);
  const commented = scratch.file("c.csv", `# c\n${lines}\n`);
  for (const command of ["predict", "evaluate"]) {
    const ran = await downhill([command, model, commented, ...options]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(`line 1 of ${commented} begins with #, so it is skipped\n`);
  }
});
