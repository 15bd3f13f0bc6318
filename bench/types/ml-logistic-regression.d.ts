declare module "ml-logistic-regression" {
  import type { Matrix } from "ml-matrix";

  /** The package has no type declarations. Only the members that the bench uses are declared here. */
  class LogisticRegression {
    constructor(options?: { numSteps?: number; learningRate?: number });
    readonly classifiers: readonly { readonly weights: Matrix }[];
    train(X: Matrix, Y: Matrix): void;
  }

  export = LogisticRegression;
}
