// Implicit feedback: the negative items, the run, the options, the fitted model; and separate learning rates and penalties.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { random } from "../src/core/random.ts";
import { implicitProblem } from "../src/estimators/ratings/implicitProblem.ts";
import { drawOutside, itemOutside } from "../src/estimators/ratings/negatives.ts";
import {
  automatic,
  type FactorizationOptions,
  type FittedFactorization,
  fitInBackground,
  load,
  matrixFactorization,
  momentum,
  type Pairs,
  plain,
  rankingScores,
  splitRatings,
  type ThreadPool,
  threads,
} from "../src/index.ts";
import { allocate } from "../src/kernels/arena.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { text } from "./estimatorTrial.ts";
import { starRatings } from "./ratingLike.ts";

const implicit = { feedback: "implicit", rank: 4, epochs: 5 } as const;

/** Pairs of users with items that suit them: each of 150 users chooses 16 of 60 items, by their popularity and by two factors. */
const pairs = (() => {
  const draw = random(4);
  const of = (n: number) => Array.from({ length: n }, () => [draw.normal(), draw.normal(), draw.normal()] as const);
  const [users, items] = [of(150), of(60)];
  const chosen = users.flatMap(([a, b], user) =>
    items
      .map(([x, y, popularity], item) => ({
        user,
        item,
        z: 1.5 * (a * x + b * y) + popularity - Math.log(-Math.log(draw.uniform())),
      }))
      .sort((one, other) => other.z - one.z)
      .slice(0, 16),
  );
  return { users: chosen.map(({ user }) => user), items: chosen.map(({ item }) => item) };
})();
const stars = starRatings(40, 30, 600);
const only = (rows: Uint32Array): Pairs => ({
  users: Array.from(rows, (row) => pairs.users[row]!),
  items: Array.from(rows, (row) => pairs.items[row]!),
});

/** The pairs (user, item) of a problem of 3 users and 6 items of rank 1, in the memory of a run at the start of an epoch. */
function storedPairs(problem: Problem, epoch: number): [user: number, item: number][] {
  return allocate(wasmKernels, "float64", (arena) => {
    const objective = problem.bind(arena);
    objective.beginEpoch?.(epoch);
    const { address, stride } = objective.spec!.X;
    const stored = new Uint32Array(arena.memory.buffer, address, (problem.examples * stride) / 4);
    return Array.from({ length: stored.length / 2 }, (_, at) => [stored[2 * at]!, stored[2 * at + 1]! - 3]);
  });
}

describe("negative items", () => {
  test("are the items outside a list, each by its number", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(29), { maxLength: 29 }), (items) => {
        const list = Uint32Array.from(items).sort();
        const outside = Array.from({ length: 30 }, (_, item) => item).filter((item) => !items.includes(item));
        expect(outside.map((_, rank) => itemOutside(list, rank))).toEqual(outside);
      }),
    );
  });

  test("are drawn with equal shares", () => {
    const stream = random(3);
    const counts = new Float64Array(8);
    for (let draw = 0; draw < 60_000; draw++) counts[drawOutside(Uint32Array.of(0, 3, 7), 8, stream)]! += 1;
    const expected = 12_000; // five items; the deviation of a count is 98
    counts.forEach((count, item) => {
      expect(Math.abs(count - ([0, 3, 7].includes(item) ? 0 : expected))).toBeLessThan(500);
    });
  });

  test.each(["bpr", "logistic"] as const)(
    "of %s are never positive, and follow from the seed and the epoch",
    (loss) => {
      const [user, item] = [Uint32Array.of(0, 0, 1, 2, 2), Uint32Array.of(1, 4, 2, 0, 1)];
      const positives = { starts: Uint32Array.of(0, 2, 3, 5), entries: Uint32Array.of(1, 4, 2, 0, 1) };
      const drawn = (seed: number, epoch: number) => {
        const problem = implicitProblem({
          ...{ shape: [3, 6, 1], predictor: {}, loss, user, item, positives, negatives: 3, seed, stream: "negatives" },
          redraw: true,
        });
        expect(problem.examples).toBe(loss === "bpr" ? 15 : 20);
        return storedPairs(problem, epoch);
      };
      for (const epoch of [0, 1, 7]) {
        const found = drawn(5, epoch);
        const perPositive = loss === "bpr" ? 6 : 4;
        found.forEach(([u, i], at) => {
          const positive = Math.floor(at / perPositive);
          expect(u).toBe(user[positive]);
          const isNegative = loss === "bpr" ? at % 2 === 1 : at % perPositive > 0;
          if (!isNegative) expect(i).toBe(item[positive]);
          else expect([...positives.entries.subarray(positives.starts[u]!, positives.starts[u + 1]!)]).not.toContain(i);
        });
        expect(drawn(5, epoch)).toEqual(found);
        expect(drawn(6, epoch)).not.toEqual(found);
        expect(drawn(5, epoch + 1)).not.toEqual(found);
      }
    },
  );
});

