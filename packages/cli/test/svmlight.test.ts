// svmlight files as DATA: they are recognised, the models have the bits of the library, and options of tables are errors.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import {
  chooseThreshold,
  crossValidate,
  type FittedModel,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  random,
  readSvmlight,
  savedWith,
  search,
  softmaxRegression,
} from "downhill";
import { afterAll, expect, test } from "vitest";
import { failure as failureIn } from "./badFiles.ts";
import { dataset, downhill, eventsOf, recordsOf, Scratch, standardInput } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const failure = (code: number, argv: string[]) => failureIn(code, argv, scratch);

/** Rows of sparse columns; the targets are `count` classes from 0, or numbers for a count of 0. */
function rowsOf(classes: number, { rows = 120, columns = 30, firstColumn = 1, seed = 1 } = {}): string {
  const next = random(seed);
  const lines = Array.from({ length: rows }, () => {
    const used = Array.from({ length: columns }, (_, j) => j).filter(() => next.uniform() < 0.2);
    const values = used.map(() => Math.round(1000 * next.uniform()) / 1000 + 0.001);
    const score = values.reduce((sum, value, k) => sum + value * ((used[k]! % 3) - 1), next.uniform() / 4);
    const target = classes === 0 ? score : Math.min(classes - 1, Math.max(0, Math.round(score + classes / 2 - 0.5)));
    return `${target} ${used.map((j, k) => `${j + firstColumn}:${values[k]}`).join(" ")}`;
  });
  return `# rows of a test\n\n${lines.join(" # a comment\r\n")}\n`;
}

const text = rowsOf(2);
const file = scratch.file("rows.svm", text);
const paramsOf = (model: FittedModel): number[] => [...(model as unknown as { params(): Float64Array }).params()];
const saved = (path: string): FittedModel => load(readFileSync(path, "utf8"));
const trained = async (...line: string[]) => {
  const ran = await downhill(["train", ...line]);
  expect(ran.stderr + ran.code).toMatch(/0$/);
  return ran;
};

test.each([
  ["rows.libsvm", text],
  ["rows.svmlight", text],
  ["rows.SVM.gz", gzipSync(text)],
  ["rows.txt", text],
  ["rows.data", text],
])("%s is read as svmlight", async (name, content) => {
  const { stdout } = await downhill(["inspect", scratch.file(name, content), "--json"]);
  const { X } = readSvmlight(text);
  expect(JSON.parse(stdout)).toMatchObject({
    rows: 120,
    columns: X.columns,
    numbers: X.values.length,
    model: "logistic",
  });
});

test("tables with spaces, colons and times are no svmlight files", async () => {
  const rows = (first: string): string => `${first}\n${"1 2\n".repeat(9)}`;
  for (const first of ["a b", "time 12:30", "1:a 2:b", "7 8", "12:30 13:45"]) {
    const message = await failure(2, ["train", scratch.file("table.txt", rows(first)), "--target", "no such column"]);
    expect(message).toContain('--target "no such column" is not a column of the table');
  }
});

test.each([
  ["linear", 0, linearRegression({ l1: 0.001 }), ["--l1", "0.001"]],
  ["logistic", 2, logisticRegression({ classes: [1, 0] }), ["--positive", "0"]],
  ["softmax", 3, softmaxRegression(), []],
  ["svm", 3, linearSvm({ loss: "squaredHinge" }), ["--model", "svm", "--loss", "squaredHinge"]],
] as const)("the model %s is that of the library, bit for bit", async (kind, classes, estimator, options) => {
  const own = rowsOf(classes, { seed: 4 });
  const [path, model] = [scratch.file(`${kind}.svm`, own), scratch.at(`${kind}.json`)];
  await trained(path, "--hold-out", "0", "--save", model, "--quiet", ...options);
  const { X, y } = readSvmlight(own);
  const fitted = (estimator as ReturnType<typeof linearRegression>).fit(X, y);
  expect(saved(model).kind).toBe(kind);
  expect(paramsOf(saved(model))).toEqual(paramsOf(fitted));
  const predicted = await downhill(["predict", model, path]);
  expect(recordsOf(predicted.stdout).map(({ prediction }) => Number(prediction))).toEqual(
    Array.from(fitted.predict(X)),
  );
  const evaluated = await downhill(["evaluate", model, path, "--json"]);
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ model: kind, rows: 120 });
});

