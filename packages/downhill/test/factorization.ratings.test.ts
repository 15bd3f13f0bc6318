// Ratings of any scale, the pairs in seen, the order of recommendations, and the uniform penalty.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../src/core/label.ts";
import { random } from "../src/core/random.ts";
import {
  DivergenceError,
  type FactorizationOptions,
  fitInBackground,
  load,
  matrixFactorization,
  momentum,
  type Optimizer,
  plain,
  rootMeanSquaredError,
  splitRatings,
} from "../src/index.ts";
import { cases } from "./cases.ts";
import { distance, text } from "./estimatorTrial.ts";
import { starRatings } from "./ratingLike.ts";

const stars = starRatings(120, 80, 3000);
const { users, items } = stars;
const asRatings = (change: (rating: number) => number) => ({ users, items, ratings: stars.ratings.map(change) });
const only = (rows: Uint32Array) => ({
  users: Array.from(rows, (row) => users[row]!),
  items: Array.from(rows, (row) => items[row]!),
  ratings: Array.from(rows, (row) => stars.ratings[row]!),
});
/** The RMSE divided by that of the mean as prediction. */
function missOf(table: typeof stars, options: FactorizationOptions): number {
  const predicted = matrixFactorization(options).fit(table).predict(users, items);
  const mean = table.ratings.reduce((sum, rating) => sum + rating / table.ratings.length, 0);
  return rootMeanSquaredError(predicted, table.ratings) / rootMeanSquaredError(predicted.fill(mean), table.ratings);
}

