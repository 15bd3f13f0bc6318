// fitInBackground has the same bits and the same errors as fit, and leaves the caller's thread free.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { takeRows } from "../src/core/matrix.ts";
import {
  adam,
  cosine,
  DivergenceError,
  estimatorFromSpec,
  type FactorizationOptions,
  type FitOptions,
  fitInBackground,
  type History,
  logisticRegression,
  lowRankRatings,
  matrixFactorization,
  moons,
  type Progress,
  plain,
  type Table,
  tableModel,
} from "../src/index.ts";
import { runTask } from "../src/workers/background/runTask.ts";
import { text, trials } from "./estimatorTrial.ts";

const batches = {
  ...{ optimizer: adam(cosine(0.05, { updates: 20 })), batchSize: 16, epochs: 5, seed: 3, batchLosses: true },
  ...{ average: { from: 1 }, stop: { validation: { share: 0.25 } } },
};
const reporting = { onEpoch: () => {} };

describe.each(trials)("$name", ({ X, y, make }) => {
  test("has the same bits as fit, also after partialFit", async () => {
    for (const [options, how] of [
      [{ epochs: 6 }, reporting],
      [batches, {}],
    ] as const) {
      const estimator = make(options);
      const weights = y.map((_, i) => 1 + (i % 3));
      const [fitted, inBackground] = [
        estimator.fit(X, y, { weights }),
        await fitInBackground(estimator, X, y, { ...how, weights }),
      ];
      expect(text(inBackground)).toBe(text(fitted));
      expect(inBackground.history).toEqual(fitted.history);
      expect(Object.keys(inBackground)).toEqual(Object.keys(fitted));
      expect(text(inBackground.partialFit(X, y))).toBe(text(fitted.partialFit(X, y)));
    }
  });
});

describe("matrixFactorization", () => {
  const { users, items, ratings: values } = lowRankRatings({ users: 12, items: 9, seed: 2 });
  const ratings = { users, items, ratings: values };
  test.each<FactorizationOptions>([
    { epochs: 3 },
    { epochs: 12, rank: 2, biases: false, scale: [-1, 1], stop: { validation: { share: 0.2, patience: 2 } } },
  ])("%j has the same bits as fit", async (options) => {
    const estimator = matrixFactorization(options);
    const fitted = await fitInBackground(estimator, ratings, reporting);
    expect(text(fitted)).toBe(text(estimator.fit(ratings)));
    expect(fitted.recommend(3)).toEqual(estimator.fit(ratings).recommend(3));
  });

  test("continues from a state", async () => {
    const estimator = matrixFactorization({ epochs: 4, rank: 2 });
    const [step] = estimator.train(ratings, { every: 50 });
    const fitted = await fitInBackground(estimator, ratings, { resume: step!.state() });
    expect(text(fitted)).toBe(text(estimator.fit(ratings)));
  });
});

describe("tableModel", () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    age: i % 9 === 0 ? null : 20 + ((i * 7) % 40),
    city: ["Rome", "Oslo", "Lima"][i % 3]!,
    joined: new Date(Date.UTC(2020, i % 12, 1 + (i % 28))),
    weight: 1 + (i % 2),
    bought: (i * 7) % 40 > 18 ? "yes" : "no",
  }));
  const options = { target: "bought", weight: "weight" };
  test("has the same bits as fit, and its spec makes the same table model", async () => {
    for (const inner of [quick, logisticRegression(batches)]) {
      const model = tableModel(inner, options);
      const fitted = model.fit(rows);
      expect(text(await fitInBackground(model, rows, reporting))).toBe(text(fitted));
      const copy = estimatorFromSpec(JSON.parse(JSON.stringify(model.spec()))) as typeof model;
      expect(text(await fitInBackground(copy, rows))).toBe(text(fitted));
    }
  });

  test("has the same error as fit", async () => {
    const model = tableModel(quick, { target: "sold" });
    const message = (() => {
      try {
        model.fit(rows);
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    })();
    expect(message).toContain("sold");
    await expect(fitInBackground(model, rows)).rejects.toThrow(message);
  });
});