describe.each(["bpr", "logistic"] as const)("%s", (loss) => {
  const options = { ...implicit, loss, seed: 7 };
  const model = matrixFactorization(options);
  const fitted = model.fit(pairs);

  let pool: ThreadPool;
  beforeAll(async () => {
    pool = await threads(3);
  });
  afterAll(() => pool.close());

  test("ranks held-out items better than the most popular items do", () => {
    const { train, test: rest } = splitRatings(pairs, { seed: 1 });
    const own = matrixFactorization({ ...options, epochs: 30 }).fit(only(train));
    const scores = rankingScores(own, only(rest), { k: 10 });
    expect(scores.ndcg).toBeGreaterThan(1.1 * scores.popular.ndcg);
    expect(scores.relevantFrom).toBeNull();
  });

  test("has the same bits on threads, in a worker, from step to step, and after a resumed state", async () => {
    const batches = matrixFactorization({ ...options, batchSize: 1000 });
    expect(text(batches.fit(pairs, { threads: pool }))).toBe(text(batches.fit(pairs)));
    expect(text(await fitInBackground(model, pairs))).toBe(text(fitted));
    for (const every of [1, 1000] as const) {
      const steps = [...model.train(pairs, { every })];
      expect(text(steps.at(-1)!.fitted())).toBe(text(fitted));
    }
    for (const at of [500, fitted.updates / 5, fitted.updates / 5 + 1, (2 * fitted.updates) / 5]) {
      for (const step of model.train(pairs)) {
        if (step.t !== at) continue;
        const state = step.state();
        expect(text(model.fit(pairs, { resume: state })), `update ${at}`).toBe(text(fitted));
        break;
      }
    }
  });

  test("is saved and loaded with its loss; scores are not limited, and have no mean", () => {
    const loaded = load(text(fitted), "matrixFactorization");
    expect(text(loaded)).toBe(text(fitted));
    expect(loaded.settings).toMatchObject({ loss, mean: 0, deviation: 1, scale: null });
    expect(loaded.options).toMatchObject({ negatives: loss === "bpr" ? 1 : 4, l2: 0.05, ratings: pairs.users.length });
    const [user, item] = [fitted.users[3]!, fitted.items[5]!];
    let score = fitted.userBiases![3]! + fitted.itemBiases![5]!;
    for (let f = 0; f < 4; f++) score += fitted.userFactors.data[3 * 4 + f]! * fitted.itemFactors.data[5 * 4 + f]!;
    expect(fitted.predict([user], [item])[0]).toBeCloseTo(score, 12);
    if (loss === "bpr") expect(Math.max(...fitted.userBiases!.map(Math.abs))).toBeLessThan(1e-14);
  });

  test("stops early on validation pairs, whose negative items stay the same", () => {
    const early = matrixFactorization({
      ...options,
      epochs: 200,
      l2: 0,
      stop: { validation: { share: 0.2, patience: 3 } },
    });
    const stopped = early.fit(pairs);
    expect(stopped.stopped).toBe("validation");
    expect(stopped.history.validation!.length).toBeLessThan(200);
    expect(text(early.fit(pairs))).toBe(text(stopped));
    const still = matrixFactorization({ ...options, optimizer: plain(1e-300), stop: { validation: { share: 0.2 } } });
    expect(new Set(still.fit(pairs).history.validation).size).toBe(1);
    expect(new Set(still.fit(pairs).history.objective).size).toBeGreaterThan(1);
  });

  test("counts a pair once", () => {
    const twice = { users: [...pairs.users, pairs.users[0]!], items: [...pairs.items, pairs.items[0]!] };
    expect(text(model.fit(twice))).toBe(text(fitted));
    expect(() => matrixFactorization({ ...options, duplicates: "error" }).fit(twice)).toThrow(
      "each pair of a user and an item",
    );
  });

  test("momentum works; a full batch works, also resumed", () => {
    expect(matrixFactorization({ ...options, optimizer: momentum(0.001) }).fit(pairs).stopped).toBe("epochs");
    const full = matrixFactorization({ ...options, batchSize: "full", optimizer: plain(0.5) });
    const steps = full.train(pairs);
    steps.next();
    const state = steps.next().value!.state();
    expect(text(full.fit(pairs, { resume: state }))).toBe(text(full.fit(pairs)));
  });
});

