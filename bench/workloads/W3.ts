import type { Workload } from "../src/workload.ts";

/** As W2, in float32. */
export const W3: Workload = {
  id: "W3",
  title: "logistic, full batch, 100 000 × 100, float32",
  notYet: "Downhill computes in float64 only",
  cases: () => [],
};
