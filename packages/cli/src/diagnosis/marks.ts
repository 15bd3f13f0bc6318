// The learning rates that a ruler marks: that of the run, the best one, and the limit.
import type { Diagnosis } from "downhill";

/** A learning rate that a ruler marks. */
export interface MarkedRate {
  readonly kind: "run" | "best" | "limit";
  /** "this run", "best" or "limit". */
  readonly name: string;
  readonly at: number;
}

/** The rates of a diagnosis that are known. */
export function marksOf({ forecast, constantRate: { best, limit } }: Diagnosis): MarkedRate[] {
  const marks = [
    { kind: "run", name: "this run", at: forecast.learningRate },
    { kind: "best", name: "best", at: best },
    { kind: "limit", name: "limit", at: limit },
  ] as const;
  return marks.flatMap(({ at, ...mark }) => (at !== null && at > 0 && at < Infinity ? [{ ...mark, at }] : []));
}