describe("errors", () => {
  test.each<readonly [FactorizationOptions, string]>([
    [{ loss: "bpr" }, 'loss works only with implicit feedback, got "bpr". Leave it out, or pass feedback: "implicit".'],
    [
      { negatives: 3 },
      'negatives works only with implicit feedback, got 3. Leave it out, or pass feedback: "implicit".',
    ],
    [{ ...implicit, scale: [1, 5] }, "scale works only with ratings, got an array of 2. Leave it out."],
    [{ ...implicit, mean: 3 }, "mean works only with ratings, got 3. Leave it out."],
    [{ ...implicit, standardize: true }, "standardize works only with ratings, got true. Leave it out."],
    [
      { ...implicit, penalty: "uniform" },
      'penalty must be "perRating" with implicit feedback, got "uniform". Leave it out.',
    ],
    [{ ...implicit, order: "grid" }, 'order must not be "grid" with implicit feedback'],
    [{ ...implicit, negatives: 0 }, "negatives must be a whole number of at least 1, got 0"],
    [{ ...implicit, loss: "hinge" as never }, 'loss must be one of bpr, logistic, got "hinge"'],
    [{ feedback: "clicks" as never }, 'feedback must be one of explicit, implicit, got "clicks"'],
    [{ rates: { userFactors: 1 } as never }, "rates.itemFactors must be a finite number above 0, got undefined"],
    [
      { rates: { user: 1 } as never },
      'term of rates "user" is unknown. Use only userFactors, itemFactors, userBiases, itemBiases.',
    ],
    [{ l2: { userFactors: -1 } as never }, "l2.userFactors must be a finite number of at least 0, got -1"],
    [
      { l2: { userFactors: 1, itemFactors: 1, userBiases: 1, itemBiases: 1 }, penalty: "uniform" },
      'l2 must be one number with penalty "uniform", got an object. Pass a number, or leave out the penalty.',
    ],
  ])("of the options %j", (options, message) => {
    expect(() => matrixFactorization(options)).toThrow(`matrixFactorization: ${message}`);
  });

  test("of the data", () => {
    const model = matrixFactorization(implicit);
    expect(() => model.fit({ ...pairs, ratings: pairs.users.map(() => 1) } as Pairs)).toThrow(
      "fit: ratings must be left out with implicit feedback, where each pair is a positive example, got an array of",
    );
    expect(() => model.fit({ users: [1] } as never)).toThrow(
      "fit: pairs must be an object { users, items }, got an object.",
    );
    expect(() => model.fit({ users: [1], items: [1, 2] })).toThrow(
      "fit: users must have one entry per item (2), got 1",
    );
    expect(() => model.fit({ users: ["a", "b", "b"], items: [1, 1, 2] })).toThrow(
      'fit: with implicit feedback each user must leave out at least one of the 2 items, but the user "b" has all of them. Leave out this user.',
    );
    expect(() => matrixFactorization({ ...implicit, optimizer: automatic() }).fit(pairs)).toThrow(
      "fit: optimizer must not compare objectives of different updates with implicit feedback",
    );
  });

  test("a run that diverges names a rate that works", () => {
    const error = (() => {
      try {
        matrixFactorization({ ...implicit, l2: 1, optimizer: plain(50) }).fit(pairs);
      } catch (thrown) {
        return thrown as Error & { suggestedRate: number };
      }
      throw new Error("nothing was thrown");
    })();
    expect(error.message).toContain("Use a learning rate of");
    const again = matrixFactorization({ ...implicit, l2: 1, optimizer: plain(error.suggestedRate) }).fit(pairs);
    expect(again.stopped).toBe("epochs");
  });
});

