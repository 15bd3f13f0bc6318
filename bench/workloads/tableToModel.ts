import { join } from "node:path";
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeCsv, writeParquet } from "../src/data/tableFiles.ts";
import { judgeOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import type { Table } from "../src/job.ts";
import { downhill, onTwo } from "../src/program.ts";
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
        entrants: [ours, onTwo(ours), ...(kind === "csv" ? csvPeers : parquetPeers)],
        targets: [
          { against: ["pandas"], atLeast: 2, memoryAtMost: 0.5 },
          { against: ["pandas"], atLeast: 2, memoryAtMost: 0.5, threads: 2 },
        ],
        note:
          "Each row is held to one processor, or to two where its name says so, whatever threads it starts. Downhill and " +
          "the scripts are whole processes, start and imports counted; the last row counts from read to save, its imports done.",
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

const ours = downhill("table/downhill");

/** In pandas' own reader of CSV, on one thread, or in that of Arrow; each is a process of its own. */
const script = (reader: string, task: string): Entrant => ({
  name: `pandas${reader} + SGDClassifier, a script`,
  family: "pandas",
  program: { node: task },
  tolerance: OTHER_ORDER,
});

const withArrow = script(" (pyarrow)", "table/pandasArrow");

const importsDone = (reader: string, program: string): Entrant => ({
  name: `pandas${reader} + SGDClassifier, imports done`,
  family: "scikit-learn",
  program: { python: program },
  tolerance: OTHER_ORDER,
});

const csvPeers = [script("", "table/pandas"), withArrow, onTwo(withArrow), importsDone("", "table:Pandas")];

/** Its only reader of Parquet here. */
const parquetPeers = [withArrow, onTwo(withArrow), importsDone(" (pyarrow)", "table:PandasArrow")];
