// A network with one hidden layer of ReLU, plain descent in batches that follow each other: what W6 to W9 share.
import { random } from "downhill";
import type { Labelled } from "../src/data/labelled.ts";
import { writeTable } from "../src/data/tables.ts";
import { downhill } from "../src/entrants.ts";
import { crossEntropy, judgeOf } from "../src/judge/losses.ts";
import { networkScores } from "../src/judge/scores.ts";
import type { Case, Entrant, Target } from "../src/workload.ts";

const FLOAT64 = 1e-9;
const FLOAT32 = 1e-3; // rounding grows over the updates

export interface NetworkOptions {
  readonly data: Labelled;
  readonly columns: number;
  readonly hidden: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly rate: number;
  /** Before the clock starts: binding of the data, compilation. */
  readonly untimedEpochs: number;
  readonly epochs: number;
  readonly entrants: readonly Entrant[];
  readonly targets: readonly Target[];
  readonly unit: "one update" | "the whole fit";
  readonly note?: string;
}

/** PyTorch, TensorFlow.js and jax-js, each in its usual float32, and NumPy. */
export const networkPeers: readonly Entrant[] = [
  { name: "NumPy", family: "NumPy", program: { python: "network:NumPy" }, tolerance: FLOAT64 },
  { name: "PyTorch (float32)", family: "PyTorch", program: { python: "network:PyTorch" }, tolerance: FLOAT32 },
  {
    name: "TensorFlow.js wasm (float32)",
    family: "TensorFlow.js",
    program: { node: "network/tensorflow" },
    tolerance: FLOAT32,
  },
  { name: "jax-js wasm (float32)", family: "JavaScript", program: { node: "network/jax" }, tolerance: FLOAT32 },
];

export const mlpClassifier: Entrant = {
  name: "scikit-learn MLPClassifier",
  family: "scikit-learn",
  program: { python: "network:ScikitLearn" },
  tolerance: FLOAT64,
};

export function networkCase(options: NetworkOptions): Case {
  const { data, columns, hidden, classes, batchSize, rate, untimedEpochs, epochs, unit, note } = options;
  const { X, y } = data;
  const rows = y.length;
  const batches = Math.ceil(rows / batchSize);
  const multiplyAdds = 2 * columns * hidden + 3 * hidden * classes; // the first layer's input needs no slope
  const start = startOf(columns, hidden, classes);
  return {
    name: "",
    unit,
    units: unit === "one update" ? epochs * batches : 1,
    updates: (untimedEpochs + epochs) * batches,
    floor: { multiplyAdds: multiplyAdds * (unit === "one update" ? batchSize : rows * epochs) },
    entrants: [downhill("network/downhill"), ...options.entrants],
    targets: options.targets,
    lay: (folder) => ({
      tables: {
        X: writeTable(folder, "X", X, columns),
        y: writeTable(folder, "y", y),
        start: writeTable(folder, "start", start),
      },
      settings: { hidden, classes, batchSize, rate, untimedEpochs, epochs },
    }),
    judge: judgeOf({
      scores: networkScores(X, columns, hidden, classes),
      outputs: classes,
      loss: crossEntropy,
      targets: y,
    }),
    ...(note === undefined ? {} : { note }),
  };
}

/** W₁ (hidden × columns), b₁, W₂ (classes × hidden), b₂: normal with deviation √(2/in) and √(2/(in + out)). */
function startOf(columns: number, hidden: number, classes: number): Float64Array {
  const draw = random(6).fork("start");
  const layer = (length: number, deviation: number) =>
    Array.from({ length }, () => deviation * draw.normal()) as readonly number[];
  return Float64Array.from([
    ...layer(columns * hidden, Math.sqrt(2 / columns)),
    ...Array<number>(hidden).fill(0),
    ...layer(hidden * classes, Math.sqrt(2 / (hidden + classes))),
    ...Array<number>(classes).fill(0),
  ]);
}
