import type { Workload } from "../src/workload.ts";
import { optimumCase } from "./toOptimum.ts";

export const W12: Workload = {
  id: "W12",
  title: "softmax of three classes, 1 000 000 × 20, to 1e-6 of the optimum",
  *cases(size) {
    yield optimumCase({ rows: size === "quick" ? 5000 : 1_000_000, columns: 20, classes: 3 });
  },
};
