import type { Result } from "../programs/programs.ts";
import { factorizationSection } from "./factorizationSection.ts";
import { linearSection } from "./linearSection.ts";
import { lineSection } from "./lineSection.ts";
import { logisticSection } from "./logisticSection.ts";
import { networkSection } from "./networkSection.ts";
import type { Section } from "./section.ts";
import { softmaxSection } from "./softmaxSection.ts";
import { svmSection } from "./svmSection.ts";

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
