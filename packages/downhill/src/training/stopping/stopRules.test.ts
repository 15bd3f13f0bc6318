import { describe, expect, it } from "vitest";
import { apart, evaluated, regression, run } from "../../../test/problems.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { plain } from "../../optimizers/plain.ts";
import { checkStopRules, improves } from "./stopRules.ts";

const { problem } = regression(30, 3, { l2: 0.1 });

describe("patience", () => {
  it("counts the values since the last minimum", () => {
    const patience = { best: Infinity, waited: 0 };
    const seen = [5, 6, 5, 4, 4.5, 4].map((value) => [improves(patience, value), patience.best, patience.waited]);
    expect(seen).toEqual([
      [true, 5, 0],
      [false, 5, 1],
      [false, 5, 2],
      [true, 4, 0],
      [false, 4, 1],
      [false, 4, 2],
    ]);
  });

  it("needs a fall by the tolerance, relative to the minimum's size", () => {
    const at = (best: number, value: number): boolean => improves({ best, waited: 0 }, value, 0.1);
    expect([at(10, 9.1), at(10, 9), at(10, 8.9)]).toEqual([false, false, true]);
    expect([at(-10, -10.9), at(-10, -11), at(-10, -11.1)]).toEqual([false, false, true]);
    expect([at(Infinity, 1e300), at(0, -1e-300), at(0, 0)]).toEqual([true, true, false]);
  });
});

describe("a run stops", () => {
  it.each(["full", 7] as const)(
    "converged in batches of %s: at the first epoch whose gradient is small",
    (batchSize) => {
      const tolerance = batchSize === "full" ? 1e-6 : 0.15;
      const { shots, last } = run(problem, plain(0.1), { batchSize, epochs: 1000, stop: { gradient: tolerance } });
      expect(last.stopped).toBe("converged");
      const largest = shots
        .filter(({ endOfEpoch }) => endOfEpoch)
        .map(({ params }) => Math.max(...evaluated(problem, params).gradient.map(Math.abs)));
      expect(largest.length).toBeGreaterThan(3);
      expect(largest.findIndex((entry) => entry <= tolerance)).toBe(largest.length - 1);
    },
  );

  it("stalled: the objective has not fallen by the tolerance for `patience` epochs", () => {
    for (const patience of [1, 3, undefined]) {
      const change = { tolerance: 1e-3, ...(patience === undefined ? {} : { patience }) };
      const { last } = run(problem, momentum(0.02), { epochs: 1000, stop: { change } });
      expect(last.stopped).toBe("stalled");
      const values = last.history.objective!;
      let [best, since] = [values[0]!, 0];
      const ends = values.findIndex((value, epoch) => {
        if (epoch === 0 || value < best - 1e-3 * best) [best, since] = [value, 0];
        else since++;
        return since >= (patience ?? 5);
      });
      expect(ends).toBe(values.length - 1);
      expect(values.length).toBeGreaterThan(10);
    }
  });

  it("validation: no new minimum for `patience` epochs, and the parameters of the minimum are kept", () => {
    const train = regression(14, 10, {}, 3);
    const test = regression(40, 10, { l2: 7 }, 4); // another sample; the validation loss does not include its penalty
    for (const [batchSize, patience, average] of [
      ["full", 4, false],
      [5, 6, false],
      [5, 3, true],
    ] as const) {
      const stop = { validation: { problem: test.problem, patience } };
      const options = { batchSize, epochs: 3000, stop, ...(average ? { average: {} } : {}) };
      const { shots, last } = run(train.problem, plain(0.05), options);
      expect(last.stopped).toBe("validation");
      const validation = last.history.validation!;
      const argmin = validation.indexOf(Math.min(...validation));
      expect(validation.length).toBe(argmin + 1 + patience);
      const ends = shots.filter(({ endOfEpoch }) => endOfEpoch);
      expect(shots.map(({ best }) => best === null)).toEqual(shots.map((_, i) => i < shots.indexOf(ends[0]!)));
      expect(ends[argmin]!.solution).toEqual([...last.best!]);
      expect(argmin).toBeGreaterThan(3);
      expect(apart(last.solution, last.best!)).toBeGreaterThan(1e-4);

      for (const epoch of [0, argmin, validation.length - 1]) {
        let loss = 0;
        for (let i = 0; i < test.n; i++) {
          const x = ends[epoch]!.solution;
          const z = test.X.subarray(i * 10, i * 10 + 10).reduce((z, feature, j) => z + feature * x[j]!, x[10]!);
          loss += (0.5 * (z - test.y[i]!) ** 2) / test.n;
        }
        expect(Math.abs(validation[epoch]! / loss - 1)).toBeLessThan(1e-13);
      }
    }
  });

  it("validation waits for ten epochs by default", () => {
    const { last } = run(regression(14, 10, {}, 3).problem, plain(0.05), {
      epochs: 3000,
      stop: { validation: { problem: regression(40, 10, {}, 4).problem } },
    });
    const validation = last.history.validation!;
    expect(validation.length - validation.indexOf(Math.min(...validation))).toBe(11);
  });

  it("epochs: after the last epoch, unless another rule holds there", () => {
    expect(run(problem, plain(0.1), { epochs: 3 }).last.stopped).toBe("epochs");
    const needed = run(problem, plain(0.1), { epochs: 1000, stop: { gradient: 1e-4 } }).last.epoch;
    expect(run(problem, plain(0.1), { epochs: needed, stop: { gradient: 1e-4 } }).last.stopped).toBe("converged");
    expect(run(problem, plain(0.1), { epochs: needed - 1, stop: { gradient: 1e-4 } }).last.stopped).toBe("epochs");
    const stop = { gradient: 1e9, change: { tolerance: 1 }, validation: { problem } };
    expect(run(problem, plain(0.1), { epochs: 9, stop }).last.stopped).toBe("converged");
  });

  it('by the same rules with trace "running"', () => {
    for (const stop of [{ gradient: 1e-4 }, { change: { tolerance: 1e-3 } }]) {
      const [exact, running] = (["exact", "running"] as const).map((trace) =>
        run(problem, plain(0.1), { epochs: 1000, stop, trace }),
      );
      expect(running!.shots).toEqual(exact!.shots);
      expect(running!.last.stopped).not.toBe("epochs");
    }
  });
});

it("rules are checked", () => {
  const { size } = problem;
  expect(checkStopRules({ gradient: 0, change: { tolerance: 0 }, validation: { problem } }, problem)).toBeUndefined();
  expect(() => checkStopRules({ gradient: Infinity }, problem)).toThrow(
    "train: stop.gradient must be a finite number of at least 0",
  );
  expect(() => checkStopRules({ validation: { problem } }, { ...problem, size: size + 1 })).toThrow(
    `train: stop.validation.problem must have as many parameters as the problem (${size + 1}), got ${size}.`,
  );
  expect(() => checkStopRules({ validation: { problem } }, { size, elementType: "float32" })).toThrow(
    "train: stop.validation.problem must have the number type of the problem (float32), got float64. " +
      "Pass data of one type, Float64Array or Float32Array, for both.",
  );
});