describe("the scale of the ratings", () => {
  const { params } = matrixFactorization({ epochs: 5 }).fit(stars);

  test("a factor of a power of two changes no bit of the parameters", () => {
    for (const power of [-900, -30, -1, 1, 20, 900]) {
      const fitted = matrixFactorization({ epochs: 5 }).fit(asRatings((rating) => rating * 2 ** power));
      expect([...fitted.params()], `2^${power}`).toEqual([...params()]);
      expect(fitted.settings.deviation).toBe(
        matrixFactorization({ epochs: 1 }).fit(stars).settings.deviation * 2 ** power,
      );
    }
  });

  test("other units and another zero of the ratings change the parameters only by rounding, and the predictions by the unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -50, max: 50 }), (power, shift) => {
        const unit = 10 ** power;
        const fitted = matrixFactorization({ epochs: 5 }).fit(asRatings((rating) => (rating + shift) * unit));
        expect(distance(fitted.params(), params())).toBeLessThan(1e-10);
        const own = matrixFactorization({ epochs: 5 }).fit(stars).predict(users, items);
        const back = fitted.predict(users, items).map((rating) => rating / unit - shift);
        expect(distance(back, own)).toBeLessThan(1e-10);
      }),
      { numRuns: cases(12, 25) },
    );
  });

  const draw = random(8);
  const scales: Record<string, (rating: number) => number> = {
    "stars 1 … 5": (rating) => rating,
    "0 … 200": (rating) => 50 * (rating - 1),
    likes: (rating) => (rating > 3 ? 1 : 0),
    "counts up to millions": (rating) => Math.floor(10 ** (rating + 0.5 * draw.normal())),
    "one count of a million among stars": (rating) => (draw.uniform() < 1e-3 ? 1e6 : rating),
  };
  test.each(Object.entries(scales))(
    "the defaults fit %s better than the mean, with and without standardization",
    (_, change) => {
      const table = asRatings(change);
      for (const standardize of [true, false]) expect(missOf(table, { standardize })).toBeLessThan(0.9);
      expect(missOf(table, { penalty: "uniform" })).toBeLessThan(0.9);
    },
  );

  test("a run with the defaults never diverges, also with heavy tails and in batches", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(1000),
          tail: fc.constantFrom(1, 2, 4, 8),
          noise: fc.double({ min: 0, max: 2, noNaN: true }),
        }),
        fc.record({
          standardize: fc.boolean(),
          batchSize: fc.constantFrom<(1 | 7 | 64)[]>(1, 7, 64),
          rank: fc.constantFrom(1, 10),
          l2: fc.constantFrom(undefined, 0, 0.5),
        }),
        ({ seed, tail, noise }, options) => {
          const draw = random(seed);
          const table = starRatings(30, 20, 300, seed);
          const ratings = table.ratings.map((rating) => Math.exp((tail * (rating + noise * draw.normal())) / 3));
          const { history } = matrixFactorization(options).fit({ ...table, ratings });
          expect(history.objective!.at(-1)!).toBeLessThan(1.05 * history.objective![0]!);
        },
      ),
      { numRuns: cases(60, 150), seed: 1 },
    );
  });

  test("the default learning rate is half of the largest stable one for the largest rating, and falls in the second half", () => {
    const rateOf = (table: typeof stars, options: FactorizationOptions = {}): number => {
      const [first] = matrixFactorization(options).train(table);
      return first!.learningRate;
    };
    const { mean: own, deviation } = matrixFactorization({ epochs: 1 }).fit(stars).settings;
    expect(rateOf(stars)).toBeCloseTo(1 / ((2 * Math.max(5 - own, own - 1)) / deviation + 2 + 0.1), 12);
    const { learningRate } = matrixFactorization().fit(stars).history;
    expect(learningRate.map((rate) => rate === learningRate[0]).lastIndexOf(true)).toBe(14);
    expect(learningRate.at(-1)! / learningRate[0]!).toBeCloseTo(0.01, 4);
    const raw = asRatings((rating) => 50 * (rating - 1));
    const { mean } = matrixFactorization({ epochs: 1 }).fit(raw).settings;
    expect(rateOf(raw, { standardize: false, l2: 0.3 })).toBe(1 / (2 * Math.max(200 - mean, mean) + 2 + 0.3));
  });

  test("equal ratings are predicted exactly", () => {
    const fitted = matrixFactorization().fit(asRatings(() => 0.1));
    expect(fitted.settings).toMatchObject({ mean: 0.1, deviation: 1, scale: [0.1, 0.1] });
    expect(new Set(fitted.predict(users, items))).toEqual(new Set([0.1]));
  });

  test("the penalty acts in units of the deviation", () => {
    const fitted = matrixFactorization({ epochs: 3, l2: 0.3 }).fit(stars);
    const { mean, deviation } = fitted.settings;
    const own = asRatings((rating) => (rating - mean) / deviation);
    const same = matrixFactorization({ epochs: 3, l2: 0.3, standardize: false, mean: 0 }).fit(own);
    expect([...same.params()]).toEqual([...fitted.params()]);
    expect(same.history.objective).toEqual(fitted.history.objective);
  });

  test("ratings without a finite deviation throw", () => {
    const model = matrixFactorization();
    expect(() => model.fit({ users: [1, 2], items: [1, 2], ratings: [1.7e308, -1.7e308] })).not.toThrow();
    const far = { users: [1, 2, 3, 4], items: [1, 2, 1, 2], ratings: [1.7e308, -1.7e308, -1.7e308, -1.7e308] };
    expect(() => model.fit(far)).toThrow("fit: ratings must differ from their mean");
  });
});

describe("a run that diverges", () => {
  const percent = asRatings((rating) => 50 * (rating - 1));
  test.each<readonly [string, FactorizationOptions, (rate: number) => Optimizer]>([
    ["one rating per update", {}, plain],
    ["ratings as they are", { standardize: false }, plain],
    ["ratings as they are, without biases", { standardize: false, biases: false }, plain],
    ["a strong penalty", { l2: 40 }, plain],
    ["momentum", {}, (rate) => momentum(rate)],
    ["batches", { batchSize: 32 }, plain],
    ["a full batch", { batchSize: "full" }, plain],
    ["a full batch, uniform penalty", { penalty: "uniform" }, plain],
  ])("names a rate that works: %s", (_, options, optimizer) => {
    const fit = (rate: number) => matrixFactorization({ ...options, optimizer: optimizer(rate) }).fit(percent);
    let error: DivergenceError | undefined;
    try {
      fit(1000);
    } catch (thrown) {
      error = thrown as DivergenceError;
    }
    expect(error).toBeInstanceOf(DivergenceError);
    const rate = error!.suggestedRate!;
    expect(error!.message).toContain(`Use a learning rate of ${rate} or lower`);
    const { objective } = fit(rate).history;
    expect(objective!.at(-1)).toBeLessThan(objective![0]!);
  });
});

