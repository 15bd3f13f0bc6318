// Logistic regression in full batch, value and gradient per update: what W2 and W3 share.
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/tables.ts";
import { judgeOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import { downhill, onTwo } from "../src/program.ts";
import type { Case, Element, Entrant, Floor, Size, Target } from "../src/workload.ts";

const ROUNDING = { float64: 1e-9, float32: 1e-4 }; // sums of 10⁵ terms in another order, through some ten updates

export interface FullBatchOptions {
  readonly element: Element;
  readonly size: Size;
  /** Of the floor. */
  readonly limits: Pick<Floor, "atLeast" | "stretch">;
  readonly targets: readonly Target[];
  readonly more?: (updates: number) => readonly Entrant[];
}

const tensorflow: Entrant = {
  name: "TensorFlow.js wasm (float32)",
  family: "TensorFlow.js",
  program: { node: "fullBatch/tensorflow" },
  tolerance: ROUNDING.float32,
};

const jax: Entrant = {
  name: "jax-js wasm (float32)",
  family: "JavaScript",
  program: { node: "fullBatch/jax" },
  tolerance: ROUNDING.float32,
};

export function fullBatchCase({ element, size, limits, targets, more = () => [] }: FullBatchOptions): Case {
  const rows = size === "quick" ? 2000 : 100_000;
  const columns = 100;
  const updates = size === "quick" ? 3 : 11;
  const { X, y } = twoClasses({ rows, columns, seed: 2 });
  const tolerance = ROUNDING[element];
  const ours = downhill("fullBatch/downhill", { element, tolerance: element === "float64" ? 0 : tolerance });
  const numpy: Entrant = {
    name: "NumPy",
    family: "NumPy",
    program: { python: "full_batch:NumPy" },
    tolerance,
    element,
  };
  const pytorch: Entrant = { ...numpy, name: "PyTorch", family: "PyTorch", program: { python: "full_batch:PyTorch" } };
  return {
    name: "",
    unit: "one epoch",
    units: updates - 1, // the first, with the binding of the data, is untimed
    updates,
    floor: { bytes: (element === "float64" ? 8 : 4) * X.length, multiplyAdds: 2 * X.length, element, ...limits },
    entrants: [ours, onTwo(ours), numpy, onTwo(numpy), pytorch, onTwo(pytorch), tensorflow, jax, ...more(updates)],
    targets,
    note:
      "Downhill computes the loss with each gradient and checks it, as PyTorch, TensorFlow.js and jax-js do; NumPy, numpy-ts " +
      "and ml-logistic-regression compute the gradient alone.",
    lay: (folder) => ({
      tables: { X: writeTable(folder, "X", X, columns), y: writeTable(folder, "y", y) },
      settings: { rate: 0.5, updates },
    }),
    judge: judgeOf({ scores: linearScores(X, columns, 1), outputs: 1, loss: logistic, targets: y }),
  };
}