test("held-out rows, batches, a report and a checkpoint", async () => {
  const [model, again, report, checkpoint] = ["a.json", "b.json", "a.html", "a.ckpt"].map((name) => scratch.at(name));
  const batches = ["--batch-size", "8", "--learning-rate", "0.05", "--seed", "3"];
  const line = [file, "--save", model!, "--report", report!, "--json", "--epochs", "4", ...batches];
  const events = eventsOf(await trained(...line));
  expect(events[0]).toMatchObject({ rows: 120, trainRows: 96, heldOutRows: 24, columns: 30, firstColumn: 1 });
  const page = readFileSync(report!, "utf8");
  expect(page).toContain("30 columns are the features, and the first number of each line is the target.");
  expect(page).toContain("x30");
  await trained(file, ...batches, "--epochs", "2", "--checkpoint", checkpoint!, "--every", "1", "--no-save", "--quiet");
  await trained(file, "--resume", checkpoint!, ...batches, "--epochs", "4", "--save", again!, "--quiet");
  await trained(file, ...batches, "--epochs", "4", "--save", model!, "--force", "--quiet");
  expect(readFileSync(again!, "utf8")).toBe(readFileSync(model!, "utf8"));
});

test("columns that the model does not have are left out and counted; absent columns are 0", async () => {
  const model = scratch.at("columns.json");
  await trained(file, "--save", model, "--quiet");
  const rows = await downhill([
    "predict",
    model,
    scratch.file("wide.svm", "0 1:2 3:1 31:4\n0 40:1\n1 2:1 99:1 100:3\n"),
  ]);
  expect(rows.stderr).toBe(
    "4 numbers are left out, because their columns are higher than 30, the last column of the model\n",
  );
  const same = await downhill([
    "predict",
    model,
    scratch.file("narrow.svm", "0 1:2 3:1\n0\n1 2:1\n"),
    "--probabilities",
  ]);
  expect(same.stderr).toBe("");
  expect(recordsOf(same.stdout).map(({ prediction }) => prediction)).toEqual(
    recordsOf(rows.stdout).map(({ prediction }) => prediction),
  );
});

test("files that count columns from 0", async () => {
  const [zero, model, one] = [
    scratch.file("zero.svm", rowsOf(2, { firstColumn: 0 })),
    scratch.at("zero.json"),
    scratch.at("one.json"),
  ];
  await trained(zero, "--save", model, "--quiet");
  await trained(file, "--save", one, "--quiet");
  expect(paramsOf(saved(model))).toEqual(paramsOf(saved(one)));
  const { stdout } = await downhill(["predict", model, scratch.file("late.svm", "0 1:3 29:1\n")]); // without a column 0
  const expected = (saved(one) as ReturnType<ReturnType<typeof logisticRegression>["fit"]>).predict(
    readSvmlight("0 2:3 30:1", { columns: 30 }).X,
  );
  expect(stdout).toBe(`prediction\n${expected[0]}\n`);
  expect(await failure(3, ["predict", one, zero])).toContain(
    'zero.svm" has the column 0, but the training file counted its columns from 1.',
  );
});

test("--open takes no svmlight file", async () => {
  for (const name of ["open.svm", "open.txt"]) {
    const message = await failure(2, ["train", scratch.file(name, text), "--open", "--no-save"]);
    expect(message).toContain("--open needs one CSV or Parquet file");
  }
});

test("standard input and other files with svmlight rows are errors", async () => {
  const { stderr, code } = await downhill(["train", "-", "--target", "y"], { stdin: standardInput(text) });
  expect(code).toBe(3);
  expect(stderr).toContain('"standard input" contains svmlight rows, which are read only from one file');
  expect(await failure(3, ["train", scratch.file("rows.txt.gz", gzipSync(text)), "--target", "y"])).toContain(
    "Write them into such a file, and pass it as DATA.",
  );
});

test("columns have the numbers of the file in messages; SQL needs names", async () => {
  const [model, out] = [scratch.at("named.json"), scratch.at("named.sql")];
  const rows = scratch.file("long.svm", rowsOf(0).replaceAll(/ 7:[^ ]*/g, " 7:900"));
  const message = await failure(4, ["train", rows, "--learning-rate", "1e9", "--no-standardize", "--no-save"]);
  expect(message).toContain("The column x7 limits it most");
  await trained(file, "--save", model, "--quiet");
  expect(await failure(3, ["export", model, "--to", "sql", "--out", out])).toContain("Use --to js or --to onnx.");
  expect((await downhill(["export", model, "--to", "js", "--out", scratch.at("named.js")])).code).toBe(0);
});

