// Results of the diagnosis whose bits must be the same in every engine. It uses nothing of Node.
import { random } from "../../src/core/random.ts";
import { sharpnessTracker } from "../../src/diagnosis/curvature/sharpness.ts";
import { column, curvature, dense, halfSquared, hessianTimes, linear, network, risk } from "../../src/index.ts";
import { drawTrial, kinds } from "../objectiveTrial.ts";
import { classification, normals, ratings } from "../problems.ts";

const wide = () =>
  risk({
    predictor: linear(1200),
    loss: halfSquared(),
    inputs: dense({ data: normals(random(3), 60 * 1200), rows: 60, columns: 1200 }),
    targets: column(new Float64Array(60)),
  });

const net = (single: boolean) => {
  const data = normals(random(4), 200);
  return risk({
    predictor: network(4, [5, 3], 1, "tanh"),
    loss: halfSquared(),
    inputs: dense({ data: single ? Float32Array.from(data) : data, rows: 50, columns: 4 }),
    targets: column(normals(random(5), 50)),
    l2: 0.01,
  });
};

/** Functions by the name of what they compute. */
export const diagnoses: Readonly<Record<string, () => unknown>> = {
  hessianTimes: () =>
    kinds.map((kind) => {
      const { problem, params } = drawTrial(kind, 7);
      return [...hessianTimes(problem, params, normals(random(1), problem.size))];
    }),
  "curvature, exact": () => [0, 0.3].map((l2) => curvature(classification(90, 7, { l2 }).problem)),
  "curvature, Lanczos": () => [wide(), net(false), net(true), ratings(9, 8, 40)].map((problem) => curvature(problem)),
  sharpness: () => {
    const sharpness = sharpnessTracker(net(false));
    return [1, 2, 3, 4].map((seed) => sharpness(normals(random(seed), net(false).size)));
  },
};
