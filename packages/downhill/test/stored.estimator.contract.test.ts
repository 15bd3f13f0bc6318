// Every estimator fits stored rows with the same bits as the same rows in memory.
import { describe, expect, it } from "vitest";
import type { Label } from "../src/core/label.ts";
import { type Matrix, takeRows } from "../src/core/matrix.ts";
import { fitStored, prepareStored } from "../src/estimators/fit/fitStored.ts";
import type { StoredTable } from "../src/estimators/fit/storedTable.ts";
import {
  adam,
  certificate,
  deadUnits,
  explanations,
  forecast,
  gradientNoise,
  hessianTimes,
  plain,
  runContext,
  sweepRates,
  threads,
} from "../src/index.ts";
import { column, dense } from "../src/kernels/source.ts";
import type { State } from "../src/training/state/state.ts";
import type { AnyFitted, Trial } from "./estimatorTrial.ts";
import { trials } from "./estimatorTrial.ts";
import { storedCopy } from "./storedCopy.ts";

const chunks = { rowsPerChunk: 7, chunksPerWindow: 3 };

/** Rows of a trial as a stored table. */
function storedTable(X: Matrix, y: readonly Label[], weights?: Float64Array, order = chunks): StoredTable {
  const isText = typeof y[0] === "string";
  const classes = isText ? [...new Set(y as string[])].sort() : undefined;
  const numbers = Float64Array.from(y, (label) => (classes ? classes.indexOf(label as string) : (label as number)));
  const rows = storedCopy(
    { inputs: dense(X), targets: column(numbers), ...(weights && { weights: column(weights) }) },
    order,
  );
  return {
    rows,
    ...(classes && { classes }),
    ...(X.names && { names: X.names }),
    ...(X.unscaled && { unscaled: X.unscaled }),
  };
}

/** The saved text of a fitted model. */
const saved = (model: unknown): string => JSON.stringify((model as AnyFitted).toJSON());

const single = (X: Matrix): Matrix => ({ ...X, data: Float32Array.from(X.data) });

describe.each(trials)("$name", ({ X, y, classes, linear, make }: Trial) => {
  const weights = Float64Array.from(y, (_, i) => (i % 5 === 0 ? 3 : i % 7 === 0 ? 0 : 0.5));
  const few = { epochs: 4, stop: {}, seed: 3 };

  it.each([
    ["by default", { stop: {}, epochs: 20 }, 64],
    ["in full batch", { ...few, batchSize: "full" }, 64],
    ["in mini-batches", { ...few, batchSize: 8 }, 64],
    ["one by one", { ...few, batchSize: 1, trace: "running" }, 64],
    ["in mini-batches of raw columns", { ...few, batchSize: 8, standardize: false }, 64],
    [
      "by its own optimizer, with an average",
      { ...few, batchSize: 5, optimizer: adam(0.01), average: { from: 1 } },
      64,
    ],
    ["in float32", { ...few, batchSize: 8 }, 32],
    ["in float32 and full batch", { ...few, batchSize: "full" }, 32],
  ] as const)("%s", (_, options, bits) => {
    const table = bits === 32 ? single({ ...X, names: ["a", "b", "c"] }) : { ...X, unscaled: [false, true, false] };
    const inMemory = make({ ...options, order: chunks }).fit(table, y);
    expect(saved(fitStored(make(options), storedTable(table, y)))).toBe(saved(inMemory));
  });

  it("with row weights and class weights, in full batch and in mini-batches", () => {
    for (const batchSize of ["full", 8] as const) {
      const options = { ...few, batchSize, ...(classes > 0 && { classWeights: "balanced" as const }) };
      const inMemory = make({ ...options, order: chunks }).fit(X, y, { weights });
      expect(saved(fitStored(make(options), storedTable(X, y, weights)))).toBe(saved(inMemory));
      const unweighted = make({ ...options, order: chunks }).fit(X, y);
      expect(saved(fitStored(make(options), storedTable(X, y)))).toBe(saved(unweighted));
    }
  });

  it("in every order, if all rows fit into the window", () => {
    const backwards = (epoch: number) => Uint32Array.from(y, (_, i) => y.length - 1 - ((i + epoch) % y.length));
    const own = { rowsPerChunk: 7, chunksPerWindow: Math.ceil(y.length / 7) };
    for (const order of ["shuffled", backwards, { rowsPerChunk: 5, chunksPerWindow: 2 }] as const) {
      const options = { ...few, batchSize: 8, order };
      const stored = storedTable(X, y, undefined, own);
      expect(saved(fitStored(make(options), stored))).toBe(saved(make(options).fit(X, y)));
    }
  });

  it("with validation rows and weights", () => {
    const options = { ...few, epochs: 6, batchSize: 8, stop: { validation: { share: 0.25, patience: 2 } } };
    const own = { ...options, ...(classes > 0 && { classWeights: "balanced" as const }) };
    const split = make(own).validationSplit(y)!;
    const [training, validation] = [split.train, split.test].map((rows) =>
      storedTable(
        takeRows(X, rows),
        Array.from(rows, (row) => y[row]!),
        Float64Array.from(rows, (row) => weights[row]!),
      ),
    );
    const inMemory = make({ ...own, order: chunks }).fit(X, y, { weights });
    expect(saved(fitStored(make(own), training!, { validation }))).toBe(saved(inMemory));
  });

  it.runIf(linear)("with the same certificate", () => {
    for (const batchSize of ["full", 8] as const) {
      const options = { batchSize, epochs: 40, l2: 0.01 };
      const bounds = [
        [...prepareStored(make(options), storedTable(X, y)).steps()].at(-1)!,
        [...make({ ...options, order: chunks }).train(X, y)].at(-1)!,
      ].map(certificate);
      expect(bounds[0]).toStrictEqual(bounds[1]);
    }
  });

  it("step by step, and resumed in the middle of a window", () => {
    const options = { ...few, batchSize: 4 };
    const table = storedTable(X, y);
    const states = [...prepareStored(make(options), table).steps()].map((step) => step.t);
    expect(states).toHaveLength(4 * 16);
    let state: State | undefined;
    for (const step of prepareStored(make(options), table).steps()) if (step.t === 21) state = step.state();
    const resumed = fitStored(make(options), table, { resume: state! });
    expect(saved(resumed)).toBe(saved(fitStored(make(options), table)));
  });
});

