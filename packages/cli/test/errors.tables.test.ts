// Wrong tables: exit code 3, one message with file and line, and no file is written.
import { afterAll, beforeAll, expect, test } from "vitest";
import { $, failure, iris, scratch, train, writeFixtures } from "./badFiles.ts";

beforeAll(writeFixtures);
afterAll(() => scratch.remove());

test("a file that does not exist", async () => {
  expect(await failure(3, train($("no.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: the file "DIR/no.csv" does not exist. Check the path."`,
  );
});

test("a file that is no table", async () => {
  expect(await failure(3, train($("book.xlsx"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: "DIR/book.xlsx" is not a table: it contains an Excel workbook. Open it in the spreadsheet program, save the sheet as CSV (File > Save as), and pass the new file."`,
  );
});

test("a row with fewer cells than the header", async () => {
  expect(await failure(3, train($("ragged.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: DIR/ragged.csv:3 has 2 cells, but the header has 3. Correct the line."`,
  );
});

test("a short row far below the first rows", async () => {
  expect(await failure(3, train($("late.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: DIR/late.csv:30002 has 1 cell, but the header has 2. Correct the line."`,
  );
});

test("a quote that is never closed", async () => {
  expect(await failure(3, train($("quote.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: a quote at DIR/quote.csv:2 is never closed. Close it, or write it twice if it is part of the text."`,
  );
});

test("a file in which only some lines are UTF-8", async () => {
  expect(await failure(3, train($("latin.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: DIR/latin.csv:4 is not UTF-8 text, but other lines are. Set the encoding of the file with --encoding, or save the file as UTF-8."`,
  );
});

test("an empty file", async () => {
  expect(await failure(3, train($("empty.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: "DIR/empty.csv" is empty. Supply a header and rows."`,
  );
});

test("a file with a header and no rows", async () => {
  expect(await failure(3, train($("header.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: "DIR/header.csv" has no rows. Supply rows."`,
  );
});

test("a file without a header", async () => {
  expect(await failure(3, train($("nameless.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: the first line of "DIR/nameless.csv" must contain the names of the columns, but it contains "1, 2". Add a line with names, or add --no-header, which names the columns c1, c2 and so on."`,
  );
});

test("missing cells", async () => {
  expect(
    await failure(3, train($("missing.csv"), "--target", "y", "--missing", "error", "--hold-out", "0")),
  ).toMatchInlineSnapshot(
    `"✖ train: column "a" must have no missing cells, but 2 cells are missing, the first in DIR/missing.csv:4. Supply the values, or leave out the rows."`,
  );
});

test("cells that are not finite numbers", async () => {
  expect(await failure(3, train($("infinite.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "a" must contain numbers, but 1 cell is not finite: inf at DIR/infinite.csv:5. Correct the cell, read it as missing with --na inf or leave the column out with --drop a."`,
  );
});

test("a target that is not finite", async () => {
  expect(await failure(3, train($("target.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "y" must contain numbers, but 1 cell is not finite: inf at DIR/target.csv:3. Correct the cell or read it as missing with --na inf."`,
  );
});

test("other text in a column of numbers", async () => {
  expect(
    await failure(3, train($("mixed.csv"), "--target", "y", "--missing", "error", "--hold-out", "0")),
  ).toMatchInlineSnapshot(
    `"✖ train: column "a" must have no missing cells, but a cell is missing in DIR/mixed.csv:11. Supply the values, or leave out the rows."`,
  );
});

test("a text column with a different value in every row", async () => {
  expect(await failure(3, train($("ids.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: there must be a column that the model can learn from, but there is none. "id" is left out, because 30 of its 30 cells have text that no other row has, such as "u0". Add another column."`,
  );
});

test("a table of one row", async () => {
  const one = scratch.file("single.csv", "x,y\n1,2\n");
  expect(await failure(3, ["train", one, "--target", "y"])).toMatchInlineSnapshot(
    `"✖ train: the table has only one row. Supply more rows."`,
  );
});

test("a target with one value", async () => {
  expect(await failure(3, train($("one.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: the target "y" has the same value in all 3 rows. Choose another --target, or supply rows with other values."`,
  );
});

test("a table with no column but the target", async () => {
  expect(await failure(3, train($("lonely.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: the target "y" is the only column. Supply columns to predict it from."`,
  );
});

test("ratings that are text", async () => {
  expect(
    await failure(
      3,
      train($("words.csv"), "--model", "factorization", "--user", "user", "--item", "item", "--rating", "rating"),
    ),
  ).toMatchInlineSnapshot(
    `"✖ train: column "rating" must contain numbers, but 3 cells are not numbers; the first is "good" at DIR/words.csv:2. Correct the cells, read them as missing with --na good,bad or choose another column."`,
  );
});

test("a column of lists", async () => {
  expect(await failure(3, train($("nested.json"), "--target", "y", "--hold-out", "0"))).toMatchInlineSnapshot(
    `"✖ train: there must be a column that the model can learn from, but there is none. "a" is left out, because it contains lists. Add another column."`,
  );
});

test("a column of intervals", async () => {
  expect(await failure(3, train($("days.parquet"), "--target", "y", "--hold-out", "0"))).toMatchInlineSnapshot(
    `"✖ train: the table has only one row. Supply more rows."`,
  );
});

test("a query for a column that does not exist", async () => {
  expect(await failure(3, train(`SELECT z FROM '${iris}'`, "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: DuckDB cannot run the query: "Referenced column \\"z\\" not found in FROM clause!". Correct the query."`,
  );
});

test("a JSON file that is cut", async () => {
  expect(await failure(3, train($("broken.json"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: "DIR/broken.json" cannot be read: "Malformed JSON in file \\"DIR/broken.json\\", at byte 6 in record/value 3: unexpected end of data.". Write the file again."`,
  );
});

test("a file that is not Parquet", async () => {
  expect(await failure(3, train($("broken.parquet"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: "DIR/broken.parquet" cannot be read: "No magic bytes found at end of file 'DIR/broken.parquet'". Write the file again."`,
  );
});

test("a class without training rows", async () => {
  expect(await failure(3, train($("rare.csv"), "--target", "y", "--hold-out", "0.9"))).toMatchInlineSnapshot(
    `"✖ train: all rows of the class "rare" are held out, so the model cannot learn it. Add rows of this class, or train with --hold-out 0."`,
  );
});
