// How long until the optimum is reached: what W12 and W13 share.
import {
  column,
  crossEntropy as crossEntropyLoss,
  dense,
  linear,
  logistic as logisticLoss,
  matrix,
  nesterov,
  risk,
  train,
} from "downhill";
import { manyClasses, twoClasses } from "../src/data/labelled.ts";
import { writeTable } from "../src/data/tables.ts";
import { downhill, onTwo } from "../src/entrants.ts";
import { crossEntropy, judgeOf, logistic } from "../src/judge/losses.ts";
import { linearScores } from "../src/judge/scores.ts";
import { NEAR } from "../src/run/measured.ts";
import type { Case, Entrant } from "../src/workload.ts";

export interface OptimumOptions {
  readonly rows: number;
  readonly columns: number;
  /** Two: logistic regression; more: softmax. */
  readonly classes: number;
  readonly more?: readonly Entrant[];
}

const CORRELATION = 0.7;

const near = downhill("optimum/near", { name: "Downhill by default" });

/** Of X̃ᵀX̃/rows, at most. */
const LARGEST_EIGENVALUE = (1 + CORRELATION) / (1 - CORRELATION);

/** A whole fit of l2 = 1/rows on columns whose neighbours correlate; the time counts when it ends near the optimum. */
export function optimumCase({ rows, columns, classes, more = [] }: OptimumOptions): Case {
  const drawn = { rows, columns, seed: 12, correlation: CORRELATION };
  const { X, y } = classes === 2 ? twoClasses(drawn) : manyClasses(classes, drawn);
  const outputs = classes === 2 ? 1 : classes;
  const l2 = 1 / rows;
  const judge = judgeOf({
    scores: linearScores(X, columns, outputs),
    outputs,
    loss: classes === 2 ? logistic : crossEntropy,
    targets: y,
    l2,
    weights: outputs * columns,
  });
  const safeRate = 1 / ((classes === 2 ? 0.25 : 0.5) * LARGEST_EIGENVALUE);
  let least = Infinity;
  return {
    name: "",
    unit: "a whole fit",
    units: 1,
    entrants: [
      near,
      onTwo(near),
      downhill("optimum/byDefault", { name: "Downhill by default, to its own end" }),
      downhill("optimum/nesterov", { name: "Downhill, Nesterov" }),
      { name: "scikit-learn lbfgs", family: "scikit-learn", program: { python: "optimum:Lbfgs" }, tolerance: 0 },
      ...more,
    ],
    targets: [{ against: ["scikit-learn"], atLeast: 1.5, stretch: 3 }],
    note:
      "Near is within 1e-6 of the least loss, relative. Downhill stops when it is near, in full batch, where it knows its " +
      "objective; lbfgs after the fewest iterations that bring it near, found beforehand; what ends by itself is said.",
    lay(folder) {
      least = leastLoss();
      const tables = { X: writeTable(folder, "X", X, columns), y: writeTable(folder, "y", y) };
      return { tables, settings: { classes, l2, safeRate, enough: least * (1 + NEAR) } };
    },
    judge(outcome) {
      const loss = judge(outcome);
      least = Math.min(least, loss);
      return loss;
    },
    optimum: () => least,
  };

  /** The least loss, by descending until the gradient is below 1e-8. */
  function leastLoss(): number {
    const problem = risk({
      predictor: linear(columns, outputs),
      loss: classes === 2 ? logisticLoss() : crossEntropyLoss(classes),
      inputs: dense(matrix(X, rows, columns)),
      targets: column(y),
      l2,
    });
    let params = new Float64Array();
    for (const step of train(problem, nesterov(safeRate, { decay: 0.9 }), { epochs: 2000, stop: { gradient: 1e-8 } })) {
      if (step.stopped) params = Float64Array.from(step.params);
    }
    return judge({ params, updates: 0 });
  }
}
