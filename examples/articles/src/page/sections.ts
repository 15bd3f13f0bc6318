import type { Result } from "../programs.ts";
import { factorizationSection } from "./factorization.ts";
import { lineSection } from "./line.ts";
import { linearSection } from "./linear.ts";
import { logisticSection } from "./logistic.ts";
import { networkSection } from "./network.ts";
import type { Section } from "./section.ts";
import { softmaxSection } from "./softmax.ts";
import { svmSection } from "./svm.ts";

/** What the page says of a program. */
export function sectionOf(result: Result): Section {
  switch (result.program) {
    case "line":
      return lineSection(result);
    case "linear":
      return linearSection(result);
    case "logistic":
      return logisticSection(result);
    case "softmax":
      return softmaxSection(result);
    case "network":
      return networkSection(result);
    case "svm":
      return svmSection(result);
    case "factorization":
      return factorizationSection(result);
  }
}
