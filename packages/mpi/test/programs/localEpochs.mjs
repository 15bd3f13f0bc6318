// Trains with local epochs on the ranks of the job, and writes a line for each case: "rank name: hash". With a number of ranks as the
// argument, one process computes the first cases by the definition: it trains on the rows of one rank after another, and takes the
// mean of their parameters after each epoch.
import { createHash } from "node:crypto";
import { connect } from "@downhill/mpi";
import {
  adam,
  column,
  dense,
  fitStored,
  halfSquared,
  linear,
  linearRegression,
  linearSvm,
  logisticRegression,
  momentum,
  networkClassifier,
  plain,
  risk,
  storedBytes,
  storedRows,
  train,
} from "downhill";
import { numbers } from "./numbers.mjs";

const ROWS = 1001; // 2 and 3 ranks do not have equal numbers of rows
const COLUMNS = 4;
const EPOCHS = 3;

const data = numbers(ROWS * COLUMNS, 7);
const noise = numbers(ROWS, 11);
const score = Float64Array.from({ length: ROWS }, (_, i) => {
  const [a, b, c] = data.subarray(i * COLUMNS);
  return 2 * a - b + 0.5 * c + 0.2 * noise[i] + 1;
});
const labels = Array.from(score, (x) => (x > 1 ? "yes" : "no"));
const X = { data, rows: ROWS, columns: COLUMNS };

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

const problemOf = (from, to) =>
  risk({
    predictor: linear(COLUMNS),
    loss: halfSquared(),
    l2: 0.01,
    inputs: dense({ data: data.slice(from * COLUMNS, to * COLUMNS), rows: to - from, columns: COLUMNS }),
    targets: column(score.slice(from, to)),
  });

/** The options of the cases that have a definition without optimizer memory: rows one by one, and batches. */
const defined = { single: { batchSize: 1, order: "sequential" }, batches: { batchSize: 8, order: "sequential" } };
const rate = plain(0.02);

function byDefinition(size, options) {
  let mean = new Float64Array(COLUMNS + 1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const next = new Float64Array(COLUMNS + 1);
    for (let rank = 0; rank < size; rank++) {
      const [from, to] = [rank, rank + 1].map((r) => Math.floor((ROWS * r) / size));
      let own;
      for (const { params } of train(problemOf(from, to), rate, { ...options, start: mean, epochs: 1, every: "epoch" }))
        own = params.slice();
      for (const i of next.keys()) next[i] += ((to - from) / ROWS) * own[i];
    }
    mean = next;
  }
  return mean;
}

const [size] = process.argv.slice(2);
if (size !== undefined) {
  for (const [name, options] of Object.entries(defined)) {
    console.log(`0 ${name}: ${hash(byDefinition(Number(size), options))}`);
  }
} else {
  const ranks = connect();
  const line = (name, result) => process.stdout.write(`${ranks.rank} ${name}: ${result}\n`);
  for (const [name, options] of Object.entries(defined)) {
    let result;
    for (const { solution } of train(problemOf(0, ROWS), rate, {
      ...options,
      epochs: EPOCHS,
      ranks,
      localEpochs: true,
    }))
      result = solution.slice();
    line(name, hash(result));
  }
  const local = { batchSize: 4, epochs: 10, localEpochs: true, seed: 5 };
  const models = {
    linear: [linearRegression, score, {}],
    momentum: [linearRegression, score, { optimizer: momentum(0.01), average: { weight: "t8" } }],
    adam: [logisticRegression, labels, { optimizer: adam(0.02), batchSize: 1 }],
    replacement: [linearRegression, score, { optimizer: plain(0.01), order: "replacement" }],
    svm: [linearSvm, labels, {}],
    network: [networkClassifier, labels, { hidden: [4], stop: { validation: { share: 0.2 } } }],
  };
  for (const [name, [estimator, y, options]] of Object.entries(models)) {
    const model = estimator({ ...local, ...options }).fit(X, y, { ranks });
    line(name, hash(JSON.stringify([model, model.history])));
    if (name !== "linear") continue;
    line("options", JSON.stringify(model.options));
    line("updates", model.history.updates[0]);
    line(
      "share of the optimum",
      model.history.objective.at(-1) / linearRegression().fit(X, y).history.objective.at(-1),
    );
  }

  // A run that resumes continues with the same bits, and only with the same number of ranks.
  const estimator = logisticRegression({ ...local, optimizer: adam(0.02) });
  let state;
  for (const step of estimator.train(X, labels, { ranks })) if (step.epoch === 4) state = step.state();
  const [once, resumed] = [{ ranks }, { ranks, resume: state }].map((options) => estimator.fit(X, labels, options));
  line("resumed", JSON.stringify(once) === JSON.stringify(resumed));
  try {
    const alone = logisticRegression({ ...local, localEpochs: false, optimizer: adam(0.02) });
    alone.fit(X, labels, { resume: state });
  } catch (error) {
    line("other ranks", error.message);
  }

  // Stored rows, of which each rank reads its own chunks, have the bits of rows in memory in the order of the chunks.
  const stored = [];
  for (const chunks of [
    { rowsPerChunk: 64, chunksPerWindow: 3 },
    { rowsPerChunk: 128, chunksPerWindow: 8 }, // all rows are in one window
  ]) {
    const own = linearRegression({ ...local, optimizer: momentum(0.01), order: chunks });
    const columns = { columns: COLUMNS, rowsPerChunk: chunks.rowsPerChunk };
    const bytes = Buffer.concat([...storedBytes(columns, [{ inputs: data, targets: score }])]);
    const rows = storedRows({ ...columns, rows: ROWS, chunksPerWindow: chunks.chunksPerWindow }, (position, into) =>
      bytes.copy(into, 0, position),
    );
    const models = [own.fit(X, score, { ranks }), fitStored(own, { rows }, { ranks })];
    const [inMemory, fromFile] = models.map((model) => hash(JSON.stringify([model, model.history])));
    stored.push(inMemory, fromFile === inMemory);
  }
  line("stored", stored.join(" "));

  // Only the rows of the last rank diverge, and all ranks end.
  const far = { ...X, data: data.map((x, i) => (i === data.length - 1 ? 1e60 : x)) };
  const options = { ...local, batchSize: 1, order: "sequential", trace: "running", standardize: false };
  try {
    linearRegression({ ...options, optimizer: plain(1e-3) }).fit(far, score, { ranks });
  } catch (error) {
    line("diverged", `${error.name}: ${error.message}`);
  }
  ranks.close();
}
