import { describe, expect, it } from "vitest";
import { apart, classification, evaluated, run } from "../../../test/problems.ts";
import { plain } from "../../optimizers/plain.ts";
import { averagingFraction, checkAveraging } from "./averaging.ts";

const { problem } = classification(23, 3);

/** j (j + 1) … (j + 7) */
const rising = (j: number): number => [0, 1, 2, 3, 4, 5, 6, 7].reduce((product, i) => product * (j + i), 1);

describe.each(["uniform", "t", "t8"] as const)("averages weighted by %s", (weight) => {
  it.each([
    ["full", 0],
    ["full", 3],
    [1, 0],
    [1, 2],
    [7, 1],
  ] as const)("batches of %s from epoch %i on: the sums of the parameters after each update", (batchSize, from) => {
    const { shots, last } = run(problem, plain(0.5), { batchSize, epochs: 5, average: { from, weight } });
    const bare = run(problem, plain(0.5), { batchSize, epochs: 5 });
    const sums = new Float64Array(4);
    let total = 0;
    let counted = 0;
    for (const [i, { epoch, params, solution }] of shots.entries()) {
      expect(params).toEqual(bare.shots[i]!.params); // averaging steers nothing
      if (epoch - 1 < from) {
        expect(solution).toEqual(params);
        continue;
      }
      counted++;
      const share = { uniform: 1, t: counted, t8: rising(counted) }[weight];
      total += share;
      for (const [j, entry] of params.entries()) sums[j]! += share * entry;
      expect(
        apart(
          solution,
          sums.map((sum) => sum / total),
        ),
      ).toBeLessThan(1e-14);
    }
    expect(total).toBeGreaterThan(1);
    expect(apart(last.solution, last.params)).toBeGreaterThan(1e-3);
    expect(last.objective()).toBe(evaluated(problem, last.solution).value);
    expect(last.history.objective!.at(-1)).toBe(last.objective());
  });
});

it("the first average is the first parameters", () => {
  expect((["uniform", "t", "t8"] as const).map((weight) => averagingFraction(weight, 1))).toEqual([1, 1, 1]);
});

it("with an average that starts after the last epoch, the solution is the parameters", () => {
  const { last } = run(problem, plain(0.5), { epochs: 3, average: { from: 3 } });
  expect([...last.solution]).toEqual([...last.params]);
});

it("the options of an average are checked", () => {
  expect(checkAveraging({})).toBeUndefined();
  expect(() => checkAveraging({ from: 0.5 })).toThrow(
    "train: average.from must be a whole number of at least 0, got 0.5",
  );
});
