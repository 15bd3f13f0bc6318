// A factorization of stored ratings has the bits of one in memory.
import { describe, expect, it } from "vitest";
import { classesOf, type Label } from "../src/core/label.ts";
import type { ElementType } from "../src/core/vector.ts";
import {
  adam,
  automatic,
  type FactorizationOptions,
  fitStored,
  matrixFactorization,
  momentum,
  plain,
  prepareStored,
  type StoredRatings,
  splitRatings,
  storedBytes,
  storedRows,
} from "../src/index.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import type { State } from "../src/training/state/state.ts";
import { text } from "./estimatorTrial.ts";
import { starRatings } from "./ratingLike.ts";

interface Table {
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly ratings: Float64Array | Float32Array;
}

const stars = starRatings(60, 40, 900);
const table: Table = {
  users: stars.users.map((user) => (user % 7 === 0 ? user : `u${user}`)),
  items: stars.items.map((item) => `i${item}`),
  ratings: Float64Array.from(stars.ratings, (rating, i) => rating + 0.1 * (i % 3)),
};
const chunks = { rowsPerChunk: 64, chunksPerWindow: 3 };
const labelsOf = ({ users, items }: Table) => ({ users: classesOf("test", users), items: classesOf("test", items) });

/** A table as a file of ratings in memory; its labels are those of `all`. */
function stored(own: Table, all = own, order = chunks, elementType: ElementType = "float64"): StoredRatings {
  const labels = labelsOf(all);
  const [userAt, itemAt] = [labels.users, labels.items].map((list) => new Map(list.map((label, i) => [label, i])));
  const inputs = Uint32Array.from(own.users.flatMap((user, i) => [userAt!.get(user)!, itemAt!.get(own.items[i]!)!]));
  const columns = { columns: 2, pairs: true, elementType, rowsPerChunk: order.rowsPerChunk };
  const file = Buffer.concat([...storedBytes(columns, [{ inputs, targets: own.ratings }])]);
  const rows = storedRows({ ...columns, ...order, rows: own.ratings.length }, (at, into) => file.copy(into, 0, at));
  return { rows, ...labels };
}

const only = (rows: Uint32Array): Table => ({
  users: Array.from(rows, (row) => table.users[row]!),
  items: Array.from(rows, (row) => table.items[row]!),
  ratings: Float64Array.from(rows, (row) => table.ratings[row]!),
});

const inMemory = (options: FactorizationOptions, own = table) =>
  matrixFactorization({ order: chunks, ...options }).fit(
    own as Parameters<ReturnType<typeof matrixFactorization>["fit"]>[0],
  );

