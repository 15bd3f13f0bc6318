import {
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  matrix,
  matrixFactorization,
  networkClassifier,
  plain,
  softmaxRegression,
} from "downhill";
import { numberSetting, readFloat64, readUint32 } from "../../src/data/rawTables.ts";
import type { Job, LoadProgram, Outcome } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

/** Trains the models of the articles with the library's estimators; the history has the objective after each epoch. */
export const load: LoadProgram = (job) => {
  const fit = fitOf(job);
  let outcome: Outcome | undefined;
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      outcome = fit();
    },
    result: () => outcome!,
  };
};

interface Fitted {
  readonly updates: number;
  params(): Float64Array;
}

const outcomeOf = (fitted: Fitted): Outcome => ({ params: fitted.params(), updates: fitted.updates });

function fitOf(job: Job): () => Outcome {
  if (job.settings["program"] === "factorization") return factorization(job);
  const { rows, columns } = job.tables["X"]!;
  const X = matrix(readFloat64(job, "X"), rows, columns);
  const y = readFloat64(job, "y");
  const model = tableModel(job);
  return () => outcomeOf(model(X, y));
}

function tableModel(job: Job): (X: Matrix, y: Float64Array) => Fitted {
  const options = {
    optimizer: plain(numberSetting(job, "learningRate")),
    batchSize: "full",
    epochs: numberSetting(job, "epochs"),
    l2: 0,
    standardize: false,
    start: readFloat64(job, "start"),
    stop: { gradient: 0 }, // all epochs run, as in the article
  } as const;
  switch (job.settings["program"]) {
    case "linear":
      return (X, y) => linearRegression(options).fit(X, y);
    case "logistic":
      return (X, y) => logisticRegression(options).fit(X, y);
    case "softmax":
      return (X, y) => softmaxRegression(options).fit(X, y);
    case "svm":
      return (X, y) => linearSvm({ ...options, l2: 1 }).fit(X, y);
    default: {
      const orders = ordersOf(job);
      const order = (epoch: number) => orders[epoch]!;
      return (X, y) => networkClassifier({ ...options, hidden: [32], batchSize: 64, order }).fit(X, y);
    }
  }
}

function ordersOf(job: Job): Uint32Array[] {
  const { rows, columns } = job.tables["orders"]!;
  const all = readUint32(job, "orders");
  return Array.from({ length: rows }, (_, epoch) => all.subarray(epoch * columns, (epoch + 1) * columns));
}

function factorization(job: Job): () => Outcome {
  const pairs = readUint32(job, "X");
  const table = {
    users: Array.from(pairs.filter((_, i) => i % 2 === 0)),
    items: Array.from(pairs.filter((_, i) => i % 2 === 1)),
    ratings: readFloat64(job, "y"),
  };
  const orders = ordersOf(job);
  const options = {
    rank: 4,
    biases: false,
    mean: 0,
    optimizer: plain(2 * numberSetting(job, "learningRate")), // the article minimises e², the library ½ e²
    batchSize: 1,
    epochs: numberSetting(job, "epochs"),
    l2: 0.1,
    penalty: "perRating",
    standardize: false,
    start: readFloat64(job, "start"),
    order: (epoch: number) => orders[epoch]!,
  } as const;
  return () => {
    const fitted = matrixFactorization(options).fit(table);
    return { params: [...fitted.userFactors.data, ...fitted.itemFactors.data], updates: fitted.updates };
  };
}
