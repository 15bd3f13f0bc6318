// Matrix factorization: the contract of all estimators, then unknown users and items, clipping, recommendations, penalties.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../src/core/label.ts";
import { random } from "../src/core/random.ts";
import {
  adam,
  cosine,
  type FactorizationOptions,
  type FittedFactorization,
  load,
  lowRankRatings,
  matrixFactorization,
  plain,
  type Ratings,
  rootMeanSquaredError,
  splitRatings,
} from "../src/index.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { distance, text } from "./estimatorTrial.ts";

/** Every user and item occurs; ratings 1 to 5. */
function someRatings(count = 60): Ratings & { users: Label[]; items: Label[]; ratings: number[] } {
  const draw = random(5).fork("ratings");
  const users = Array.from({ length: count }, (_, i) => `u${i % 9}`);
  const items = Array.from({ length: count }, (_, i) => 100 + ((i * 4 + Math.floor(i / 9)) % 7));
  return { users, items, ratings: users.map(() => 1 + Math.floor(5 * draw.uniform())) };
}

const table = someRatings();
const loaded = (saved: unknown): FittedFactorization => load(saved) as FittedFactorization;
const runs: Record<string, FactorizationOptions> = {
  defaults: { epochs: 4 },
  "no biases, uniform": { epochs: 4, rank: 3, biases: false, penalty: "uniform", mean: 3 },
  "adam in batches": { epochs: 4, rank: 2, optimizer: adam(0.02), batchSize: 8, average: { from: 1 } },
  "held out": { epochs: 12, rank: 2, stop: { validation: { share: 0.25, patience: 2 } }, batchLosses: true },
  "full batch, clipped": { epochs: 6, rank: 2, batchSize: "full", optimizer: plain(0.5), scale: [1, 5] },
};

describe.each(Object.entries(runs))("%s", (_, options) => {
  const model = matrixFactorization({ ...options, seed: 2 });
  const pairs = [table.users, table.items] as const;

  test("the same seed gives the same bits, another seed others; fit equals the last step of train; no argument is changed", () => {
    const before = JSON.stringify(table);
    const fitted = model.fit(table);
    expect(text(matrixFactorization({ ...options, seed: 2 }).fit(table))).toBe(text(fitted));
    expect([
      ...matrixFactorization({ ...options, seed: 3 })
        .fit(table)
        .params(),
    ]).not.toEqual([...fitted.params()]);
    let last: FittedFactorization | undefined;
    for (const step of model.train(table)) if (step.stopped) last = step.fitted();
    expect(text(last!)).toBe(text(fitted));
    expect(JSON.stringify(table)).toBe(before);
  });

  test("a run that is resumed at any step ends with the same file", () => {
    const uninterrupted = text(model.fit(table));
    for (const step of model.train(table)) {
      if (step.stopped) break;
      if (step.t % 7 !== 1 && !step.endOfEpoch) continue;
      expect(text(model.fit(table, { resume: step.state() })), `from update ${step.t}`).toBe(uninterrupted);
    }
  });

  test("a model that is saved and loaded predicts the same bits", () => {
    const fitted = model.fit(table);
    const again = loaded(text(fitted));
    expect(text(again)).toBe(text(fitted));
    expect([...again.predict(...pairs)]).toEqual([...fitted.predict(...pairs)]);
    expect(again.recommend("u3")).toEqual(fitted.recommend("u3"));
    expect([again.users, again.items, again.history]).toEqual([fitted.users, fitted.items, fitted.history]);
    expect([again.itemBiases, again.userFactors]).toEqual([fitted.itemBiases, fitted.userFactors]);
  });

  test("a run that ends with break has the model of its last step", () => {
    for (const step of model.train(table)) {
      const fitted = step.fitted();
      expect([fitted.updates, fitted.stopped]).toEqual([1, step.stopped ?? "interrupted"]);
      expect([...fitted.params()]).toEqual([...step.solution]);
      break;
    }
  });

  test("predictions are mean + biases + p · q, clipped to the scale", () => {
    const fitted = model.fit(table);
    const { userFactors: P, itemFactors: Q, userBiases, itemBiases, settings } = fitted;
    const [lowest, highest] = settings.scale ?? [-Infinity, Infinity];
    const expected = table.users.map((user, row) => {
      const [u, i] = [fitted.users.indexOf(user), fitted.items.indexOf(table.items[row]!)];
      let z = settings.mean + (userBiases?.[u] ?? 0) + (itemBiases?.[i] ?? 0);
      for (let f = 0; f < settings.rank; f++) z += P.data[u * P.columns + f]! * Q.data[i * Q.columns + f]!;
      return Math.min(Math.max(z, lowest), highest);
    });
    expect(distance(fitted.predict(...pairs), expected)).toBeLessThan(1e-14);
    expect(userBiases === null).toBe(options.biases === false);
    expect(settings.mean).toBe(
      options.mean ?? (options.stop ? settings.mean : 1 + table.ratings.reduce((a, b) => a + b - 1, 0) / 60),
    );
  });
});

