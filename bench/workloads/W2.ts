import { javascriptTarget, twoThreadsTarget, type Workload } from "../src/workload.ts";
import { fullBatchCase } from "./logisticFullBatch.ts";

/** Logistic regression, full batch: value and gradient of 100 000 × 100 numbers per update. */
export const W2: Workload = {
  id: "W2",
  title: "logistic, full batch, 100 000 × 100, float64",
  *cases(size) {
    yield fullBatchCase({
      element: "float64",
      size,
      limits: { atLeast: 0.5, stretch: 0.75 },
      targets: [
        { against: ["NumPy"], atLeast: 2 },
        { against: ["NumPy"], atLeast: 3, threads: 2 },
        { against: ["PyTorch"], atLeast: 2 },
        javascriptTarget,
        twoThreadsTarget,
      ],
      more: (updates) => [
        { name: "numpy-ts", family: "JavaScript", program: { node: "fullBatch/numpyTs" }, tolerance: 1e-9 },
        {
          name: "ml-logistic-regression, a curiosity",
          family: "a curiosity", // a new matrix for every step of its arithmetic, and one classifier per class
          program: { node: "fullBatch/mlLogistic" },
          tolerance: 1e-9,
          units: 2 * updates, // it trains one classifier per class, always from zero
        },
      ],
    });
  },
};
