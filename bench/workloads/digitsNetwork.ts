import { readFileSync } from "node:fs";
import { inRepository } from "../src/inRepository.ts";
import { javascriptTarget, type Workload } from "../src/workload.ts";
import { mlpClassifier, networkCase } from "./networkCase.ts";

/** The 1797 handwritten digits of datasets/digits.csv: 64 pixels from 0 to 16, and the digit. */
export const digitsNetwork: Workload = {
  id: "W9",
  title:
    "digits data set, network with 64 inputs, 100 hidden units and 10 classes, batches of 64 rows, 50 epochs, float64",
  *cases(size) {
    const [, ...lines] = readFileSync(inRepository("datasets/digits.csv"), "utf8").trim().split("\n");
    const table = lines.map((line) => line.split(",").map(Number));
    yield networkCase({
      elementType: "float64",
      data: {
        X: Float64Array.from(table.flatMap((row) => row.slice(0, 64).map((pixel) => pixel / 16))),
        y: Float64Array.from(table, (row) => row[64]!),
      },
      columns: 64,
      hidden: [100],
      classes: 10,
      batchSize: 64,
      learningRate: 0.1,
      untimedEpochs: 0,
      epochs: size === "quick" ? 2 : 50,
      unit: "the whole fit",
      more: [mlpClassifier],
      targets: [{ against: ["NumPy"], atLeast: 1.5 }, { against: ["scikit-learn"], atLeast: 4 }, javascriptTarget],
    });
  },
};
