import type { Workload } from "../src/workload.ts";
import { optimumCase } from "./toOptimum.ts";

export const W13: Workload = {
  id: "W13",
  title: "logistic, 1 000 000 × 20, to 1e-6 of the optimum",
  *cases(size) {
    yield optimumCase({
      rows: size === "quick" ? 5000 : 1_000_000,
      columns: 20,
      classes: 2,
      more: [{ name: "LIBLINEAR", family: "LIBLINEAR", program: { node: "optimum/liblinear" }, tolerance: 0 }],
    });
  },
};
