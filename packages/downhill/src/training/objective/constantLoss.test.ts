import { describe, expect, it } from "vitest";
import { evaluated, normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import type { Vector } from "../../core/vector.ts";
import { column, dense } from "../../kernels/source.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { linear } from "../../predictors/linear.ts";
import { type Step, train } from "../train.ts";
import { type ConstantRows, constantLoss } from "./constantLoss.ts";
import { risk } from "./risk.ts";

const inOnePart = (targets: Vector, weights: Vector | null, n: number): ConstantRows => ({
  n,
  weighted: weights !== null,
  each: (visit) => visit({ from: 0, n, targets, weights }),
});

describe("the loss of the best constant scores", () => {
  const n = 37;
  const draw = random(5);
  const weights = Float64Array.from({ length: n }, () => draw.uniform());
  const total = weights.reduce((sum, w) => sum + w, 0);
  const meanOne = weights.map((w) => (w * n) / total);

  const cases: [LossSpec["loss"], number, Partial<LossSpec>][] = [
    ["halfSquared", 1, {}],
    ["halfSquared", 3, {}],
    ["logistic", 1, {}],
    ["squaredHinge", 2, {}],
    ["crossEntropy", 4, {}],
    ["huber", 2, { delta: 0.5 }],
    ["absolute", 1, { width: 0.1 }],
    ["pinball", 2, { quantile: 0.9, width: 0.2 }],
    ["poisson", 2, {}],
  ];

  it.each(cases)("%s of %i outputs is what a descent over intercepts alone finds", (loss, outputs, numbers) => {
    const spec = { loss, outputs, ...numbers };
    const part = lossFromSpec(spec);
    const real = normals(draw, n * part.targets);
    const data =
      loss === "crossEntropy"
        ? real.map((x) => Math.abs(Math.floor(2 * x)) % outputs)
        : loss === "poisson"
          ? real.map((x) => Math.floor(Math.abs(2 * x)))
          : !["logistic", "squaredHinge"].includes(loss)
            ? real
            : real.map((x) => (x > 0.5 ? 1 : -1));
    for (const w of [null, meanOne]) {
      const problem = risk({
        predictor: linear(1, outputs),
        loss: part,
        inputs: dense({ data: new Float64Array(n), rows: n, columns: 1 }),
        targets: dense({ data, rows: n, columns: part.targets }),
        ...(w && { weights: column(w) }),
      });
      let last: Step | undefined;
      for (const step of train(problem, automatic(), { epochs: 300, stop: { gradient: 1e-12 } })) last = step;
      const { best, zero } = constantLoss(spec, inOnePart(data, w, n));
      expect(best).toBeCloseTo(last!.objective(), 12);
      expect(zero).toBeCloseTo(evaluated(problem, new Float64Array(2 * outputs)).value, 12);
    }
  });

  it("hinge: each row of the rarer label has a loss of 2", () => {
    const data = Float64Array.of(1, 1, 1, -1, -1);
    expect(constantLoss({ loss: "hinge", outputs: 1 }, inOnePart(data, null, data.length))).toEqual({
      best: 0.8,
      zero: 1,
    });
    const problem = risk({
      predictor: linear(1),
      loss: lossFromSpec({ loss: "hinge", outputs: 1 }),
      inputs: column(new Float64Array(5)),
      targets: column(data),
    });
    expect(evaluated(problem, [0, 1]).value).toBeCloseTo(0.8, 15);
  });
});
