// The contract of table models: predictions of raw rows, order of columns and of members, saving, validation rows, explanations.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../src/core/random.ts";
import {
  adam,
  type Label,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  networkClassifier,
  networkRegression,
  softmaxRegression,
  tableModel,
} from "../src/index.ts";

type Cell = number | string | boolean | Date | null;
type Row = Record<string, Cell>;

/** Rows of all kinds of columns, with missing cells. */
function rowsOf(count: number, seed = 1): Row[] {
  const draw = random(seed).fork("rows");
  const missing = (cell: Cell, share: number): Cell => (draw.uniform() < share ? null : cell);
  return Array.from({ length: count }, (_, i) => {
    const age = Math.round(20 + 40 * draw.uniform());
    const city = ["Rome", "Oslo", "Lima", "Kyiv"][Math.floor(4 * draw.uniform())]!;
    const member = draw.uniform() < 0.4;
    const score = age / 10 + (city === "Oslo" ? 2 : 0) + (member ? 1 : 0) + draw.normal();
    return {
      age: missing(age, 0.1),
      city: missing(city, 0.1),
      member: missing(member, 0.1),
      joined: missing(new Date(Date.UTC(2019, i % 12, 1 + (i % 28))), 0.05),
      price: missing(`$${(10 + 90 * draw.uniform()).toFixed(2)}`, 0.05),
      amount: score,
      bought: score > 5.5 ? "yes" : "no",
      level: score > 6.5 ? "high" : score > 4.5 ? "middle" : "low",
    };
  });
}

const rows = rowsOf(160);
const unseen: Row[] = [
  { age: 33, city: "Quito", member: false, joined: new Date("2024-02-29"), price: "$1.00" },
  { age: null, city: null, member: null, joined: null, price: null },
];
const newRows = [...rowsOf(12, 2), ...unseen];

const stop = { validation: { share: 0.25, patience: 3 } };
const ignoring = (target: string) => ({
  target,
  ignore: ["amount", "bought", "level"].filter((name) => name !== target),
});

const models = {
  linear: tableModel(linearRegression({ l2: 0.01 }), ignoring("amount")),
  quantile: tableModel(linearRegression({ loss: "quantile", quantile: 0.8 }), ignoring("amount")),
  logistic: tableModel(logisticRegression(), ignoring("bought")),
  softmax: tableModel(softmaxRegression(), ignoring("level")),
  svm: tableModel(linearSvm({ epochs: 5 }), ignoring("level")),
  network: tableModel(networkClassifier({ hidden: [5], epochs: 5, stop }), ignoring("bought")),
  "network regression": tableModel(networkRegression({ hidden: [4], epochs: 5 }), ignoring("amount")),
  quadratic: tableModel(logisticRegression({ epochs: 50 }), { ...ignoring("bought"), expand: "quadratic" as const }),
};

interface AnyTableModel {
  predict(rows: readonly Row[]): ArrayLike<Label>;
  scores?(rows: readonly Row[]): { readonly data: ArrayLike<number> };
}

/** The predictions and scores of rows, as text that shows each bit. */
const answers = (model: unknown, of: readonly Row[]): string => {
  const { predict, scores } = model as AnyTableModel;
  return JSON.stringify([Array.from(predict(of)), Array.from(scores?.(of).data ?? [])]);
};

const shuffledMembers = (row: Row, seed: number): Row => {
  const entries = Object.entries(row);
  return Object.fromEntries(Array.from(random(seed).permutation(entries.length), (at) => entries[at]!));
};

