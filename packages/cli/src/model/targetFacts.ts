import type { Label } from "downhill";

/** The facts about a target that the choice of the model depends on. */
export interface TargetFacts {
  /** The number of different values; at most 10,001. */
  readonly distinct: number;
  /** Whether all values are whole numbers. */
  readonly integers: boolean;
  readonly rows: number;
  /** NaN for labels that are no numbers. */
  readonly smallest: number;
  readonly largest: number;
}

const MAX_COUNTED = 10_001;

/** The facts about a target, which may come in parts. */
export function targetFacts() {
  const seen = new Set<Label>();
  let [smallest, largest, integers, rows, isNumbers] = [Infinity, -Infinity, true, 0, true];
  return {
    add(y: Float64Array | readonly Label[]): void {
      for (let i = 0; i < y.length; i++) {
        const value = y[i]!;
        if (seen.size < MAX_COUNTED && !seen.has(value)) seen.add(value);
        if (typeof value !== "number") continue;
        if (!Number.isInteger(value)) integers = false;
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
      }
      rows += y.length;
      if (!(y instanceof Float64Array) && y.length > 0) isNumbers = false;
    },
    facts(): TargetFacts {
      const facts = { distinct: seen.size, rows };
      return isNumbers
        ? { ...facts, integers, smallest, largest }
        : { ...facts, integers: false, smallest: Number.NaN, largest: Number.NaN };
    },
  };
}

/** The facts about a target in memory. */
export function targetFactsOf(y: Float64Array | readonly Label[]): TargetFacts {
  const facts = targetFacts();
  facts.add(y);
  return facts.facts();
}
