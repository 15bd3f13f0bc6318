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

/** Whether the columns of the data are the powers of one feature. */
export const isCurve = (data: DataState): boolean => data.kind === "generated" && data.generator.name === "curve";

/** The models that can learn from the data, the first as the suggestion. */
export const modelsFor = (
  holds: Holds,
): readonly ("linear" | "logistic" | "softmax" | "network" | "svm" | "factorization")[] =>
  ({
    numbers: ["linear", "network"] as const,
    classes: ["logistic", "softmax", "svm", "network"] as const,
    ratings: ["factorization"] as const,
  })[holds];

/** The number of classes in the data; 0 if there are none, or if it is not known. */
export function classCount(data: DataState): number {
  if (holdsOf(data) !== "classes") return 0;
  if (data.kind === "table") return tables[data.table].classes;
  if (data.kind === "file") return data.classes;
  if (data.kind === "drawn") return new Set(data.points.map((point) => point[2])).size;
  const { generator } = data;
  return generator.name === "blobs"
    ? generator.options.classes
    : generator.name === "spiral"
      ? generator.options.arms
      : 2;
}
