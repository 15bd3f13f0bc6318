// Fits of softmax and logistic regression until the loss is near the optimum. l2 is 1/rows, and neighbouring features
// correlate.
import { manyClasses, twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { crossEntropy, evaluatorOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import type { Job } from "../src/job.ts";
import { downhill, onTwoThreads, type Program } from "../src/program.ts";
import { NEAR_OPTIMUM } from "../src/run/checkTargets.ts";
import { startProgram } from "../src/run/startProgram.ts";
import type { Case, Workload } from "../src/workload.ts";

const COLUMNS = 20;
const CORRELATION = 0.7;

/** An upper bound of the largest eigenvalue of the features' covariance matrix. */
const MAX_EIGENVALUE = (1 + CORRELATION) / (1 - CORRELATION);

export const softmaxToOptimum: Workload = {
  id: "W12",
  title: "softmax regression with 3 classes to within 1e-6 of the optimum, 1,000,000 rows × 20 features",
  *cases(size) {
    yield optimumCase({ rows: size === "quick" ? 5000 : 1_000_000, classes: 3, more: [] });
  },
};

export const logisticToOptimum: Workload = {
  id: "W13",
  title: "logistic regression to within 1e-6 of the optimum, 1,000,000 rows × 20 features",
  *cases(size) {
    yield optimumCase({ rows: size === "quick" ? 5000 : 1_000_000, classes: 2, more: [liblinear] });
  },
};

const liblinear: Program = {
  name: "LIBLINEAR, stopped near the optimum",
  product: "LIBLINEAR",
  source: { node: "optimum/liblinear" },
  tolerance: 0,
  settings: { solver: 0, bias: 100 },
};

const nearOptimum = downhill("optimum/downhill", {
  name: "Downhill with default options, stopped near the optimum",
  settings: { method: "default", stopNearOptimum: true },
});

const fullRun = downhill("optimum/downhill", {
  name: "Downhill with default options, full run",
  settings: { method: "default", stopNearOptimum: false },
});

const nesterov = downhill("optimum/downhill", {
  name: "Downhill with Nesterov momentum, stopped near the optimum",
  settings: { method: "nesterov", stopNearOptimum: true },
});

const scikitLearn = (name: string, program: string): Program => ({
  name: `scikit-learn ${name}`,
  product: "scikit-learn",
  source: { python: `optimum:${program}` },
  tolerance: 0,
});

interface OptimumOptions {
  readonly rows: number;
  /** 2: logistic regression; more: softmax regression. */
  readonly classes: number;
  readonly more: readonly Program[];
}

function optimumCase({ rows, classes, more }: OptimumOptions): Case {
  const options = { rows, columns: COLUMNS, seed: 12, correlation: CORRELATION };
  const { X, y } = classes === 2 ? twoClasses(options) : manyClasses(classes, options);
  const outputs = classes === 2 ? 1 : classes;
  const l2 = 1 / rows;
  const objective = evaluatorOf({
    scores: linearScores(X, COLUMNS, outputs),
    outputs,
    loss: classes === 2 ? logistic : crossEntropy,
    targets: y,
    l2,
    weights: outputs * COLUMNS,
  });
  const safeLearningRate = 1 / ((classes === 2 ? 0.25 : 0.5) * MAX_EIGENVALUE);
  let lowest = Infinity;
  let optimumSource = "";
  return {
    name: "",
    unit: "a whole fit",
    unitsPerRun: 1,
    programs: [
      nearOptimum,
      onTwoThreads(nearOptimum),
      fullRun,
      nesterov,
      scikitLearn("lbfgs, stopped near the optimum", "Lbfgs"),
      scikitLearn("with default options, full run", "WithDefaults"),
      ...more,
    ],
    targets: [{ against: ["scikit-learn"], atLeast: 1.5, stretch: 3 }],
    get note() {
      return (
        `A loss is near the optimum when it is above the optimum by at most 1e-6 of the optimum. ${optimumSource} Downhill ` +
        "stops as soon as its objective is near the optimum. lbfgs makes the fewest iterations, and LIBLINEAR has the loosest " +
        "tolerance, with which the loss is near the optimum; both numbers are found before the timing. With default options, " +
        "only l2 is set, so Downhill standardizes the features."
      );
    },
    async prepare(folder) {
      const tables = {
        X: writeTable(folder, "X", { numbers: X, columns: COLUMNS }),
        y: writeTable(folder, "y", { numbers: y }),
      };
      const settings = { classes, l2, safeLearningRate, targetLoss: 0 };
      lowest = await optimumOf({ tables, settings }, folder);
      // with the factor 0.99, because standardized features change the last digits of the penalty
      const targetLoss = Number.isFinite(lowest) ? lowest * (1 + 0.99 * NEAR_OPTIMUM) : 0;
      return { tables, settings: { ...settings, targetLoss } };
    },
    evaluate(outcome) {
      const loss = objective(outcome);
      lowest = Math.min(lowest, loss);
      return loss;
    },
    optimum: () => lowest,
  };

  /** The optimum that scikit-learn finds; infinite where scikit-learn is not installed. */
  async function optimumOf(job: Job, folder: string): Promise<number> {
    const optimum = await startProgram(scikitLearn("newton-cg", "Optimum"), { job, evaluate: objective, folder });
    if ("reason" in optimum) {
      optimumSource = `The optimum is the lowest loss of all programs, because scikit-learn did not find it (${optimum.reason}).`;
      return Infinity;
    }
    optimum.close();
    optimumSource = `The optimum is the loss that scikit-learn ${optimum.version} reaches with newton-cg at tolerance 1e-10.`;
    return optimum.loss;
  }
}
