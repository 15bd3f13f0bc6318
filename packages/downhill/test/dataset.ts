import { readFileSync } from "node:fs";
import { type Matrix, matrixFromRows } from "../src/core/matrix.ts";

/** A table of datasets/: numbers, and the last column as text. */
export function dataset(name: "breast_cancer" | "diabetes" | "digits" | "iris" | "wine"): { X: Matrix; y: string[] } {
  const text = readFileSync(new URL(`../../../datasets/${name}.csv`, import.meta.url), "utf8");
  const lines = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  return {
    X: matrixFromRows(lines.map((line) => line.slice(0, -1).map(Number))),
    y: lines.map((line) => line.at(-1)!),
  };
}
