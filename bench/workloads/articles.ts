import { writeTable } from "../src/data/tables.ts";
import { downhill } from "../src/program.ts";
import type { Case, Workload } from "../src/workload.ts";
import { articlePrograms } from "./articlePrograms.ts";

/** The six programs of the second article: the training loop alone, with each epoch's loss, on NumPy's data. */
export const W1: Workload = {
  id: "W1",
  title: "article programs, training loops only",
  together: { name: "the sum of the six", targets: [{ against: ["NumPy"], atLeast: 30, stretch: 60 }] },
  *cases(size) {
    for (const program of size === "quick" ? articlePrograms.slice(0, 1) : articlePrograms) {
      const { name, epochs, updates, columns, X, y, start, orders = [], rate, judge } = program();
      const of: Case = {
        name,
        unit: `the loop of ${epochs} epochs`,
        units: 1,
        updates,
        entrants: [
          downhill("articles/downhill"),
          { name: "NumPy", family: "NumPy", program: { python: "articles:NumPy" }, tolerance: 1e-9 },
        ],
        targets: [{ against: ["NumPy"], atLeast: 15 }],
        judge,
        lay: (folder) => ({
          tables: {
            X: writeTable(folder, "X", X, columns),
            y: writeTable(folder, "y", y),
            start: writeTable(folder, "start", start),
            orders: writeTable(folder, "orders", Uint32Array.from(orders.flatMap((order) => [...order])), y.length),
          },
          settings: { program: name, epochs, rate },
        }),
      };
      yield of;
    }
  },
};
