import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  exportJs,
  linearRegression,
  logisticRegression,
  networkClassifier,
  softmaxRegression,
  tableModel,
  withThreshold,
} from "../../src/index.ts";
import { messyOptions, messyRows, messyTargets, otherRows } from "./messyRows.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-js-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The functions of a module. */
type Functions = Record<string, (row: unknown) => unknown>;

async function imported(name: string, text: string): Promise<Functions> {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

const all = [...messyRows, ...otherRows];
const withTarget = (target: "number" | "two" | "three") =>
  messyRows.map((row, i) => ({ ...row, y: messyTargets[i]![target] }));

test.each([undefined, "quadratic", "splines"] as const)(
  "a regression on a messy table has the same bits, with expand %s",
  async (expand) => {
    const model = tableModel(linearRegression({ l2: 0.1 }), { target: "y", expand, ...messyOptions }).fit(
      withTarget("number"),
    );
    const { predict } = await imported(`number${expand}`, exportJs(model).module);
    expect(all.map((row) => predict!(row))).toEqual([...model.predict(all)]);
  },
);

test.each([
  ["two", logisticRegression()],
  ["three", softmaxRegression()],
  ["three", networkClassifier({ hidden: [6], epochs: 5, seed: 1 })],
] as const)("a classifier of %s classes on a messy table has the same bits", async (target, estimator) => {
  const model = tableModel(estimator, { target: "y", ...messyOptions }).fit(withTarget(target));
  const own = await imported(`${target}${model.model.kind}`, exportJs(model).module);
  expect(all.map((row) => own["predict"]!(row))).toEqual(model.predict(all));
  expect(all.flatMap((row) => own["probabilities"]!(row))).toEqual([...model.probabilities(all).data]);
});

test("a threshold decides the class", async () => {
  const model = tableModel(logisticRegression(), { target: "y", ...messyOptions }).fit(withTarget("two"));
  const strict = withThreshold(model, 0.9);
  const { predict } = await imported("threshold", exportJs(strict).module);
  expect(all.map((row) => predict!(row))).toEqual(strict.predict(all));
});

test("the module rejects cells as the model does", async () => {
  const model = tableModel(logisticRegression(), { target: "y", unseen: "error", missing: "error" }).fit(
    Array.from({ length: 8 }, (_, i) => ({ age: i, sex: i % 2 === 0 ? "male" : "female", y: i > 3 })),
  );
  const { predict } = await imported("errors", exportJs(model).module);
  for (const row of [{ age: 1, sex: "other" }, { age: null, sex: "male" }, { age: "x", sex: "male" }, { age: 1 }]) {
    let message = "";
    try {
      model.predict([row] as object[]);
    } catch (error) {
      message = (error as Error).message.replace("row 0", "the row");
    }
    expect(message).toMatch(/^predict: /);
    expect(() => predict!(row)).toThrow(message);
  }
  for (const row of [[], null, "age", undefined]) {
    expect(() => predict!(row)).toThrow(/^predict: the row must be a record, got .*\. Pass \{ "age": … \}\.$/);
  }
});