test("members of a model are frozen, and later changes of its data have no effect", () => {
  const scale: [number, number] = [1, 5];
  const stop = { validation: { share: 0.25, patience: 2 } };
  const options = { epochs: 4, rank: 2, scale, stop };
  const model = matrixFactorization(options);
  const trained = model.fit(table);
  const [saved, spec] = [text(trained), JSON.stringify(model.spec())];
  scale[1] = 2;
  stop.validation.share = 0.5;
  options.rank = 3;
  expect(text(model.fit(table))).toBe(saved);
  expect(JSON.stringify(model.spec())).toBe(spec);

  const file = JSON.parse(saved);
  const again = loaded(file);
  file.body.users.fill("z");
  file.body.settings.scale[1] = 1.5;
  for (const fitted of [trained, again]) {
    const { users, items, settings, options, history } = fitted;
    const before = [fitted.predict(table.users, table.items), fitted.recommend("u0")];
    for (const list of [users, items, settings.scale!, history.updates, history.objective!]) {
      expect(() => (list as unknown[]).fill(0)).toThrow(TypeError);
    }
    for (const part of [settings, options, history]) expect(() => Object.assign(part, { rank: 1 })).toThrow(TypeError);
    fitted.userFactors.data.fill(0);
    fitted.params().fill(0);
    expect([fitted.predict(table.users, table.items), fitted.recommend("u0")]).toEqual(before);
    expect(text(fitted)).toBe(saved);
  }

  for (const step of model.train(table)) {
    if (!step.stopped) continue;
    const fittedData = step.fittedData();
    const fitted = model.fitted(fittedData);
    fittedData.params.fill(0);
    expect(text(fitted)).toBe(saved);
  }
});

test("the defaults, written as options", () => {
  const [first] = matrixFactorization().train(table);
  const rate = first!.learningRate;
  const fall = cosine(rate, { updates: 900 });
  const optimizer = plain((t) => (t <= 900 ? rate : fall(t - 900)));
  const defaults = { rank: 10, l2: 0.1, batchSize: 1, epochs: 30, optimizer, seed: 0 } as const;
  const more = { penalty: "perRating", biases: true, start: "random", order: "grid" } as const;
  expect(text(matrixFactorization().fit(table))).toBe(text(matrixFactorization({ ...defaults, ...more }).fit(table)));
  const [batches, shuffled] = [{ batchSize: 2 }, { batchSize: 2, order: "shuffled" }] as const;
  expect(text(matrixFactorization(batches).fit(table))).toBe(text(matrixFactorization(shuffled).fit(table)));
});

test("stop, trace, average and kernels reach the run", () => {
  const full = { rank: 2, batchSize: "full", optimizer: plain(0.5), epochs: 3000, l2: 0.3 } as const;
  const stopped = (stop: FactorizationOptions["stop"]) => matrixFactorization({ ...full, stop }).fit(table).stopped;
  expect(stopped({ gradient: 1e-3 })).toBe("converged");
  expect(stopped({ change: { tolerance: 1e-3 } })).toBe("stalled");
  const bare = matrixFactorization({ epochs: 3 }).fit(table);
  const running = matrixFactorization({ epochs: 3, trace: "running", batchLosses: true }).fit(table);
  expect(running.history.objective).toBeUndefined();
  expect(running.history.batchLosses).toHaveLength(180);
  expect([...running.params()]).toEqual([...bare.params()]);
  expect([...matrixFactorization({ epochs: 3, average: {} }).fit(table).params()]).not.toEqual([...bare.params()]);
  let bound = 0;
  const kernels: NonNullable<FactorizationOptions["kernels"]> = (memory, elementType) => {
    bound++;
    return wasmKernels(memory, elementType);
  };
  expect([...matrixFactorization({ epochs: 3, kernels }).fit(table).params()]).toEqual([...bare.params()]);
  expect(bound).toBe(2); // to add up the sizes, and for the run
});

