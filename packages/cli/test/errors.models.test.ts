// Wrong model files, and rows that do not fit a model: exit code 3, one message, and no file is written.
import { linearRegression } from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { $, failure, scratch, writeFixtures } from "./badFiles.ts";
import { downhill } from "./world.ts";

beforeAll(writeFixtures);
afterAll(() => scratch.remove());

test("a model file that does not exist", async () => {
  expect(await failure(3, ["predict", $("no.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ predict: the model file "DIR/no.json" cannot be read: no such file or directory. Check the path."`,
  );
});

test("a directory in place of a model file", async () => {
  expect(await failure(3, ["predict", $("."), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ predict: the model file "DIR" cannot be read: illegal operation on a directory. Check the path."`,
  );
});

test("a model file that was cut", async () => {
  expect(await failure(3, ["predict", $("cut.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ predict: the model file "DIR/cut.json" is incomplete or is not JSON. Train again, or copy the file again."`,
  );
});

test("a JSON file that is not a model", async () => {
  expect(await failure(3, ["predict", $("other.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ predict: "DIR/other.json" is not a model file. Use a file that downhill train wrote."`,
  );
});

test("a model of numbers that the library saved", async () => {
  const [x, y] = [
    [[1], [2]],
    [3, 4],
  ];
  scratch.file("numbers.json", JSON.stringify(linearRegression().fit(x, y)));
  expect(await failure(3, ["evaluate", $("numbers.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ evaluate: the model file "DIR/numbers.json" was saved by the library, without the columns of a table. Train with downhill train, or save a tableModel."`,
  );
});

test("a model of a later version", async () => {
  expect(await failure(3, ["evaluate", $("later.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ evaluate: "DIR/later.json" cannot be loaded: the model must have version 2, got 9. Update downhill, or train the model again."`,
  );
});

test("a model that was changed", async () => {
  expect(await failure(3, ["evaluate", $("changed.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ evaluate: "DIR/changed.json" cannot be loaded: the model must be as it was saved, got one that was changed. Load an unchanged copy, or save the model again."`,
  );
});

test("recommend with a model that is not a factorization", async () => {
  expect(await failure(3, ["recommend", $("small.json"), "--user", "1"])).toMatchInlineSnapshot(
    `"✖ recommend: the model in "DIR/small.json" must be a factorization, but it is logistic. Train with --model factorization."`,
  );
});

test("a model file of the command's version 1", async () => {
  expect(await failure(3, ["predict", $("old.json"), $("small.csv")])).toMatchInlineSnapshot(
    `"✖ predict: "DIR/old.json" cannot be loaded: the model must have version 2, got a file of version 1 of the command. Train the model again."`,
  );
});

test("a table as the model", async () => {
  expect(await failure(3, ["predict", $("small.csv"), $("small.json")])).toMatchInlineSnapshot(
    `"✖ predict: "DIR/small.csv" is not a model file. Use a file that downhill train wrote."`,
  );
});

test("a category that the training table does not have, with --unseen error", async () => {
  const argv = ["--target", "y", "--epochs", "3", "--unseen", "error", "--hold-out", "0", "--save", $("strict.json")];
  expect((await downhill(["train", $("small.csv"), ...argv])).code).toBe(0);
  expect(await failure(3, ["predict", $("strict.json"), $("unseen.csv")])).toMatchInlineSnapshot(
    `"✖ predict: column "c" must hold only categories of the training rows, but it has "green" in DIR/unseen.csv:3. Correct the cells, or train with --unseen other."`,
  );
});

test("text in a column of numbers", async () => {
  expect(await failure(3, ["predict", $("small.json"), $("texts.csv")])).toMatchInlineSnapshot(
    `"✖ predict: column "a" must contain numbers, as in the training rows, but 1 cell is not a number: "two" at DIR/texts.csv:3. Correct the cell."`,
  );
});

test("a table without a column of the model", async () => {
  expect(await failure(3, ["predict", $("small.json"), $("fewer.csv")])).toMatchInlineSnapshot(
    `"✖ predict: the model needs the column "c", but the data have the columns a, y. Supply the missing column."`,
  );
});

test("a table with a similar column in place of a column of the model", async () => {
  expect(await failure(3, ["predict", $("small.json"), $("upper.csv")])).toMatchInlineSnapshot(
    `"✖ predict: the model needs the column "c", but the data have the columns a, C, y. Supply the missing column, or rename "C" to "c"."`,
  );
});

test("a label that the model does not have", async () => {
  expect(await failure(3, ["evaluate", $("small.json"), $("labels.csv")])).toMatchInlineSnapshot(
    `"✖ evaluate: column "y" must hold only the classes of the model ("no", "yes"), got "maybe" in DIR/labels.csv:3. Correct the cells, remove their rows, or train with such rows."`,
  );
});
