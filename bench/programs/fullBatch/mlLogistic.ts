import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

/**
 * ml-logistic-regression has no intercept, so X gets a column of ones. It adds up the gradient instead of averaging it, so
 * the learning rate is divided by the number of rows.
 */
export const load: LoadProgram = (job) => {
  const { rows, columns } = job.tables["X"]!;
  const numbers = readFloat64(job, "X");
  const X = Matrix.from1DArray(rows, columns, numbers).addColumn(columns, Array(rows).fill(1));
  const y = Matrix.columnVector([...readFloat64(job, "y")].map((sign) => (sign + 1) / 2));
  const options = { numSteps: numberSetting(job, "updates"), learningRate: numberSetting(job, "learningRate") / rows };
  let model = new LogisticRegression(options);
  return {
    version: versionOf("ml-logistic-regression"),
    reset() {
      model = new LogisticRegression(options);
    },
    run: () => model.train(X, y),
    // The first classifier separates all other classes from class 0; with two classes, class 1 from class 0.
    result: () => ({ params: model.classifiers[0]!.weights.to1DArray() }),
  };
};