describe("a factorization of stored ratings", () => {
  it.each<readonly [string, FactorizationOptions]>([
    ["by default, without biases", { epochs: 4, biases: false, seed: 5 }],
    ["one by one", { epochs: 4, optimizer: plain(0.02), trace: "running", batchLosses: true }],
    ["one by one, with an average", { epochs: 4, average: { from: 2 } }],
    ["one by one, with momentum", { epochs: 3, optimizer: momentum(0.01, { decay: 0.5 }) }],
    ["in mini-batches, with the learning rate of short runs", { epochs: 4, batchSize: 32 }],
    [
      "in mini-batches, with rates and penalties of each kind",
      {
        epochs: 3,
        batchSize: 50,
        optimizer: plain(0.05),
        rates: { userFactors: 1, itemFactors: 0.5, userBiases: 2, itemBiases: 1 },
        l2: { userFactors: 0.1, itemFactors: 0.2, userBiases: 0, itemBiases: 0.05 },
      },
    ],
    [
      "in mini-batches, with adam and an average",
      { epochs: 3, batchSize: 32, optimizer: adam(0.01), average: { from: 1 } },
    ],
    ["in full batch", { epochs: 30, batchSize: "full", stop: { change: { tolerance: 1e-4 } } }],
    ["with the uniform penalty", { epochs: 10, penalty: "uniform", optimizer: automatic() }],
    ["on ratings as they are, with a mean and a scale", { epochs: 3, standardize: false, mean: 3, scale: [1, 5] }],
    ["in sequence", { epochs: 2, order: "sequential" }],
  ])("%s", (_, options) => {
    const model = fitStored(matrixFactorization(options), stored(table));
    expect(text(model)).toBe(text(inMemory(options)));
  });

  it("in float32, and in one window", () => {
    const single = { ...table, ratings: Float32Array.from(table.ratings) };
    const options = { epochs: 3, optimizer: plain(0.02) };
    const expected = text(inMemory(options, single));
    expect(text(fitStored(matrixFactorization(options), stored(table, table, chunks, "float32")))).toBe(expected);
    const one = { rowsPerChunk: 500, chunksPerWindow: 2 };
    const model = fitStored(matrixFactorization(options), stored(table, table, one));
    expect(text(model)).toBe(text(inMemory({ ...options, order: one })));
  });

  it("with validation ratings and further pairs", () => {
    const held = splitRatings(table, { testShare: 0.1, seed: 9 });
    const [training, test] = [only(held.train), only(held.test)];
    const options = { epochs: 30, seed: 2, stop: { validation: { share: 0.2, patience: 2 } } };
    const expected = matrixFactorization({ ...options, order: chunks }).fit(training as never, {
      seen: { users: test.users, items: test.items },
    });
    const parts = splitRatings(training, { testShare: 0.2, seed: 2 });
    const [own, validation] = [parts.train, parts.test].map((rows) =>
      stored(only(rows.map((row) => held.train[row]!)), training),
    );
    const model = fitStored(matrixFactorization(options), own!, { validation, seen: stored(test, training) });
    expect(model.stopped).toBe("validation");
    expect(text(model)).toBe(text(expected));
  });

  it("step by step, and resumed in the middle of a window", () => {
    const estimator = matrixFactorization({ epochs: 3 });
    let state: State | undefined;
    for (const step of prepareStored(estimator, stored(table), { every: 100 }).steps())
      if (step.t === 1300) state = step.state();
    const resumed = fitStored(estimator, stored(table), { resume: state! });
    expect(text(resumed)).toBe(text(inMemory({ epochs: 3 })));
  });

  it("needs memory for a window of the ratings, not for all", () => {
    const [userCount, itemCount, rowsPerChunk] = [1000, 300, 1000];
    const rows: StoredRatings["rows"] = {
      ...{ rows: userCount * itemCount, rowsPerChunk, chunksPerWindow: 3, columns: 2, targets: 1 },
      ...{ pairs: true, weighted: false, elementType: "float64" },
      load(chunk, inputs, targets) {
        for (let i = 0; i < targets.length; i++) {
          inputs[2 * i] = i;
          inputs[2 * i + 1] = chunk;
          targets[i] = (i * chunk) % 5;
        }
      },
    };
    let memory: { readonly buffer: ArrayBufferLike } | undefined;
    const kernels: typeof wasmKernels = (own, elementType) => {
      memory = own;
      return wasmKernels(own, elementType);
    };
    const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
    const options = { epochs: 1, trace: "running", kernels } as const;
    const model = fitStored(matrixFactorization(options), {
      rows,
      users: numbers(userCount),
      items: numbers(itemCount),
    });
    expect(model.updates).toBe(rows.rows);
    expect(memory!.buffer.byteLength).toBeLessThan(2 ** 20); // the ratings take 4.8 MB
  });

  it("is checked, and the advice works", () => {
    const fit =
      (own: unknown, options: FactorizationOptions = { epochs: 1 }, more = {}) =>
      () =>
        fitStored(matrixFactorization(options), own as StoredRatings, more);
    const good = stored(table);
    const changed = (change: (pairs: Uint32Array, ratings: Float64Array) => void): StoredRatings => {
      const load: typeof good.rows.load = (chunk, inputs, targets) => {
        good.rows.load(chunk, inputs, targets, null);
        if (chunk === 2) change(inputs as Uint32Array, targets as Float64Array);
      };
      return { ...good, rows: { ...good.rows, load } };
    };
    expect(fit({ users: [], items: [] })).toThrow(
      "fitStored: rows must be stored rows, got undefined. Pass { rows: storedRows(…), users, items }; fit takes ratings in memory.",
    );
    expect(fit({ ...good, rows: { ...good.rows, weighted: true } })).toThrow(
      'fitStored: the rows must have a pair and a rating, got {"pairs":true,"columns":2,"targets":1,"weighted":true}. ' +
        "Store them with { columns: 2, pairs: true }.",
    );
    expect(fit({ ...good, users: undefined })).toThrow("fitStored: users must be a list of labels, got undefined.");
    expect(fit({ ...good, items: good.items.toReversed() })).toThrow(
      'fitStored: items must be different and in order (numbers by value, then texts by character codes), got "i9" at position 0.',
    );
    expect(fit({ ...good, users: [...good.users, "u999"] })).toThrow(
      'fitStored: users must have training ratings, got none for "u999". Leave it out of users.',
    );
    expect(
      fit(
        changed((pairs) => {
          pairs[7] = 40;
        }),
      ),
    ).toThrow(
      "fitStored: the positions in items must be below 39, got 40 in row 131. Store positions in the list items.",
    );
    expect(
      fit(
        changed((_, ratings) => {
          ratings[1] = Number.NaN;
        }),
      ),
    ).toThrow("fitStored: ratings must hold finite numbers, got NaN in row 129. Remove the row or supply the value.");
    expect(
      fit(
        changed((pairs) => {
          pairs.copyWithin(8, 10, 12);
        }),
      ),
    ).toThrow(
      /fitStored: each pair of a user and an item must have one rating, got two for .* and "i\d+", in row 132 and row 133. Make one rating of them/,
    );
    expect(fit(good, { feedback: "implicit" })).toThrow(
      'fitStored: feedback must be "explicit" for stored rows, got "implicit", because its negative items are drawn with all pairs in memory. Use fit.',
    );
    expect(fit(good, { order: "grid" })).toThrow('train: order must not be "grid" for stored rows, got "grid"');
    expect(fit(good, { stop: { validation: { share: 0.1 } } })).toThrow(
      "fitStored: stop.validation needs stored validation rows, got none. Pass { validation: … }, or leave out stop.validation.",
    );
    expect(fit(good, {}, { validation: good })).toThrow(
      "fitStored: validation needs the option stop.validation of the estimator, got none.",
    );
    expect(fit(good, { stop: { validation: { share: 0.1 } } }, { validation: good })).toThrow(
      /got two for .*, in row \d+ and validation row \d+/,
    );
    expect(fit(good, {}, { seen: { ...good, users: good.users.slice(1) } })).toThrow(
      "fitStored: users must be those of the training ratings.",
    );
    expect(fit(good, {}, { weights: [1] })).toThrow('fitStored: option "weights" is unknown');
  });
});