describe("clipping", () => {
  const wild = { epochs: 300, optimizer: plain(0.05), l2: 0 };

  test("limits predictions to the lowest and highest rating, to a scale of the user, or not at all", () => {
    const everything = (scale?: readonly [number, number] | null) => {
      const fitted = matrixFactorization({ ...wild, ...(scale === undefined ? {} : { scale }) }).fit(stars);
      const all = fitted.users.flatMap((user) => Array.from(fitted.predict(Array(80).fill(user), fitted.items)));
      return [Math.min(...all), Math.max(...all)];
    };
    expect(everything()).toEqual([1, 5]);
    expect(everything([2, 3])).toEqual([2, 3]);
    const [lowest, highest] = everything(null) as [number, number];
    expect(lowest).toBeLessThan(1);
    expect(highest).toBeGreaterThan(5);
  });

  test("is saved with the model, also if it is null", () => {
    for (const scale of [undefined, null, [0, 9]] as const) {
      const fitted = matrixFactorization({ epochs: 1, ...(scale === undefined ? {} : { scale }) }).fit(stars);
      expect((load(text(fitted)) as typeof fitted).settings.scale).toEqual(scale === undefined ? [1, 5] : scale);
    }
  });
});

describe("recommendations", () => {
  const options = { epochs: 200, optimizer: plain(0.05), l2: 0.01 };
  const fitted = matrixFactorization(options).fit(stars);
  const bare = matrixFactorization({ ...options, scale: null }).fit(stars);

  test("are in the order of the unclipped predictions, for every user", () => {
    let tied = 0;
    for (const user of fitted.users) {
      const shown = fitted.recommend(user, { top: 80 });
      const raw = bare.recommend(user, { top: 80 });
      expect(shown.map(({ item }) => item)).toEqual(raw.map(({ item }) => item));
      expect(shown.map(({ rating }) => rating)).toEqual(raw.map(({ rating }) => Math.min(Math.max(rating, 1), 5)));
      if (shown[1]?.rating === 5) tied++;
    }
    expect(tied).toBeGreaterThan(5); // equal clipped ratings, which the order of the items would decide
  });

  test("a larger top only adds recommendations at the end", () => {
    const many = starRatings(3, 2000, 200);
    const wide = matrixFactorization({ epochs: 2 }).fit(many);
    const all = wide.recommend(1, { top: 2000, rated: true });
    expect(all.map(({ rating }) => rating)).toEqual(all.map(({ rating }) => rating).sort((a, b) => b - a));
    for (const top of [1, 2, 10, 49, 50, 51, 100]) {
      expect(wide.recommend(1, { top, rated: true })).toEqual(all.slice(0, top));
    }
  });

  test("have the bits of the predictions, also for a user who is not known and without biases", () => {
    for (const model of [bare, matrixFactorization({ ...options, scale: null, biases: false, epochs: 2 }).fit(stars)]) {
      for (const user of [3, "nobody"]) {
        const all = model.recommend(user, { top: 80, rated: true });
        const items = all.map(({ item }) => item);
        expect(all.map(({ rating }) => rating)).toEqual([
          ...model.predict(
            items.map(() => user),
            items,
          ),
        ]);
      }
    }
  });

  test("of many users are those of each user", () => {
    const choice = { top: 3, rated: true };
    expect(fitted.recommendEach([5, 1, "nobody"], choice)).toEqual(
      [5, 1, "nobody"].map((u) => fitted.recommend(u, choice)),
    );
    expect(fitted.recommendEach(fitted.users)).toEqual(fitted.users.map((user) => fitted.recommend(user)));
    expect(() => fitted.recommendEach([5], { top: 0 })).toThrow(
      "recommendEach: top must be a whole number of at least 1",
    );
  });
});