describe.each(Object.entries(models))("%s", (_, model) => {
  const fitted = model.fit(rows);
  const text = JSON.stringify(fitted);

  test("a reloaded model gives the same bits, also without the target and other columns", () => {
    const loaded = load(text, "tableModel");
    expect(answers(loaded, newRows)).toBe(answers(fitted, newRows));
    expect(JSON.stringify(loaded)).toBe(text);
    const used = fitted.preparation.columns.map(({ name }) => name);
    const only = newRows.map((row) => Object.fromEntries(used.map((name) => [name, row[name] ?? null])));
    expect(answers(loaded, only)).toBe(answers(fitted, newRows));
  });

  test("the prediction of a row does not depend on the other rows", () => {
    const all = Array.from((fitted as AnyTableModel).predict(newRows));
    fc.assert(
      fc.property(fc.shuffledSubarray([...newRows.keys()], { minLength: 1 }), (chosen) => {
        const some = (fitted as AnyTableModel).predict(chosen.map((row) => newRows[row]!));
        expect(Array.from(some)).toEqual(chosen.map((row) => all[row]));
      }),
      { numRuns: 20 },
    );
  });

  test("the order of members and of columns changes no bit, in training and in predictions", () => {
    const other = model.fit(rows.map((row, i) => shuffledMembers(row, i + 5)));
    const { notes: _, ...body } = JSON.parse(JSON.stringify(other)).body;
    const { notes: __, ...expected } = JSON.parse(text).body;
    expect(body).toEqual(expected);
    expect(
      answers(
        fitted,
        newRows.map((row) => shuffledMembers(row, 9)),
      ),
    ).toBe(answers(fitted, newRows));
  });

  test("columns give the same bits as records", () => {
    const names = Object.keys(rows[0]!);
    const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
    expect(JSON.stringify(model.fit(columns))).toBe(text);
  });

  test("fit is the last step of train", () => {
    let last: unknown;
    for (const step of model.train(rows, { every: "epoch" })) last = step.fitted();
    expect(JSON.stringify(last)).toBe(text);
  });
});

test("predictions have the kind of the target", () => {
  expect(models.linear.fit(rows).predict(newRows)).toBeInstanceOf(Float64Array);
  expect(models.softmax.fit(rows).classes).toEqual(["high", "low", "middle"]);
  const bool = tableModel(logisticRegression(), { ...ignoring("member"), ignore: ["amount", "bought", "level"] });
  expect(bool.fit(rows).classes).toEqual([false, true]);
  const digits = rows.map((row) => ({ ...row, bought: row["bought"] === "yes" ? 1 : 0 }));
  expect(models.logistic.fit(digits).classes).toEqual([0, 1]);
  expect(models.softmax.fit(rows).probabilities(newRows)).toMatchObject({ rows: newRows.length, columns: 3 });
});

test("rows without a target are left out and counted", () => {
  const gaps = rows.map((row, i) => (i % 40 === 3 ? { ...row, bought: null } : row));
  const fitted = models.logistic.fit(gaps);
  expect(fitted.training).toMatchObject({ rows: 156, withoutTarget: 4, leftOut: 0 });
  expect(fitted.notes.map(({ text }) => text).join("\n")).toMatch(/4 rows/);
  const same = models.logistic.fit(gaps.filter(({ bought }) => bought !== null));
  expect(answers(fitted, newRows)).toBe(answers(same, newRows));
});

test("the rule leaveOut leaves out training rows and counts them, and rejects such a row later", () => {
  const model = tableModel(logisticRegression(), { ...ignoring("bought"), columns: { age: { missing: "leaveOut" } } });
  const fitted = model.fit(rows);
  const count = rows.filter(({ age }) => age === null).length;
  expect(count).toBeGreaterThan(5);
  expect(fitted.training).toMatchObject({ rows: rows.length - count, leftOut: count });
  expect(answers(fitted, unseen.slice(0, 1))).toBe(
    answers(model.fit(rows.filter(({ age }) => age !== null)), unseen.slice(0, 1)),
  );
  expect(() => fitted.predict(unseen)).toThrow(/^predict: .*"age".*row 1/s);
});

test("validation rows have no effect on the preparation", () => {
  const estimator = networkClassifier({ hidden: [3], epochs: 3, optimizer: adam(0.05), stop, seed: 2 });
  const model = tableModel(estimator, ignoring("bought"));
  const { train, test: validation } = estimator.validationSplit(rows.map(({ bought }) => bought as string))!;
  const changed = (row: number): Row[] => rows.map((each, i) => (i === row ? { ...each, age: 61, city: null } : each));
  const preparation = JSON.stringify(model.fit(rows).preparation);
  expect(JSON.stringify(model.fit(changed(validation[0]!)).preparation)).toBe(preparation);
  expect(JSON.stringify(model.fit(changed(train[0]!)).preparation)).not.toBe(preparation);
});

