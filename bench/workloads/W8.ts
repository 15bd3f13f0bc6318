import { manyClasses } from "../src/data/labelledRows.ts";
import { javascriptTarget, twoThreadsTarget, type Workload } from "../src/workload.ts";
import { networkCase } from "./networkCase.ts";

/** As W7, in batches that fill the caches. */
export const W8: Workload = {
  id: "W8",
  title: "network 784-128-10, batch 1024, float32",
  *cases(size) {
    const batchSize = size === "quick" ? 128 : 1024;
    yield networkCase({
      element: "float32",
      data: manyClasses(10, { rows: 10 * batchSize, columns: 784, seed: 8 }),
      columns: 784,
      hidden: 128,
      classes: 10,
      batchSize,
      rate: 0.01,
      untimedEpochs: 1,
      epochs: 1,
      unit: "one update",
      targets: [
        { against: ["NumPy"], atLeast: 0.5 },
        { against: ["NumPy"], atLeast: 0.5, stretch: 1, threads: 2 },
        { against: ["PyTorch"], atLeast: 0.5 },
        { against: ["PyTorch"], atLeast: 0.5, stretch: 1, threads: 2 },
        javascriptTarget,
        twoThreadsTarget,
      ],
    });
  },
};
