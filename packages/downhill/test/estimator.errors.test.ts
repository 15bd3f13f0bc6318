// Wrong arguments of estimators and fitted models. A message has the function, the argument, the rule, the value and advice.
import { describe, expect, test } from "vitest";
import type { Label } from "../src/core/label.ts";
import {
  adam,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  plain,
  softmaxRegression,
} from "../src/index.ts";
import { trials } from "./estimatorTrial.ts";

function thrownBy(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

/** A value of a wrong type, as a user of JavaScript may pass it. */
const wrong = <T>(value: unknown): T => value as T;

function expectMessage(call: () => unknown, begins: string, kind: typeof RangeError | typeof TypeError): void {
  const error = thrownBy(call);
  expect(error.message).toMatch(/^\w+: \S.* (must \S.*, got \S.*|is unknown)\. [A-Z].*\.$/s);
  expect(error.message.startsWith(begins), error.message).toBe(true);
  expect(error).toBeInstanceOf(kind);
}

describe.each(trials)("$name", ({ name, X, y, make, classes }) => {
  const functionName = name.split(" ")[0];
  const options: [string, object, string, typeof RangeError | typeof TypeError][] = [
    [
      "a learning rate without an optimizer",
      { learningRate: 1 },
      'learningRate must be "auto", got 1. Pass a rate of your own in optimizer: plain(1)',
      TypeError,
    ],
    ["an option in another case", { batchsize: 1 }, 'option "batchsize" is unknown. Use batchSize.', TypeError],
    ["an option of another model", { rank: 3 }, 'option "rank" is unknown. Use only optimizer, ', TypeError],
    ["a negative l2", { l2: -1 }, "l2 must be", RangeError],
    ["l2 NaN", { l2: Number.NaN }, "l2 must be", RangeError],
    ["l2 as text", { l2: "0.1" }, "l2 must be", RangeError],
    ["a batch of 0", { batchSize: 0 }, 'batchSize, unless it is "full", must be', RangeError],
    ["a batch of 1.5", { batchSize: 1.5 }, 'batchSize, unless it is "full", must be', RangeError],
    ["a batch in words", { batchSize: "all" }, 'batchSize, unless it is "full", must be', RangeError],
    ["no epochs", { epochs: 0, batchSize: 4 }, "epochs must be", RangeError],
    ["a negative seed", { seed: -1 }, "seed must be", RangeError],
    ["a fractional seed", { seed: 0.5 }, "seed must be", RangeError],
    ["standardize in words", { standardize: "no" }, "standardize must be", TypeError],
    ["an optimizer in words", { optimizer: "adam" }, "optimizer must be", TypeError],
    ["the optimizer's maker", { optimizer: adam }, "optimizer must be", TypeError],
    [
      "kernels that are no function",
      { kernels: {} },
      "kernels must be a function, got an object. Leave it out.",
      TypeError,
    ],
    [
      "a stop rule in words",
      { stop: "converged" },
      'options must be an object, got "converged". Pass { remaining: … }, for example.',
      TypeError,
    ],
    ["an order in words", { order: "random" }, "order must be", TypeError],
    [
      "an order for ratings alone",
      { order: "grid" },
      "order must be one of shuffled, replacement, sequential, got",
      TypeError,
    ],
    ["a start in words", { start: "ones" }, "start must be", TypeError],
    [
      "a wrongly spelled stop",
      { stop: { grad: 1 } },
      'option "grad" is unknown. Use only remaining, gradient',
      TypeError,
    ],
    [
      "a wrongly spelled validation option",
      { stop: { validation: { part: 0.1 } } },
      'option "part" is unknown. Use only share',
      TypeError,
    ],
    ["a validation share of 1", { stop: { validation: { share: 1 } } }, "stop.validation.share must be", RangeError],
    ["no validation share", { stop: { validation: {} } }, "stop.validation.share must be", RangeError],
  ];
  test.each(options)("%s", (_, options, begins, type) => {
    expectMessage(() => make(wrong(options)), `${functionName}: ${begins}`, type);
  });

  const later: [string, object, string, typeof RangeError | typeof TypeError][] = [
    ["a batch larger than the table", { batchSize: 62 }, "train: batchSize must be at most", RangeError],
    ["a wrong trace", { trace: "full" }, "train: trace must be", TypeError],
    ["a negative gradient", { stop: { gradient: -1 } }, "train: stop.gradient must be", RangeError],
    ["a change without tolerance", { stop: { change: {} } }, "train: stop.change.tolerance must be", RangeError],
    [
      "no patience",
      { stop: { validation: { share: 0.5, patience: 0 } } },
      "train: stop.validation.patience must be",
      RangeError,
    ],
    [
      "a share of less than one row",
      { stop: { validation: { share: 1e-9 } } },
      "fit: stop.validation.share must leave a training row and a validation row of 61 rows",
      RangeError,
    ],
    ["an unknown average", { average: { weight: "all" } }, "train: average.weight must be", TypeError],
    ["a start of another size", { start: new Float64Array(2) }, "train: start must have", RangeError],
    ["an order that repeats", { order: () => X.data.map(() => 0), batchSize: 5 }, "train: order must be", RangeError],
  ];
  test.each(later)("%s", (_, options, begins, type) => {
    expectMessage(() => make(wrong({ optimizer: plain(0.1), epochs: 2, ...options })).fit(X, y), begins, type);
  });

  const model = make({ epochs: 2, optimizer: plain(0.01) });
  const ones = X.data.map(() => 1);
  const data: [string, () => unknown, string, typeof RangeError | typeof TypeError][] = [
    ["no X", () => model.fit(wrong(undefined), y), "fit: X must be", TypeError],
    ["X as text", () => model.fit(wrong("1,2"), y), "fit: X must be", TypeError],
    [
      "X as an object",
      () => model.fit(wrong({}), y),
      "fit: X must be a list of rows or a Matrix, got an object. Pass one row per example",
      TypeError,
    ],
    ["an empty X", () => model.fit([], y), "fit: there must be at least one row", RangeError],
    ["ragged rows", () => model.fit([[1, 2], [3]], y), "fit: every row must have", RangeError],
    ["text in rows", () => model.fit(wrong([["1"], [2]]), y), "fit: every entry must be", TypeError],
    ["too few numbers", () => model.fit({ ...X, data: ones.slice(1) }, y), "fit: X must have", RangeError],
    [
      "NaN in X",
      () => model.fit({ ...X, data: ones.map((x, i) => (i === 4 ? Number.NaN : x)) }, y),
      "fit: X must hold",
      RangeError,
    ],
    ["an infinite X", () => model.fit([[Infinity], [1]], y.slice(0, 2)), "fit: rows must hold", RangeError],
    ["a missing value", () => model.fit(wrong([{ a: 1 }, {}]), y), 'fit: column "a" must be', TypeError],
    ["a text column", () => model.fit(wrong([{ a: "x" }, { a: "y" }]), y), 'fit: column "a" must be', TypeError],
    [
      "an extra column",
      () => model.fit([{ a: 1 }, { a: 2, b: 3 }] as never, y),
      "fit: every record must have",
      RangeError,
    ],
    [
      "plain numbers as data",
      () => model.fit(wrong({ ...X, data: [...X.data] }), y),
      "fit: X.data must be a Float64Array or Float32Array, got an array of 183",
      TypeError,
    ],
    ["too few names", () => model.fit({ ...X, names: ["a"] }, y), "fit: X.names must be", RangeError],
    ["a name twice", () => model.fit({ ...X, names: ["a", "b", "a"] }, y), "fit: X.names must be", RangeError],
    ["too many names", () => model.fit({ ...X, names: ["a", "b", "c", "a"] }, y), "fit: X.names must be", RangeError],
    [
      "text as weights",
      () => model.fit(X, y, { weights: wrong(y.map(() => "1")) }),
      'fit: weights must be numbers, got "1" in row 0',
      TypeError,
    ],
    [
      "too few targets",
      () => model.fit(X, y.slice(1)),
      "fit: y must have one entry per row of X (61), got 60. Pass lists of the same length.",
      RangeError,
    ],
    [
      "no targets",
      () => model.fit(X, wrong(undefined)),
      "fit: y must have one entry per row of X (61), got undefined. Pass lists",
      RangeError,
    ],
    [
      "too few weights",
      () => model.fit(X, y, { weights: [1] }),
      "fit: weights must have one entry per row of X (61), got 1",
      RangeError,
    ],
    [
      "a negative weight",
      () => model.fit(X, y, { weights: y.map((_, i) => (i === 3 ? -1 : 1)) }),
      "fit: weights must be at least 0, got -1 in row 3",
      RangeError,
    ],
    ["all weights 0", () => model.fit(X, y, { weights: y.map(() => 0) }), "fit: weights must not all be 0", RangeError],
    [
      "NaN as a weight",
      () => model.fit(X, y, { weights: y.map(() => Number.NaN) }),
      "fit: weights must hold",
      RangeError,
    ],
    [
      "a wrongly spelled fit option",
      () => model.fit(X, y, wrong({ weight: ones })),
      'fit: option "weight" is unknown. Use only weights',
      TypeError,
    ],
    [
      "an option of train",
      () => model.fit(X, y, wrong({ epochs: 3 })),
      'fit: option "epochs" is unknown. Use only weights',
      TypeError,
    ],
    [
      "only zero weights among the training rows",
      () =>
        make({ epochs: 2, optimizer: plain(0.01), stop: { validation: { share: 0.1 } } }).fit(X, y, {
          weights: y.map((_, i) => (i === 0 ? 1 : 0)),
        }),
      "fit: weights must not all be 0",
      RangeError,
    ],
  ];
  test.each(data)("%s", (_, call, begins, type) => expectMessage(call, begins, type));

  test("a run resumed with another optimizer", () => {
    const [step] = model.train(X, y);
    const other = make({ epochs: 2, optimizer: adam(0.01) });
    expectMessage(() => other.fit(X, y, { resume: step!.state() }), "train: the state to resume must have", RangeError);
  });

  const fitted = model.fit(X, y);
  const records = Array.from({ length: 61 }, (_, i) => ({ a: X.data[3 * i]!, b: X.data[3 * i + 1]!, c: 1 + (i % 2) }));
  const named = model.fit(records, y);
  const ofFitted: [string, () => unknown, string, typeof RangeError | typeof TypeError][] = [
    [
      "two columns of three",
      () => fitted.predict([[1, 2]]),
      "predict: X must have the 3 columns of the fit, got 2",
      RangeError,
    ],
    [
      "a record without a column",
      () => named.predict([{ a: 1, b: 2 }]),
      'predict: column "c" must be a number in every',
      TypeError,
    ],
    [
      "names without one",
      () => named.predict({ ...X, names: ["a", "b", "d"] }),
      'predict: X must have the column "c"',
      RangeError,
    ],
    ["NaN", () => fitted.predict([[1, 2, Number.NaN]]), "predict: rows must hold", RangeError],
    [
      "partialFit: too few targets",
      () => fitted.partialFit(X, y.slice(2)),
      "partialFit: y must have one entry per row",
      RangeError,
    ],
    [
      "partialFit: a misspelt option",
      () => fitted.partialFit(X, y, wrong({ epoch: 2 })),
      'partialFit: option "epoch" is unknown. Use only epochs, weights.',
      TypeError,
    ],
    ["partialFit: no epochs", () => fitted.partialFit(X, y, { epochs: 0 }), "partialFit: epochs must be", RangeError],
  ];
  test.each(ofFitted)("%s", (_, call, begins, type) => expectMessage(call, begins, type));

  if (classes === 0) {
    test("targets as text", () => {
      expectMessage(() => model.fit(X, wrong(y.map(String))), "fit: targets must be numbers, got ", TypeError);
      expectMessage(
        () =>
          model.fit(
            X,
            y.map(() => Number.NaN),
          ),
        "fit: targets must hold finite numbers",
        RangeError,
      );
      expectMessage(() => fitted.partialFit(X, wrong(y.map(String))), "partialFit: targets must be numbers", TypeError);
    });
    return;
  }
  const labels: [string, () => unknown, string, typeof RangeError | typeof TypeError][] = [
    [
      "one class",
      () =>
        model.fit(
          X,
          y.map(() => "ant"),
        ),
      'fit: labels must have at least two classes, got 1 ("ant")',
      RangeError,
    ],
    [
      "no label",
      () => model.fit(X, wrong(y.map((label, i) => (i === 5 ? null : label)))),
      "fit: labels must be strings, finite numbers or booleans, got null in row 5",
      TypeError,
    ],
    [
      "NaN as a label",
      () =>
        model.fit(
          X,
          y.map((label, i) => (i === 5 ? Number.NaN : label)),
        ),
      "fit: labels must be strings",
      TypeError,
    ],
    [
      "a label beyond the classes",
      () =>
        make({ classes: ["ant", "bee"] }).fit(
          X,
          y.map((label, i): Label => (i === 7 ? "elk" : label === "cat" ? "ant" : label)),
        ),
      'fit: labels must be among the classes ("ant", "bee"), got "elk". Remove the row, or add the label to classes.',
      RangeError,
    ],
    [
      "a class twice",
      () => make({ classes: ["ant", "bee", "ant"] }).fit(X, y),
      "fit: classes must be distinct",
      RangeError,
    ],
    [
      "an unseen label later",
      () =>
        fitted.partialFit(
          X,
          y.map(() => "dog"),
        ),
      "partialFit: labels must be among the classes",
      RangeError,
    ],
    ["classes in one word", () => make({ classes: wrong("ab") }).fit(X, y), "fit: classes must be an array", TypeError],
    ["a class null", () => make({ classes: wrong([null, "ant"]) }).fit(X, y), "fit: labels must be strings", TypeError],
    [
      "a wrongly spelled balance",
      () => make({ classWeights: wrong("balance") }).fit(X, y),
      'fit: classWeights must be "balanced" or a number per class, got "balance"',
      TypeError,
    ],
    [
      "a weight of no class",
      () => make({ classWeights: { dog: 1 } }).fit(X, y),
      "fit: classWeights must have one number per class (ant, bee",
      RangeError,
    ],
    [
      "a class without weight",
      () => make({ classWeights: { ant: 1 } }).fit(X, y),
      "fit: classWeights must have one number per class (ant, bee",
      RangeError,
    ],
    [
      "a negative class weight",
      () => make({ classWeights: { ant: -1, bee: 1, ...(classes > 2 ? { cat: 1 } : {}) } }).fit(X, y),
      "fit: classWeights.ant must be",
      RangeError,
    ],
    [
      "class weights all 0",
      () => make({ classWeights: { ant: 0, bee: 0, ...(classes > 2 ? { cat: 0 } : {}) } }).fit(X, y),
      "fit: weights must not all be 0",
      RangeError,
    ],
  ];
  test.each(labels)("%s", (_, call, begins, type) => expectMessage(call, begins, type));
});

const ownOptions: [string, () => unknown, string, typeof RangeError | typeof TypeError][] = [
  ["linear l1", () => linearRegression({ l1: -1 }), "linearRegression: l1 must be", RangeError],
  ["logistic l1", () => logisticRegression({ l1: Number.NaN }), "logisticRegression: l1 must be", RangeError],
  ["softmax l1", () => softmaxRegression({ l1: wrong("1") }), "softmaxRegression: l1 must be", RangeError],
  [
    "svm loss",
    () => linearSvm({ loss: wrong("log") }),
    "linearSvm: loss must be one of hinge, squaredHinge",
    TypeError,
  ],
  ["svm has no l1", () => linearSvm(wrong({ l1: 1 })), 'linearSvm: option "l1" is unknown', TypeError],
  [
    "no hidden layer",
    () => networkClassifier({ hidden: [] }),
    "networkClassifier: the number of hidden layers must be",
    RangeError,
  ],
  ["a layer of 0", () => networkClassifier({ hidden: [3, 0] }), "networkClassifier: hidden[1] must be", RangeError],
  [
    "hidden units without an array",
    () => networkClassifier({ hidden: wrong(32) }),
    "networkClassifier: hidden must be an array",
    TypeError,
  ],
  [
    "activation",
    () => networkClassifier({ activation: wrong("gelu") }),
    "networkClassifier: activation must be one of",
    TypeError,
  ],
  [
    "three classes, logistic",
    () => logisticRegression().fit([[1], [2], [3]], ["a", "b", "c"]),
    "fit: labels must have two classes for logisticRegression, got 3",
    RangeError,
  ],
  [
    "l1 with Adam",
    () => linearRegression({ l1: 1, optimizer: adam(0.1) }).fit([[1], [2]], [1, 2]),
    "train: optimizer must have a gain when l1 > 0",
    TypeError,
  ],
  [
    "standardize",
    () => matrixFactorization(wrong({ standardize: 1 })),
    "matrixFactorization: standardize must be",
    TypeError,
  ],
  ["l1", () => matrixFactorization(wrong({ l1: 0.1 })), 'matrixFactorization: option "l1" is unknown', TypeError],
  ["rank", () => matrixFactorization({ rank: 0 }), "matrixFactorization: rank must be", RangeError],
  [
    "penalty",
    () => matrixFactorization({ penalty: wrong("l1") }),
    "matrixFactorization: penalty must be one of",
    TypeError,
  ],
  [
    "a scale with the higher number first",
    () => matrixFactorization({ scale: [5, 1] }),
    "matrixFactorization: scale must be",
    RangeError,
  ],
  [
    "an infinite scale",
    () => matrixFactorization({ scale: [-Infinity, 5] }),
    "matrixFactorization: scale must be",
    RangeError,
  ],
  ["scale of one", () => matrixFactorization({ scale: wrong(5) }), "matrixFactorization: scale must be", RangeError],
  ["mean", () => matrixFactorization({ mean: wrong("3") }), "matrixFactorization: mean must be", RangeError],
  ["factorization l2", () => matrixFactorization({ l2: -1 }), "matrixFactorization: l2 must be", RangeError],
];
test.each(ownOptions)("%s", (_, call, begins, type) => expectMessage(call, begins, type));

const ratings = { users: ["a", "b"], items: [1, 2], ratings: [3, 4] };
const model = matrixFactorization({ epochs: 1 });
const factorization: [string, () => unknown, string, typeof RangeError | typeof TypeError][] = [
  [
    "no ratings",
    () => model.fit({ users: [], items: [], ratings: [] }),
    "fit: there must be at least one row, got none.",
    RangeError,
  ],
  [
    "lists of other lengths",
    () => model.fit({ ...ratings, users: ["a"] }),
    "fit: users must have one entry per rating (2), got 1.",
    RangeError,
  ],
  [
    "a missing list",
    () => model.fit(wrong({ users: ["a"], items: [1] })),
    "fit: ratings must be an object { users, items, ratings }, got an object.",
    TypeError,
  ],
  [
    "a column more",
    () => model.fit(wrong({ ...ratings, times: [1, 2] })),
    'fit: property "times" is unknown. Use only users, items, ratings.',
    TypeError,
  ],
  [
    "text ratings",
    () => model.fit(wrong({ ...ratings, ratings: ["3", 4] })),
    'fit: ratings must be numbers, got "3" in row 0',
    TypeError,
  ],
  ["NaN", () => model.fit({ ...ratings, ratings: [3, Number.NaN] }), "fit: ratings must hold finite", RangeError],
  [
    "no user",
    () => model.fit(wrong({ ...ratings, users: ["a", undefined] })),
    "fit: users must be strings, finite numbers or booleans, got undefined in row 1",
    TypeError,
  ],
  [
    "fit's option",
    () => model.fit(ratings, wrong({ epochs: 2 })),
    'fit: option "epochs" is unknown. Use only resume',
    TypeError,
  ],
  [
    "pairs",
    () => model.fit(ratings).predict(["a"], []),
    "predict: users must have one entry per item (0), got 1",
    RangeError,
  ],
  ["top", () => model.fit(ratings).recommend("a", { top: 0 }), "recommend: top must be", RangeError],
  [
    "recommend's option",
    () => model.fit(ratings).recommend("a", wrong({ count: 3 })),
    'recommend: option "count" is unknown. Use only top, rated.',
    TypeError,
  ],
];
test.each(factorization)("%s", (_, call, begins, type) => expectMessage(call, begins, type));

describe("wrong rows", () => {
  const estimator = linearRegression();
  const sparse: number[][] = [[1], [2], [3]];
  delete sparse[1];
  test.each<[string, unknown, string, typeof RangeError | typeof TypeError]>([
    ["numbers", [1, 2, 3], "fit: every row of X must be an array of numbers or a record, got 1 in row 0.", TypeError],
    [
      "a typed array",
      Float64Array.of(1, 2, 3),
      "fit: X must be a list of rows or a Matrix, got a Float64Array. Pass matrix(X, rows, columns).",
      TypeError,
    ],
    ["null", [[1], null, [3]], "fit: every row of X must be an array of numbers, got null in row 1.", TypeError],
    ["a missing row", sparse, "fit: every row of X must be an array of numbers, got undefined in row 1.", TypeError],
    [
      "null first",
      [null, [1], [2]],
      "fit: every row of X must be an array of numbers or a record, got null",
      TypeError,
    ],
    ["a record among arrays", [[1], { a: 1 }, [2]], "fit: every row of X must be an array of numbers, got", TypeError],
    ["an array among records", [{ a: 1 }, [1], { a: 2 }], "fit: every row of X must be a record, got", TypeError],
    ["nothing", [], "fit: there must be at least one row", RangeError],
  ])("%s", (_, X, begins, kind) => {
    expectMessage(() => estimator.fit(wrong(X), [1, 2, 3]), begins, kind);
  });

  test("the advice for numbers works", () => {
    expect(
      linearRegression({ l2: 0 })
        .fit([[1], [2], [3]], [2, 4, 6])
        .predict([[4]])[0],
    ).toBeCloseTo(8, 6);
  });

  test("a column with the name of an object method is missing if a record lacks it", () => {
    const call = () => estimator.fit(wrong([{ constructor: 1 }, {}]), [1, 2]);
    expectMessage(
      call,
      'fit: column "constructor" must be a number in every record, got undefined in record 1',
      TypeError,
    );
  });

  test("a class with the name of an object method has no weight by default", () => {
    const weighted = logisticRegression({ classWeights: { a: 1 } });
    const call = () => weighted.fit([[1], [2]], ["a", "toString"]);
    expectMessage(
      call,
      'fit: classWeights must have one number per class (a, toString), got none for "toString"',
      RangeError,
    );
  });
});

describe("threads", () => {
  test.each([[{}], [null], [3]])("%j is no pool", (threads) => {
    expectMessage(
      () => linearRegression().fit([[1], [2]], [1, 2], { threads: wrong(threads) }),
      "train: threads must be a pool that threads() made",
      TypeError,
    );
  });
});

describe("a step that is not the last one", () => {
  const steps = [...linearRegression({ epochs: 5, optimizer: plain(0.1) }).train([[1], [2], [4]], [1, 2, 3])];
  test("cannot give the model of its update any more", () => {
    const early = steps[1]!;
    for (const name of ["fitted", "fittedData", "objective", "state"] as const) {
      expect(() => early[name]()).toThrow(
        /the run has gone on since this step \(update 2\) and is now at update 5\. Call/,
      );
    }
  });

  test("the last step gives everything", () => {
    const last = steps.at(-1)!;
    expect(last.fitted().updates).toBe(5);
    expect(last.state().progress.t).toBe(5);
    expect(last.objective()).toBe(last.history.objective!.at(-1));
  });
});

describe("the errors of prepare have its name", () => {
  const explicit = matrixFactorization();
  const implicit = matrixFactorization({ feedback: "implicit" });
  const pairs = { users: ["u", "v"], items: ["a", "b"] };
  const ratings = { ...pairs, ratings: [1, 2] };
  const calls: [string, () => unknown][] = [
    ["a cell that is not finite", () => linearRegression().prepare([[1], [Number.NaN]], [1, 2])],
    ["too few targets", () => linearRegression().prepare([[1], [2]], [1])],
    ["one class", () => logisticRegression().prepare([[1], [2]], ["a", "a"])],
    ["an unknown option", () => linearSvm().prepare([[1], [2]], ["a", "b"], wrong({ weight: 1 }))],
    ["weights of another length", () => softmaxRegression().prepare([[1], [2]], ["a", "b"], { weights: [1] })],
    ["a range that is too small", () => linearRegression().prepare([[0], [1e-305]], [1, 2])],
    ["targets with a range that is too small", () => linearRegression().prepare([[0], [1]], [0, 1e-305])],
    [
      "ratings that differ too much",
      () => explicit.prepare({ users: [1, 2, 3], items: [1, 2, 3], ratings: [-1.7e308, 1.7e308, 1.7e308] }),
    ],
    ["ratings of another length", () => explicit.prepare({ ...pairs, ratings: [1] })],
    ["an unknown option for ratings", () => explicit.prepare(ratings, wrong({ weights: [1] }))],
    ["seen items of an unknown user", () => explicit.prepare(ratings, { seen: { users: ["w"], items: ["a"] } })],
    [
      "a batch that is too small",
      () => {
        const users = Array.from({ length: 200 }, (_, i) => i);
        const options = { penalty: "uniform", batchSize: 1 } as const;
        return matrixFactorization(options).prepare({ users, items: users, ratings: users });
      },
    ],
    ["a user with all items", () => implicit.prepare({ users: ["u", "u"], items: ["a", "b"] })],
  ];
  test.each(calls)("%s", (_, call) => {
    expect(thrownBy(call).message).toMatch(/^prepare: .+\. [A-Z].+\.$/s);
  });
});
