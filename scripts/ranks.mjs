// Measures how much faster two ranks of an MPI job train than one process: npm run ranks [-- ROWS] [--json]
// Logistic regression in full batch on ROWS rows (2,000,000) × 100 features, and a network with 784 inputs, 128 hidden units and 10
// classes in batches of 1,024 rows; a factorization with 16 factors of ROWS ratings of 20,000 users for 5,000 items, one rating per
// update. The efficiency is the time of one process, divided by twice the time of two ranks.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { connect } from "@downhill/mpi";
import {
  column,
  crossEntropy,
  dense,
  factors,
  halfSquared,
  linear,
  logistic,
  matrix,
  network,
  plain,
  risk,
  train,
} from "downhill";

const TARGET = 0.8;
const ROUNDS = 3;
const ROWS = 2_000_000;

/** Numbers in (−1, 1) from a fast generator; the times do not depend on them. */
function filled(numbers) {
  for (let i = 0, state = 1; i < numbers.length; i++) {
    state = Math.imul(state, 0x915f77f5);
    numbers[i] = state / 2 ** 31;
  }
  return numbers;
}

const cases = {
  logistic: (rows) => ({
    problem: risk({
      predictor: linear(100),
      loss: logistic(),
      inputs: dense(matrix(filled(new Float64Array(100 * rows)), rows, 100)),
      targets: dense(
        matrix(
          Float64Array.from({ length: rows }, (_, i) => 2 * (i % 2) - 1),
          rows,
          1,
        ),
      ),
    }),
    options: { epochs: 12 },
  }),
  network: () => ({
    problem: risk({
      predictor: network(784, [128], 10),
      loss: crossEntropy(10),
      inputs: dense(matrix(filled(new Float32Array(784 * 10_240)), 10_240, 784)),
      targets: dense(
        matrix(
          Float64Array.from({ length: 10_240 }, (_, i) => i % 10),
          10_240,
          1,
        ),
      ),
    }),
    options: { epochs: 8, batchSize: 1024, order: "sequential", start: "random" },
  }),
  factorization: (rows) => {
    const predictor = factors(20_000, 5_000, 16, { biases: true, perRating: 0.1 });
    const pairs = filled(new Float64Array(2 * rows));
    const numbers = (most, first) =>
      Uint32Array.from({ length: rows }, (_, i) => Math.floor(((pairs[2 * i + first] + 1) / 2) * most));
    return {
      problem: risk({
        predictor,
        loss: halfSquared(),
        inputs: predictor.inputs(numbers(20_000, 0), numbers(5_000, 1)),
        targets: column(filled(new Float64Array(rows))),
      }),
      options: { epochs: 8, batchSize: 1, order: "grid", start: "random" },
    };
  },
};

const names = {
  logistic: (rows) => `logistic regression in full batch, ${rows.toLocaleString("en")} rows × 100 features, float64`,
  network: () => "network with 784 inputs and 128 hidden units, batches of 1,024 of 10,240 rows, float32",
  factorization: (rows) =>
    `factorization with 16 factors, ${rows.toLocaleString("en")} ratings, one per update, float64`,
};

/** Trains one case on the ranks of the job; rank 0 prints the shortest time of an epoch and a parameter. */
function measure(name, rows) {
  const ranks = connect();
  const { problem, options } = cases[name](rows);
  const steps = train(problem, plain(1e-3), { ...options, trace: "running", every: "epoch", ranks });
  let last = steps.next().value; // the first epoch also copies the data
  let shortest = Infinity;
  for (let began = performance.now(), next = steps.next(); !next.done; next = steps.next()) {
    const now = performance.now();
    shortest = Math.min(shortest, now - began);
    began = now;
    last = next.value;
  }
  if (ranks.rank === 0) process.stdout.write(JSON.stringify({ time: shortest, parameter: last.params[0] }));
  ranks.close();
}

function run(ranks, name, rows) {
  const own = [process.execPath, fileURLToPath(import.meta.url), "measure", name, String(rows)];
  const all = ranks === 1 ? own : ["mpirun", "--allow-run-as-root", "--bind-to", "none", "-n", String(ranks), ...own];
  const { stdout, stderr, status } = spawnSync(all[0], all.slice(1), { encoding: "utf8" });
  if (status !== 0) throw new Error(`${all.join(" ")} ended with code ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Prints one line for each case, or a list of all with --json. */
function compare(rows, asJson) {
  const measured = [];
  for (const name of Object.keys(cases)) {
    const times = { 1: [], 2: [] };
    const parameters = new Set();
    for (let round = 0; round < ROUNDS; round++) {
      for (const ranks of [1, 2]) {
        const { time, parameter } = run(ranks, name, rows);
        times[ranks].push(time);
        parameters.add(parameter);
      }
    }
    const [alone, together] = [1, 2].map((ranks) => Math.min(...times[ranks]));
    const efficiency = alone / (2 * together);
    const isSame = parameters.size === 1;
    if (!isSame) process.exitCode = 1;
    measured.push({ name: names[name](rows), alone: alone / 1000, together: together / 1000, isSame });
    if (asJson) continue;
    console.log(
      `${names[name](rows)}: ${alone.toFixed(1)} ms per epoch with one process, ${together.toFixed(1)} ms with two ranks, ` +
        `${isSame ? "the same bits" : "OTHER BITS"}; efficiency ${(100 * efficiency).toFixed(0)} % ` +
        `(target ${100 * TARGET} %: ${efficiency >= TARGET ? "met" : "missed"})`,
    );
  }
  if (asJson) process.stdout.write(JSON.stringify(measured));
}

const [first, ...rest] = process.argv.slice(2);
if (first === "measure") measure(rest[0], Number(rest[1]));
else {
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
  compare(Number(positionals[0] ?? ROWS), values.json ?? false);
}
