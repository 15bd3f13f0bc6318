// A network of the size used for images of handwritten digits (28 × 28 pixels), in small and in large batches.
import { manyClasses } from "../src/data/labelledRows.ts";
import { javascriptTarget, twoThreadsTarget, type Workload } from "../src/workload.ts";
import { networkCase } from "./networkCase.ts";

const shared = {
  elementType: "float32",
  columns: 784,
  hidden: 128,
  classes: 10,
  learningRate: 0.01,
  untimedEpochs: 1,
  epochs: 1,
  unit: "one update",
} as const;

export const wideNetworkSmallBatch: Workload = {
  id: "W7",
  title: "network with 784 inputs, 128 hidden units and 10 classes, batches of 64 rows, float32",
  *cases(size) {
    yield networkCase({
      ...shared,
      data: manyClasses(10, { rows: size === "quick" ? 256 : 6400, columns: 784, seed: 7 }),
      batchSize: 64,
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

export const wideNetworkLargeBatch: Workload = {
  id: "W8",
  title: "network with 784 inputs, 128 hidden units and 10 classes, batches of 1,024 rows, float32",
  *cases(size) {
    const [batchSize, batches] = size === "quick" ? [128, 3] : [1024, 10];
    yield networkCase({
      ...shared,
      data: manyClasses(10, { rows: batches * batchSize, columns: 784, seed: 8 }),
      batchSize,
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
