// A case of a network with one hidden layer of ReLU units, trained by plain gradient descent on batches in order.
import { random } from "downhill";
import type { LabelledRows } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { crossEntropy, evaluatorOf } from "../src/evaluate/losses.ts";
import { networkScores } from "../src/evaluate/scores.ts";
import { downhill, type ElementType, onTwoThreads, type Program } from "../src/program.ts";
import type { Case, Target } from "../src/workload.ts";

const ROUNDING = { float64: 1e-9, float32: 1e-3 }; // rounding differences grow from update to update

export interface NetworkCaseOptions {
  /** Of Downhill and NumPy; the other programs compute in float32, as their users do. */
  readonly elementType: ElementType;
  readonly data: LabelledRows;
  readonly columns: number;
  readonly hidden: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Epochs before the timed ones, for copying the data and for compilation. */
  readonly untimedEpochs: number;
  readonly epochs: number;
  /** Further programs. */
  readonly more?: readonly Program[];
  readonly targets: readonly Target[];
  readonly unit: "one update" | "the whole fit";
}

const pytorch: Program = {
  name: "PyTorch (float32)",
  product: "PyTorch",
  source: { python: "network:PyTorch" },
  tolerance: ROUNDING.float32,
  elementType: "float32",
};

const javascriptPeers: readonly Program[] = [
  {
    name: "TensorFlow.js wasm (float32)",
    product: "TensorFlow.js",
    source: { node: "network/tensorflow" },
    tolerance: ROUNDING.float32,
  },
  {
    name: "jax-js wasm (float32)",
    product: "jax-js",
    source: { node: "network/jax" },
    tolerance: ROUNDING.float32,
  },
];

const numpy = (elementType: ElementType): Program => ({
  name: "NumPy",
  product: "NumPy",
  source: { python: "network:NumPy" },
  tolerance: ROUNDING[elementType],
  elementType,
});

export const mlpClassifier: Program = {
  name: "scikit-learn MLPClassifier",
  product: "scikit-learn",
  source: { python: "network:ScikitLearn" },
  tolerance: ROUNDING.float64,
};

const inFloat64 = downhill("network/downhill");
const inFloat32 = downhill("network/downhill", { elementType: "float32", tolerance: ROUNDING.float32 });

/** The programs of a case. A case in float32 also has programs on two threads and a program of Downhill in float64. */
function programsFor(elementType: ElementType, more: readonly Program[]): Program[] {
  if (elementType === "float64") return [inFloat64, ...more, numpy(elementType), pytorch, ...javascriptPeers];
  const ours = [inFloat32, onTwoThreads(inFloat32), { ...inFloat64, name: "Downhill (float64)" }];
  const peers = [numpy(elementType), pytorch].flatMap((peer) => [peer, onTwoThreads(peer)]);
  return [...ours, ...more, ...peers, ...javascriptPeers];
}

export function networkCase(options: NetworkCaseOptions): Case {
  const { elementType, data, columns, hidden, classes, batchSize, unit, more = [] } = options;
  const { learningRate, untimedEpochs, epochs, targets } = options;
  const { X, y } = data;
  const rows = y.length;
  const batches = Math.ceil(rows / batchSize);
  // Forward and backward through both layers; no gradient is needed at the input.
  const multiplyAdds = 2 * columns * hidden + 3 * hidden * classes;
  const start = startParameters(columns, hidden, classes);
  return {
    name: "",
    unit,
    unitsPerRun: unit === "one update" ? epochs * batches : 1,
    updates: (untimedEpochs + epochs) * batches,
    lowerBound: { multiplyAdds: multiplyAdds * (unit === "one update" ? batchSize : rows * epochs), elementType },
    programs: programsFor(elementType, more),
    targets,
    prepare: (folder) => ({
      tables: {
        X: writeTable(folder, "X", { numbers: X, columns }),
        y: writeTable(folder, "y", { numbers: y }),
        start: writeTable(folder, "start", { numbers: start }),
      },
      settings: { hidden, classes, batchSize, learningRate, untimedEpochs, epochs },
    }),
    evaluate: evaluatorOf({
      scores: networkScores(X, { d: columns, h: hidden, k: classes }),
      outputs: classes,
      loss: crossEntropy,
      targets: y,
    }),
  };
}

/**
 * W₁ (hidden × columns), b₁, W₂ (classes × hidden), b₂: normal numbers with the standard deviations √(2/inputs) and
 * √(2/(inputs + outputs)); zeros for b₁ and b₂.
 */
function startParameters(columns: number, hidden: number, classes: number): Float64Array {
  const draw = random(6).fork("start");
  const normals = (length: number, deviation: number) => Array.from({ length }, () => deviation * draw.normal());
  return Float64Array.from([
    ...normals(columns * hidden, Math.sqrt(2 / columns)),
    ...Array<number>(hidden).fill(0),
    ...normals(hidden * classes, Math.sqrt(2 / (hidden + classes))),
    ...Array<number>(classes).fill(0),
  ]);
}
