import { describe, expect, it } from "vitest";
import { random } from "../../core/random.ts";
import { regressionWithCondition } from "../../data/regressionWithCondition.ts";
import { column, dense } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { nesterov } from "../../optimizers/nesterov.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import { forecast } from "./forecast.ts";

function leastSquares(seed: number): { problem: Problem; condition: number; label: string } {
  const draw = random(seed).fork("problems");
  const features = 1 + Math.floor(draw.uniform() * 8);
  const n = features + 2 + Math.floor(draw.uniform() * 40);
  const condition = features === 1 ? 1 : 10 ** (8 * draw.uniform());
  const l2 = seed % 3 === 0 ? 10 ** (-4 * draw.uniform()) : 0;
  const { X, y } = regressionWithCondition({ n, features, condition, noise: draw.uniform(), seed });
  for (let i = 0; i < n; i++) y[i]! += 3;
  const problem = risk({ predictor: linear(features), loss: halfSquared(), inputs: dense(X), targets: column(y), l2 });
  return { problem, condition, label: `seed ${seed}: ${n} × ${features}, condition ${condition}, l2 ${l2}` };
}

describe("on 100 random least-squares problems", () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  const rules = { plain, momentum, nesterov };

  it.each(["plain", "momentum", "nesterov"] as const)("%s: the predicted number of epochs is the measured one", (name) => {
    let total = 0;
    const misses: string[] = [];
    for (const seed of seeds) {
      const { problem, label } = leastSquares(seed);
      const limit = forecast(problem, rules[name](1)).limit!;
      const part = 0.05 + 0.94 * random(seed).fork("rate").uniform();
      const optimizer = rules[name](part * limit);
      for (const tolerance of [1e-6, 1e-4, 1e-2, 0.1, 0.5]) {
        const { epochs, start, optimum } = forecast(problem, optimizer, { tolerance });
        if (epochs! > 20_000) continue;
        let measured = 0;
        for (const step of train(problem, optimizer, { epochs: epochs! + 2 })) {
          // the objective before update t is that after epoch t − 1
          if ((step.batchLoss - optimum!) / (start! - optimum!) <= tolerance) break;
          measured = step.t;
        }
        total++;
        if (measured !== epochs) misses.push(`${label} ${tolerance}: ${epochs} ${measured}`);
        break;
      }
    }
    console.log(name, total, misses.length, misses.slice(0, 10));
  });
});
