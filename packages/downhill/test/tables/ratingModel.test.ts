// Factorizations of tables: how rows become ratings, ids, missing cells, times, and the saved model.
import { describe, expect, test } from "vitest";
import {
  linearRegression,
  load,
  matrixFactorization,
  type RatingOptions,
  rankingScores,
  ratingModel,
  savedPieces,
  savedWith,
  splitRatings,
} from "../../src/index.ts";
import { text } from "../estimatorTrial.ts";
import { starRatings } from "../ratingLike.ts";

const stars = starRatings(30, 20, 300);
const records = stars.users.map((user, row) => ({
  customer: `c${user}`,
  product: stars.items[row]!,
  stars: stars.ratings[row]!,
  day: new Date(Date.UTC(2026, 0, 1 + ((row * 37) % 300))),
}));
const names = { user: "customer", item: "product", rating: "stars" } as const;
const estimator = matrixFactorization({ rank: 2, epochs: 5, seed: 1 });

describe("a table of ratings", () => {
  const model = ratingModel(estimator, names).fit(records);

  test("gives the factorization of its lists, with ids as text", () => {
    const lists = {
      users: records.map(({ customer }) => customer),
      items: records.map(({ product }) => String(product)),
      ratings: stars.ratings,
    };
    expect(text(model.model)).toBe(text(estimator.fit(lists)));
    expect([...model.predict(records)]).toEqual([...model.model.predict(lists.users, lists.items)]);
    expect(model.recommend("c3")).toEqual(model.model.recommend("c3"));
    expect(model.recommendEach(["c3", "c4"], { top: 1 })).toEqual(model.model.recommendEach(["c3", "c4"], { top: 1 }));
    expect(model.similarItems(7)).toEqual(model.model.similarItems("7"));
    expect(model).toMatchObject({ kind: "ratings", notes: [], training: { rows: 300, leftOut: 0 } });
  });

  test("is the same for records, columns, and the other order of the columns", () => {
    const columns = {
      stars: records.map((row) => row.stars),
      product: Int32Array.from(stars.items),
      day: records.map((row) => row.day),
      customer: records.map((row) => row.customer),
    };
    expect(text(ratingModel(estimator, names).fit(columns))).toBe(text(model));
  });

  test("steps give the model of the last one", () => {
    const steps = [...ratingModel(estimator, names).train(records, { every: "epoch" })];
    expect(steps).toHaveLength(5);
    expect(text(steps.at(-1)!.fitted())).toBe(text(model));
  });

  test("is saved with its columns, and loads to the same bits", () => {
    const saved = text(model);
    const loaded = load(saved, "ratingModel");
    expect(text(loaded)).toBe(saved);
    expect([...savedPieces(model)].join("")).toBe(saved);
    expect(text(load(JSON.stringify(savedWith(model, { run: 1 }))))).toBe(saved);
    expect([...loaded.predict(records)]).toEqual([...model.predict(records)]);
    expect(loaded.columns.rating).toMatchObject({ name: "stars", read: { kind: "number" } });
    expect(() => load(saved, "matrixFactorization")).toThrow(
      'load: the model must be one of matrixFactorization, got one of ratingModel. Pass another file, or load(saved, "ratingModel").',
    );
  });

  test("new users are folded in from rows", () => {
    const more = model.foldIn([
      { customer: "new", product: 3, stars: 5 },
      { customer: "new", product: "4", stars: "1" },
      { customer: "new", product: null, stars: 1 },
    ]);
    expect(text(more.model)).toBe(
      text(model.model.foldIn({ users: ["new", "new"], items: ["3", "4"], ratings: [5, 1] })),
    );
    expect(more.recommend("new").map(({ item }) => item)).not.toContain("3");
    expect(text(load(text(more)))).toBe(text(more));
  });
});

test("ids are texts as they are written: 007, 7 and an integer beyond 2^53", () => {
  const rows = [
    { u: "007", i: "9007199254740993", r: 1 },
    { u: 7, i: 9007199254740995n, r: 2 },
    { u: "7", i: "9007199254740993", r: 3 },
    { u: "007", i: true, r: 4 },
  ];
  const { model } = ratingModel(estimator, { user: "u", item: "i", rating: "r" }).fit(rows);
  expect(model.users).toEqual(["007", "7"]);
  expect(model.items).toEqual(["9007199254740993", "9007199254740995", "true"]);
});

test("rows with a missing cell are left out, and counted; ratings may be written as text", () => {
  const rows = [
    ...records.map(({ customer, product, stars }) => ({ customer, product, stars: `${stars},5 €` })),
    { customer: null, product: 1, stars: "3,0 €" },
    { customer: "c1", product: undefined, stars: "3,0 €" },
    { customer: "c1", product: 2, stars: "n/a" },
    { customer: "c2", product: 2, stars: "" },
  ];
  const model = ratingModel(estimator, names).fit(rows);
  expect(model.training).toEqual({ rows: 300, leftOut: 4 });
  expect(model.notes.filter(({ code }) => code === "missing-rows").map(({ text }) => text)).toEqual([
    '1 row is left out, because its user (column "customer") is missing',
    '1 row is left out, because its item (column "product") is missing',
    '2 rows are left out, because their rating (column "stars") is missing',
  ]);
  expect(model.model.settings.scale).toEqual([1.5, 5.5]);
  expect(model.predict([{ customer: null, product: 3 }])).toEqual(model.model.predict(["nobody"], ["3"]));
});

