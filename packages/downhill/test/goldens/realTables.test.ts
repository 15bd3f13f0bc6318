// On real tables, the mean held-out score is at most 0.005 below that of a plain scikit-learn pipeline (realTables.py).
import { expect, test } from "vitest";
import {
  accuracy,
  type Label,
  linearRegression,
  logisticRegression,
  rSquared,
  softmaxRegression,
  tableModel,
} from "../../src/index.ts";
import type { Cell } from "../../src/tables/cells/cellColumn.ts";
import { cases } from "../cases.ts";
import golden from "./realTables.json" with { type: "json" };
import { rowsOf, splitOf, vegaTable } from "./vegaTable.ts";

type Columns = Record<string, Cell[]>;

const isMissing = (cell: Cell): boolean => cell === null || cell === "";

function modelOf(model: string, target: string, train: Columns) {
  const labels = train[target]!;
  const rows = labels.length;
  const options = { target };
  if (model === "LinearRegression") return tableModel(linearRegression(), options);
  if (model === "Ridge") return tableModel(linearRegression({ l2: 1 / rows }), options);
  return new Set(labels).size === 2
    ? tableModel(logisticRegression(), options)
    : tableModel(softmaxRegression(), options);
}

function score(model: string, target: string, train: Columns, test: Columns): number {
  const predicted = modelOf(model, target, train).fit(train).predict(test);
  return model === "LogisticRegression"
    ? accuracy(predicted as Label[], test[target] as Label[])
    : rSquared(predicted as Float64Array, test[target]!.map(Number));
}

const LARGE = ["movies.json", "birdstrikes.csv"]; // thousands of rows with many categories
const WITH_RIDGE = ["cars.json", "weather.csv", "countries.json"];
const small = golden.cases
  .filter(({ file }) => !LARGE.includes(file))
  .filter(({ file, model }) => model !== "Ridge" || WITH_RIDGE.includes(file));

test.each(cases(small, golden.cases))(
  "$file: $target, $model $score",
  ({ file, target, step, model, score: theirs }) => {
    const all = vegaTable(file, step);
    const table = rowsOf(
      all,
      [...all[target]!.keys()].filter((row) => !isMissing(all[target]![row]!)),
    );
    const rows = table[target]!.length;
    const scores = Array.from({ length: golden.splits }, (_, split) => {
      const { train, test } = splitOf(rows, split);
      return score(model, target, rowsOf(table, train), rowsOf(table, test));
    });
    const mean = scores.reduce((sum, each) => sum + each / scores.length, 0);
    expect(mean).toBeGreaterThanOrEqual(theirs - 0.005);
  },
);