describe("several ratings of a pair", () => {
  const twice = { users: ["a", "a", "b", "a", "b"], items: [1, 2, 2, 1, 3], ratings: [1, 3, 4, 5, 2] };
  const once = (rating: number) => ({ users: ["a", "a", "b", "b"], items: [1, 2, 2, 3], ratings: [rating, 3, 4, 2] });
  const base = { epochs: 5, seed: 4 };

  test("become their mean by default, or the last one, with the bits of one rating", () => {
    const model = matrixFactorization(base).fit(twice);
    expect(text(model)).toBe(text(matrixFactorization(base).fit(once(3))));
    expect(model.options).toMatchObject({ duplicates: "mean", ratings: 4 });
    expect(model.recommend("a").map(({ item }) => item)).toEqual([3]);
    const last = matrixFactorization({ ...base, duplicates: "last" });
    expect(text(last.fit(twice))).toBe(text(last.fit(once(5))));
    expect(load(text(last.fit(twice)))).toMatchObject({ options: { duplicates: "last" } });
  });

  test("throw on request; the advice works", () => {
    expect(() => matrixFactorization({ ...base, duplicates: "error" }).fit(twice)).toThrow(
      'fit: each pair of a user and an item must have one rating, got two for "a" and 1, in rows 0 and 3. ' +
        'Pass duplicates: "mean" or "last".',
    );
    expect(matrixFactorization({ ...base, duplicates: "error" }).fit(once(3)).updates).toBe(20);
    expect(() => matrixFactorization({ duplicates: "first" as never })).toThrow(
      'matrixFactorization: duplicates must be one of mean, last, error, got "first"',
    );
  });

  test("of a new user become one in the same way", () => {
    for (const duplicates of ["mean", "last"] as const) {
      const model = matrixFactorization({ ...base, duplicates }).fit(once(3));
      const ratings = { users: ["c", "c", "c"], items: [2, 2, 3], ratings: [2, 5, 1] };
      const single = { users: ["c", "c"], items: [2, 3], ratings: [duplicates === "mean" ? 3.5 : 5, 1] };
      expect(text(model.foldIn(ratings))).toBe(text(model.foldIn(single)));
    }
  });
});

describe("a new user", () => {
  test.each(["perRating", "uniform"] as const)(
    "with the ratings of a trained user gets the parameters of that user at the optimum, penalty %s",
    (penalty) => {
      const small = starRatings(25, 15, 160, 3);
      const model = matrixFactorization({
        rank: 2,
        penalty,
        batchSize: "full",
        epochs: 3000,
        stop: { gradient: 1e-9 },
      }).fit(small);
      expect(model.stopped).toBe("converged");
      const rows = small.users.flatMap((user, row) => (user === 1 ? [row] : []));
      const more = model.foldIn({
        users: rows.map(() => -1),
        items: rows.map((row) => small.items[row]!),
        ratings: rows.map((row) => small.ratings[row]!),
      });
      const [folded, trained] = [
        more.params().slice(0, 3),
        model.params().slice(3 * model.users.indexOf(1), 3 * model.users.indexOf(1) + 3),
      ];
      expect(distance(folded, trained)).toBeLessThan(1e-6);
      expect(more.ratedItems(-1)).toEqual(model.ratedItems(1));
    },
  );

  test("must be new, and rate known items", () => {
    const model = matrixFactorization({ epochs: 1 }).fit(stars);
    expect(() => model.foldIn({ users: ["x", 3], items: [0, 1], ratings: [1, 2] })).toThrow(
      "foldIn: users must be new to the model, but it has training ratings of 3, in row 1. Leave out this user, or train a model on all ratings.",
    );
    expect(() => model.foldIn({ users: ["x"], items: ["0"], ratings: [1] })).toThrow(
      'foldIn: items must have training ratings, got "0" in row 0. Leave out this rating.',
    );
    expect(() => model.foldIn({ users: ["x"], items: [0], ratings: [] })).toThrow(
      "foldIn: users must have one entry per rating (0)",
    );
  });
});

