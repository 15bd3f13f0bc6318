// The types that a user of the library meets. `npm run build` checks them; the calls run here, too.
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  adam,
  blobs,
  type ClassifierEstimator,
  type Estimator,
  type FittedClassifier,
  type FittedFactorization,
  type FittedLinearClassifier,
  type FittedLinearRegression,
  type FittedModel,
  type FittedRegression,
  fitInBackground,
  type Label,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  type Matrix,
  matrix,
  matrixFactorization,
  networkClassifier,
  networkRegression,
  plain,
  softmaxRegression,
  type Table,
  threads,
} from "../src/index.ts";

interface House {
  area: number;
  rooms: number;
}
interface OldHouse {
  area: number;
  rooms?: number;
}
interface NamedHouse {
  area: number;
  street: string;
}

const houses: House[] = [
  { area: 50, rooms: 2 },
  { area: 80, rooms: 3 },
  { area: 120, rooms: 5 },
];
const prices = [100, 160, 240];

/** The message of the error that a call throws. */
function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toMatchObject({ code: "DOWNHILL_INPUT" });
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

describe("rows", () => {
  const estimator = linearRegression();

  test("of an interface, which has no index signature", () => {
    const model = estimator.fit(houses, prices);
    expect(model.names).toEqual(["area", "rooms"]);
    expect(Math.round(model.predict(houses)[1]!)).toBe(160);
    for (const step of estimator.train(houses, prices)) expect(step.fitted().predict(houses)).toHaveLength(3);
    expect(model.partialFit(houses, prices).rows).toBe(6);
  });

  test("of readonly records, tuples and lists", () => {
    const records: readonly Readonly<House>[] = houses;
    const tuples: [number, number][] = houses.map(({ area, rooms }) => [area, rooms]);
    const constant = [[1], [2], [4]] as const;
    expect(estimator.fit(records, prices).features).toBe(2);
    expect(estimator.fit(tuples, prices).features).toBe(2);
    expect(estimator.fit(constant, prices).features).toBe(1);
  });

  test("that are Float32Arrays or Float64Arrays", () => {
    const singles: Float32Array[] = houses.map(({ area, rooms }) => Float32Array.of(area, rooms));
    const doubles: Float64Array[] = singles.map((row) => Float64Array.from(row));
    expect(estimator.fit(singles, prices).params()).toEqual(estimator.fit(doubles, prices).params());
    expect(estimator.fit(doubles, prices).predict(singles)).toHaveLength(3);
  });

  test("behind a union or a type parameter", () => {
    const rowsOrMatrix: number[][] | Matrix = matrix([1, 2, 4], 3, 1);
    const fitAny = <R>(X: Table<R>): FittedLinearRegression => estimator.fit(X, prices);
    const tables: Table[] = [[[1], [2], [4]], [{ a: 1 }, { a: 2 }, { a: 4 }], rowsOrMatrix];
    expect(fitAny(houses).features).toBe(2);
    for (const table of tables) expect(estimator.fit(table, prices).features).toBe(1);
  });

  test("with text, null or a missing value are errors of the compiler and of the call", () => {
    const named: NamedHouse[] = houses.map(({ area }) => ({ area, street: "Main" }));
    const old: OldHouse[] = [{ area: 1, rooms: 2 }, { area: 2 }, { area: 3, rooms: 1 }];
    // @ts-expect-error a property that is text
    expect(messageOf(() => estimator.fit(named, prices))).toContain('column "street" must be a number in every record');
    // @ts-expect-error a property that may be missing
    expect(messageOf(() => estimator.fit(old, prices))).toContain('column "rooms" must be a number in every record');
    // @ts-expect-error text in a row
    expect(messageOf(() => estimator.fit([["1"], ["2"], ["3"]], prices))).toContain("every entry must be a number");
    // @ts-expect-error null in a row
    expect(messageOf(() => estimator.fit([[1], [null], [3]], prices))).toContain("every entry must be a number");
  });
});