const { X, y: numbers } = moons({ n: 120, noise: 0.2, seed: 1 });
const y = [...numbers];
const quick = logisticRegression({ epochs: 30, optimizer: adam(0.05), batchSize: 20 });
/** A fit that takes about a day. */
const endless = logisticRegression({ epochs: 1e9, optimizer: plain(1e-9), trace: "running", stop: { gradient: 0 } });

describe("data", () => {
  test("can be a matrix, rows or records, in arrays or other lists", async () => {
    const rows = Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(2 * i, 2 * i + 2)]);
    const records = rows.map(([a, b]) => ({ a: a!, b: b! }));
    const tables: Table[] = [X, rows, rows.map((row) => Float64Array.from(row)), records];
    for (const table of tables) {
      expect(text(await fitInBackground(quick, table, y))).toBe(text(quick.fit(table, y)));
    }
    const list = { ...numbers, length: numbers.length };
    for (const labels of [numbers, list, Uint8Array.from(numbers)]) {
      expect(text(await fitInBackground(quick, X, labels))).toBe(text(quick.fit(X, labels)));
    }
  });

  test("are copied at the call, and the caller keeps them", async () => {
    const full = takeRows(X, Uint32Array.from(y.keys()));
    const part = { data: full.data.subarray(0, 120), rows: 60, columns: 2 };
    const labels = Float64Array.from(y).subarray(0, 60);
    const expected = text(quick.fit(part, labels));
    const running = fitInBackground(quick, part, labels);
    full.data.fill(0);
    labels.fill(0);
    expect(text(await running)).toBe(expected);
    expect([full.data.length, part.data.length, labels.length]).toEqual([240, 120, 60]);
  });

  test("in shared memory are read directly", async () => {
    const shared = new Float64Array(new SharedArrayBuffer(8 * 240));
    const labels = new Float64Array(new SharedArrayBuffer(8 * 120));
    const running = fitInBackground(quick, { data: shared, rows: 120, columns: 2 }, labels);
    shared.set(X.data); // before the worker has begun to read
    labels.set(y);
    expect([...(await running).params()]).toEqual([...quick.fit(X, [...labels]).params()]);
  });

  test("a state continues where it was saved", async () => {
    const [, , step] = quick.train(X, y);
    const histories: History[] = [];
    const fitted = await fitInBackground(quick, X, y, {
      resume: step!.state(),
      onEpoch: ({ history }) => histories.push(history),
    });
    expect(text(fitted)).toBe(text(quick.fit(X, y)));
    expect(histories.at(-1)).toEqual(fitted.history);
  });
});

describe("a signal", () => {
  test("that is already aborted: no worker starts", async () => {
    const calls: unknown[] = [];
    const how = { signal: AbortSignal.abort("no"), onEpoch: () => calls.push("") };
    await expect(fitInBackground(quick, X, y, how)).rejects.toBe("no");
    const running = new AbortController();
    const begun = fitInBackground(quick, X, y, { signal: running.signal });
    running.abort("soon");
    await expect(begun).rejects.toBe("soon");
    expect(calls).toEqual([]);
  });

  test("aborted later: the fit rejects with its reason, and no call follows", async () => {
    const running = new AbortController();
    const reason = new Error("enough");
    let calls = 0;
    const onEpoch = (): void => {
      if (++calls === 3) running.abort(reason);
    };
    await expect(fitInBackground(endless, X, y, { signal: running.signal, onEpoch })).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(calls).toBe(3);
  });

  test("aborted while the worker processes no messages", async () => {
    const running = new AbortController();
    setTimeout(() => running.abort("late"), 100);
    await expect(fitInBackground(endless, X, y, { signal: running.signal })).rejects.toBe("late");
  });

  test("has no listener after the fit", async () => {
    const { signal } = new AbortController();
    const kept = new Set<unknown>();
    const counted = {
      ...{ aborted: false, reason: undefined },
      addEventListener: (type: "abort", listener: () => void) => {
        kept.add(listener);
        signal.addEventListener(type, listener);
      },
      removeEventListener: (_: "abort", listener: () => void) => kept.delete(listener),
    };
    await fitInBackground(quick, X, y, { signal: counted });
    expect(kept.size).toBe(0);
  });
});

