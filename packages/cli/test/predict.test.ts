// Predictions of saved models for other tables.
import { readFileSync } from "node:fs";
import { formatNumber } from "@downhill/plots/format";
import {
  accuracy,
  balancedAccuracy,
  brierScore,
  classScores,
  type FittedRatingModel,
  type FittedTableClassifier,
  type FittedTableRegression,
  load,
  logLoss,
  meanAbsoluteError,
  precisionRecallCurve,
  rocCurve,
  rootMeanSquaredError,
  rSquared,
  takeColumn,
} from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataset, downhill, recordsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
const $ = (name: string) => scratch.at(name);
const modelOf = (name: string) => load(JSON.parse(readFileSync($(name), "utf8")));
const linesOf = (text: string) => text.trimEnd().split("\n");

/** The records of a dataset, and its target. */
const rowsOf = (name: string, target: string) => {
  const X = recordsOf(readFileSync(dataset(name), "utf8"));
  return { X, y: X.map((record) => record[target]!) };
};

beforeAll(async () => {
  const shops = Array.from(
    { length: 24 },
    (_, i) => `${i},${["north", "south", "east"][i % 3]},${i % 2 === 0},${i % 4}`,
  );
  scratch.file("shops.csv", `size,place,open,level\n${shops.join("\n")}\n`);
  const pairs = Array.from({ length: 40 }, (_, i) => `${i % 8},${"abcdefg"[(i * 3) % 7]},${1 + (i % 5)}`);
  scratch.file("ratings.csv", `user,item,rating\n${pairs.join("\n")}\n`);
  const runs = [
    [dataset("breast_cancer"), "--target", "diagnosis", "--epochs", "50", "--save", $("logistic.json")],
    [$("shops.csv"), "--target", "level", "--epochs", "20", "--save", $("levels.json")],
    [$("shops.csv"), "--target", "open", "--epochs", "20", "--save", $("open.json")],
    [
      dataset("diabetes"),
      "--target",
      "progression",
      "--model",
      "network",
      "--epochs",
      "5",
      "--save",
      $("network.json"),
    ],
    [
      $("ratings.csv"),
      ..."--model factorization --user user --item item --rating rating --save".split(" "),
      $("ratings.json"),
    ],
  ];
  for (const argv of runs) expect(await downhill(["train", ...argv])).toMatchObject({ code: 0 });
});
afterAll(() => scratch.remove());

test("classes with probabilities, as the library gives them", async () => {
  const { stdout, code } = await downhill(["predict", $("logistic.json"), dataset("breast_cancer"), "--probabilities"]);
  expect(code).toBe(0);
  const [header, ...lines] = linesOf(stdout);
  expect(header).toBe("prediction,probability_benign,probability_malignant");
  const fitted = modelOf("logistic.json") as FittedTableClassifier;
  const { X: rows } = rowsOf("breast_cancer", "diagnosis");
  const probabilities = fitted.probabilities(rows);
  const labels = fitted.predict(rows);
  expect(lines).toEqual(
    labels.map((label, i) => `${label},${probabilities.data[2 * i]},${probabilities.data[2 * i + 1]}`),
  );
});

test("numbers of a network", async () => {
  const { stdout } = await downhill(["predict", $("network.json"), dataset("diabetes")]);
  const { X: rows } = rowsOf("diabetes", "progression");
  const own = (modelOf("network.json") as FittedTableRegression).predict(rows);
  expect(linesOf(stdout)).toEqual(["prediction", ...Array.from(own, String)]);
});

test("a table without the target, with more columns in another order", async () => {
  const shuffled = scratch.file("shuffled.csv", "note,open,place,size\nx,true,east,3\ny,false,north,8\n");
  const straight = scratch.file("straight.csv", "size,place,open\n3,east,true\n8,north,false\n");
  const first = await downhill(["predict", $("levels.json"), shuffled]);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toBe((await downhill(["predict", $("levels.json"), straight])).stdout);
  expect(linesOf(first.stdout)[1]).toMatch(/^[0-3]$/);
});

test("labels keep their type: true and false, and numbers in JSON", async () => {
  await downhill(["predict", $("open.json"), $("shops.csv"), "--out", $("open.csv")]);
  expect(new Set(linesOf(readFileSync($("open.csv"), "utf8")).slice(1))).toEqual(new Set(["true", "false"]));
  const ran = await downhill([
    "predict",
    $("levels.json"),
    $("shops.csv"),
    "--out",
    $("levels.out.json"),
    "--probabilities",
  ]);
  expect(ran.stderr).toBe(`24 predictions written to ${$("levels.out.json")}\n`);
  const records = JSON.parse(readFileSync($("levels.out.json"), "utf8")) as Record<string, unknown>[];
  expect(records).toHaveLength(24);
  expect(Object.keys(records[0]!)).toEqual([
    "prediction",
    "probability_0",
    "probability_1",
    "probability_2",
    "probability_3",
  ]);
  expect(typeof records[0]!["prediction"]).toBe("number");
});

