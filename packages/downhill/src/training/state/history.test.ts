import { describe, expect, it } from "vitest";
import { classification, evaluated, norm, run } from "../../../test/problems.ts";
import { plain } from "../../optimizers/plain.ts";
import { copyHistory, emptyHistory } from "./history.ts";

const { problem } = classification(23, 3, { l2: 0.1 });
const validation = { problem: classification(5, 3, {}, 2).problem };

describe("a history", () => {
  it("has a list for each requested record", () => {
    const names = (expected: Parameters<typeof emptyHistory>[0]): string[] =>
      Object.keys(emptyHistory(expected)).sort();
    expect(names({ trace: "running", batchLosses: false, validation: false })).toEqual([
      "batchLoss",
      "learningRate",
      "updates",
    ]);
    expect(names({ trace: "exact", batchLosses: true, validation: true })).toEqual([
      "batchLoss",
      "batchLosses",
      "gradientNorm",
      "learningRate",
      "objective",
      "updates",
      "validation",
    ]);
  });

  it.each([
    ["full", 1],
    [1, 23],
    [7, 4],
  ] as const)(
    "of batches of %s has one entry per epoch, and batchLosses one entry per update",
    (batchSize, batches) => {
      const { shots, last } = run(problem, plain(0.3), {
        batchSize,
        epochs: 4,
        batchLosses: true,
        stop: { validation },
      });
      const { batchLosses, ...perEpoch } = last.history;
      expect(Object.values(perEpoch).map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 4]);
      expect(perEpoch.updates).toEqual([1, 2, 3, 4].map((epoch) => epoch * batches));
      expect(batchLosses).toEqual(shots.map(({ batchLoss }) => batchLoss));
      for (const [epoch, { params }] of shots.filter(({ endOfEpoch }) => endOfEpoch).entries()) {
        const { value, gradient } = evaluated(problem, params);
        expect(perEpoch.objective![epoch]).toBe(value);
        expect(Math.abs(perEpoch.gradientNorm![epoch]! / norm(gradient) - 1)).toBeLessThan(1e-15);
      }
    },
  );

  it("in full batch each objective is the next update's batch loss", () => {
    const { history } = run(problem, plain(0.3), { epochs: 5 }).last;
    expect(history.objective!.slice(0, -1)).toEqual(history.batchLoss.slice(1));
    expect(history.batchLoss[0]).toBeCloseTo(Math.LN2, 15); // at zero
  });

  it.each(["full", 7] as const)(
    'trace "running" costs no evaluation and changes no bit in batches of %s',
    (batchSize) => {
      let evaluations = 0;
      const counted: typeof problem = {
        ...problem,
        bind: (arena) => {
          const objective = problem.bind(arena);
          const finish: typeof objective.finish = (...args) => {
            evaluations++;
            return objective.finish(...args);
          };
          return { ...objective, finish };
        },
      };
      const count = (trace: "exact" | "running"): number => {
        evaluations = 0;
        const { shots, last } = run(counted, plain(0.3), { batchSize, epochs: 5, trace });
        expect(shots).toEqual(run(problem, plain(0.3), { batchSize, epochs: 5 }).shots);
        expect(last.history.objective === undefined).toBe(trace === "running");
        return evaluations;
      };
      const updates = batchSize === "full" ? 5 : 20;
      expect(count("running")).toBe(updates);
      expect(count("exact")).toBe(batchSize === "full" ? 6 : 25); // in full batch it is the next update's value
    },
  );

  it("is copied with all its lists", () => {
    const { history } = run(problem, plain(0.3), { epochs: 2 }).last;
    const copy = copyHistory(history);
    expect(copy).toEqual(history);
    history.objective!.push(1);
    history.updates[0] = 99;
    expect([copy.objective!.length, copy.updates[0]]).toEqual([2, 1]);
  });
});
