import { describe, expect, it } from "vitest";
import { evaluated, normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { allocate } from "../../kernels/arena.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import { linear } from "../../predictors/linear.ts";
import { risk } from "./risk.ts";

const n = 70; // more than one block of the widest rows
const draw = random(3);

const cases: [LossSpec["loss"], number, Partial<LossSpec>][] = [
  ["halfSquared", 1, {}],
  ["halfSquared", 2, {}],
  ["logistic", 1, {}],
  ["squaredHinge", 3, {}],
  ["crossEntropy", 4, {}],
  ["huber", 2, { delta: 0.8 }],
  ["absolute", 1, { width: 0.5 }],
  ["pinball", 1, { quantile: 0.9, width: 1.5 }],
  ["poisson", 2, {}],
];

describe.each(cases)("%s of %i outputs", (loss, outputs, numbers) => {
  const part = lossFromSpec({ loss, outputs, ...numbers });
  const kinked = !["halfSquared", "logistic", "crossEntropy", "poisson"].includes(loss);
  const real = normals(draw, n * part.targets);
  const y =
    loss === "crossEntropy"
      ? real.map((x) => Math.floor(Math.abs(3 * x)) % outputs)
      : loss === "poisson"
        ? real.map((x) => Math.floor(Math.abs(3 * x)))
        : !["logistic", "squaredHinge"].includes(loss)
          ? real
          : real.map((x) => (x > 0 ? 1 : -1));
  const weights = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1.5 : 0.5));

  it.each([3, 500])("of %i columns: H v is the change of the gradient along v, and the bounds hold", (d) => {
    const predictor = linear(d, outputs);
    for (const w of [undefined, column(weights)]) {
      const problem = risk({
        predictor,
        loss: part,
        inputs: dense({ data: normals(draw, n * d), rows: n, columns: d }),
        targets: dense({ data: y, rows: n, columns: part.targets }),
        l2: 0.3,
        ...(w && { weights: w }),
      });
      const at = normals(draw, predictor.size).map((x) => (0.5 * x) / Math.sqrt(d));
      const along = normals(draw, predictor.size);
      const { curvature, params, v, out } = allocate(wasmKernels, "float64", (arena) => ({
        curvature: problem.bind(arena).curvature!(arena),
        params: arena.vector(predictor.size, (view) => view.set(at)),
        v: arena.vector(predictor.size, (view) => view.set(along)),
        out: arena.vector(predictor.size),
      }));
      curvature.times(params, v, out);
      const h = 1e-6;
      const [up, down] = [h, -h].map(
        (h) =>
          evaluated(
            problem,
            at.map((x, j) => x + h * along[j]!),
          ).gradient,
      );
      const size = Math.max(...out.map(Math.abs));
      out.forEach((entry, j) => {
        expect(Math.abs(entry - (up![j]! - down![j]!) / (2 * h)) / size).toBeLessThan(kinked ? 1e-6 : 1e-7);
      });
      const bounds = curvature.largest();
      if (loss === "poisson") return; // its second derivatives have no bound
      for (let j = 0; j < predictor.size; j += Math.ceil(predictor.size / 40)) {
        v.fill(0);
        v[j] = 1;
        curvature.times(params, v, out);
        expect(out[j]!).toBeLessThanOrEqual(bounds[j]! * (1 + 1e-12));
      }
    }
  });
});
