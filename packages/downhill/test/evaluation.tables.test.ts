// Cross-validation, search, importance and thresholds of table models: raw rows, with everything learnt in each fold.
import { describe, expect, test } from "vitest";
import {
  accuracy,
  crossValidate,
  linearRegression,
  load,
  logisticRegression,
  logLossOfScores,
  permutationImportance,
  random,
  rootMeanSquaredError,
  search,
  softmaxRegression,
  tableModel,
  withThreshold,
} from "../src/index.ts";

interface Person {
  age: number | null;
  city: string | null;
  joined: Date;
  customer: string;
  bought: string | null;
  spent: number | null;
}

const stream = random(11);
const cities = ["Rome", "Oslo", "Bern", "Lima"];
const rows: Person[] = Array.from({ length: 90 }, (_, i) => {
  const age = Math.round(40 + 12 * stream.normal());
  const city = cities[Math.floor(4 * stream.uniform())]!;
  const score = (age - 40) / 8 + (city === "Rome" ? 1.5 : -0.5) + stream.normal();
  return {
    age: i % 11 === 0 ? null : age,
    city: i % 13 === 0 ? null : city,
    joined: new Date(Date.UTC(2024, 0, 1 + ((i * 37) % 90))),
    customer: `c${i % 17}`,
    bought: i % 29 === 5 ? null : score > 0 ? "yes" : "no",
    spent: i % 29 === 5 ? null : Math.round(10 * score),
  };
});
const known = rows.map((_, i) => i).filter((i) => rows[i]!.bought !== null);
const take = (indices: Uint32Array): Person[] => Array.from(indices, (row) => rows[row]!);
const bought = tableModel(logisticRegression(), { target: "bought", ignore: ["spent", "customer"] });
const spent = tableModel(linearRegression(), { target: "spent", ignore: ["bought", "customer"] });

/** Rows that count how often a cell is read. */
function countedRows() {
  const counter = { reads: 0 };
  const counted = rows.map((row) => ({
    ...row,
    get age() {
      counter.reads += 1;
      return row.age;
    },
  }));
  return { counter, counted };
}

test("search and crossValidate read records once, unless a trial reads them in another way", () => {
  const readsOf = (run: (data: typeof rows) => unknown): number => {
    const { counter, counted } = countedRows();
    run(counted);
    return counter.reads;
  };
  const once = readsOf((data) => bought.fit(data));
  expect(readsOf((data) => crossValidate(bought, data, { folds: 3 }))).toBe(once);
  const options = { target: "bought", ignore: ["spent", "customer"] };
  const reads = (ranges: Record<string, (number | string)[]>) =>
    readsOf((data) =>
      search(
        ({ l2 = 0, na = "none", expand = "no" }: { l2?: number; na?: string; expand?: string }) =>
          tableModel(logisticRegression({ l2 }), {
            ...{ ...options, na: [na] },
            ...(expand === "yes" && { expand: "quadratic" as const }),
          }),
        data,
        { ranges: ranges as { l2: number[] }, folds: 2, method: "grid" },
      ).fit(),
    );
  expect(reads({ l2: [0.1, 0.2, 0.3] })).toBe(once);
  expect(reads({ expand: ["yes", "no"] })).toBe(once);
  expect(reads({ na: ["x", "y"] })).toBeGreaterThan(once);
});

