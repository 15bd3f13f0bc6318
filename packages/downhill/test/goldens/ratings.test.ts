import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  adam,
  column,
  crossEntropy,
  type FactorizationData,
  factors,
  halfSquared,
  load,
  matrixFactorization,
  plain,
  rankingScores,
  risk,
  type Terms,
  train,
} from "../../src/index.ts";
import { evaluated } from "../problems.ts";

// Goldens of NumPy; formulas and versions are in ratings.py. The sums have at most 60 terms, so rounding is far below 1e-12.
type Row = readonly [user: number, item: number, rating: number];
const golden: {
  users: number;
  items: number;
  rank: number;
  mean: number;
  deviation: number;
  params: number[];
  train: Row[];
  held: Row[];
  ranking: (Record<"k" | "relevantFrom" | "users" | Score, number> & { popular: Record<Score, number> })[];
  similarity: number[];
  terms: Record<"l2" | "rates", Terms> & {
    rate: number;
    epochs: number;
    used: Row[];
    start: number[];
    params: number[];
    value: number;
  };
  bpr: { triples: [user: number, positive: number, negative: number][]; l2: number; value: number; gradient: number[] };
  implicit: Record<"items" | "bpr" | "logistic", number[]> & { negatives: number; l2: number };
  foldIn: Record<"items" | "ratings" | "perRating" | "uniform" | "noPenalty", number[]> & { l2: number };
} = JSON.parse(readFileSync(new URL("ratings.json", import.meta.url), "utf8"));
type Score = "precision" | "recall" | "ndcg" | "map" | "coverage";
const scoreNames: readonly Score[] = ["precision", "recall", "ndcg", "map", "coverage"];

const lists = (rows: readonly Row[]) => ({
  users: rows.map(([user]) => user),
  items: rows.map(([, item]) => item),
  ratings: rows.map(([, , rating]) => rating),
});

/** The model of the golden parameters; `seen` are the training pairs, and with `heldOut` the held-out pairs too. */
function modelOf({
  penalty = "perRating",
  loss = "halfSquared" as FactorizationData["settings"]["loss"],
  l2 = golden.foldIn.l2,
  seen = golden.train,
} = {}) {
  const starts = Uint32Array.from({ length: golden.users + 1 }, (_, u) => seen.filter(([user]) => user < u).length);
  const entries = Uint32Array.from(
    seen.toSorted(([u, i], [v, j]) => u - v || i - j),
    ([, item]) => item,
  );
  const data: FactorizationData = {
    kind: "factorization",
    settings: {
      rank: golden.rank,
      biases: true,
      mean: golden.mean,
      deviation: golden.deviation,
      penalty,
      loss,
      scale: null,
    },
    options: {
      ...{ l2, batchSize: 1, epochs: 1, seed: 0, standardize: true, optimizer: "plain" },
      ratings: golden.train.length,
      negatives: golden.implicit.negatives,
    },
    users: Array.from({ length: golden.users }, (_, u) => u),
    items: Array.from({ length: golden.items }, (_, i) => i),
    seen: { starts, entries },
    params: Float64Array.from(golden.params),
    history: { updates: [1], learningRate: [0.1], batchLoss: [1] },
    updates: 1,
    stopped: "epochs",
  };
  return matrixFactorization().fitted(data);
}

