import { twoClasses } from "../src/data/labelled.ts";
import { writeTable } from "../src/data/tables.ts";
import { downhill } from "../src/entrants.ts";
import { judgeOf, logistic } from "../src/judge/losses.ts";
import { linearScores } from "../src/judge/scores.ts";
import { type Case, javascriptTarget, type Workload } from "../src/workload.ts";

const FLOAT64 = 1e-9; // sums of 10⁵ terms in another order, through some ten updates
const FLOAT32 = 1e-4;

/** Logistic regression, full batch: value and gradient of 100 000 × 100 numbers per update. */
export const W2: Workload = {
  id: "W2",
  title: "logistic, full batch, 100 000 × 100, float64",
  *cases(size) {
    const rows = size === "quick" ? 2000 : 100_000;
    const columns = 100;
    const updates = size === "quick" ? 3 : 11;
    const { X, y } = twoClasses({ rows, columns, seed: 2 });
    const of: Case = {
      name: "",
      unit: "one epoch",
      units: updates - 1, // the first, with the binding of the data, is untimed
      updates,
      floor: { bytes: 8 * X.length, multiplyAdds: 2 * X.length },
      entrants: [
        downhill("fullBatch/downhill"),
        { name: "NumPy", family: "NumPy", program: { python: "full_batch:NumPy" }, tolerance: FLOAT64 },
        { name: "PyTorch", family: "PyTorch", program: { python: "full_batch:PyTorch" }, tolerance: FLOAT64 },
        {
          name: "TensorFlow.js wasm (float32)",
          family: "TensorFlow.js",
          program: { node: "fullBatch/tensorflow" },
          tolerance: FLOAT32,
        },
        {
          name: "jax-js wasm (float32)",
          family: "JavaScript",
          program: { node: "fullBatch/jax" },
          tolerance: FLOAT32,
        },
        { name: "numpy-ts", family: "JavaScript", program: { node: "fullBatch/numpyTs" }, tolerance: FLOAT64 },
        {
          name: "ml-logistic-regression",
          family: "JavaScript",
          program: { node: "fullBatch/mlLogistic" },
          tolerance: FLOAT64,
          units: 2 * updates, // it trains one classifier per class, always from zero
        },
      ],
      targets: [{ against: ["NumPy"], atLeast: 2 }, { against: ["PyTorch"], atLeast: 2 }, javascriptTarget],
      note: "Downhill computes the loss with each gradient and checks it; NumPy, numpy-ts and ml-logistic-regression compute the gradient alone.",
      lay: (folder) => ({
        tables: { X: writeTable(folder, "X", X, columns), y: writeTable(folder, "y", y) },
        settings: { rate: 0.5, updates },
      }),
      judge: judgeOf({ scores: linearScores(X, columns, 1), outputs: 1, loss: logistic, targets: y }),
    };
    yield of;
  },
};
