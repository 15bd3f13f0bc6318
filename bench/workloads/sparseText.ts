// Linear models of sparse rows with the shape of a bag of words. l2 is 1/rows.
import { linearSvm, logisticRegression } from "downhill";
import { writeTable } from "../src/data/rawTables.ts";
import { writeSparse } from "../src/data/sparseTables.ts";
import { textLikeRows } from "../src/data/textLikeRows.ts";
import { evaluatorOf, hinge, logistic } from "../src/evaluate/losses.ts";
import { sparseScores } from "../src/evaluate/scores.ts";
import { downhill, type Program } from "../src/program.ts";
import type { Case, Workload } from "../src/workload.ts";

const GAP = 1e-3;
const EPOCHS = 5;

export const sparseText: Workload = {
  id: "W20",
  title: "linear models of sparse rows with the shape of RCV1",
  *cases(size) {
    const [rows, columns] = size === "quick" ? [2000, 3000] : [100_000, 47_152];
    const { X, y } = textLikeRows(rows, columns);
    const l2 = 1 / rows;
    const shape = `${rows.toLocaleString("en")} × ${columns.toLocaleString("en")}, ${(X.values.length / rows).toFixed(0)} numbers per row`;
    const liblinear = (solver: number): Program => ({
      name: `LIBLINEAR -s ${solver}`,
      product: "LIBLINEAR",
      source: { node: "optimum/liblinear" },
      tolerance: 2 * GAP,
      settings: { solver, bias: 1 },
    });
    const common = (loss: typeof hinge, settings: Record<string, number>): Pick<Case, "prepare" | "evaluate"> => ({
      prepare: (folder) => ({
        tables: { ...writeSparse(folder, X), y: writeTable(folder, "y", { numbers: y }) },
        settings: { columns, l2, gap: GAP, ...settings, targetLoss: loss === hinge ? svmLoss() : logisticLoss() },
      }),
      evaluate: evaluatorOf({ scores: sparseScores(X), outputs: 1, loss, targets: y, l2, weights: columns }),
    });
    const near = { standardize: false, l2, stop: { remaining: GAP / 100 } } as const;
    const svmLoss = (): number => linearSvm(near).fit(X, y).history.objective!.at(-1)! * (1 + GAP);
    const logisticLoss = (): number => logisticRegression(near).fit(X, y).history.objective!.at(-1)! * (1 + GAP);
    yield {
      name: `logistic regression to a relative gap of 1e-3, ${shape}`,
      ...{ unit: "a whole fit", unitsPerRun: 1, programs: [downhill("sparse/downhill"), liblinear(0)] },
      targets: [{ against: ["LIBLINEAR"], atLeast: 1 }],
      note: "LIBLINEAR stops with the loosest tolerance with which its objective is near enough to the optimum; its time is that of its command less the time to read the file. Downhill stops by its own estimate of the gap.",
      ...common(logistic, { solver: 0 }),
    };
    yield {
      name: `linear SVM with the hinge to a relative gap of 1e-3, ${shape}`,
      ...{ unit: "a whole fit", unitsPerRun: 1, programs: [downhill("sparse/downhill"), liblinear(3)] },
      targets: [{ against: ["LIBLINEAR"], atLeast: 1 }],
      note: "Downhill proves its gap; LIBLINEAR stops with the loosest tolerance with which its objective is near enough to the optimum.",
      ...common(hinge, { solver: 3 }),
    };
    yield {
      name: `logistic regression, one row per update, ${shape}`,
      unit: "one epoch, with its share of the whole fit",
      unitsPerRun: EPOCHS,
      updates: EPOCHS * rows,
      programs: [
        downhill("sparse/downhill"),
        {
          name: "scikit-learn SGDClassifier",
          product: "scikit-learn",
          source: { python: "one_row:ScikitLearn" },
          tolerance: 0.02, // its intercept has a hundredth of the learning rate on sparse rows, and its rows have another order
        },
      ],
      targets: [{ against: ["scikit-learn"], atLeast: 1.5 }],
      note: "Both apply l2 lazily, so an update costs the numbers of its row. Vowpal Wabbit is not in this version of Debian.",
      ...common(logistic, {
        ...{ solver: -1, epochs: EPOCHS, subtractedEpochs: 0, learningRate: 0.1, shuffled: 1 },
      }),
    };
  },
};