describe("seen", () => {
  const { train, test: rest } = splitRatings(stars, { testShare: 0.3, seed: 3 });
  const [trained, kept] = [only(train), only(rest)];
  const seen = { users: kept.users, items: kept.items };
  const model = matrixFactorization({ epochs: 3 });
  const fitted = model.fit(trained, { seen });

  test("no pair of either part is recommended, and the model is the one of the training ratings", () => {
    const rated = new Set(users.map((user, row) => `${user} ${items[row]}`));
    for (const user of fitted.users) {
      for (const { item } of fitted.recommend(user, { top: 99 })) expect(rated.has(`${user} ${item}`)).toBe(false);
    }
    expect([...fitted.params()]).toEqual([...model.fit(trained).params()]);
    expect(model.fit(trained).recommend(users[rest[0]!]!, { top: 99 }).length).toBeGreaterThan(
      fitted.recommend(users[rest[0]!]!, { top: 99 }).length,
    );
  });

  test("are saved, are sent to a worker, and can repeat training pairs", async () => {
    expect((load(text(fitted)) as typeof fitted).recommend(7, { top: 99 })).toEqual(fitted.recommend(7, { top: 99 }));
    expect(text(await fitInBackground(model, trained, { seen }))).toBe(text(fitted));
    expect(
      text(
        model.fit(trained, {
          seen: { users: [...seen.users, ...trained.users], items: [...seen.items, ...trained.items] },
        }),
      ),
    ).toBe(text(fitted));
  });

  test.each<readonly [{ users: Label[]; items: Label[] }, string]>([
    [{ users: ["nobody"], items: [0] }, 'the user "nobody" in row 0. Leave out this pair.'],
    [{ users: [0, 0], items: [0, "0"] }, 'the item "0" in row 1. Leave out this pair.'],
    [{ users: [0], items: [] }, "fit: seen.users must have one entry per item of seen (0), got 1."],
    [{} as never, "fit: seen.users must have one entry per item of seen (0), got undefined."],
    [{ users: [0] } as never, "fit: seen.users must have one entry per item of seen (0), got 1."],
    [
      { users: [0], items: [0], ratings: [1] } as never,
      'fit: property of seen "ratings" is unknown. Use only users, items.',
    ],
  ])("%j throws", (pairs, message) => {
    expect(() => model.fit(trained, { seen: pairs })).toThrow(message);
  });

  test("of a file must be one ascending list of distinct items for each user", () => {
    const fittedData = [...model.train(trained, { seen })].at(-1)!.fittedData();
    const loading = (starts: number[], entries: number[]) => () =>
      load(
        text(
          model.fitted({
            ...fittedData,
            seen: { starts: Uint32Array.from(starts), entries: Uint32Array.from(entries) },
          }),
        ),
      );
    const count = fittedData.users.length;
    const ends = (last: number) => [0, ...Array(count).fill(last)];
    expect(loading(ends(2), [3, 4])).not.toThrow();
    expect(loading(ends(2), [4, 3])).toThrow(
      "load: seen.entries[1] must be above the previous entry of the same user, got 3",
    );
    expect(loading(ends(2), [3, 3])).toThrow("load: seen.entries[1] must be above the previous entry");
    expect(loading(ends(1), [80])).toThrow("load: seen.entries[0] must be a position below 80, the number of items");
    expect(loading(ends(1).slice(1), [3])).toThrow(`load: seen.starts must be ${count + 1} numbers, got ${count}.`);
    expect(loading(ends(3), [1, 2])).toThrow(`load: seen.starts[${count}] must be 2, the number of entries, got 3.`);
    expect(loading([1, ...ends(2).slice(1)], [1, 2])).toThrow("load: seen.starts[0] must be 0, got 1.");
    expect(loading([0, 2, 1, ...ends(2).slice(3)], [1, 2])).toThrow(
      "load: seen.starts must be in ascending order, got 1.",
    );
  });
});

