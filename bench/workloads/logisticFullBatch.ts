// Logistic regression in full batch: an update computes the loss and the gradient over 100,000 rows × 100 features.
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { evaluatorOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import { downhill, type ElementType, onTwoThreads, type Program } from "../src/program.ts";
import {
  type Case,
  javascriptTarget,
  type LowerBound,
  type Size,
  type Target,
  twoThreadsTarget,
  type Workload,
} from "../src/workload.ts";

const ROUNDING = { float64: 1e-9, float32: 1e-4 }; // sums of 10⁵ terms in another order, over about ten updates

export const fullBatchFloat64: Workload = {
  id: "W2",
  title: "logistic regression in full batch, 100,000 rows × 100 features, float64",
  *cases(size) {
    yield fullBatchCase({
      elementType: "float64",
      size,
      boundTarget: { atLeast: 0.5, stretch: 0.75 },
      targets: [
        { against: ["NumPy"], atLeast: 2 },
        { against: ["NumPy"], atLeast: 3, threads: 2 },
        { against: ["PyTorch"], atLeast: 2 },
        javascriptTarget,
        twoThreadsTarget,
      ],
      more: (updates) => [numpyTs, mlLogistic(updates)],
    });
  },
};

export const fullBatchFloat32: Workload = {
  id: "W3",
  title: "logistic regression in full batch, 100,000 rows × 100 features, float32",
  *cases(size) {
    yield fullBatchCase({
      elementType: "float32",
      size,
      boundTarget: {},
      targets: [
        { against: ["NumPy"], atLeast: 1.3 },
        { against: ["NumPy"], atLeast: 2.2, threads: 2 },
        { against: ["PyTorch"], atLeast: 1.3 },
        javascriptTarget,
      ],
      more: () => [],
    });
  },
};

const tensorflow: Program = {
  name: "TensorFlow.js wasm (float32)",
  product: "TensorFlow.js",
  source: { node: "fullBatch/tensorflow" },
  tolerance: ROUNDING.float32,
};

const jax: Program = {
  name: "jax-js wasm (float32)",
  product: "jax-js",
  source: { node: "fullBatch/jax" },
  tolerance: ROUNDING.float32,
};

const numpyTs: Program = {
  name: "numpy-ts",
  product: "numpy-ts",
  source: { node: "fullBatch/numpyTs" },
  tolerance: ROUNDING.float64,
};

/** It makes a new matrix for every step of its arithmetic, and trains one classifier per class, always from zero. */
const mlLogistic = (updates: number): Program => ({
  name: "ml-logistic-regression",
  product: "ml-logistic-regression",
  source: { node: "fullBatch/mlLogistic" },
  tolerance: ROUNDING.float64,
  unitsPerRun: 2 * updates,
  shownOnly: true,
});

interface FullBatchOptions {
  readonly elementType: ElementType;
  readonly size: Size;
  readonly boundTarget: Pick<LowerBound, "atLeast" | "stretch">;
  readonly targets: readonly Target[];
  readonly more: (updates: number) => readonly Program[];
}

function fullBatchCase({ elementType, size, boundTarget, targets, more }: FullBatchOptions): Case {
  const rows = size === "quick" ? 2000 : 100_000;
  const columns = 100;
  const updates = size === "quick" ? 3 : 11;
  const { X, y } = twoClasses({ rows, columns, seed: 2 });
  const tolerance = ROUNDING[elementType];
  const ours = downhill("fullBatch/downhill", { elementType, tolerance: elementType === "float64" ? 0 : tolerance });
  const shared = { tolerance, elementType };
  const numpy: Program = { name: "NumPy", product: "NumPy", source: { python: "full_batch:NumPy" }, ...shared };
  const pytorch: Program = { name: "PyTorch", product: "PyTorch", source: { python: "full_batch:PyTorch" }, ...shared };
  return {
    name: "",
    unit: "one epoch",
    unitsPerRun: updates - 1, // the first update also copies the data and is not timed
    updates,
    lowerBound: {
      bytes: (elementType === "float64" ? 8 : 4) * X.length,
      multiplyAdds: 2 * X.length,
      elementType,
      ...boundTarget,
    },
    programs: [
      ...[ours, numpy, pytorch].flatMap((program) => [program, onTwoThreads(program)]),
      tensorflow,
      jax,
      ...more(updates),
    ],
    targets,
    note:
      "Downhill, PyTorch, TensorFlow.js and jax-js compute the loss with each gradient; NumPy, numpy-ts and " +
      "ml-logistic-regression compute only the gradient.",
    prepare: (folder) => ({
      tables: { X: writeTable(folder, "X", { numbers: X, columns }), y: writeTable(folder, "y", { numbers: y }) },
      settings: { learningRate: 0.5, updates },
    }),
    evaluate: evaluatorOf({ scores: linearScores(X, columns, 1), outputs: 1, loss: logistic, targets: y }),
  };
}