test("weights are a column: a row of weight 2 counts twice, and the weight is no feature", () => {
  const weighted = rows.map((row, i) => ({ ...row, weight: i < 30 ? 2 : 1 }));
  const options = { ...ignoring("bought"), weight: "weight" };
  const fitted = tableModel(logisticRegression(), options).fit(weighted);
  expect(fitted.preparation.columns.map(({ name }) => name)).not.toContain("weight");
  const { X, y } = models.logistic.trainingData(rows);
  const inner = logisticRegression().fit(X, y as string[], { weights: weighted.map(({ weight }) => weight) });
  expect([...fitted.model.params()]).toEqual([...inner.params()]);
  for (const [weight, message] of [
    [null, /weight.*missing.*row 4/s],
    [-1, /weight.*-1.*row 4/s],
  ] as const) {
    const wrong = weighted.map((row, i) => (i === 4 ? { ...row, weight } : row));
    expect(() => tableModel(logisticRegression(), options).fit(wrong)).toThrow(message);
  }
});

describe("explain", () => {
  test.each(["linear", "logistic", "softmax", "svm", "quadratic"] as const)(
    "%s: base + contributions = score",
    (name) => {
      const fitted = models[name].fit(rows);
      const { base, contributions } = fitted.explain(newRows);
      const scores = "scores" in fitted ? fitted.scores(newRows).data : (fitted.predict(newRows) as Float64Array);
      const k = base.length;
      for (let i = 0; i < newRows.length; i++) {
        for (let c = 0; c < k; c++) {
          const { data, columns } = contributions[c]!;
          let sum = base[c]!;
          for (let j = 0; j < columns; j++) sum += data[i * columns + j]!;
          expect(Math.abs(sum - scores[i * k + c]!)).toBeLessThan(1e-9 * (1 + Math.abs(scores[i * k + c]!)));
        }
      }
      const names = contributions[0]!.names!;
      const own = names.filter((each) => !each.includes(" × "));
      expect([...own].sort()).toEqual(fitted.preparation.columns.map((column) => column.name).sort());
    },
  );

  test("products of two columns are an entry of their own, and squares belong to their column", () => {
    const { contributions } = models.quadratic.fit(rows).explain(newRows);
    const names = contributions[0]!.names!;
    expect(names.some((name) => name.includes(" × "))).toBe(true);
    expect(names).not.toContain("age × age");
    expect(names.length).toBe(new Set(names).size);
  });

  test("the contribution of a number is coefficient × (value − mean over the training rows)", () => {
    const table = [1, 2, 3, 6].map((x) => ({ x, y: 2 * x + 1 }));
    const { base, contributions } = tableModel(linearRegression(), { target: "y" })
      .fit(table)
      .explain([{ x: 5 }]);
    expect(base[0]).toBeCloseTo(7, 9); // the prediction at the mean, x = 3
    expect(contributions[0]!.data[0]).toBeCloseTo(4, 9);
  });

  test("a network has no linear scores, and the message names permutationImportance", () => {
    expect(() => models.network.fit(rows).explain(newRows)).toThrow(/^explain: .*permutationImportance/);
  });
});

test("prepare counts missing cells and unseen categories", () => {
  const { missing, unseen: counts, X } = models.logistic.fit(rows).prepare(unseen);
  expect(X.rows).toBe(2);
  expect(missing).toContainEqual({ column: "age", count: 1 });
  expect(counts).toEqual([expect.objectContaining({ column: "city", count: 1, example: "Quito" })]);
});

test("maxCategories is an option of a column; for the table it is an error and not ignored", () => {
  const model = (options: object) => tableModel(logisticRegression(), { ...ignoring("bought"), ...options });
  expect(() => model({ maxCategories: 2 })).toThrow('tableModel: option "maxCategories" is unknown.');
  const { features } = model({ columns: { city: { maxCategories: 2 } } }).fit(rows).preparation;
  expect(features.filter(({ name }) => name.startsWith("city="))).toHaveLength(2);
});
