// A network with one hidden layer of ReLU, plain descent in batches that follow each other: what W6 to W9 share.
import { random } from "downhill";
import type { Labelled } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/tables.ts";
import { crossEntropy, judgeOf } from "../src/evaluate/losses.ts";
import { networkScores } from "../src/evaluate/scores.ts";
import { downhill, onTwo } from "../src/program.ts";
import type { Case, Element, Entrant, Target } from "../src/workload.ts";

const ROUNDING = { float64: 1e-9, float32: 1e-3 }; // it grows over the updates

export interface NetworkOptions {
  /** Downhill's and NumPy's; the others compute in float32, as their users do. */
  readonly element: Element;
  readonly data: Labelled;
  readonly columns: number;
  readonly hidden: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly rate: number;
  /** Before the clock starts: binding of the data, compilation. */
  readonly untimedEpochs: number;
  readonly epochs: number;
  readonly more?: readonly Entrant[];
  readonly targets: readonly Target[];
  readonly unit: "one update" | "the whole fit";
}

const pytorch: Entrant = {
  name: "PyTorch (float32)",
  family: "PyTorch",
  program: { python: "network:PyTorch" },
  tolerance: ROUNDING.float32,
  element: "float32",
};

const javascriptPeers: readonly Entrant[] = [
  {
    name: "TensorFlow.js wasm (float32)",
    family: "TensorFlow.js",
    program: { node: "network/tensorflow" },
    tolerance: ROUNDING.float32,
  },
  {
    name: "jax-js wasm (float32)",
    family: "JavaScript",
    program: { node: "network/jax" },
    tolerance: ROUNDING.float32,
  },
];

const numpy = (element: Element): Entrant => ({
  name: "NumPy",
  family: "NumPy",
  program: { python: "network:NumPy" },
  tolerance: ROUNDING[element],
  element,
});

export const mlpClassifier: Entrant = {
  name: "scikit-learn MLPClassifier",
  family: "scikit-learn",
  program: { python: "network:ScikitLearn" },
  tolerance: ROUNDING.float64,
};

const inDoubles = downhill("network/downhill");
const inSingles = downhill("network/downhill", { element: "float32", tolerance: ROUNDING.float32 });

/** In float32 the threads take part too, and Downhill in float64. */
function entrantsIn(element: Element, more: readonly Entrant[]): Entrant[] {
  if (element === "float64") return [inDoubles, ...more, numpy(element), pytorch, ...javascriptPeers];
  const ours = [inSingles, onTwo(inSingles), { ...inDoubles, name: "Downhill (float64)" }];
  const peers = [numpy(element), pytorch].flatMap((peer) => [peer, onTwo(peer)]);
  return [...ours, ...more, ...peers, ...javascriptPeers];
}

export function networkCase(options: NetworkOptions): Case {
  const { element, data, columns, hidden, classes, batchSize, rate, untimedEpochs, epochs, unit, more = [] } = options;
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
    floor: { multiplyAdds: multiplyAdds * (unit === "one update" ? batchSize : rows * epochs), element },
    entrants: entrantsIn(element, more),
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
