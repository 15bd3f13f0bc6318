import { type Holds, tables } from "./dataFields.ts";
import type { DataState } from "./labState.ts";

const numbers = ["line", "curve", "ravine"];

/** What there is to predict in the data. */
export function holdsOf(data: DataState): Holds {
  if (data.kind === "table") return tables[data.table].holds;
  if (data.kind !== "generated") return data.holds;
  const { name } = data.generator;
  return name === "ratings" ? "ratings" : numbers.includes(name) ? "numbers" : "classes";
}

/** The models that can learn from the data, the first as the suggestion. */
export const modelsFor = (
  holds: Holds,
): readonly ("linear" | "logistic" | "softmax" | "network" | "svm" | "factorization")[] =>
  ({
    numbers: ["linear", "network"] as const,
    classes: ["logistic", "softmax", "svm", "network"] as const,
    ratings: ["factorization"] as const,
  })[holds];
