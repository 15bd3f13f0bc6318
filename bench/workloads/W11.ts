import { join } from "node:path";
import { twoClasses } from "../src/data/labelled.ts";
import { writeCsv, writeParquet } from "../src/data/tableFiles.ts";
import { downhill } from "../src/entrants.ts";
import type { Table } from "../src/job.ts";
import { judgeOf, logistic } from "../src/judge/losses.ts";
import { linearScores } from "../src/judge/scores.ts";
import type { Case, Entrant, Workload } from "../src/workload.ts";

const OTHER_ORDER = 0.02;

/** From a file to a saved model: the whole command against a script of pandas and scikit-learn. */
export const W11: Workload = {
  id: "W11",
  title: "from a table of 1 000 000 × 20 to a saved model, logistic, 5 epochs of one sample per update",
  *cases(size) {
    const rows = size === "quick" ? 2000 : 1_000_000;
    const columns = 20;
    const { X, y } = twoClasses({ rows, columns, seed: 11 });
    for (const kind of ["csv", "parquet"] as const) {
      const of: Case = {
        name: kind === "csv" ? "CSV" : "Parquet",
        unit: "the whole command",
        units: 1,
        entrants: [downhill("table/downhill"), ...peers],
        targets: [{ against: ["pandas"], atLeast: 2, memoryAtMost: 0.5 }],
        note:
          "Downhill and the script are whole processes, start and imports counted; the other figure of pandas counts from " +
          "read to save, its imports done.",
        async lay(folder) {
          const path = join(folder, `table.${kind}`);
          await (kind === "csv" ? writeCsv : writeParquet)(path, X, y);
          const table: Table = { path, element: "float64", rows, columns };
          return { tables: { table }, settings: { kind, rate: 1e-3, l2: 1e-4, epochs: size === "quick" ? 2 : 5 } };
        },
        judge: judgeOf({
          scores: linearScores(X, columns, 1),
          outputs: 1,
          loss: logistic,
          targets: y,
          l2: 1e-4,
          weights: columns,
        }),
      };
      yield of;
    }
  },
};

const peers: readonly Entrant[] = [
  {
    name: "pandas + SGDClassifier, a script",
    family: "pandas",
    program: { node: "table/pandas" },
    tolerance: OTHER_ORDER,
  },
  {
    name: "pandas + SGDClassifier, imports done",
    family: "scikit-learn",
    program: { python: "table:Pandas" },
    tolerance: OTHER_ORDER,
  },
];
