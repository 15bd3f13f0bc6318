// Figures that nobody measured.
import type { Figure, Measured } from "../../src/run/caseResult.ts";
import { spreadOf } from "../../src/run/spread.ts";
import type { Family } from "../../src/workload.ts";

export const scattered = (family: Family, seconds: readonly number[], more: Partial<Figure> = {}): Figure => ({
  name: family,
  family,
  threads: 1,
  version: "1",
  libraries: [],
  seconds: spreadOf(seconds),
  firstSeconds: seconds[0]!,
  loss: 1,
  difference: 0,
  ...more,
});

export const figure = (family: Family, seconds: number, more: Partial<Figure> = {}): Figure =>
  scattered(family, [seconds], more);

export const caseOf = (figures: readonly Figure[], more: Partial<Measured> = {}): Measured => ({
  workload: "W1",
  title: "t",
  name: "n",
  unit: "u",
  date: "2026-11-26",
  targets: [],
  absent: [],
  figures,
  ...more,
});

export const floors = {
  bytesPerSecond: 10,
  bytesPerSecondOnTwo: 15,
  multiplyAddsPerSecond: { float64: 100, float32: 200 },
};
