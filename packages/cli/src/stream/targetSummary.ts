// The facts about the targets of all usable rows, part by part.
import type { Label, TableInParts } from "downhill";
import { requireCounts } from "../model/countTargets.ts";
import { type TargetFacts, targetFacts } from "../model/targetFacts.ts";

/** What is known of the targets. */
export interface TargetSummary {
  readonly facts: TargetFacts;
  /** The rows of each label, in the order of first appearance; null if there are more than 10 000. */
  readonly counts: ReadonlyMap<Label, number> | null;
  /** Whether the targets are numbers. */
  readonly areNumbers: boolean;
  readonly withoutTarget: number;
  readonly leftOut: number;
}

const MAX_LABELS = 10_000;

/**
 * Reads the targets once.
 *
 * @throws DataError for targets that are no counts, with the loss poisson
 */
export function summaryOfTargets(command: string, table: TableInParts, loss: string | undefined): TargetSummary {
  const facts = targetFacts();
  let counts: Map<Label, number> | null = new Map();
  let [areNumbers, withoutTarget, leftOut] = [true, 0, 0];
  for (const part of table.usable([])) {
    const { y } = part;
    facts.add(y);
    withoutTarget += part.withoutTarget;
    leftOut += part.leftOut;
    if (y instanceof Float64Array) requireCounts(command, y, loss);
    else if (y.length > 0) areNumbers = false;
    for (let i = 0; i < y.length && counts !== null; i++) {
      counts.set(y[i]!, (counts.get(y[i]!) ?? 0) + 1);
      if (counts.size > MAX_LABELS) counts = null;
    }
  }
  return { facts: facts.facts(), counts, areNumbers, withoutTarget, leftOut };
}
