import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../test/cases.ts";
import {
  convexProblems,
  evaluationsOfFiveUpdates,
  expectLowest,
  expectMinimumOfParabola,
  expectSameBitsFromEveryState,
  stepBack,
} from "../../test/curves.ts";
import { problemOf } from "../training/minimize.ts";
import type { State } from "../training/state/state.ts";
import { train } from "../training/train.ts";
import type { Optimizer } from "./optimizer.ts";
import { bindSpectral, SPECTRAL_SCALARS } from "./spectral.ts";

const spectral: Optimizer = {
  ...{ slots: 3, scalars: SPECTRAL_SCALARS, gain: 1, fullBatch: true },
  bind: bindSpectral,
};

const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const apart = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]!);

describe("bindSpectral", () => {
  it("finds a parabola's minimum for any scale of its axes and values", () => {
    expectMinimumOfParabola(spectral, 60);
  });

  it("takes the long rate s·s / s·y, or the smallest of the last three s·y / y·y if the last is below half of it", () => {
    const slope = ([x, y, z, w]: readonly number[]) => [4 * x! ** 3 + x!, 3 * y!, 10 * z!, 40 * w!];
    const quartic = problemOf((at, gradient) => {
      gradient.set(slope([...at]));
      return at[0]! ** 4 + 0.5 * at[0]! ** 2 + 1.5 * at[1]! ** 2 + 5 * at[2]! ** 2 + 20 * at[3]! ** 2;
    }, 4);
    const rates: number[] = [];
    const points: number[][] = [[0.5, 1, 0.2, 0.05]];
    for (const step of train(quartic, spectral, { start: Float64Array.from(points[0]!), epochs: 25 })) {
      rates.push(step.learningRate);
      points.push([...step.params]);
    }
    const steep = slope(points[0]!);
    const value = 0.5 ** 4 + 0.5 ** 3 + 1.5 + 0.2 + 0.05;
    const first = points[0]!.map((x, i) => x - ((1e-2 * value) / product(steep, steep)) * steep[i]!); // where it looks
    const looks = [[points[0]!, first], ...points.slice(0, -2).map((from, t) => [from, points[t + 1]!])] as const;
    const short: number[] = [];
    const taken = { long: 0, short: 0 };
    for (const [t, [from, to]] of looks.entries()) {
      const s = apart(to!, from!);
      const y = apart(slope(to!), slope(from!));
      const long = product(s, s) / product(s, y);
      if (t > 0) short.push(product(s, y) / product(y, y));
      const isShort = t > 0 && short.at(-1)! < 0.5 * long;
      taken[isShort ? "short" : "long"]++;
      expect(rates[t]! / (isShort ? Math.min(...short.slice(-3)) : long)).toBeCloseTo(1, t === 0 ? 4 : 6);
    }
    expect(Math.min(taken.long, taken.short)).toBeGreaterThan(3);
  });

  it.each(["exact", "running"] as const)("evaluates once per update, and two more times: %s", (trace) => {
    expect(evaluationsOfFiveUpdates(spectral, trace)).toBe(5 + 2); // at the start and at the probe
  });

  it("takes a step back and repeats half of it when the value rises above the last ten values", () => {
    const { origin, tried, shorter, rates, last } = stepBack(spectral);
    expect(shorter).toBeCloseTo((origin + tried) / 2, 12);
    expect(rates[1]).toBe(rates[0] / 2);
    expect(Math.abs(last)).toBeLessThan(2e-3); // the minimum is at 1e-4
  });
});

describe("bindSpectral on convex problems", () => {
  const options = { epochs: 10_000, stop: { gradient: 1e-6 } };
  const remembered = (state: State): number => state.scalars[1]!;

  it("converges, and no value that is kept is above the largest of the ten before it", () => {
    let back = 0;
    let risen = 0;
    fc.assert(
      fc.property(convexProblems, (problem) => {
        const stood: number[] = [];
        let count = 0;
        for (const step of train(problem, spectral, options)) {
          if (remembered(step.state()) > count) {
            if (count > 0) expect(step.batchLoss).toBeLessThanOrEqual(Math.max(...stood.slice(-10)) * (1 + 1e-14));
            if (count > 0 && step.batchLoss > stood.at(-1)!) risen++;
            stood.push(step.batchLoss);
            count++;
          } else back++;
          if (step.stopped) expect(step.stopped).toBe("converged");
        }
      }),
      { numRuns: cases(80, 200), seed: 1 },
    );
    expect(Math.min(back, risen)).toBeGreaterThan(10);
  });

  it("returns the parameters of the lowest value, wherever it ends", () => {
    let above = 0;
    fc.assert(
      fc.property(convexProblems, fc.integer({ min: 2, max: 15 }), (problem, epochs) => {
        if (expectLowest(problem, spectral, epochs)) above++;
      }),
      { numRuns: cases(80, 200), seed: 2 },
    );
    expect(above).toBeGreaterThan(cases(2, 5));
  });

  it("continues from any state with the same bits", () => {
    fc.assert(
      fc.property(convexProblems, (problem) => expectSameBitsFromEveryState(problem, spectral)),
      { numRuns: cases(10, 20), seed: 3 },
    );
  });
});