describe("users and items without ratings", () => {
  const fitted = matrixFactorization({ epochs: 5, rank: 2, optimizer: plain(0.1) }).fit(table);
  const { mean } = fitted.settings;

  test("are predicted by the mean and the bias of the other one", () => {
    const [bu, bi] = [fitted.userBiases![2]!, fitted.itemBiases![1]!];
    expect([...fitted.predict(["u2", "new", "new"], ["none", 101, 5])]).toEqual([mean + bu, mean + bi, mean]);
    expect([fitted.knowsUser("u2"), fitted.knowsUser("new"), fitted.knowsItem(101), fitted.knowsItem("101")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test("get the items with the largest biases", () => {
    const byBias = fitted.items
      .map((item, i) => ({ item, rating: mean + fitted.itemBiases![i]! }))
      .sort((a, b) => b.rating - a.rating);
    expect(fitted.recommend("new", { top: 7 })).toEqual(byBias);
  });

  test("without biases the prediction for an unknown user or item is the mean", () => {
    const bare = matrixFactorization({ epochs: 2, biases: false }).fit(table);
    expect([...bare.predict(["new", "u1"], [101, "none"])]).toEqual([bare.settings.mean, bare.settings.mean]);
    // all are equal, so they are in the order of the items
    expect(bare.recommend("new", { top: 3 }).map(({ item }) => item)).toEqual([100, 101, 102]);
  });
});

describe("recommendations", () => {
  const small = { users: ["a", "a", "b", "b", "c"], items: ["x", "y", "y", "z", "w"], ratings: [5, 1, 2, 4, 3] };
  const fitted = matrixFactorization({ epochs: 20, rank: 2, optimizer: plain(0.1) }).fit(small);

  test("leave out the items that the user has rated, unless rated is true", () => {
    expect(
      fitted
        .recommend("a")
        .map(({ item }) => item)
        .sort(),
    ).toEqual(["w", "z"]);
    expect(fitted.recommend("a", { rated: true })).toHaveLength(4);
    expect(fitted.recommend("a", { top: 1 })).toEqual(fitted.recommend("a").slice(0, 1));
    expect(loaded(text(fitted)).recommend("b")).toEqual(fitted.recommend("b"));
  });

  test("are the predictions, the highest first", () => {
    const all = fitted.recommend("b", { rated: true });
    expect(all.map(({ rating }) => rating)).toEqual(all.map(({ rating }) => rating).sort((p, q) => q - p));
    expect(all.map(({ rating }) => rating)).toEqual([
      ...fitted.predict(
        Array(4).fill("b"),
        all.map(({ item }) => item),
      ),
    ]);
  });

  test("are ordered by the predictions before clipping, also if all are clipped to the same number", () => {
    const options: FactorizationOptions = { epochs: 1, mean: 50, seed: 1 };
    const clipped = matrixFactorization({ ...options, scale: [1, 5] }).fit(small);
    const bare = matrixFactorization({ ...options, scale: null }).fit(small);
    const order = bare.recommend("a", { rated: true }).map(({ item }) => item);
    expect(order).not.toEqual(["w", "x", "y", "z"]);
    expect(clipped.recommend("a", { rated: true })).toEqual(order.map((item) => ({ item, rating: 5 })));
    expect(clipped.recommend("a", { rated: true, top: 2 })).toEqual(
      clipped.recommend("a", { rated: true }).slice(0, 2),
    );
    expect([...clipped.predict(["a"], ["x"])]).toEqual([5]);
    const low = matrixFactorization({ epochs: 1, mean: -50, scale: [1, 5] }).fit(small);
    expect([...low.predict(["a", "new"], ["x", "new"])]).toEqual([1, 1]);
  });

  test("recommend leaves out validation ratings, too", () => {
    const cut = matrixFactorization({ epochs: 2, stop: { validation: { share: 0.4 } } }).fit(small);
    expect(
      cut
        .recommend("a")
        .map(({ item }) => item)
        .sort(),
    ).toEqual(["w", "z"]);
  });
});

test('ids may be text, numbers and booleans; 1 and "1" are two', () => {
  const users: Label[] = [1, "1", true, 1];
  const fitted = matrixFactorization({ epochs: 3 }).fit({ users, items: [2, 2, "2", "2"], ratings: [1, 5, 3, 2] });
  expect(fitted.users).toEqual([true, 1, "1"]);
  expect(fitted.items).toEqual([2, "2"]);
  const [one, text1] = fitted.predict([1, "1"], [2, 2]);
  expect(one).not.toBe(text1);
  expect(loaded(text(fitted)).users).toEqual([true, 1, "1"]);
});

describe("penalties", () => {
  const base = {
    rank: 2,
    batchSize: "full",
    optimizer: plain(0.3),
    epochs: 50,
    start: "random",
    scale: null,
    standardize: false, // then the losses are in units of the ratings
  } as const;
  const ofParams = (fitted: FittedFactorization) => fitted.params().reduce((sum, p) => sum + p * p, 0);
  const meanLoss = (fitted: FittedFactorization) =>
    fitted.predict(table.users, table.items).reduce((sum, z, i) => sum + (z - table.ratings[i]!) ** 2 / 2, 0) / 60;

  test("uniform: the objective is mean ½ e² + l2/2 ‖all parameters‖²", () => {
    const fitted = matrixFactorization({ ...base, penalty: "uniform", l2: 0.01 }).fit(table);
    expect(fitted.history.objective!.at(-1)).toBeCloseTo(meanLoss(fitted) + 0.005 * ofParams(fitted), 13);
  });

  test("perRating: each rating has the penalty of its user and item", () => {
    const fitted = matrixFactorization({ ...base, l2: 0.01 }).fit(table);
    const squared = (list: Float64Array, at: number, width: number) =>
      list.subarray(at * width, (at + 1) * width).reduce((sum, p) => sum + p * p, 0);
    let penalty = 0;
    table.users.forEach((user, row) => {
      const [u, i] = [fitted.users.indexOf(user), fitted.users.length + fitted.items.indexOf(table.items[row]!)];
      penalty += squared(fitted.params(), u, 3) + squared(fitted.params(), i, 3);
    });
    expect(fitted.history.objective!.at(-1)).toBeCloseTo(meanLoss(fitted) + (0.005 * penalty) / 60, 13);
  });

  test("a larger l2 gives smaller parameters", () => {
    const sizes = [0, 0.05, 0.5].map((l2) => ofParams(matrixFactorization({ ...base, l2, seed: 1 }).fit(table)));
    expect(sizes[1]).toBeLessThan(sizes[0]!);
    expect(sizes[2]).toBeLessThan(sizes[1]!);
  });
});

describe("validation rows", () => {
  const options = { rank: 2, seed: 6, epochs: 5, l2: 2, optimizer: plain(0.05), stop: { validation: { share: 0.25 } } };
  const { train, test: rest } = splitRatings(table, { testShare: 0.25, seed: 6 });
  const only = (rows: Uint32Array) => ({
    users: Array.from(rows, (row) => table.users[row]!),
    items: Array.from(rows, (row) => table.items[row]!),
    ratings: Array.from(rows, (row) => table.ratings[row]!),
  });

  test("change neither the mean nor the training", () => {
    const fitted = matrixFactorization(options).fit(table);
    expect(fitted.settings.mean).toBeCloseTo(only(train).ratings.reduce((a, b) => a + b) / train.length, 14);
    expect(fitted.history.updates[0]).toBe(train.length);
    const ratings = [...table.ratings];
    for (const row of rest) ratings[row] = 1000;
    const other = matrixFactorization(options).fit({ ...table, ratings });
    expect(other.history.objective).toEqual(fitted.history.objective);
  });

  test("have a loss without penalties; the model has the lowest", () => {
    const fitted = matrixFactorization(options).fit(table);
    const { users, items, ratings } = only(rest);
    const predicted = fitted.predict(users, items);
    const loss = ratings.reduce((sum, r, i) => sum + (predicted[i]! - r) ** 2 / 2, 0) / ratings.length;
    expect(Math.min(...fitted.history.validation!)).toBeCloseTo(loss / fitted.settings.deviation ** 2, 13);
  });
});

test("a low-rank matrix is recovered from part of its cells", { timeout: 20_000 }, () => {
  const { users, items, ratings, full } = lowRankRatings({ users: 40, items: 30, rank: 2, observed: 0.5, noise: 0 });
  const fitted = matrixFactorization({
    ...{ rank: 2, biases: false, mean: 0, l2: 1e-6, optimizer: plain(0.05), epochs: 300, trace: "running" },
    scale: null,
  }).fit({ users, items, ratings });
  const seen = new Set(Array.from(users, (user, k) => user * 30 + items[k]!));
  const rest = Array.from(full.data.keys()).filter((cell) => !seen.has(cell));
  const predicted = fitted.predict(
    rest.map((cell) => Math.floor(cell / 30)),
    rest.map((cell) => cell % 30),
  );
  // entries have variance 1; l2 and the last steps cause the remaining error
  expect(
    rootMeanSquaredError(
      predicted,
      rest.map((cell) => full.data[cell]!),
    ),
  ).toBeLessThan(0.01);
});

test("small sets of any ratings can be fitted, saved and loaded, with subnormal and huge ratings", () => {
  const label = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("a", "b", ""), fc.boolean());
  const rating = fc.record({
    user: label,
    item: label,
    rating: fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -8e307, max: 8e307, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(rating, { minLength: 1, maxLength: 12 }), fc.boolean(), (rows, biases) => {
      const table = {
        users: rows.map(({ user }) => user),
        items: rows.map(({ item }) => item),
        ratings: rows.map((row) => row.rating),
      };
      const fitted = matrixFactorization({ epochs: 2, rank: 2, biases }).fit(table);
      const again = loaded(text(fitted));
      expect([...again.predict(table.users, table.items)]).toEqual([...fitted.predict(table.users, table.items)]);
      expect(new Set(fitted.users).size).toBe(new Set(table.users).size);
      expect(text(again)).toBe(text(fitted));
    }),
    { numRuns: 60, examples: [[[{ user: "a", item: "a", rating: -0 }], false]] },
  );
});
