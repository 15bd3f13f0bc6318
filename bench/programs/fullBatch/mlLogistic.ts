import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

/** It has no intercept, so the rows get a column of ones; and it sums the gradient, so the rate is divided by the rows. */
export const make: MakeContestant = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const numbers = readFloats(job, "X");
  const X = Matrix.from1DArray(rows, columns, numbers).addColumn(columns, Array(rows).fill(1));
  const y = Matrix.columnVector([...readFloats(job, "y")].map((sign) => (sign + 1) / 2));
  const options = { numSteps: numberOf(job, "updates"), learningRate: numberOf(job, "rate") / rows };
  let model = new LogisticRegression(options);
  return {
    version: versionOf("ml-logistic-regression"),
    reset() {
      model = new LogisticRegression(options);
    },
    run: () => model.train(X, y),
    // its first classifier tells the other classes from class 0: with two classes, the second from the first
    result: () => ({ params: model.classifiers[0]!.weights.to1DArray() }),
  };
};