describe("crossValidate", () => {
  test("fits the table model to the training rows of each fold, and scores it on the others", () => {
    const { folds } = crossValidate(bought, rows, { folds: 3, seed: 4 });
    for (const { rows: split, model, test, train } of folds) {
      const own = bought.fit(take(split.train));
      expect(model!.preparation).toEqual(own.preparation);
      expect(model!.model.params()).toEqual(own.model.params());
      const others = take(split.test);
      expect(test!.accuracy).toBe(
        accuracy(
          own.predict(others),
          others.map((row) => row.bought!),
        ),
      ); // prettier-ignore
      expect(test!.logLoss).toBe(
        logLossOfScores(
          own.scores(others),
          others.map((row) => row.bought!),
          own.classes,
        ),
      ); // prettier-ignore
      expect(train!.accuracy).toBe(
        accuracy(
          own.predict(take(split.train)),
          take(split.train).map((row) => row.bought!),
        ),
      ); // prettier-ignore
    }
  });

  test("the rows of the folds are those with a target, by their numbers in the table", () => {
    const { folds } = crossValidate(spent, rows, { folds: 4 });
    const all = folds.flatMap(({ rows: { test } }) => [...test]).sort((a, b) => a - b);
    expect(all).toEqual(known);
  });

  test("the column of groups is never divided", () => {
    const grouped = tableModel(logisticRegression(), { target: "bought", ignore: ["spent"], group: "customer" });
    for (const { rows: split } of crossValidate(grouped, rows, { folds: 4 }).folds) {
      const training = new Set(take(split.train).map(({ customer }) => customer));
      expect(take(split.test).some(({ customer }) => training.has(customer))).toBe(false);
    }
    const missing = rows.map((row, i) => ({ ...row, customer: i === 7 ? null : row.customer }));
    expect(() => crossValidate(grouped, missing)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: column "customer" with the groups must have a value in every row, got a missing cell in row 7. Supply it, or remove the row.]`,
    );
    expect(() => crossValidate(grouped, rows.slice(0, 6), { folds: 7 })).toThrow(
      /^crossValidate: folds must be at most \d, the number of groups, got 7\. Use fewer folds or more rows\.$/,
    );
    const few = tableModel(logisticRegression(), { target: "bought" });
    expect(() => crossValidate(few, rows.slice(0, 6), { folds: 7 })).toThrow(
      "crossValidate: folds must be at most 5, the number of rows, got 7.", // one row has no target,
    );
    expect(() => crossValidate(few, rows.slice(0, 6), { folds: 3, times: [1, 1, 2, 2, 3, 3] })).toThrow(
      "crossValidate: folds must be at most 2, the number of different times minus 1, got 3.",
    );
    const supplied = missing.map((row) => ({ ...row, customer: row.customer ?? "unknown" }));
    expect(crossValidate(grouped, supplied).folds.length).toBe(5);
  });

  test("groups and times have one entry per row of the table, also for rows without a target", () => {
    const times = rows.map(({ joined }) => joined);
    for (const { rows: split } of crossValidate(spent, rows, { folds: 3, times }).folds) {
      const latest = Math.max(...take(split.train).map(({ joined }) => Number(joined)));
      expect(Math.min(...take(split.test).map(({ joined }) => Number(joined)))).toBeGreaterThan(latest);
    }
    expect(() => crossValidate(spent, rows, { times: known })).toThrow(
      "times must have one entry per row (90), got 87",
    );
  });

  test("a category that only test rows have is counted as unseen, not learnt", () => {
    const odd = rows.map((row, i) => ({ ...row, city: [3, 4].includes(i) ? "Atlantis" : row.city }));
    const groups = odd.map((_, i) => ([3, 4].includes(i) ? "odd" : i % 5));
    const { folds } = crossValidate(bought, odd, { folds: 3, groups });
    const without = folds.find(({ rows: { test } }) => test.includes(3))!;
    expect(JSON.stringify(without.model!.preparation)).not.toContain("Atlantis");
    expect(Number.isFinite(without.test!.logLoss)).toBe(true);
  });
});

describe("search", () => {
  test("tries options of the estimator and of the table, and fits the best to all rows", () => {
    const make = ({ l2, expand }: { l2: number; expand: "none" | "quadratic" }) =>
      tableModel(linearRegression({ l2 }), {
        target: "spent",
        ignore: ["bought", "customer"],
        ...(expand === "quadratic" && { expand }),
      });
    const ranges = { l2: { from: 1e-3, to: 1, scale: "log", count: 3 }, expand: ["none", "quadratic"] } as const;
    const { trials, best, metric, fit } = search(make, rows, { ranges, method: "grid", folds: 3 });
    expect(trials.length).toBe(6);
    expect(metric).toBe("rootMeanSquaredError");
    const own = crossValidate(make(best!.values), rows, { folds: 3 });
    expect(best!.mean).toEqual(own.mean);
    expect(JSON.stringify(fit())).toBe(JSON.stringify(make(best!.values).fit(rows)));
  });
});

describe("permutationImportance", () => {
  test("shuffles raw columns: one importance for each column of the user", () => {
    const model = spent.fit(rows);
    const { columns, score } = permutationImportance(model, rows, { repeats: 2, seed: 3 });
    expect(columns.map(({ column }) => column).toSorted()).toEqual(["age", "city", "joined"]);
    expect(columns[0]!.column).toBe("age");
    const used = known.map((i) => rows[i]!);
    const target = used.map((row) => row.spent!);
    expect(score).toBe(rootMeanSquaredError(model.predict(used), target));
    const orders = random(3).fork("permutationImportance");
    const losses = [0, 1].map(() => {
      const order = orders.permutation(used.length);
      const shuffled = used.map((row, i) => ({ ...row, city: used[order[i]!]!.city }));
      return rootMeanSquaredError(model.predict(shuffled), target) - score;
    });
    const city = columns.find(({ column }) => column === "city")!;
    expect(city.mean).toBeCloseTo((losses[0]! + losses[1]!) / 2, 12);
    expect(city.deviation).toBeCloseTo(Math.abs(losses[0]! - losses[1]!) / 2, 12);
  });

  test("the order of the columns has no effect", () => {
    const model = bought.fit(rows);
    const reordered = rows.map(({ spent: _, ...row }) => Object.fromEntries(Object.entries(row).reverse()));
    expect(permutationImportance(model, reordered)).toEqual(permutationImportance(model, rows));
  });
});

test("a model of a table keeps its threshold in its file", () => {
  const model = bought.fit(rows);
  const own = withThreshold(model, 0.2);
  const loaded = load(JSON.stringify(own)) as typeof own;
  const probabilities = model.probabilities(rows);
  expect(loaded.predict(rows)).toEqual(rows.map((_, i) => (probabilities.data[2 * i + 1]! >= 0.2 ? "yes" : "no")));
  expect(loaded.model.threshold).toBe(0.2);
  expect(JSON.stringify(withThreshold(own, null))).toBe(JSON.stringify(model));
});

test("a class whose rows are all in one fold: the fold has scores, its rows count as wrong, and its log loss is infinite", () => {
  const people = Array.from({ length: 40 }, (_, i) => ({
    x: i % 7,
    customer: `c${i % 8}`,
    level: i % 8 === 3 ? "rare" : i % 2 === 0 ? "low" : "high",
  }));
  const model = tableModel(softmaxRegression({ epochs: 20 }), { target: "level", group: "customer" });
  const { folds, mean } = crossValidate(model, people, { folds: 4 });
  const only = folds.filter(({ rows: { train } }) => Array.from(train).every((row) => people[row]!.level !== "rare"));
  expect(only).toHaveLength(1);
  const [{ rows: tested, test: scores }] = only as [(typeof folds)[number]];
  const rare = Array.from(tested.test).filter((row) => people[row]!.level === "rare").length;
  expect(rare).toBe(5);
  expect(scores!.accuracy).toBeLessThanOrEqual(1 - rare / tested.test.length);
  expect(scores!.logLoss).toBe(Infinity);
  expect(mean!.test.accuracy).toBeGreaterThan(0);
});
