// Invented results for the tests of targets and reports.
import type { Product } from "../../src/program.ts";
import type { CaseResult, ProgramResult } from "../../src/run/caseResult.ts";
import { spreadOf } from "../../src/run/spread.ts";

/** A program with these times of its runs. */
export const withTimes = (
  product: Product,
  seconds: readonly number[],
  more: Partial<ProgramResult> = {},
): ProgramResult => ({
  name: product,
  product,
  threads: 1,
  version: "1",
  libraries: [],
  seconds: spreadOf(seconds),
  firstSeconds: seconds[0]!,
  loss: 1,
  lossDifference: 0,
  ...more,
});

/** A program whose runs all took the same time. */
export const withTime = (product: Product, seconds: number, more: Partial<ProgramResult> = {}): ProgramResult =>
  withTimes(product, [seconds], more);

export const caseOf = (programs: readonly ProgramResult[], more: Partial<CaseResult> = {}): CaseResult => ({
  workload: "W1",
  title: "t",
  name: "n",
  unit: "u",
  date: "2026-11-26",
  targets: [],
  absent: [],
  programs,
  ...more,
});

export const speeds = {
  bytesPerSecond: 10,
  bytesPerSecondOnTwoThreads: 15,
  multiplyAddsPerSecond: { float64: 100, float32: 200 },
};
