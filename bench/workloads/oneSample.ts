// Logistic regression, one row per update, against SGDClassifier: what W4 and W5 share.
import { twoClasses } from "../src/data/labelled.ts";
import { writeTable } from "../src/data/tables.ts";
import { downhill } from "../src/entrants.ts";
import { judgeOf, logistic } from "../src/judge/losses.ts";
import { linearScores } from "../src/judge/scores.ts";
import type { Case, Target } from "../src/workload.ts";

const SAME_ORDER = 1e-9;
const OTHER_ORDER = 0.02; // at a constant rate the last iterate hovers around the optimum

export interface OneSampleOptions {
  readonly rows: number;
  readonly columns: number;
  readonly epochs: number;
  readonly rate: number;
  readonly shuffled: boolean;
  readonly targets: readonly Target[];
}

/** A whole fit, from arrays to parameters, with l2 = 1e-4. */
export function oneSample({ rows, columns, epochs, rate, shuffled, targets }: OneSampleOptions): Case {
  const { X, y } = twoClasses({ rows, columns, seed: 4 });
  const l2 = 1e-4;
  return {
    name: shuffled ? "shuffled" : "in order",
    unit: `one epoch of a whole fit of ${epochs}`,
    units: epochs,
    updates: epochs * rows,
    floor: { bytes: 8 * X.length, multiplyAdds: 2 * X.length },
    entrants: [
      downhill("oneSample/downhill"),
      {
        name: "scikit-learn SGDClassifier",
        family: "scikit-learn",
        program: { python: "one_sample:ScikitLearn" },
        tolerance: shuffled ? OTHER_ORDER : SAME_ORDER,
      },
    ],
    targets,
    lay: (folder) => ({
      tables: { X: writeTable(folder, "X", X, columns), y: writeTable(folder, "y", y) },
      settings: { rate, l2, epochs, shuffled },
    }),
    judge: judgeOf({
      scores: linearScores(X, columns, 1),
      outputs: 1,
      loss: logistic,
      targets: y,
      l2,
      weights: columns,
    }),
  };
}
