// load throws a complete message for a changed model, or returns a model that can predict. `DOWNHILL_MUTANTS=100000` tries more.
import fc from "fast-check";
import { expect, test } from "vitest";
import { frame, unframe } from "../src/estimators/saved/savedFile.ts";
import {
  adam,
  type FittedModel,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  networkRegression,
  ratingModel,
  softmaxRegression,
  tableModel,
} from "../src/index.ts";
import { mutantOf } from "./savedMutants.ts";

const X = Array.from({ length: 12 }, (_, i) => ({ a: i % 5, b: (i * i) % 7 }));
const numbers = X.map(({ a, b }) => 2 * a - b + 1);
const three = X.map(({ a }) => ["low", "mid", "top"][a % 3]!);
const two = X.map(({ b }) => b > 2);
const ratings = {
  users: ["ann", "bob", "ann", "cat", "bob"],
  items: [1, 1, 2, 2, 3],
  ratings: [3, 4, 5, 1, 2],
};
const terms = { userFactors: 0.1, itemFactors: 0.2, userBiases: 1, itemBiases: 0.5 };
/** Raw rows with missing cells; `target` is a number, and the label is `two`. */
const raw = X.map(({ a, b }, i) => ({
  a: i === 3 ? null : a,
  price: `$${b}.50`,
  city: i === 5 ? "" : ["Rome", "Oslo"][b % 2]!,
  day: new Date(1e12 + i * 9e9),
  fresh: a > 2,
  target: numbers[i]!,
  two: two[i]!,
}));
const stop = { validation: { share: 0.25 } };
const models: readonly FittedModel[] = [
  linearRegression({ epochs: 3 }).fit(X, numbers),
  linearRegression({ epochs: 3, standardize: false, l1: 0.1, l2: 0.1 }).fit(X, numbers),
  linearRegression({ epochs: 3, loss: "huber" }).fit(X, numbers),
  linearRegression({ epochs: 3, loss: "quantile", quantile: 0.9 }).fit(X, numbers),
  linearRegression({ epochs: 3, loss: "poisson" }).fit(X, numbers.map(Math.abs)),
  logisticRegression({ epochs: 3 }).fit(X, two),
  softmaxRegression({ epochs: 3, optimizer: adam(0.1), batchSize: 4, batchLosses: true }).fit(X, three),
  linearSvm({ epochs: 2, stop }).fit(X, three),
  linearSvm({ epochs: 2, loss: "squaredHinge" }).fit(X, two),
  networkClassifier({ epochs: 2, hidden: [3, 2], activation: "tanh" }).fit(X, three),
  networkRegression({ epochs: 2, hidden: [2], stop }).fit(X, numbers),
  matrixFactorization({ epochs: 2, rank: 2 }).fit(ratings),
  matrixFactorization({ epochs: 2, rank: 1, biases: false, scale: [1, 5] }).fit(ratings),
  matrixFactorization({ epochs: 2, rank: 1, l2: terms, rates: terms }).fit(ratings),
  matrixFactorization({ epochs: 2, rank: 1, feedback: "implicit" }).fit({ users: ratings.users, items: ratings.items }),
  tableModel(linearRegression({ epochs: 3 }), { target: "target", ignore: ["two"], expand: "quadratic" }).fit(raw),
  tableModel(logisticRegression({ epochs: 3 }), { target: "two", ignore: ["target"], expand: "splines" }).fit(raw),
  tableModel(networkClassifier({ epochs: 2, hidden: [2] }), {
    target: "two",
    ignore: ["target"],
    columns: { city: { kind: "ordinal", order: ["Rome", "Oslo"] }, a: { missing: "mean" }, price: "number" },
  }).fit(raw),
  ratingModel(matrixFactorization({ epochs: 2, rank: 1 }), { user: "users", item: "items", rating: "ratings" }).fit(
    ratings,
  ),
];

/** Predictions as text, or the message for rows whose scores are not finite, as parameters of 1e308 make them. */
function predictions(model: FittedModel): string {
  try {
    return predicted(model);
  } catch (error) {
    expect((error as { code?: string }).code).toBe("DOWNHILL_INPUT");
    return (error as Error).message;
  }
}

/** Predictions for the rows, or for all pairs of users and items, some of which are unknown. */
function predicted(model: FittedModel): string {
  if (model.kind === "ratings")
    return JSON.stringify([[...model.predict(ratings)], model.recommend("ann", { rated: true })]);
  if (model.kind === "table") return String(model.predict([...raw, { ...raw[0]!, city: "Lima", a: null }]));
  if (model.kind !== "factorization")
    return String((model as { predict(X: unknown): unknown }).predict(X.map(({ a, b }) => [a, b])));
  const users = [...ratings.users, "new"];
  const items = [...ratings.items, 9];
  return JSON.stringify([[...model.predict(users, items)], model.recommend("ann", { rated: true })]);
}

const bodies = models.map((model) => unframe(JSON.stringify(model)) as never);
const before = models.map(predictions);

/** Members that no prediction depends on. */
const inert = [
  "options",
  "history",
  "rows",
  "updates",
  "stopped",
  "names",
  "seen",
  "notes",
  "training",
  "extra",
  "__proto__",
  "constructor",
  "toString",
];
const message = /^load: \S.* must (be|have) \S.*, got .*\. [A-Z].*\.$/s;
const tried = Number(process.env["DOWNHILL_MUTANTS"] ?? 1000);

test(`${tried} mutants throw with a complete message, or predict`, { timeout: 60_000 + tried * 20 }, () => {
  let [rejected, equal, other] = [0, 0, 0];
  fc.assert(
    fc.property(mutantOf(bodies), ({ which, path, body }) => {
      const text = JSON.stringify(frame(body as never));
      let model: FittedModel;
      try {
        model = load(text);
      } catch (error) {
        expect((error as Error).name).toMatch(/^(Range|Type)Error$/);
        expect((error as { code?: string }).code).toBe("DOWNHILL_INPUT");
        expect((error as Error).message).toMatch(message);
        rejected++;
        return;
      }
      const after = predictions(model);
      expect(predictions(load(JSON.stringify(model)))).toBe(after);
      if (inert.includes(String(path[0]))) expect(after).toBe(before[which]);
      if (after === before[which]) equal++;
      else other++;
    }),
    { numRuns: tried },
  );
  console.log(`mutants of saved models: ${rejected} rejected, ${equal} predict as before, ${other} otherwise`);
  // Both outcomes occur often. Other predictions occur only for changed parameters, labels and shapes.
  expect(rejected).toBeGreaterThan(tried / 3);
  expect(equal).toBeGreaterThan(tried / 50);
  expect(other).toBeLessThan(tried / 5);
});

test("a value that is nested deeper than any model throws", () => {
  const deep = `{"format":"downhill model","version":2,"checksum":"0","body":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  expect(() => load(deep)).toThrow(/^load: the model must be /);
});

test("a value with many members under many levels throws before the timeout", () => {
  const members = Array.from({ length: 200_000 }, (_, i) => `"m${i}":0`).join();
  const body = `${'{"a":'.repeat(3000)}{${members}}${"}".repeat(3000)}`;
  expect(() => load(`{"format":"downhill model","version":2,"checksum":"0","body":${body}}`)).toThrow(
    /^load: the model must be /,
  );
});
