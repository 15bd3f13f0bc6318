import { describe, expect, it } from "vitest";
import { run } from "../../test/problems.ts";
import { blobs, linearSvm, logisticRegression, plain, problemOf } from "../index.ts";
import { dog } from "./dog.ts";

it("a run whose first gradients are 0 does not end", () => {
  const flat = problemOf((params, gradient) => {
    gradient[0] = params[0]! > 0 ? 1 : 0;
    return Math.max(0, params[0]!);
  }, 1);
  const { last } = run(flat, dog(), { epochs: 3 });
  expect([...last.params]).toEqual([0]);
});

it("gradients whose squares overflow are an error about the data, not about a schedule", () => {
  const steep = problemOf((params, gradient) => {
    gradient[0] = 1e200;
    return 1e200 * params[0]!;
  }, 1);
  expect(() => run(steep, dog(), { epochs: 2 })).toThrow("the squares of gradients and steps must be finite numbers");
});

describe("averaged, in batches, without a learning rate", () => {
  const { X, y } = blobs({ n: 300, centers: 2, features: 6, spread: 3, seed: 1 });
  const options = { batchSize: 4, epochs: 60, average: { weight: "t8" } } as const;

  it.each([
    ["logistic", logisticRegression],
    ["hinge", linearSvm],
  ] as const)("%s: the objective is near that of the best of 13 constant rates", (_, make) => {
    const end = (more: object): number =>
      make({ ...options, ...more })
        .fit(X, y)
        .history.objective!.at(-1)!;
    const [start] = make({ optimizer: plain(1e-300), batchSize: "full", epochs: 1 }).fit(X, y).history.batchLoss;
    const rates = Array.from({ length: 13 }, (_, i) => 10 ** (i / 3 - 5));
    const best = Math.min(...rates.map((rate) => end({ optimizer: plain(rate) })));
    expect(end({ optimizer: dog() }) - best).toBeLessThan(0.01 * (start! - best));
  });

  it("multiplying the objective by a constant does not change the parameters", () => {
    const scaled = (factor: number) =>
      problemOf((params, gradient) => {
        let value = 0;
        for (let j = 0; j < 3; j++) {
          const distance = params[j]! - j;
          gradient[j] = factor * distance * (j + 1);
          value += (factor * (j + 1) * distance ** 2) / 2;
        }
        return value;
      }, 3);
    const [one, many] = [1, 2 ** 20].map((factor) => run(scaled(factor), dog(), { epochs: 50 }).last.params);
    expect([...one!]).toEqual([...many!]);
  });
});
