import type { Workload } from "../src/workload.ts";
import { oneSample } from "./logisticOneSample.ts";

/** Logistic regression, one row per update, in order and shuffled. */
export const W4: Workload = {
  id: "W4",
  title: "logistic, one sample per update, 100 000 × 100, float64",
  *cases(size) {
    const rows = size === "quick" ? 5000 : 100_000;
    const shared = { rows, columns: 100, rate: 1e-3 };
    const targets = [{ against: ["scikit-learn"], atLeast: 4, stretch: 6 }] as const;
    for (const shuffled of [false, true]) yield* oneSample({ ...shared, shuffled, targets });
  },
};
