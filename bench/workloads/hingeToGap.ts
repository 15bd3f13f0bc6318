// Fits of a linear SVM with the hinge until the objective is at most 1e-3 above the optimum, relative to the objective. l2 is 1/rows.
import { linearSvm, type Matrix, matrix } from "downhill";
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { withoutZeros, writeSparse } from "../src/data/sparseTables.ts";
import { evaluatorOf, hinge } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import { pixelRows, sparseRows } from "../src/evaluations/problems.ts";
import { downhill, type Program } from "../src/program.ts";
import type { Case, Size, Workload } from "../src/workload.ts";

const GAP = 1e-3;
const FEW_ROWS = 2000; // up to this number, the penalty of a constant column of ones would change the optimum by more than the gap

export const hingeToGap: Workload = {
  id: "W18",
  title: "linear SVM with the hinge to a relative gap of 1e-3",
  *cases(size) {
    for (const [name, rows] of Object.entries(tables(size))) yield hingeCase(name, rows());
  },
};

interface Rows {
  readonly X: Matrix;
  /** Whether Downhill gets the rows without their zeros. */
  readonly isSparse?: boolean;
  readonly y: Float64Array;
}

const tables = (size: Size): Record<string, () => Rows> => {
  const [many, some] = size === "quick" ? [2000, 300] : [100_000, 2000];
  return {
    [`${many.toLocaleString("en")} × 50 normal columns with noise`]: () => {
      const { X, y } = twoClasses({ rows: many, columns: 50, seed: 18 });
      return { X: matrix(X, many, 50), y };
    },
    [`${size === "quick" ? "2,000" : "49,749"} × 300 sparse 0 and 1`]: () => ({
      ...sparseRows(size === "quick" ? 2000 : 49_749, 300, 0.04),
      isSparse: true,
    }),
    [`${some.toLocaleString("en")} × 784 pixels`]: () => {
      const { X, y } = pixelRows(some, 784);
      return { X, y: y.map((k) => (k < 5 ? -1 : 1)) };
    },
  };
};

const liblinear = (rows: number): Program => ({
  name: "LIBLINEAR -s 3",
  product: "LIBLINEAR",
  source: { node: "optimum/liblinear" },
  tolerance: 2 * GAP,
  settings: { solver: 3, bias: rows > FEW_ROWS ? 1 : 10 },
});

function hingeCase(name: string, { X, y, isSparse }: Rows): Case {
  const { data, rows, columns } = X;
  const l2 = 1 / rows;
  return {
    name,
    unit: "a whole fit",
    unitsPerRun: 1,
    programs: [downhill("hinge/downhill"), liblinear(rows)],
    targets: [{ against: ["LIBLINEAR"], atLeast: 1 }],
    note:
      "Downhill with default options proves its gap. LIBLINEAR stops with the loosest tolerance with which its objective is near enough to " +
      "the optimum; it knows only its own tolerance. It penalizes the weight of a constant column, which is 1, or 10 with at most 2,000 rows. Both skip the zeros of " +
      "sparse rows. Its time is that of its command less the time to read the file.",
    prepare(folder) {
      const fitted = linearSvm({ standardize: false, l2, stop: { remaining: GAP / 100 } }).fit(X, y);
      const targetLoss = fitted.history.objective!.at(-1)! * (1 + GAP);
      return {
        tables: {
          ...(isSparse
            ? writeSparse(folder, withoutZeros(X))
            : { X: writeTable(folder, "X", { numbers: data as Float64Array, columns }) }),
          y: writeTable(folder, "y", { numbers: y }),
        },
        settings: { l2, targetLoss, columns },
      };
    },
    evaluate: evaluatorOf({
      scores: linearScores(data as Float64Array, columns, 1),
      ...{ outputs: 1, loss: hinge, targets: y, l2, weights: columns },
    }),
  };
}
