// One small run for each model. docs/hashes.md publishes the bits of its parameters, which must be the same in every engine,
// operating system and processor. This file imports nothing of Node, so that a browser can run it too.
import {
  blobs,
  circles,
  linearRegression,
  linearSvm,
  lineWithNoise,
  load,
  logisticRegression,
  lowRankRatings,
  type Matrix,
  matrixFactorization,
  moons,
  nesterov,
  networkClassifier,
  networkRegression,
  plain,
  regressionWithCondition,
  softmaxRegression,
  sparse,
  tableModel,
  xor,
} from "../src/index.ts";

/** X in float32. */
const single = (X: Matrix): Matrix => ({ ...X, data: Float32Array.from(X.data) });

/** Raw rows of all kinds of columns, with missing cells. */
const rawRows = Array.from({ length: 90 }, (_, i) => ({
  age: i % 9 === 4 ? null : 20 + ((i * 7) % 41),
  city: i % 11 === 3 ? "" : ["Rome", "Oslo", "Ōsaka", "Lima"][(i * 5) % 4]!,
  member: i % 3 === 0,
  joined: `2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}T10:30`,
  price: `$${1 + ((i * 13) % 17)},${100 + i}.50`,
  bought: (i * 7) % 41 > 18 + (i % 5) ? "yes" : "no",
}));

/** Sparse rows of 3 to 11 numbers, and their labels. */
function sparseRows() {
  const [indptr, indices, values]: [number[], number[], number[]] = [[0], [], []];
  const y = Array.from({ length: 240 }, (_, i) => {
    for (let j = (i * 5) % 13, step = 1; j < 100; j += 7 + ((i * step) % 19), step++) {
      indices.push(j);
      values.push(((i * 31 + j * 17) % 23) / 7 - 1.5);
    }
    indptr.push(indices.length);
    return values.at(-1)! + values.at(-2)! + ((i * 11) % 5) / 9 > 0 ? "yes" : "no";
  });
  return { X: sparse(indptr, indices, values, 100), y };
}

/** The parameters of each model after its run; of a table model also the probabilities of raw rows, from its saved text. */
export const families: Readonly<Record<string, () => Float64Array>> = {
  linear: () => {
    const { X, y } = lineWithNoise({ n: 200, seed: 1 });
    return linearRegression({ epochs: 50 }).fit(X, y).params();
  },
  "linear with l1": () => {
    const { X, y } = regressionWithCondition({ n: 16_384, features: 66, condition: 30, seed: 2 }); // eight lanes
    return linearRegression({ epochs: 20, l1: 0.01, optimizer: nesterov(0.1) })
      .fit(X, y)
      .params();
  },
  huber: () => {
    const { X, y } = regressionWithCondition({ n: 301, features: 5, seed: 14 });
    return linearRegression({ loss: "huber" }).fit(X, y).params();
  },
  quantile: () => {
    const { X, y } = regressionWithCondition({ n: 301, features: 5, seed: 14 });
    return linearRegression({ loss: "quantile", quantile: 0.9, l1: 0.01 }).fit(X, y).params();
  },
  poisson: () => {
    const { X, y } = regressionWithCondition({ n: 301, features: 5, seed: 14 });
    const counts = y.map((value) => Math.max(0, Math.floor(value)));
    return linearRegression({ loss: "poisson" }).fit(X, counts).params();
  },
  logistic: () => {
    const { X, y } = moons({ n: 301, noise: 0.2, seed: 3 });
    return logisticRegression({ classWeights: "balanced", epochs: 200 }).fit(X, y).params();
  },
  softmax: () => {
    const { X, y } = blobs({ n: 300, centers: 4, features: 5, spread: 3, seed: 4 });
    return softmaxRegression({ batchSize: 32, epochs: 10, seed: 5 }).fit(X, y).params();
  },
  network: () => {
    const { X, y } = circles({ n: 250, seed: 6 });
    return networkClassifier({ hidden: [9, 5], activation: "tanh", epochs: 15, seed: 7 })
      .fit(X, y)
      .params();
  },
  "network regression": () => {
    const { X, y } = regressionWithCondition({ n: 150, features: 4, seed: 8 });
    return networkRegression({ hidden: [11], epochs: 15, seed: 9 })
      .fit(X, y)
      .params();
  },
  svm: () => {
    const { X, y } = xor({ n: 200, noise: 0.3, seed: 10 });
    return linearSvm({ batchSize: 1, epochs: 5, seed: 11 }).fit(X, y).params();
  },
  factorization: () => {
    const { users, items, ratings } = lowRankRatings({ users: 40, items: 30, seed: 12 });
    return matrixFactorization({ rank: 5, epochs: 10, seed: 13 }).fit({ users, items, ratings }).params();
  },
  "factorization with implicit feedback": () => {
    const { users, items } = lowRankRatings({ users: 40, items: 30, observed: 0.3, seed: 14 });
    const [bpr, logistic] = (["bpr", "logistic"] as const).map((loss) =>
      matrixFactorization({ feedback: "implicit", loss, rank: 5, epochs: 10, seed: 15 }).fit({ users, items }).params(),
    );
    return Float64Array.of(...bpr!, ...logistic!);
  },
  table: () => {
    const options = { target: "bought", expand: "splines" } as const;
    const fitted = tableModel(logisticRegression({ epochs: 30 }), options).fit(rawRows);
    const loaded = load(JSON.stringify(fitted), "tableModel");
    const rows = [...rawRows.slice(0, 10), { age: 33, city: "Quito", member: null, joined: null, price: "" }];
    const probabilities = "probabilities" in loaded ? loaded.probabilities(rows).data : [];
    return Float64Array.from([...fitted.model.params(), ...probabilities]);
  },
  "logistic float32": () => {
    const { X, y } = moons({ n: 301, noise: 0.2, seed: 3 });
    return logisticRegression({ classWeights: "balanced", epochs: 200 }).fit(single(X), y).params();
  },
  "network float32": () => {
    const { X, y } = circles({ n: 250, seed: 6 });
    return networkClassifier({ hidden: [9, 5], activation: "tanh", epochs: 15, seed: 7 })
      .fit(single(X), y)
      .params();
  },
  "sparse logistic": () => {
    const { X, y } = sparseRows();
    return logisticRegression().fit(X, y).params();
  },
  "sparse rows one by one": () => {
    const { X, y } = sparseRows();
    const options = { optimizer: plain(0.1), batchSize: 1, epochs: 8, l2: 0.05, average: { from: 2 } };
    return logisticRegression(options).fit(X, y).params();
  },
  "sparse svm": () => {
    const { X, y } = sparseRows();
    return linearSvm({ l2: 0.02 }).fit(X, y).params();
  },
};
