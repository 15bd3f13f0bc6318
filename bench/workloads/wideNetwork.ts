import { manyClasses } from "../src/data/labelledRows.ts";
import { javascriptTarget, type Workload } from "../src/workload.ts";
import { networkCase } from "./networkCase.ts";

/** A network of the size of handwritten digits, in small batches. */
export const W7: Workload = {
  id: "W7",
  title: "network 784-128-10, batch 64, float32",
  *cases(size) {
    yield networkCase({
      element: "float32",
      data: manyClasses(10, { rows: size === "quick" ? 256 : 6400, columns: 784, seed: 7 }),
      columns: 784,
      hidden: 128,
      classes: 10,
      batchSize: 64,
      rate: 0.01,
      untimedEpochs: 1,
      epochs: 1,
      unit: "one update",
      targets: [
        { against: ["NumPy"], atLeast: 1.2 },
        { against: ["NumPy"], atLeast: 1.2, threads: 2 },
        { against: ["PyTorch"], atLeast: 1.2 },
        { against: ["PyTorch"], atLeast: 1.2, stretch: 2, threads: 2 },
        javascriptTarget,
      ],
    });
  },
};
