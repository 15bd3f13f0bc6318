import { describe, expect, it } from "vitest";
import { random } from "../../core/random.ts";
import { bestRate, epochsTo, remainingShare, type Spectrum, settledAt } from "./quadraticRun.ts";
import { rateLimit, type UpdateRule } from "./updateRule.ts";

const rules: readonly UpdateRule[] = [
  { name: "plain", decay: 0 },
  ...[0.5, 0.9, 0.99].flatMap((decay) => (["momentum", "nesterov"] as const).map((name) => ({ name, decay }))),
];

/** Eigenvalues from 1 down to 1/condition and random shares. */
function drawn(seed: number, size: number, condition: number): Spectrum {
  const draw = random(seed);
  const eigenvalues = Float64Array.from({ length: size }, (_, i) => condition ** (-i / Math.max(1, size - 1)));
  const squares = eigenvalues.map(() => draw.normal() ** 2);
  const total = squares.reduce((a, b) => a + b, 0);
  return { eigenvalues, shares: squares.map((s) => s / total) };
}

/** The shares of (objective − optimum) that remain, by doing the updates for each eigenvector. */
function* simulated({ name, decay }: UpdateRule, rate: number, { eigenvalues, shares }: Spectrum) {
  const c = eigenvalues.map(() => 1);
  const v = eigenvalues.map(() => 0);
  for (;;) {
    yield shares.reduce((sum, share, i) => sum + share * c[i]! * c[i]!, 0);
    for (let i = 0; i < c.length; i++) {
      const g = eigenvalues[i]! * c[i]!;
      v[i] = decay * v[i]! + g;
      c[i]! -= rate * (name === "plain" ? g : name === "momentum" ? v[i]! : g + decay * v[i]!);
    }
  }
}

describe.each(rules)("$name, decay $decay", (rule) => {
  const cases = [1, 2, 3, 4, 5, 6].flatMap((seed) => [1, 10, 1e3].map((condition) => ({ seed, condition })));

  it("the remaining share is that of the updates, at every epoch and at rates below and above the limit", () => {
    for (const { seed, condition } of cases) {
      const spectrum = drawn(seed, 4, condition);
      for (const part of [0.01, 0.3, 0.5, 0.9, 0.999, 1.02]) {
        const rate = part * rateLimit(rule, 1);
        const share = remainingShare(rule, rate, spectrum);
        let [k, worst] = [0, 0]; // the largest error, as a multiple of the error that is allowed
        for (const expected of simulated(rule, rate, spectrum)) {
          if (k > 300 || expected < 1e-20) break;
          worst = Math.max(worst, Math.abs(share(k) - expected) / (1e-10 * expected + 1e-12));
          k++;
        }
        expect(worst).toBeLessThan(1);
      }
    }
  });

  it("the first epoch at or below a tolerance is that of the updates", () => {
    for (const { seed, condition } of cases) {
      const spectrum = drawn(seed, 5, condition);
      for (const part of [0.03, 0.5, 0.97]) {
        const rate = part * rateLimit(rule, 1);
        for (const tolerance of [0.5, 1e-3, 1e-9]) {
          let k = 0;
          for (const share of simulated(rule, rate, spectrum)) {
            if (share <= tolerance) break;
            k++;
          }
          expect(epochsTo(tolerance, rule, rate, spectrum)).toBe(k);
        }
      }
    }
  });

  it("from the settled epoch on, the remaining share is at most the tolerance", () => {
    for (const { seed, condition } of cases.slice(0, 9)) {
      const spectrum = drawn(seed, 5, condition);
      for (const part of [0.1, 0.6, 0.95]) {
        const rate = part * rateLimit(rule, 1);
        const settled = settledAt(1e-3, rule, rate, spectrum)!;
        const share = remainingShare(rule, rate, spectrum);
        const later = Array.from({ length: 100 }, (_, i) => share(settled + i));
        expect(Math.max(...later)).toBeLessThanOrEqual(1e-3);
        expect(settled).toBeGreaterThanOrEqual(epochsTo(1e-3, rule, rate, spectrum)!);
      }
    }
  });

  it("no rate on a fine grid needs fewer epochs than the best rate", () => {
    for (const { seed, condition } of cases) {
      const spectrum = drawn(seed, 5, condition);
      const best = bestRate(1e-6, rule, spectrum)!;
      expect(epochsTo(1e-6, rule, best.rate, spectrum)).toBe(best.epochs);
      const plain = rule.decay === 0;
      const epochs = Array.from({ length: plain ? 400 : 100 }, (_, i) => {
        const rate = 0.995 * rateLimit(rule, 1) * (plain ? ((i + 1) / 400) ** 2 : 1.1 ** -i);
        return (plain ? epochsTo : settledAt)(1e-6, rule, rate, spectrum) ?? Infinity;
      });
      if (plain) expect(best.epochs).toBeLessThanOrEqual(Math.min(...epochs));
      else expect(settledAt(1e-6, rule, best.rate, spectrum)).toBeLessThanOrEqual(1.03 * Math.min(...epochs) + 1);
    }
  });
});
