// Logistic regression with one row per update (stochastic gradient descent), compared with SGDClassifier.
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { evaluatorOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import { downhill, type Program } from "../src/program.ts";
import type { Case, Target, Workload } from "../src/workload.ts";

const SAME_ORDER = 1e-9;
const OTHER_ORDER = 0.02; // with a constant learning rate, the last parameters move around the optimum
const EPOCHS = 5;
const L2 = 1e-4;

const targets: readonly Target[] = [{ against: ["scikit-learn"], atLeast: 4, stretch: 6 }];

export const oneRow100Features: Workload = {
  id: "W4",
  title: "logistic regression, one row per update, 100,000 rows × 100 features, float64",
  *cases(size) {
    const rows = size === "quick" ? 5000 : 100_000;
    for (const shuffled of [false, true]) yield* oneRowCases({ rows, columns: 100, shuffled });
  },
};

export const oneRow20Features: Workload = {
  id: "W5",
  title: "logistic regression, one row per update, 1,000,000 rows × 20 features, float64",
  *cases(size) {
    yield* oneRowCases({ rows: size === "quick" ? 20_000 : 1_000_000, columns: 20, shuffled: true });
  },
};

interface OneRowOptions {
  readonly rows: number;
  readonly columns: number;
  readonly shuffled: boolean;
}

/**
 * Two cases with the same targets. The first measures an epoch alone: a fit of 6 epochs minus a fit of 1. The second
 * measures a whole fit from arrays to parameters, which also checks and copies the data.
 */
function* oneRowCases({ rows, columns, shuffled }: OneRowOptions): Iterable<Case> {
  const { X, y } = twoClasses({ rows, columns, seed: 4 });
  const scikitLearn: Program = {
    name: "scikit-learn SGDClassifier",
    product: "scikit-learn",
    source: { python: "one_row:ScikitLearn" },
    tolerance: shuffled ? OTHER_ORDER : SAME_ORDER,
  };
  for (const { subtractedEpochs, unit, note } of [
    {
      subtractedEpochs: 1,
      unit: "one epoch, without the start of the fit",
      note: `This is the time of a fit of ${EPOCHS + 1} epochs minus the time of a fit of one epoch, divided by ${EPOCHS}.`,
    },
    {
      subtractedEpochs: 0,
      unit: "one epoch, with its share of the whole fit",
      note: `This is the time of a whole fit of ${EPOCHS} epochs, from arrays to parameters, divided by ${EPOCHS}.`,
    },
  ]) {
    yield {
      name: shuffled ? "shuffled rows" : "rows in order",
      unit,
      unitsPerRun: EPOCHS,
      updates: (EPOCHS + subtractedEpochs) * rows,
      lowerBound: { bytes: 8 * X.length, multiplyAdds: 2 * X.length },
      programs: [downhill("oneRow/downhill"), scikitLearn],
      targets,
      note,
      prepare: (folder) => ({
        tables: { X: writeTable(folder, "X", { numbers: X, columns }), y: writeTable(folder, "y", { numbers: y }) },
        settings: { learningRate: 1e-3, l2: L2, epochs: EPOCHS + subtractedEpochs, subtractedEpochs, shuffled },
      }),
      evaluate: evaluatorOf({
        scores: linearScores(X, columns, 1),
        outputs: 1,
        loss: logistic,
        targets: y,
        l2: L2,
        weights: columns,
      }),
    };
  }
}