describe("times", () => {
  test("order the rows, so that the last rating of a pair is the latest", () => {
    const rows = [
      { u: "a", i: 1, r: 5, t: "2026-03-01" },
      { u: "a", i: 1, r: 1, t: "2025-03-01" },
      { u: "b", i: 1, r: 2, t: "2026-01-01" },
      { u: "b", i: 2, r: 4, t: "2026-01-02" },
      { u: "b", i: 3, r: 4, t: null },
    ];
    const last = matrixFactorization({ rank: 1, epochs: 2, duplicates: "last" });
    const model = ratingModel(last, { user: "u", item: "i", rating: "r", time: "t" }).fit(rows);
    const expected = { users: ["b", "b", "a"], items: ["1", "2", "1"], ratings: [2, 4, 5] };
    expect([...model.model.params()]).not.toEqual([]);
    expect(model.model.settings.mean).toBeCloseTo(11 / 3, 14);
    expect(model.model.options["ratings"]).toBe(3);
    expect(model.model.settings).toEqual(last.fit(expected).settings);
    expect(model.training.leftOut).toBe(1);
  });

  test("split the ratings: the positions of a split give the data of the training", () => {
    const options = { ...names, time: "day" };
    const training = ratingModel(estimator, options).trainingData(records);
    expect(training.times![0]).toBe(Number(records[0]!.day));
    const { train, test: rest } = splitRatings(training, { testShare: 0.2, times: training.times! });
    const model = training.fitted(estimator.fit(training.data(train) as never));
    expect(model.model.options["ratings"]).toBe(train.length);
    const held = training.data(rest);
    expect(rankingScores(model.model, held, { k: 3 }).users).toBeGreaterThan(5);
    expect(text(load(text(model)))).toBe(text(model));
    expect(model.columns.time).toMatchObject({ name: "day", read: { kind: "date" } });
  });

  test("in another format need the format", () => {
    const rows = records.map(({ day, ...row }) => ({
      ...row,
      day: day.toISOString().slice(0, 10).split("-").reverse().join("."),
    }));
    const time = { ...names, time: "day" };
    const columns = { day: { kind: "date", format: "%d.%m.%Y" } } as const;
    expect(text(ratingModel(estimator, { ...time, columns }).fit(rows).model)).toBe(
      text(ratingModel(estimator, time).fit(records).model),
    );
  });
});

test("without a column of ratings the rows are implicit feedback", () => {
  const clicks = matrixFactorization({ feedback: "implicit", rank: 2, epochs: 5 });
  const model = ratingModel(clicks, { user: "customer", item: "product" }).fit(records);
  expect(model.columns.rating).toBeNull();
  expect(model.model.settings.loss).toBe("bpr");
  expect(text(load(text(model)))).toBe(text(model));
  expect(model.foldIn([{ customer: "new", product: 3 }]).recommend("new", { top: 1 })).toHaveLength(1);
});

describe("errors", () => {
  test.each<readonly [RatingOptions, string]>([
    [{ user: "u" } as never, "ratingModel: item must be the name of a column, got undefined."],
    [
      { ...names, item: "customer" },
      'ratingModel: user and item must be different columns, got "customer" for both. Change one of them.',
    ],
    [{ ...names, target: "stars" } as never, 'ratingModel: option "target" is unknown.'],
  ])("of the options %j", (options, message) => {
    expect(() => ratingModel(estimator, options)).toThrow(message);
  });

  test("of the table and the estimator", () => {
    const fit =
      (rows: object[], options: RatingOptions = names) =>
      () =>
        ratingModel(estimator, options).fit(rows);
    expect(fit([{ customer: 1, product: 2 }])).toThrow(
      'fit: the table must have the column "stars", got only "customer", "product". Use one of these names.',
    );
    expect(fit(records.map((row) => ({ ...row, stars: "good" })))).toThrow(/^fit: column "stars"/);
    expect(fit(records.map((row) => ({ ...row, customer: null })))).toThrow("fit: the column of users cannot be used");
    expect(
      fit([
        { customer: null, product: 1, stars: 1 },
        { customer: 1, product: null, stars: 1 },
      ]),
    ).toThrow('fit: every row has a missing cell. Supply rows with "customer", "product", "stars".');
    expect(
      fit(
        records.map((row) => ({ ...row, day: "soon" })),
        { ...names, time: "day" },
      ),
    ).toThrow('fit: column "day" must hold dates or numbers as times');
    expect(fit(records, { user: "customer", item: "product" })).toThrow(
      "fit: ratings must be an object { users, items, ratings }",
    );
    expect(() => ratingModel(linearRegression() as never, names)).toThrow(
      "ratingModel: the first argument must be a factorization, got an object. Pass matrixFactorization(), for example.",
    );
    const { model } = { model: ratingModel(estimator, names).fit(records) };
    expect(() => model.predict([{ customer: "c1" }])).toThrow('predict: the model needs the column "product"');
    expect(() => model.foldIn([{ customer: "c1", product: 1, stars: 2 }])).toThrow(
      "foldIn: users must be new to the model",
    );
  });
});
