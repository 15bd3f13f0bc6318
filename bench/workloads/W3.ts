import { javascriptTarget, type Workload } from "../src/workload.ts";
import { fullBatchCase } from "./logisticFullBatch.ts";

/** As W2, in float32. */
export const W3: Workload = {
  id: "W3",
  title: "logistic, full batch, 100 000 × 100, float32",
  *cases(size) {
    yield fullBatchCase({
      element: "float32",
      size,
      limits: {},
      targets: [
        { against: ["NumPy"], atLeast: 1.3 },
        { against: ["NumPy"], atLeast: 2.2, threads: 2 },
        { against: ["PyTorch"], atLeast: 1.3 },
        javascriptTarget,
      ],
    });
  },
};