describe("onEpoch", () => {
  test("reports every epoch in order, and the last one before the fit resolves", async () => {
    const lengths: number[] = [];
    const seen: Progress[] = [];
    const fitted = await fitInBackground(quick, X, y, {
      onEpoch(progress) {
        lengths.push(progress.history.updates.length);
        seen.push(progress);
      },
    });
    expect(seen.map(({ epoch }) => epoch)).toEqual(lengths);
    expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => a - b));
    expect(seen.at(-1)).toEqual({ epoch: 30, epochs: 30, history: fitted.history });
    expect(new Set(seen.map(({ history }) => history)).size).toBe(1);
  });

  test("may be slow: the training continues, and calls do not overlap", async () => {
    const epochs: number[] = [];
    let open = 0;
    const many = logisticRegression({ epochs: 2000, optimizer: plain(1e-6), trace: "running", batchLosses: true });
    const fitted = await fitInBackground(many, X, y, {
      async onEpoch({ epoch, history }) {
        expect(++open).toBe(1);
        epochs.push(epoch);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(history.batchLosses!.length).toBe(epoch); // one batch per epoch; no later epoch has been added
        open--;
      },
    });
    expect(open).toBe(0);
    expect(epochs[1]! - epochs[0]!).toBeGreaterThan(10);
    expect(epochs.at(-1)).toBe(2000);
    expect(text(fitted)).toBe(text(many.fit(X, y)));
  });

  test("that throws ends the fit with the same error", async () => {
    const bad = new Error("no screen");
    const throws = () => {
      throw bad;
    };
    await expect(fitInBackground(endless, X, y, { onEpoch: throws })).rejects.toBe(bad);
    await expect(fitInBackground(endless, X, y, { onEpoch: () => Promise.reject(bad) })).rejects.toBe(bad);
  });
});

test("the caller's thread is free: its timers fire while the worker trains", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const running = new AbortController();
  const fit = fitInBackground(endless, X, y, {
    signal: running.signal,
    onEpoch: () => {
      if (ticks > 20) running.abort("free");
    },
  });
  await expect(fit).rejects.toBe("free"); // if the thread were not free, the fit would not end
  clearInterval(timer);
});

