import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  exportJs,
  exportOnnx,
  type FittedClassifier,
  type FittedData,
  logisticRegression,
  type Matrix,
  matrix,
  networkClassifier,
} from "downhill";
import { manyClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { downhill, type Program } from "../src/program.ts";
import { type Case, javascriptTarget, type Size, type Workload } from "../src/workload.ts";

const CALLS = 200;

const programs = (sklearn: string): readonly Program[] => [
  downhill("onePrediction/downhill"),
  { ...downhill("onePrediction/exported"), name: "Downhill, exported by exportJs" },
  { name: "NumPy", product: "NumPy", source: { python: "one_prediction:NumPy" }, tolerance: 0 },
  {
    name: `scikit-learn ${sklearn}`,
    product: "scikit-learn",
    source: { python: "one_prediction:ScikitLearn" },
    tolerance: 0,
  },
  {
    name: "ONNX Runtime Web",
    product: "ONNX Runtime Web",
    source: { node: "onePrediction/onnxRuntime" },
    tolerance: 0,
  },
  {
    name: "TensorFlow.js wasm (float32)",
    product: "TensorFlow.js",
    source: { node: "onePrediction/tensorflow" },
    tolerance: 0.01, // the class of a row between two classes may differ
  },
];

/** A server predicts the class of one row per call. */
export const onePrediction: Workload = {
  id: "W15",
  title: "the class of one row in a server, one call per row",
  *cases(size) {
    yield caseOf(size, { name: "logistic regression, 30 features", columns: 30, hidden: 0, classes: 2, limit: 5e-6 });
    yield caseOf(size, { name: "network 784-128-10", columns: 784, hidden: 128, classes: 10, limit: 150e-6 });
  },
};

interface Shape {
  readonly name: string;
  readonly columns: number;
  /** Hidden units; 0 for logistic regression. */
  readonly hidden: number;
  readonly classes: number;
  /** The largest allowed median time of a call, in seconds. */
  readonly limit: number;
}

function caseOf(size: Size, { name, columns, hidden, classes, limit }: Shape): Case {
  const calls = size === "quick" ? 20 : CALLS;
  const { X, y } = manyClasses(classes, { rows: calls, columns, seed: 15 });
  const outputs = classes === 2 ? 1 : classes;
  return {
    name,
    unit: "one call",
    unitsPerRun: calls,
    lowerBound: { multiplyAdds: hidden === 0 ? columns : columns * hidden + hidden * outputs },
    secondsAtMost: limit,
    programs: programs(hidden === 0 ? "LogisticRegression" : "MLPClassifier"),
    targets: [{ against: ["NumPy"], atLeast: 1 }, { against: ["scikit-learn"], atLeast: 5 }, javascriptTarget],
    prepare(folder) {
      const { model, data } = fittedTo(matrix(X, calls, columns), y, { hidden, classes });
      const fileOf = (file: string, content: string | Uint8Array): string => {
        const path = join(folder, file);
        writeFileSync(path, content);
        return path;
      };
      return {
        tables: {
          X: writeTable(folder, "X", { numbers: X, columns }),
          weights: writeTable(folder, "weights", { numbers: unscaledParams(data, hidden || outputs) }),
        },
        settings: {
          hidden,
          classes,
          model: fileOf("model.json", JSON.stringify(model)),
          module: fileOf("model.mjs", exportJs(model).module),
          onnx: fileOf("model.onnx", exportOnnx(model)),
        },
      };
    },
    evaluate: ({ params }) => y.reduce((sum, label, i) => sum + Number(params[i] !== label), 1) / calls, // 1: never 0
  };
}

/** A model after one epoch: the time of a prediction does not depend on the parameters. */
function fittedTo(X: Matrix, y: Float64Array, { hidden, classes: count }: Pick<Shape, "hidden" | "classes">) {
  const options = { epochs: 1, stop: {}, classes: Array.from({ length: count }, (_, c) => c) };
  const estimator = hidden === 0 ? logisticRegression(options) : networkClassifier({ ...options, hidden: [hidden] });
  let model: FittedClassifier | undefined;
  let data: FittedData | undefined;
  for (const step of estimator.train(X, y, { every: "epoch" })) {
    model = step.fitted();
    data = step.fittedData();
  }
  return { model: model!, data: data! };
}

/** The parameters for columns that are not standardized: the first layer, which has `units` units, contains the scaling. */
function unscaledParams({ params, scaling, features }: FittedData, units: number): Float64Array {
  const { shift, scale } = scaling!;
  const own = params.slice();
  for (let u = 0; u < units; u++) {
    for (let j = 0; j < features; j++) {
      own[u * features + j]! /= scale[j]!;
      own[units * features + u]! -= own[u * features + j]! * shift[j]!;
    }
  }
  return own;
}
