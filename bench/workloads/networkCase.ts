// A case of a network with hidden layers of ReLU units, trained by plain gradient descent on batches in order.
import { random } from "downhill";
import type { LabelledRows } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { crossEntropy, evaluatorOf } from "../src/evaluate/losses.ts";
import { networkScores } from "../src/evaluate/scores.ts";
import { downhill, type ElementType, onTwoThreads, type Program, withWideVectors } from "../src/program.ts";
import type { Case, Target } from "../src/workload.ts";

const ROUNDING = { float64: 1e-9, float32: 1e-3 }; // rounding differences grow from update to update

export interface NetworkCaseOptions {
  /** Of Downhill and NumPy; the other programs compute in float32, as their users do. */
  readonly elementType: ElementType;
  readonly data: LabelledRows;
  readonly columns: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
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
  if (elementType === "float64")
    return [inFloat64, withWideVectors(inFloat64), ...more, numpy(elementType), pytorch, ...javascriptPeers];
  const ours = [
    inFloat32,
    withWideVectors(inFloat32),
    onTwoThreads(inFloat32),
    { ...inFloat64, name: "Downhill (float64)" },
  ];
  const peers = [numpy(elementType), pytorch].flatMap((peer) => [peer, onTwoThreads(peer)]);
  return [...ours, ...more, ...peers, ...javascriptPeers];
}

export function networkCase(options: NetworkCaseOptions): Case {
  const { elementType, data, columns, hidden, classes, batchSize, unit, more = [] } = options;
  const { learningRate, untimedEpochs, epochs, targets } = options;
  const { X, y } = data;
  const rows = y.length;
  const batches = Math.ceil(rows / batchSize);
  const widths = [columns, ...hidden, classes];
  const multiplyAdds = multiplyAddsOf(widths);
  const start = startParameters(widths);
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
      scores: networkScores(X, widths),
      outputs: classes,
      loss: crossEntropy,
      targets: y,
    }),
  };
}

/** Of a row: forward and backward through all layers; no gradient is needed at the inputs. */
const multiplyAddsOf = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, out, l) => sum + (l === 0 ? 2 : 3) * widths[l]! * out, 0);

/**
 * For each layer W (outputs × inputs) and b: normal numbers with the standard deviation √(2/inputs) in the hidden layers and
 * √(2/(inputs + outputs)) in the last layer; zeros for b.
 */
function startParameters(widths: readonly number[]): Float64Array {
  const draw = random(6).fork("start");
  const layers = widths.slice(1).map((out, l) => {
    const inputs = widths[l]!;
    const deviation = Math.sqrt(2 / (l + 2 < widths.length ? inputs : inputs + out));
    return [...Array.from({ length: inputs * out }, () => deviation * draw.normal()), ...Array<number>(out).fill(0)];
  });
  return Float64Array.from(layers.flat());
}
