import { converged, separable } from "./atEnd.ts";
import { diverged } from "./diverged.ts";
import { edge, exploding, zigzag } from "./largeRate.ts";
import { noiseFloor } from "./noiseFloor.ts";
import { overfitting } from "./overfitting.ts";
import { rising } from "./rising.ts";
import type { Rule } from "./rule.ts";
import { crawling, ravine } from "./slow.ts";
import { stuck } from "./stuck.ts";

/** Applies a rule only to a run that has not ended as converged. */
const unlessConverged =
  (rule: Rule): Rule =>
  (run) =>
    run.context.stopped === "converged" ? null : rule(run);

/** All rules but `healthy`, in the order in which they are tried. A run for which none of them holds is healthy. */
export const rules: readonly Rule[] = [
  diverged,
  separable,
  ...[exploding, edge, zigzag, ravine, crawling, noiseFloor].map(unlessConverged),
  stuck,
  overfitting,
  converged,
  rising,
];
