import type { Workload } from "../src/workload.ts";
import { oneSample } from "./logisticOneSample.ts";

/** As W4, with many rows and few columns. */
export const W5: Workload = {
  id: "W5",
  title: "logistic, one sample per update, 1 000 000 × 20, float64",
  *cases(size) {
    yield* oneSample({
      rows: size === "quick" ? 20_000 : 1_000_000,
      columns: 20,
      rate: 1e-3,
      shuffled: true,
      targets: [{ against: ["scikit-learn"], atLeast: 4, stretch: 6 }],
    });
  },
};