describe("validation ratings", () => {
  test("leave every user and item a training rating; recommend leaves them out", () => {
    const small = starRatings(40, 30, 130, 5);
    const fitted = matrixFactorization({ epochs: 2, stop: { validation: { share: 0.9 } } }).fit(small);
    const { train } = splitRatings(small, { testShare: 0.9, seed: 0 });
    expect(fitted.history.updates[0]).toBe(train.length);
    expect(train.length).toBeGreaterThan(13); // there can be fewer validation ratings than the share
    const rated = new Set(small.users.map((user, row) => `${user} ${small.items[row]}`));
    for (const user of fitted.users) {
      for (const { item } of fitted.recommend(user, { top: 30 })) expect(rated.has(`${user} ${item}`)).toBe(false);
    }
  });
});

describe("the uniform penalty", () => {
  test("by default has about the same error as the penalty per rating", () => {
    const { train, test: rest } = splitRatings(stars, { seed: 2 });
    const [trained, kept] = [only(train), only(rest)];
    const miss = (options: FactorizationOptions) =>
      rootMeanSquaredError(matrixFactorization(options).fit(trained).predict(kept.users, kept.items), kept.ratings);
    const mean = matrixFactorization({ epochs: 1 }).fit(trained).settings.mean;
    const ofMean = rootMeanSquaredError(
      kept.ratings.map(() => mean),
      kept.ratings,
    );
    expect(miss({ penalty: "uniform" })).toBeLessThan(0.9 * ofMean);
    expect(miss({ penalty: "uniform" })).toBeLessThan(1.1 * miss({}));
  });

  test("has the weight 0.2 / (users + items), equals the penalty per rating on even data, and minimises its formula", () => {
    const even = { users: [] as number[], items: [] as number[], ratings: [] as number[] };
    const draw = random(1);
    for (let at = 0; at < 144; at++) {
      even.users.push(at % 12);
      even.items.push(Math.floor(at / 12));
      even.ratings.push(draw.normal());
    }
    const start = Float64Array.from({ length: 24 * 11 }, () => draw.normal());
    const still = { batchSize: "full", optimizer: plain(1e-300), start, epochs: 1 } as const;
    const [each, once] = (["perRating", "uniform"] as const).map((penalty) =>
      matrixFactorization({ ...still, penalty }).fit(even),
    );
    expect(once!.options["l2"]).toBe(0.2 / 24);
    expect(once!.history.objective![0]! / each!.history.objective![0]!).toBeCloseTo(1, 13);

    const fitted = matrixFactorization({ penalty: "uniform", scale: null }).fit(even);
    const { mean, deviation } = fitted.settings;
    const predicted = fitted.predict(even.users, even.items);
    const errors = even.ratings.reduce((sum, rating, i) => sum + ((predicted[i]! - rating) / deviation) ** 2 / 288, 0);
    const norms = fitted.params().reduce((sum, p) => sum + p * p, 0);
    expect(Math.min(...fitted.history.objective!)).toBeCloseTo(errors + (0.1 / 24) * norms, 12);
    expect(mean).toBeCloseTo(
      even.ratings.reduce((sum, rating) => sum + rating / 144, 0),
      14,
    );
  });

  test("throws for a batch of few ratings; the advice works", () => {
    const message =
      'fit: batchSize must be at least 4 for 196 users and items with penalty "uniform", got 3. Pass batchSize: "full".';
    expect(() => matrixFactorization({ penalty: "uniform", batchSize: 3 }).fit(stars)).toThrow(message);
    for (const options of [{ batchSize: 4 }, { batchSize: "full" }, { penalty: "perRating", batchSize: 3 }] as const) {
      expect(matrixFactorization({ penalty: "uniform", epochs: 1, ...options }).fit(stars).stopped).toBe("epochs");
    }
  });
});
