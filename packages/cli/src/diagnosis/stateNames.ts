import type { VerdictId } from "downhill";

/** The states of a run as people read them. */
export const stateNames: Readonly<Record<VerdictId, string>> = {
  diverged: "diverged",
  exploding: "exploding",
  zigzag: "zig-zag",
  edge: "edge of stability",
  crawling: "crawling",
  ravine: "ravine",
  noiseFloor: "noise floor",
  stuck: "stuck",
  overfitting: "overfitting",
  converged: "converged",
  healthy: "healthy",
};
