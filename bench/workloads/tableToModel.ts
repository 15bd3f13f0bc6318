// From a table's file to a saved model: the command of Downhill against a script of pandas and scikit-learn.
import { join } from "node:path";
import { twoClasses } from "../src/data/labelledRows.ts";
import { writeCsv, writeParquet } from "../src/data/tableFiles.ts";
import { evaluatorOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import type { Table } from "../src/job.ts";
import { downhill, onTwoThreads, type Program } from "../src/program.ts";
import type { Workload } from "../src/workload.ts";

const OTHER_ORDER = 0.02; // with a constant learning rate, the last parameters move around the optimum
const L2 = 1e-4;

type Engine = "c" | "pyarrow";

const ours = downhill("table/downhill");

const nameOf = (engine: Engine): string => `pandas${engine === "pyarrow" ? " (pyarrow)" : ""} + SGDClassifier`;

/** A script; each run starts a new process. `engine` reads the CSV file: pandas' own reader on one thread, or Arrow's. */
const script = (engine: Engine): Program => ({
  name: `${nameOf(engine)}, a script`,
  product: "pandas",
  source: { node: "table/pandas" },
  tolerance: OTHER_ORDER,
  settings: { engine },
});

/** The same work in a process that has already imported its packages. */
const afterImports = (engine: Engine): Program => ({
  name: `${nameOf(engine)}, without start and imports`,
  product: "pandas",
  source: { python: "table:Pandas" },
  tolerance: OTHER_ORDER,
  settings: { engine },
  shownOnly: true,
});

const arrow = script("pyarrow");
/** pandas reads Parquet with pyarrow only. */
const peers: Readonly<Record<"csv" | "parquet", readonly Program[]>> = {
  csv: [script("c"), arrow, onTwoThreads(arrow), afterImports("c")],
  parquet: [arrow, onTwoThreads(arrow), afterImports("pyarrow")],
};

export const tableToModel: Workload = {
  id: "W11",
  title:
    "from a table of 1,000,000 rows × 20 features to a saved model, logistic regression, 5 epochs with one row per update",
  *cases(size) {
    const rows = size === "quick" ? 2000 : 1_000_000;
    const columns = 20;
    const { X, y } = twoClasses({ rows, columns, seed: 11 });
    for (const kind of ["csv", "parquet"] as const) {
      yield {
        name: kind === "csv" ? "CSV" : "Parquet",
        unit: "the whole command",
        unitsPerRun: 1,
        programs: [ours, onTwoThreads(ours), ...peers[kind]],
        targets: [
          { against: ["pandas"], atLeast: 2, memoryAtMost: 0.5 },
          { against: ["pandas"], atLeast: 2, memoryAtMost: 0.5, threads: 2 },
        ],
        note:
          "Each program may use one processor, or two processors if its name ends in “2 threads”, no matter how many threads it starts. The times " +
          "of Downhill and of the scripts include the start of the process and all imports. The time in the last row does " +
          "not include the start and the imports, so it is shown but not compared. The processor time is that of all processors " +
          "together, the median of the runs; it depends less on other programs than the time on the clock.",
        async prepare(folder) {
          const path = join(folder, `table.${kind}`);
          await (kind === "csv" ? writeCsv : writeParquet)(path, X, y);
          const table: Table = { path, elementType: "float64", rows, columns };
          return {
            tables: { table },
            settings: { kind, learningRate: 1e-3, l2: L2, epochs: size === "quick" ? 2 : 5 },
          };
        },
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
  },
};