test("errors name the file, the line and the remedy", async () => {
  const model = scratch.at("errors.json");
  await trained(file, "--save", model, "--quiet");
  expect(await failure(3, ["train", scratch.file("bad.svm", "1 1:2\n0 3:x\n")])).toContain(
    'bad.svm": column 3 must be a finite number, got "x", in line 2. Correct the line, or remove it.',
  );
  expect(await failure(3, ["train", scratch.file("one.svm", "1 1:2\n1 2:1\n")])).toContain("the target of all rows of");
  expect(await failure(3, ["evaluate", model, scratch.file("other.svm", "1 1:2\n7 2:1\n")])).toContain(
    "the target of row 2 is 7, which is not a class of the model. Its classes are",
  );
  expect(await failure(3, ["predict", model, dataset("iris")])).toContain(
    "the model was trained on an svmlight file, so DATA must be one too",
  );
  const table = scratch.at("iris.json");
  await trained(dataset("iris"), "--target", "species", "--save", table, "--quiet");
  expect(await failure(3, ["predict", table, file])).toContain("but the model predicts from the columns of a table.");
  expect(await failure(3, ["train", scratch.at("*.svm")])).toContain("names several svmlight files");
  expect(await failure(2, ["diagnose", file])).toContain("no learning rates can be computed for the sparse rows");
  const damaged = JSON.stringify(savedWith(saved(model), { svmlight: { firstColumn: 2, baseline: 0 } }));
  expect(await failure(3, ["predict", scratch.file("damaged.json", damaged), file])).toContain(
    "its svmlight must have the members firstColumn (0 or 1) and baseline",
  );
});

test.each([
  ["--target", "y"],
  ["--drop", "y"],
  ["--column", "y:number"],
  ["--weight", "y"],
  ["--group", "y"],
  ["--stream"],
  ["--no-header"],
  ["--model", "factorization"],
])("train %s is an error", async (...options) => {
  const message = await failure(2, ["train", file, ...options]);
  expect(message).toContain(options[0]);
  expect(message).toContain('rows.svm" is an svmlight file');
});

test.each([["--keep", "y"], ["--explain"], ["--comment", "#"]])("predict %s is an error", async (...options) => {
  const model = scratch.at("options.json");
  await trained(file, "--save", model, "--quiet");
  expect(await failure(2, ["predict", model, file, ...options])).toContain(`${options[0]} works only with tables`);
});

test("folds, a search and a chosen threshold have the results of the library", async () => {
  const model = scratch.at("searched.json");
  const line = [
    "--folds",
    "3",
    "--search",
    "l2=0.01|1",
    "--trials",
    "all",
    "--threshold",
    "f1",
    "--hold-out",
    "0",
    "--json",
  ];
  const events = eventsOf(await downhill(["train", file, ...line, "--save", model]));
  const { X, y } = readSvmlight(text);
  const data = { X, y: Array.from(y) };
  const positive = positiveOf(y);
  const estimator = ({ l2 }: { readonly l2: number }) => logisticRegression({ l2, classes: [1 - positive, positive] });
  const found = search(estimator, data, { ranges: { l2: [0.01, 1] }, method: "grid", folds: 3 });
  const { folds, mean } = crossValidate(estimator(found.best!.values), data, { folds: 3 });
  const { threshold } = chooseThreshold(
    folds.flatMap((fold) => [...fold.probabilities!]),
    folds.flatMap((fold) => [...fold.rows.test].map((row) => y[row]!)),
    positive,
    "f1",
  );
  expect(saved(model)).toMatchObject({ threshold, options: { l2: found.best!.values.l2 } });
  expect(JSON.stringify(events)).toContain(String(mean!.test.logLoss));
});

/** The rarer class, and the higher of two classes with the same number of rows. */
const positiveOf = (y: Float64Array): number => (2 * y.filter((label) => label === 1).length <= y.length ? 1 : 0);

test("more folds than rows, and a search of an SVM", async () => {
  expect(await failure(2, ["train", file, "--folds", "500"])).toMatch(
    /500 folds need at least 500 training rows, but there are 96/,
  );
  const { stderr } = await trained(
    file,
    "--model",
    "svm",
    "--search",
    "l2=1e-3..1",
    "--trials",
    "2",
    "--save",
    scratch.at("svm.json"),
  );
  expect(stderr).toContain("search: 2 of 2 trials finished");
  expect(stderr).toContain("columns scaled, not centred");
});

test("a threshold, and groups that are not used", async () => {
  const grouped = text.replaceAll(/^([01]) /gm, "$1 qid:7 ");
  const model = scratch.at("threshold.json");
  const { stderr } = await trained(scratch.file("grouped.svm", grouped), "--threshold", "0.3", "--save", model);
  expect(stderr).toContain("The numbers after qid: are not used");
  expect(saved(model)).toMatchObject({ threshold: 0.3 });
});
