import { describe, expect, it } from "vitest";
import { classification, ratings, regression, run } from "../../../test/problems.ts";
import { hinge } from "../../losses/hinge.ts";
import { logistic } from "../../losses/logistic.ts";
import { squaredHinge } from "../../losses/squaredHinge.ts";
import { adam } from "../../optimizers/adam.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { plain } from "../../optimizers/plain.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { forecast } from "../forecast/forecast.ts";
import { sweepRates } from "./sweepRates.ts";

describe("sweepRates", () => {
  it("each trial is a run of `train`, and a trial that diverged is never the best", () => {
    const { problem } = regression(40, 3);
    const { limit } = forecast(problem, plain(1));
    const { trials, best, start } = sweepRates(problem, plain);
    expect(trials.map(({ learningRate }) => learningRate)).toEqual(
      [...trials].map((t) => t.learningRate).sort((a, b) => a - b),
    );
    expect(trials).toHaveLength(9);
    for (const { learningRate, outcome, objective, divergedAt, updates } of trials) {
      expect(outcome).toBe(learningRate > limit! ? "diverged" : "finished");
      if (learningRate > limit!) {
        expect(objective).toBe(null);
        expect(divergedAt).toBeGreaterThan(0);
      } else {
        const { last } = run(problem, plain(learningRate), { epochs: 300 });
        expect({ objective, divergedAt, updates }).toEqual({
          objective: last.objective(),
          divergedAt: null,
          updates: 300,
        });
        expect(objective!).toBeLessThanOrEqual(start);
      }
    }
    expect(trials.some(({ objective }) => objective === null)).toBe(true);
    const lowest = Math.min(...trials.map(({ objective }) => objective ?? Infinity));
    expect(trials.find(({ learningRate }) => learningRate === best)!.objective).toBe(lowest);
  });

  describe("a run with bounded slopes that ends above its start", () => {
    const outcomes = (problem: Problem, rates: readonly number[]) =>
      sweepRates(problem, plain, { rates }).trials.map(({ outcome }) => outcome);
    const ended = "ended above its start";

    it("has not diverged, has no objective and is never the best", () => {
      for (const loss of [logistic(), hinge()]) {
        const { problem } = classification(60, 3, { l2: 0.001, loss });
        const { trials, best } = sweepRates(problem, plain, { rates: [0.01, 500] });
        expect(best).toBe(0.01);
        expect(trials[1]).toEqual({
          learningRate: 500,
          outcome: ended,
          objective: null,
          divergedAt: null,
          updates: 300,
        });
      }
    });

    it("has diverged if the penalty makes the weights grow", () => {
      const { problem } = classification(60, 3, { l2: 0.01 });
      expect(outcomes(problem, [201])).toEqual(["diverged"]); // l2 · rate is above 2
    });

    it("has diverged if the loss has no bounded slopes", () => {
      const { problem } = classification(60, 3, { l2: 0.01, loss: squaredHinge() });
      expect(outcomes(problem, [50])).toEqual(["diverged"]);
      expect(outcomes(regression(40, 3).problem, [50])).toEqual(["diverged"]);
    });
  });

  it("has as many whole epochs as fit, or a part of the first one", () => {
    const { problem } = classification(100, 2);
    const updatesOf = (batchSize: number, updates: number): number =>
      sweepRates(problem, plain, { rates: [0.1], batchSize, updates }).trials[0]!.updates;
    expect(updatesOf(10, 300)).toBe(300);
    expect(updatesOf(10, 25)).toBe(20);
    expect(updatesOf(1, 30)).toBe(30);
  });

  it("the best is null if all runs diverge", () => {
    const { problem } = regression(40, 3);
    expect(sweepRates(problem, plain, { rates: [100, 1000] })).toMatchObject({ best: null });
    expect(sweepRates(problem, plain, { rates: [100], batchSize: 1, updates: 10 })).toMatchObject({ best: null });
  });

  it("the best of the default rates is not the largest or the smallest one", () => {
    const problems = [
      regression(40, 3).problem,
      classification(60, 3, { l2: 0.01 }).problem,
      classification(60, 3, { l2: 0.01, loss: squaredHinge() }).problem,
      classification(60, 3, { l2: 0.01, loss: hinge() }).problem,
    ];
    for (const problem of problems)
      for (const batchSize of ["full", 4] as const) {
        const { trials, best } = sweepRates(problem, plain, { batchSize, rates: 13 });
        expect(best).toBeGreaterThan(trials[0]!.learningRate);
        expect(best).toBeLessThan(trials.at(-1)!.learningRate);
      }
  });

  it("needs no known limit", () => {
    for (const problem of [regression(20, 2).problem, ratings(8, 8, 60)])
      for (const optimizer of [adam, (rate: number) => momentum(rate, { decay: 0.5 })])
        expect(sweepRates(problem, optimizer, { rates: 5, updates: 40, start: "random" }).best).toBeGreaterThan(0);
  });

  it("throws for invalid options", () => {
    const { problem } = regression(20, 2);
    expect(() => sweepRates(problem, plain, { rates: [0.1, 0] })).toThrow(
      /a learning rate must be a finite number above 0, got 0/,
    );
    expect(() => sweepRates(problem, plain, { rates: [] })).toThrow(RangeError);
    expect(() => sweepRates(problem, plain, { updates: 0 })).toThrow(RangeError);
    expect(() => sweepRates(problem, plain, { epochs: 3 } as never)).toThrow(TypeError);
  });
});
