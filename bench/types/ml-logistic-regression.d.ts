declare module "ml-logistic-regression" {
  import type { Matrix } from "ml-matrix";

  /** The package ships no types; these are of the part that is used here. */
  class LogisticRegression {
    constructor(options?: { numSteps?: number; learningRate?: number });
    readonly classifiers: readonly { readonly weights: Matrix }[];
    train(X: Matrix, Y: Matrix): void;
  }

  export = LogisticRegression;
}