describe("errors are the same as those of fit", () => {
  const caught = (run: () => unknown): Error => {
    try {
      run();
    } catch (error) {
      return error as Error;
    }
    throw new Error("nothing was thrown");
  };
  const wild = logisticRegression({ optimizer: plain(1e300), epochs: 5, l2: 1 });
  const cases: readonly (readonly [string, typeof quick, unknown, unknown, FitOptions?])[] = [
    ["too few targets", quick, X, y.slice(1)],
    ["no targets", quick, X, undefined],
    ["no table", quick, null, y],
    ["a table of nothing", quick, {}, y],
    ["a hole in the table", quick, { ...X, data: X.data.map((x, at) => (at === 7 ? Number.NaN : x)) }, y],
    [
      "a hole in the rows",
      quick,
      [
        [1, 2],
        [3, Number.NaN],
      ],
      [0, 1],
    ],
    ["a label that is none", quick, X, y.map((label, i): unknown => (i === 4 ? {} : label))],
    ["one class", quick, X, y.map(() => 1)],
    ["negative weights", quick, X, y, { weights: y.map(() => -1) }],
    ["a divergence", wild, X, y],
  ];
  test.each(cases.map(([name, ...args]) => ({ name, args })))("$name", async ({ args: [estimator, X, y, how] }) => {
    const thrown = caught(() => estimator.fit(X as never, y as never, how));
    const got = (await fitInBackground(estimator, X as never, y as never, how).catch((error) => error)) as Error;
    expect(got.constructor).toBe(thrown.constructor);
    expect({ ...got, message: got.message }).toEqual({ ...thrown, message: thrown.message });
  });

  test("a DivergenceError keeps its update, learning rate and last parameters", async () => {
    const got = await fitInBackground(wild, X, y).catch((error) => error);
    expect(got).toBeInstanceOf(DivergenceError);
    expect([got.name, got.learningRate, got.params.length]).toEqual(["DivergenceError", 1e300, 3]);
  });

  test.each<readonly [string, () => Promise<unknown>, string]>([
    [
      "code",
      () => fitInBackground(logisticRegression({ optimizer: plain((t) => 1 / t) }), X, y),
      "spec: optimizer must be plain data in a spec, got an optimizer with code of your own. Use the optimizers",
    ],
    [
      "no estimator",
      () => fitInBackground({} as typeof quick, X, y),
      "fitInBackground: estimator must be one of the library's, got an object. Pass logisticRegression(), for example.",
    ],
    [
      "an option that is none",
      () => fitInBackground(quick, X, y, { every: 3 } as object),
      'fitInBackground: option "every" is unknown. Use only signal, onEpoch, resume, weights.',
    ],
    [
      "weights of ratings",
      () => fitInBackground(matrixFactorization(), lowRankRatings(), { weights: [1] } as object),
      'fitInBackground: option "weights" is unknown. Use only signal, onEpoch, resume, seen.',
    ],
  ])("%s throws", async (_, run, message) => {
    const error = (await run().catch((error) => error)) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(message);
  });

  test("labels that cannot be copied throw too", async () => {
    const labels: unknown[] = y.map(() => () => {});
    await expect(fitInBackground(quick, X, labels as never)).rejects.toThrow("could not be cloned");
  });
});

test("a process lives until its fit ends, and not longer", () => {
  const library = fileURLToPath(new URL("../dist/index.js", import.meta.url));
  const program = `
    import { fitInBackground, logisticRegression, moons, plain } from ${JSON.stringify(library)};
    const { X, y } = moons();
    const endless = logisticRegression({ epochs: 1e9, optimizer: plain(1e-9), trace: "running", stop: { gradient: 0 } });
    const running = new AbortController();
    fitInBackground(logisticRegression(), X, y).then(({ stopped }) => console.log(stopped));
    fitInBackground(logisticRegression(), X, [1]).catch(({ name }) => console.log(name));
    const onEpoch = () => running.abort("aborted");
    fitInBackground(endless, X, y, { signal: running.signal, onEpoch }).catch((reason) => console.log(reason));
  `;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(printed.trim().split("\n").sort()).toEqual(["RangeError", "aborted", "converged"]);
});

describe("an invalid option", () => {
  test.each([[{ signal: {} }], [{ signal: "stop" }], [{ signal: null }], [{ onEpoch: 3 }]])(
    "%j is rejected before a worker starts",
    async (options) => {
      const before = process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
      await expect(fitInBackground(endless, X, y, options as never)).rejects.toThrow(
        /must be (an AbortSignal|a function)/,
      );
      expect(process.getActiveResourcesInfo().filter((name) => name === "MessagePort")).toHaveLength(before);
    },
  );
});

test("a worker that ends by itself rejects the fit", async () => {
  const task = { kernels: "", spec: quick.spec(), data: [], options: {}, reportEpochs: false };
  const ended = runTask("process.exit(3)", task, [], {});
  await expect(ended).rejects.toThrow(/ended before its work was done \(exit code 3\)/);
});