describe("NumPy's numbers", () => {
  test.each(golden.ranking)("ranking scores of the $k best items, relevant from $relevantFrom", (expected) => {
    const both = [...golden.train, ...golden.held];
    for (const seen of [golden.train, both]) {
      const { k, relevantFrom } = expected;
      const scores = rankingScores(modelOf({ seen }), lists(golden.held), { k, relevantFrom });
      expect(scores.users).toBe(expected.users);
      for (const name of scoreNames) {
        expect(scores[name], name).toBeCloseTo(expected[name], 12);
        expect(scores.popular[name], name).toBeCloseTo(expected.popular[name], 12);
      }
    }
  });

  test("items are relevant from the mean of the training ratings on, and all pairs without ratings are", () => {
    const { ratings, ...pairs } = lists(golden.held);
    const model = modelOf();
    expect(rankingScores(model, { ...pairs, ratings }, { k: 5 })).toEqual(
      rankingScores(model, { ...pairs, ratings }, { k: 5, relevantFrom: golden.mean }),
    );
    expect(rankingScores(model, pairs, { k: 20 })).toEqual({
      ...rankingScores(model, { ...pairs, ratings }, { k: 20, relevantFrom: 0 }),
      relevantFrom: null,
    });
  });

  test.each(["perRating", "uniform"] as const)(
    "a user is folded in as numpy.linalg.solve does, penalty %s",
    (penalty) => {
      const { items, ratings } = golden.foldIn;
      const model = modelOf({ penalty });
      const more = model.foldIn({ users: items.map(() => "new"), items, ratings });
      const row = more.params().slice(golden.users * 4, golden.users * 4 + 4);
      golden.foldIn[penalty].forEach((value, f) => {
        expect(row[f]).toBeCloseTo(value, 12);
      });
      expect(more.users).toEqual([...model.users, "new"]);
      expect(more.ratedItems("new")).toEqual([0, 3, 7, 9, 14]);
      for (const user of model.users) expect(more.recommend(user)).toEqual(model.recommend(user));
      const loaded = load(JSON.stringify(more), "matrixFactorization");
      expect(loaded.recommend("new", { top: 20 })).toEqual(more.recommend("new", { top: 20 }));
      expect(JSON.stringify(loaded)).toBe(JSON.stringify(more));
    },
  );

  test("without a penalty the fold-in is least squares, and too few ratings are an error", () => {
    const { items, ratings } = golden.foldIn;
    const model = modelOf({ l2: 0 });
    const row = model
      .foldIn({ users: items.map(() => 3.5), items, ratings })
      .params()
      .slice(4 * 4, 5 * 4); // 3.5 is sorted after 3
    golden.foldIn.noPenalty.forEach((value, f) => {
      expect(row[f]).toBeCloseTo(value, 11);
    });
    expect(() => model.foldIn({ users: ["new", "new"], items: [1, 2], ratings: [1, 2] })).toThrow(
      "foldIn: a user needs at least as many ratings of different items as the user has parameters (4) for a model with l2 = 0, " +
        'got 2 for the user "new". Supply more ratings, or train with l2 above 0.',
    );
  });

  test("separate learning rates and penalties", () => {
    const { l2, rates, rate, epochs, used, start, params, value } = golden.terms;
    const predictor = factors(golden.users, golden.items, golden.rank, {
      ...{ biases: true, perRating: 1, l2Terms: l2, rateTerms: rates },
    });
    const indices = (side: 0 | 1) => Uint32Array.from(used, (row) => row[side]);
    const targets = column(Float64Array.from(used, ([, , rating]) => rating - 3));
    const problem = risk({ predictor, loss: halfSquared(), inputs: predictor.inputs(indices(0), indices(1)), targets });
    const common = { batchSize: 1, order: "sequential", start: Float64Array.from(start), epochs } as const;
    for (const every of [1, "epoch"] as const) {
      let found: number[] = [];
      for (const step of train(problem, plain(rate), { ...common, every })) {
        found = [...step.params];
        if (step.endOfEpoch && step.epoch === epochs) expect(step.objective()).toBeCloseTo(value, 13);
      }
      found.forEach((number, at) => {
        expect(number).toBeCloseTo(params[at]!, 14);
      });
    }
    expect(() => [...train(problem, adam(0.1), { ...common })]).toThrow(
      "train: batchSize must be at most 39 with plain, and l2 of the risk 0, if the terms have different learning rates, got 1. " +
        "Use batches and plain(0.01), for example.",
    );
  });

  test("the loss and the gradient of Bayesian personalized ranking", () => {
    const { triples, l2, value, gradient } = golden.bpr;
    const predictor = factors(golden.users, golden.items, golden.rank, {
      biases: true,
      perRating: l2,
      itemsPerExample: 2,
    });
    const inputs = predictor.inputs(
      Uint32Array.from(triples, ([user]) => user),
      Uint32Array.from(triples.flatMap(([, positive, negative]) => [positive, negative])),
    );
    const targets = column(new Float64Array(triples.length));
    const found = evaluated(risk({ predictor, loss: crossEntropy(2), inputs, targets }), golden.params);
    expect(found.value).toBeCloseTo(value, 13);
    found.gradient.forEach((slope, at) => {
      expect(slope).toBeCloseTo(gradient[at]!, 14);
    });
  });

  test.each(["bpr", "logistic"] as const)("a new user with implicit feedback and the loss %s", (loss) => {
    const { items, l2 } = golden.implicit;
    const model = modelOf({ loss, l2 });
    const more = model.foldIn({ users: items.map(() => "new"), items });
    const row = more.params().slice(golden.users * 4, golden.users * 4 + 4);
    golden.implicit[loss].forEach((value, f) => {
      expect(row[f]).toBeCloseTo(value, 8); // the gradient of the golden optimum is below 1e-9, and the second derivatives are above 0.4
    });
    expect(() => model.foldIn({ users: ["new"], items: [1], ratings: [4] })).toThrow(
      "foldIn: ratings must be left out with implicit feedback, where each pair is a positive example, got an array of 1.",
    );
    expect(() => modelOf({ loss, l2: 0 }).foldIn({ users: ["new"], items: [1] })).toThrow(
      "foldIn: l2 of the user's parameters must be above 0 for new users with implicit feedback, got 0. Train with l2 above 0.",
    );
  });

  test("similar items are those of the largest cosine", () => {
    const model = modelOf();
    const similar = model.similarItems(4, { top: 14 });
    expect(similar.map(({ item }) => item)).not.toContain(4);
    expect(similar.map(({ similarity }) => similarity)).toEqual(
      similar.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    for (const { item, similarity } of similar) expect(similarity).toBeCloseTo(golden.similarity[item as number]!, 12);
    expect(model.similarItems(4, { top: 3 })).toEqual(similar.slice(0, 3));
    expect(() => model.similarItems("4")).toThrow(
      'similarItems: the item must have training ratings, got "4". Choose one of the items of the model.',
    );
  });
});