describe("separate penalties and learning rates", () => {
  const equal = (value: number) => ({ userFactors: value, itemFactors: value, userBiases: value, itemBiases: value });
  const fit = (options: FactorizationOptions): FittedFactorization =>
    matrixFactorization({ rank: 3, epochs: 3, ...options }).fit(stars);

  test("that are equal give the bits of one number", () => {
    expect([...fit({ l2: equal(0.1) }).params()]).toEqual([...fit({}).params()]);
    expect([...fit({ rates: equal(1) }).params()]).toEqual([...fit({}).params()]);
    expect([...fit({ rates: equal(0.5), optimizer: plain(0.01) }).params()]).toEqual([
      ...fit({ optimizer: plain(0.005) }).params(),
    ]);
  });

  test("move only the parameters that they name, are saved, and have the same bits on threads", async () => {
    const rates = { ...equal(1), itemFactors: 1e-300 };
    const [still, start] = [fit({ rates }), fit({ optimizer: plain(1e-300), epochs: 1 })];
    expect(still.itemFactors).toEqual(start.itemFactors);
    expect(still.userFactors).not.toEqual(start.userFactors);
    expect(still.options["rates"]).toEqual(rates);
    const l2 = { userFactors: 0.1, itemFactors: 0, userBiases: 3, itemBiases: 0.2 };
    const fitted = fit({ l2, rates });
    expect(load(text(fitted), "matrixFactorization").options).toMatchObject({ l2, rates });
    expect(text(load(text(fitted)))).toBe(text(fitted));
    expect(Math.max(...fitted.userBiases!.map(Math.abs))).toBeLessThan(
      0.5 * Math.max(...still.userBiases!.map(Math.abs)),
    );
    const pool = await threads(2);
    try {
      const model = matrixFactorization({ l2, rates, rank: 3, epochs: 3 });
      expect(text(model.fit(stars, { threads: pool }))).toBe(text(fitted));
      expect(text(await fitInBackground(model, stars))).toBe(text(fitted));
    } finally {
      pool.close();
    }
  });

  test("need plain descent in batches; the advice works", () => {
    const rates = equal(2);
    for (const options of [
      { batchSize: "full" },
      { penalty: "uniform" },
      { batchSize: 500 },
      { optimizer: momentum(0.01) },
    ] as const) {
      expect(() => fit({ rates, ...options })).toThrow(
        "train: batchSize must be at most 256 with plain, and l2 of the risk 0, if the terms have different learning rates",
      );
    }
    expect(fit({ rates, batchSize: 256, optimizer: plain(0.01) }).stopped).toBe("epochs");
  });
});