describe("one row, one column or a promise in place of rows", () => {
  const estimator = linearRegression();
  const model = estimator.fit(houses, prices);
  const pairs = estimator.fit(
    [
      [1, 2],
      [2, 1],
      [3, 3],
    ],
    prices,
  );

  test("1-D X: the message says how to wrap the numbers", () => {
    // @ts-expect-error numbers in place of rows
    expect(messageOf(() => estimator.fit([50, 80, 120], prices))).toMatch(
      /Wrap each number in an array, as in \[\[1\]/,
    );
    // @ts-expect-error one row in place of rows
    expect(messageOf(() => pairs.predict([1, 2]))).toContain("If X is one row, wrap it in an array: [row].");
    // @ts-expect-error a typed array in place of rows
    expect(messageOf(() => estimator.fit(Float64Array.of(1, 2, 3), prices))).toContain(
      "Pass matrix(X, rows, columns).",
    );
    expect(estimator.fit([[50], [80], [120]], prices).features).toBe(1);
    expect(pairs.predict([[1, 2]])).toHaveLength(1);
    expect(estimator.fit(matrix(Float64Array.of(1, 2, 3), 3, 1), prices).features).toBe(1);
  });

  test("one record: the message says how to wrap it", () => {
    // @ts-expect-error one record in place of records
    expect(messageOf(() => model.predict(houses[0]!))).toContain("Wrap one record in an array: [record].");
    expect(model.predict([houses[0]!])).toHaveLength(1);
  });

  test("a set of rows: the message shows a list of rows", () => {
    // @ts-expect-error a set in place of rows
    expect(messageOf(() => estimator.fit(new Set([[1], [2]]), prices))).toContain(
      "one row per example, as in [[1], [2]]",
    );
  });

  test("a promise: the message says that it must be awaited", () => {
    const later = Promise.resolve([[1], [2], [3]]);
    // @ts-expect-error a promise in place of rows
    expect(messageOf(() => estimator.fit(later, prices))).toContain("got a promise. Await it.");
  });
});

describe("targets", () => {
  test("that are text, for a regression", () => {
    // @ts-expect-error text as targets
    const message = messageOf(() => linearRegression().fit([[1], [2]], ["no", "yes"]));
    expect(message).toContain("Use a classifier such as logisticRegression for labels.");
  });

  test("in a list of lists", () => {
    // @ts-expect-error one array per row
    expect(messageOf(() => linearRegression().fit([[1], [2]], [[1], [2]]))).toContain("Pass one number per row");
    // @ts-expect-error one array per row
    expect(messageOf(() => logisticRegression().fit([[1], [2]], [["a"], ["b"]]))).toContain("Pass one label per row");
  });

  test("in typed arrays", () => {
    const { X, y } = blobs({ n: 20, centers: 2, seed: 1 });
    expectTypeOf(logisticRegression().fit(X, y).predict(X)).toEqualTypeOf<number[]>();
    expect(linearRegression().fit(X, y).predict(X)).toHaveLength(20);
  });

  test("that are missing", () => {
    // @ts-expect-error no targets
    expect(messageOf(() => linearRegression().fit([[1], [2]]))).toContain("y must have one entry per row of X (2)");
  });
});

describe("labels keep their type", () => {
  const X = [[1], [2], [6], [7]];
  const y: ("small" | "large")[] = ["small", "small", "large", "large"];

  test.each([logisticRegression(), softmaxRegression(), linearSvm()])("linear classifier %#", (estimator) => {
    const model = estimator.fit(X, y);
    expectTypeOf(model).toEqualTypeOf<FittedLinearClassifier<"small" | "large">>();
    expectTypeOf(model.predict(X)).toEqualTypeOf<("small" | "large")[]>();
    expectTypeOf(model.classes).toEqualTypeOf<readonly ("small" | "large")[]>();
    expectTypeOf(model.partialFit(X, y)).toEqualTypeOf<FittedLinearClassifier<"small" | "large">>();
    expect(model.predict([[1], [7]])).toEqual(["small", "large"]);
  });

  test("a network, the steps of train, and a fit in the background", async () => {
    const network = networkClassifier({ epochs: 1 });
    expectTypeOf(network.fit(X, y)).toEqualTypeOf<FittedClassifier<"small" | "large">>();
    for (const step of network.train(X, y))
      expectTypeOf(step.fitted().predict(X)).toEqualTypeOf<("small" | "large")[]>();
    const model = await fitInBackground(logisticRegression({ epochs: 1 }), X, y);
    expectTypeOf(model.predict(X)).toEqualTypeOf<("small" | "large")[]>();
    expectTypeOf(model.coefficients).toEqualTypeOf<Matrix>();
    expectTypeOf(await fitInBackground(network, X, y)).toEqualTypeOf<FittedClassifier<"small" | "large">>();
  });

  test("literals, booleans and wide types", () => {
    expectTypeOf(logisticRegression().fit(X, ["a", "a", "b", "b"]).predict(X)).toEqualTypeOf<("a" | "b")[]>();
    expectTypeOf(logisticRegression().fit(X, [true, true, false, false]).predict(X)).toEqualTypeOf<boolean[]>();
    const labels: string[] = y;
    expectTypeOf(logisticRegression().fit(X, labels).predict(X)).toEqualTypeOf<string[]>();
    const wide: FittedClassifier = logisticRegression().fit(X, y);
    expectTypeOf(wide.predict(X)).toEqualTypeOf<Label[]>();
  });

  test("classifiers are estimators of labels", () => {
    const estimators: Estimator<ArrayLike<Label>, FittedClassifier>[] = [logisticRegression(), networkClassifier()];
    const classifiers: ClassifierEstimator[] = [linearSvm(), networkClassifier()];
    expect([...estimators, ...classifiers]).toHaveLength(4);
  });
});

describe("options", () => {
  test('learningRate is only "auto"; the message names the option for a rate of your own', () => {
    // @ts-expect-error an option of other programs
    expect(messageOf(() => linearRegression({ learningRate: 0.1 }))).toBe(
      'linearRegression: learningRate must be "auto", got 0.1. Pass a rate of your own in optimizer: plain(0.1).',
    );
    expect(linearRegression({ optimizer: plain(0.1), epochs: 1 }).fit([[1], [2]], [1, 2]).updates).toBe(1);
  });

  test("an optimizer by name, or its function", () => {
    // @ts-expect-error the name of an optimizer
    expect(messageOf(() => linearRegression({ optimizer: "adam" }))).toContain("adam(0.01)");
    // @ts-expect-error the function without its arguments
    expect(messageOf(() => linearRegression({ optimizer: adam }))).toContain("adam(0.01)");
  });

  test("hidden units without an array", () => {
    // @ts-expect-error a number in place of an array
    expect(messageOf(() => networkClassifier({ hidden: 32 }))).toContain("Pass hidden: [32], for example.");
  });

  test("threads that are not awaited", () => {
    const promise = threads(1);
    // @ts-expect-error a promise in place of a pool
    const message = messageOf(() => linearRegression().fit([[1], [2]], [1, 2], { threads: promise }));
    expect(message).toMatch(/got a promise\. .*await threads/);
    return promise.then((pool) => pool.close());
  });
});

describe("load", () => {
  const y = ["a", "a", "b", "b"];
  const X = [[1], [2], [6], [7]];

  test("with the name of a function has the type of its models", () => {
    expectTypeOf(load<"linearRegression">).returns.toEqualTypeOf<FittedLinearRegression>();
    expectTypeOf(load<"linearSvm">).returns.toEqualTypeOf<FittedLinearClassifier>();
    expectTypeOf(load<"networkClassifier">).returns.toEqualTypeOf<FittedClassifier>();
    expectTypeOf(load<"networkRegression">).returns.toEqualTypeOf<FittedRegression>();
    expectTypeOf(load<"matrixFactorization">).returns.toEqualTypeOf<FittedFactorization>();
    const text = JSON.stringify(softmaxRegression().fit(X, y));
    expect(load(text, "softmaxRegression").predict([[7]])).toEqual(["b"]);
  });

  test("throws for a model of another function", () => {
    const texts = {
      logisticRegression: logisticRegression({ epochs: 1 }).fit(X, y),
      networkClassifier: networkClassifier({ epochs: 1 }).fit(X, y),
      networkRegression: networkRegression({ epochs: 1 }).fit(X, [1, 2, 3, 4]),
      matrixFactorization: matrixFactorization({ epochs: 1, rank: 1 }).fit({
        users: y,
        items: y,
        ratings: [1, 2, 3, 4],
      }),
    };
    for (const [name, model] of Object.entries(texts)) {
      const text = JSON.stringify(model);
      expect(JSON.stringify(load(text, name as "linearSvm"))).toBe(text);
      expect(messageOf(() => load(text, "linearRegression"))).toBe(
        `load: the model must be one of linearRegression, got one of ${name}. Pass another file, or load(saved, "${name}").`,
      );
    }
  });

  test("without a name is a union, which its members narrow", () => {
    const model: FittedModel = load(JSON.stringify(logisticRegression().fit(X, y)));
    if (model.kind === "factorization") {
      expectTypeOf(model).toEqualTypeOf<FittedFactorization>();
    } else if ("classes" in model) {
      expectTypeOf(model.predict).returns.toEqualTypeOf<Label[]>();
    } else {
      expectTypeOf(model.predict).returns.toEqualTypeOf<Float64Array>();
    }
    expect("classes" in model && model.classes).toEqual(["a", "b"]);
  });
});
