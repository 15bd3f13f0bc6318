import { writeTable } from "../src/data/rawTables.ts";
import { downhill, type Program } from "../src/program.ts";
import type { Workload } from "../src/workload.ts";
import { articleJobs } from "./articleJobs.ts";

const numpy: Program = { name: "NumPy", product: "NumPy", source: { python: "articles:NumPy" }, tolerance: 1e-9 };

/** The training loops of the second article's six programs, with the loss after each epoch, on the data that NumPy draws. */
export const articlePrograms: Workload = {
  id: "W1",
  title:
    "six small programs of the gallery (three regressions, a network, an SVM, a factorization), training loops only",
  sum: { name: "sum", unit: "all six loops", targets: [{ against: ["NumPy"], atLeast: 30, stretch: 60 }] },
  *cases(size) {
    for (const makeJob of size === "quick" ? articleJobs.slice(0, 1) : articleJobs) {
      const { name, epochs, updates, columns, X, y, start, orders = [], learningRate, evaluate } = makeJob();
      yield {
        name,
        unit: `the loop of ${epochs} epochs`,
        unitsPerRun: 1,
        updates,
        programs: [downhill("articles/downhill"), numpy],
        targets: [{ against: ["NumPy"], atLeast: 15 }],
        evaluate,
        prepare: (folder) => ({
          tables: {
            X: writeTable(folder, "X", { numbers: X, columns }),
            y: writeTable(folder, "y", { numbers: y }),
            start: writeTable(folder, "start", { numbers: start }),
            orders: writeTable(folder, "orders", {
              numbers: Uint32Array.from(orders.flatMap((order) => [...order])),
              columns: y.length,
            }),
          },
          settings: { program: name, epochs, learningRate },
        }),
      };
    }
  },
};