test("evaluate: the library's metrics of the same rows, as JSON and as a table", async () => {
  const { X, y } = rowsOf("breast_cancer", "diagnosis");
  const fitted = modelOf("logistic.json") as FittedTableClassifier;
  const prediction = fitted.predict(X);
  const { perClass, macro } = classScores(prediction, y, ["benign", "malignant"]);
  const { stdout } = await downhill(["evaluate", $("logistic.json"), dataset("breast_cancer"), "--json"]);
  expect(JSON.parse(stdout)).toEqual({
    model: "logistic",
    rows: 569,
    positive: "malignant",
    accuracy: accuracy(prediction, y),
    balancedAccuracy: balancedAccuracy(prediction, y),
    logLoss: expect.closeTo(logLoss(fitted.probabilities(X), y, ["benign", "malignant"]), 13),
    macroF1: macro.f1,
    precision: perClass[1]!.precision,
    recall: perClass[1]!.recall,
    f1: perClass[1]!.f1,
    rocArea: rocCurve(fitted.scores(X).data, y, "malignant").area,
    averagePrecision: precisionRecallCurve(fitted.scores(X).data, y, "malignant").averagePrecision,
    brierScore: brierScore(takeColumn(fitted.probabilities(X), 1), y, "malignant"),
    baseline: { answer: "benign", accuracy: 357 / 569, modelIs: "better" },
  });

  expect(linesOf((await downhill(["evaluate", $("logistic.json"), dataset("breast_cancer")])).stdout).at(-2)).toBe(
    "Precision, recall, F1, ROC area, average precision and Brier score are those of the class “malignant”.",
  );

  const numbers = rowsOf("diabetes", "progression");
  const target = numbers.y.map(Number);
  const own = (modelOf("network.json") as FittedTableRegression).predict(numbers.X);
  const values = {
    "R²": rSquared(own, target),
    RMSE: rootMeanSquaredError(own, target),
    MAE: meanAbsoluteError(own, target),
  };
  const table = await downhill(["evaluate", $("network.json"), dataset("diabetes")]);
  for (const [name, value] of Object.entries(values)) {
    expect(table.stdout).toMatch(new RegExp(`^${name} +${formatNumber(value).replace(".", "\\.")}$`, "m"));
  }
  expect(linesOf(table.stdout)[0]).toMatch(/^rows +442$/);
  expect(linesOf(table.stdout).at(-1)).toMatch(/^Better than always predicting /);
});

test("evaluate on rows of one class prints no ROC area", async () => {
  const data = `SELECT * FROM '${dataset("breast_cancer")}' WHERE diagnosis = 'benign'`;
  const { stdout } = await downhill(["evaluate", $("logistic.json"), data, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 357, rocArea: null });
  expect((await downhill(["evaluate", $("logistic.json"), data])).stdout).toMatch(/ROC area +–\n/);
});

test("recommend: the items of the library, without the rated items, for a user whose name is digits", async () => {
  const { model: fitted } = modelOf("ratings.json") as FittedRatingModel;
  const own = fitted.recommend("3", { top: 2 });
  expect(own).toHaveLength(2);
  const { stdout } = await downhill(["recommend", $("ratings.json"), "--user", "3", "--top", "2"]);
  expect(linesOf(stdout)).toEqual(own.map(({ item, rating }) => `${item}\t${rating.toFixed(3)}`));
  const json = await downhill(["recommend", $("ratings.json"), "--user", "3", "--top", "2", "--json"]);
  expect(JSON.parse(json.stdout)).toEqual({ user: "3", items: own });
});

test("ratings of users and items, known or not", async () => {
  const { model: fitted } = modelOf("ratings.json") as FittedRatingModel;
  const pairs = scratch.file("pairs.csv", "item,user\na,0\nunknown,1\n");
  const { stdout } = await downhill(["predict", $("ratings.json"), pairs]);
  expect(linesOf(stdout).slice(1)).toEqual(Array.from(fitted.predict(["0", "1"], ["a", "unknown"]), String));
});

test("predictions as tab-separated values", async () => {
  await downhill(["predict", $("levels.json"), $("shops.csv"), "--out", $("levels.tsv"), "--probabilities"]);
  const [header, ...lines] = linesOf(readFileSync($("levels.tsv"), "utf8"));
  expect(header).toBe("prediction\tprobability_0\tprobability_1\tprobability_2\tprobability_3");
  expect(lines).toHaveLength(24);
  const csv = await downhill(["predict", $("levels.json"), $("shops.csv"), "--probabilities"]);
  expect(lines.map((line) => line.replaceAll("\t", ","))).toEqual(linesOf(csv.stdout).slice(1));
});