describe("stored rows of an estimator", () => {
  const [regression, classifier] = [trials[0]!, trials.find(({ name }) => name === "softmaxRegression")!];
  const table = storedTable(regression.X, regression.y);

  it.each(trials.filter(({ name }) => /^(linearRegression|logistic.*|networkClassifier)$/.test(name)))(
    "of $name have the diagnosis of rows in memory, or report that it needs these",
    ({ X, y, make, linear }) => {
      const [stored, memory] = [{}, { order: chunks }].map((order, at) => {
        const estimator = make({ batchSize: 8, epochs: 2, optimizer: plain(0.1), stop: {}, ...order });
        const { problem, optimizer } = at === 0 ? prepareStored(estimator, storedTable(X, y)) : estimator.prepare(X, y);
        const params = Float64Array.from({ length: problem.size }, (_, j) => 0.1 * Math.cos(j));
        return {
          hessian: hessianTimes(problem, params, params),
          context: runContext(problem, optimizer, { batchSize: 8 }),
          noise: gradientNoise(problem, params, { batchSize: 8 }),
          sweep: linear
            ? sweepRates(problem, plain, { rates: [0.001, 0.1], batchSize: 8, order: at === 0 ? undefined : chunks })
            : null,
          forecast: linear ? null : forecast(problem, optimizer, { batchSize: 8 }),
        };
      });
      expect(stored).toStrictEqual(memory);
      const { problem, optimizer } = prepareStored(make({ batchSize: 8, stop: {} }), storedTable(X, y));
      const params = new Float64Array(problem.size);
      for (const { code } of explanations(problem, params)) expect(["constant", "noiseFloor"]).toContain(code);
      expect(() => deadUnits(problem, params)).toThrow(
        "deadUnits: problem must have all rows in memory, got stored rows.",
      );
      if (linear) {
        expect(forecast(problem, plain(0.1), { batchSize: 8 }).sentences).toEqual([
          "A forecast needs all rows in memory. Make one for a fit to some of the rows.",
        ]);
      }
      expect(optimizer.slots).toBeGreaterThanOrEqual(0);
    },
  );

  it("have the same bits with any number of threads, also when a run is resumed with another number", async () => {
    const pools = [undefined, await threads(1), await threads(3)];
    for (const { name, X, y, make } of trials) {
      for (const batchSize of ["full", 8, 1] as const) {
        const estimator = make({ batchSize, epochs: 4, stop: {}, seed: 3, optimizer: plain(0.01) }); // no run ends early
        const own = storedTable(X, y);
        const alone = saved(fitStored(estimator, own));
        for (const [at, pool] of pools.entries()) {
          const next = pools[(at + 1) % pools.length];
          let state: State | undefined;
          for (const step of prepareStored(estimator, own, { ...(pool && { threads: pool }) }).steps()) {
            if (step.epoch >= 2) {
              state = step.state();
              break;
            }
          }
          expect(state, `${name}, ${batchSize}`).toBeDefined();
          const resumed = fitStored(estimator, own, { resume: state!, ...(next && { threads: next }) });
          expect(saved(resumed), `${name}, ${batchSize}`).toBe(alone);
          expect(saved(fitStored(estimator, own, { ...(pool && { threads: pool }) }))).toBe(alone);
        }
      }
    }
    for (const pool of pools) await pool?.close();
  });

  const rejects = (run: () => unknown, message: string) => expect(run).toThrow(message);
  const at = (change: (numbers: { X: Matrix; y: Label[]; weights: Float64Array }) => void, trial = regression) => {
    const X = { ...trial.X, data: trial.X.data.slice() };
    const numbers = { X, y: [...trial.y], weights: new Float64Array(61).fill(1) };
    change(numbers);
    return storedTable(X, numbers.y, numbers.weights);
  };

  it("are checked, with the row and the advice", () => {
    const fit =
      (table: unknown, options = {}) =>
      () =>
        fitStored(regression.make(), table as StoredTable, options);
    rejects(
      fit(
        at(({ X }) => {
          X.data[3 * 20 + 1] = Number.NaN;
        }),
      ),
      "fitStored (rows from 14 on): the inputs must hold finite numbers, got NaN in row 6, column 1. Remove the row or supply the value.",
    );
    rejects(
      fit(
        at(({ y }) => {
          y[9] = Number.POSITIVE_INFINITY;
        }),
      ),
      "fitStored (rows from 7 on): targets must hold finite numbers, got Infinity in row 2.",
    );
    rejects(
      fit(
        at(({ weights }) => {
          weights[60] = -1;
        }),
      ),
      "fitStored (rows from 56 on): weights must be at least 0, got -1 in row 4. Store 0 to ignore the row.",
    );
    rejects(
      fit(
        at(({ weights }) => {
          weights.fill(0);
        }),
      ),
      "fitStored: weights must not all be 0, got only zeros for 61 rows. Pass a positive weight for some of these rows.",
    );
    rejects(
      () => fitStored(classifier.make(), { ...storedTable(classifier.X, classifier.y), classes: ["ant", "bee"] }),
      "fitStored: targets must be indices of the 2 classes, got 2 in row 2. Store 0 for the first class.",
    );
    rejects(
      () => fitStored(classifier.make(), { rows: table.rows }),
      "fitStored: classes must be a list of labels, got undefined. Pass the classes whose indices are the targets.",
    );
    rejects(fit({ ...table, names: ["a", "b"] }), "fitStored: names must have 3 entries, got 2. Pass one per column.");
    rejects(
      fit(regression.X),
      "fitStored: rows must be stored rows, got 61. Pass { rows: storedRows(…) }; fit takes tables in memory.",
    );
    rejects(
      fit(table, { validation: { ...table, names: ["a", "b", "c"] } }),
      'fitStored: the validation rows must have the columns of the training rows, {"columns":3,"elementType":"float64","weighted":false}',
    );
    rejects(
      () => fitStored(regression.make({ stop: { validation: { share: 0.2 } } }), table),
      "fitStored: stop.validation needs stored validation rows, got none. Pass { validation: … }, or the option stop: {}.",
    );
    rejects(
      () => fitStored(classifier.make({ classes: ["cat", "ant", "bee"] }), storedTable(classifier.X, classifier.y)),
      "fitStored: classes must be those of the stored rows (ant, bee, cat), got cat, ant, bee. Leave out the option.",
    );
    rejects(
      () => fitStored({} as never, table),
      "fitStored: estimator must be one of the library, got an object. Pass linearRegression(), for example.",
    );
    rejects(
      () => fitStored(regression.make({ batchSize: 8, order: "shuffled" }), table),
      'train: order must be that of the chunks or "sequential" for stored rows that do not fit into a window (61 rows, 3 chunks of 7)',
    );
    rejects(
      () => fitStored(regression.make({ batchSize: 8, optimizer: plain(1e9), epochs: 9 }), table),
      "the loss became Infinity at update 17",
    );
  });
});
