import { manyClasses } from "../src/data/labelledRows.ts";
import { javascriptTarget, type Workload } from "../src/workload.ts";
import { networkCase } from "./networkCase.ts";

/** The network of the second article. It is so small that the fixed cost of an update dominates. */
export const smallNetwork: Workload = {
  id: "W6",
  title: "network with 2 inputs, 32 hidden units and 3 classes, batches of 64 rows, float64",
  *cases(size) {
    const quick = size === "quick";
    yield networkCase({
      elementType: "float64",
      data: manyClasses(3, { rows: quick ? 640 : 6400, columns: 2, seed: 6 }),
      columns: 2,
      hidden: [32],
      classes: 3,
      batchSize: 64,
      learningRate: 0.05,
      untimedEpochs: 1,
      epochs: quick ? 1 : 3,
      unit: "one update",
      targets: [
        { against: ["NumPy"], atLeast: 5 },
        { against: ["PyTorch"], atLeast: 20 },
        { against: ["TensorFlow.js"], atLeast: 100 },
        javascriptTarget,
      ],
    });
  },
};
