// Networks with wide layers: one of the size used for images of handwritten digits (28 × 28 pixels), in small and in large
// batches, and one with two hidden layers whose matrices fill the second cache.
import { manyClasses } from "../src/data/labelledRows.ts";
import { javascriptTarget, type Target, twoThreadsTarget, type Workload } from "../src/workload.ts";
import { networkCase } from "./networkCase.ts";

const wide = {
  elementType: "float32",
  classes: 10,
  learningRate: 0.01,
  untimedEpochs: 1,
  epochs: 1,
  unit: "one update",
} as const;
const digits = { ...wide, columns: 784, hidden: [128] } as const;

/** Of large batches. */
const largeBatchTargets: readonly Target[] = [
  { against: ["NumPy"], atLeast: 0.5 },
  { against: ["NumPy"], atLeast: 0.5, stretch: 1, threads: 2 },
  { against: ["PyTorch"], atLeast: 0.5 },
  { against: ["PyTorch"], atLeast: 0.5, stretch: 1, threads: 2 },
  javascriptTarget,
  twoThreadsTarget,
];

export const wideNetworkSmallBatch: Workload = {
  id: "W7",
  title: "network with 784 inputs, 128 hidden units and 10 classes, batches of 64 rows, float32",
  *cases(size) {
    yield networkCase({
      ...digits,
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
      ...digits,
      data: manyClasses(10, { rows: batches * batchSize, columns: 784, seed: 8 }),
      batchSize,
      targets: largeBatchTargets,
    });
  },
};

export const twoWideLayers: Workload = {
  id: "W14",
  title: "network with 512 inputs, two layers of 512 hidden units and 10 classes, batches of 256 rows, float32",
  *cases(size) {
    const [batchSize, batches] = size === "quick" ? [64, 2] : [256, 10];
    yield networkCase({
      ...wide,
      columns: 512,
      hidden: [512, 512],
      data: manyClasses(10, { rows: batches * batchSize, columns: 512, seed: 14 }),
      batchSize,
      targets: largeBatchTargets,
    });
  },
};
