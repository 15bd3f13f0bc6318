// Logistic regression, one row per update, against SGDClassifier: what W4 and W5 share.
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/tables.ts";
import { judgeOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import { downhill } from "../src/program.ts";
import type { Case, Target } from "../src/workload.ts";

const SAME_ORDER = 1e-9;
const OTHER_ORDER = 0.02; // at a constant rate the last iterate hovers around the optimum

export interface OneSampleOptions {
  readonly rows: number;
  readonly columns: number;
  readonly rate: number;
  readonly shuffled: boolean;
  readonly targets: readonly Target[];
}

const EPOCHS = 5;

/**
 * Two cases, with l2 = 1e-4: what an epoch itself costs, which is what the target speaks of, and an epoch's share of a
 * whole fit, from arrays to parameters, with the copy of the data that each fit makes; the target is held against both.
 */
export function* oneSample({ rows, columns, rate, shuffled, targets }: OneSampleOptions): Iterable<Case> {
  const { X, y } = twoClasses({ rows, columns, seed: 4 });
  const l2 = 1e-4;
  const order = shuffled ? "shuffled" : "in order";
  for (const [offEpochs, unit] of [
    [1, `an epoch's own cost: a fit of ${EPOCHS + 1} less a fit of one, by ${EPOCHS}`],
    [0, `one epoch of a whole fit of ${EPOCHS}`],
  ] as const) {
    yield {
      name: order,
      unit,
      units: EPOCHS,
      updates: (EPOCHS + offEpochs) * rows,
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
        settings: { rate, l2, epochs: EPOCHS + offEpochs, offEpochs, shuffled },
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
}
