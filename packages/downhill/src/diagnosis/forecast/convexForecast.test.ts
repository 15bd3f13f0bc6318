import { describe, expect, it } from "vitest";
import { cases } from "../../../test/cases.ts";
import { bound, classification, normals, regression } from "../../../test/problems.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { type Random, random } from "../../core/random.ts";
import { allRows } from "../../core/rows.ts";
import { column, dense } from "../../kernels/source.ts";
import { absolute } from "../../losses/absolute.ts";
import { crossEntropy } from "../../losses/crossEntropy.ts";
import { huber } from "../../losses/huber.ts";
import { logistic } from "../../losses/logistic.ts";
import { pinball } from "../../losses/pinball.ts";
import { poisson } from "../../losses/poisson.ts";
import { squaredHinge } from "../../losses/squaredHinge.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { nesterov } from "../../optimizers/nesterov.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import { forecast } from "./forecast.ts";

/** Rows in two or more classes, which a plane separates in about a third of the problems; with and without a penalty. */
function classes(seed: number): { problem: Problem; l2: number } {
  const draw = random(seed).fork("classes");
  const [n, d, k] = [6 + Math.floor(draw.uniform() * 20), 1 + Math.floor(draw.uniform() * 3), 2 + (seed % 3)];
  const X = normals(draw, n * d).map((x) => x * 10 ** (0.5 * draw.uniform()));
  const noise = seed % 4 === 0 ? 0 : 2;
  const y = Float64Array.from({ length: n }, (_, i) => {
    const z = X[i * d]! + noise * draw.normal();
    return k === 2 ? (z > 0 ? 1 : -1) : Math.min(k - 1, Math.max(0, Math.floor(z + k / 2)));
  });
  const l2 = seed % 5 < 2 ? 10 ** (-3 * draw.uniform()) : 0;
  const parts =
    k === 2 ? { predictor: linear(d), loss: logistic() } : { predictor: linear(d, k), loss: crossEntropy(k) };
  const inputs = dense({ data: X, rows: n, columns: d });
  return { problem: risk({ ...parts, inputs, targets: column(y), l2 }), l2 };
}

const lowestOf = (problem: Problem): number => {
  let lowest = Infinity;
  for (const step of train(problem, automatic(), { epochs: 5000, stop: { remaining: 1e-12 }, every: "epoch" }))
    lowest = step.objective();
  return lowest;
};

/** The share of (objective at the start − optimum) that is left after 10 000 epochs; Infinity if the run diverges. */
function remainsAfter(problem: Problem, optimizer: Optimizer, start: number): number {
  const optimum = lowestOf(problem);
  let last = Infinity;
  try {
    const options = { epochs: 10_000, every: "epoch", trace: "running" } as const;
    for (const step of train(problem, optimizer, options)) last = step.batchLoss;
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    return Infinity;
  }
  return (last - optimum) / (start - optimum);
}

const optimizerOf = (draw: Random): ((rate: number) => Optimizer) =>
  [plain, plain, momentum, nesterov][Math.floor(4 * draw.uniform())]!;

describe("on random logistic and softmax problems", () => {
  const seeds = cases(30, 300);
  const bands = new Map<string, number>();

  it("'cannot settle' and 'diverges' are never the forecast of a run that converges in 10 000 epochs", () => {
    for (let seed = 0; seed < seeds; seed++) {
      const { problem, l2 } = classes(seed);
      const draw = random(seed).fork("rate");
      const make = optimizerOf(draw);
      const { limit, guaranteed, start } = forecast(problem, make(1));
      const rate = (limit ?? 20 * guaranteed!) * 10 ** (1.5 * draw.uniform() - 0.5);
      const { band } = forecast(problem, make(rate));
      bands.set(band, (bands.get(band) ?? 0) + 1);
      if (band !== "cannot settle" && band !== "diverges") continue;
      const remains = remainsAfter(problem, make(rate), start!);
      expect(remains, `seed ${seed}, l2 ${l2}: ${rate} is ${band}`).toBeGreaterThan(band === "diverges" ? 1.5 : 1e-6);
    }
    expect(bands.get("cannot settle")).toBeGreaterThan(cases(8, 80));
    expect(bands.get("diverges")).toBeGreaterThan(cases(0, 10));
    expect(bands.get("locally stable, not guaranteed")).toBeGreaterThan(cases(1, 20));
  }, 200_000);
});

it("other losses: the forecasts hold too", () => {
  const losses = {
    squaredHinge: squaredHinge(),
    huber: huber(0.7),
    absolute: absolute(0.5),
    pinball: pinball(0.8, 0.5),
    poisson: poisson(),
  };
  const bands = new Map<string, number>();
  for (const [name, loss] of Object.entries(losses)) {
    for (let seed = 0; seed < cases(6, 24); seed++) {
      const { X, y, n, d } = regression(20, 2, {}, seed);
      const targets =
        name === "squaredHinge" ? y.map(Math.sign) : name === "poisson" ? y.map((z) => Math.round(z * z)) : y;
      const inputs = dense({ data: X, rows: n, columns: d });
      const l2 = seed % 3 === 0 ? 0 : 0.02 * (1 + (seed % 5));
      const problem = risk({ predictor: linear(d), loss, inputs, targets: column(targets), l2 });
      const draw = random(seed).fork(name);
      const make = optimizerOf(draw);
      const { limit, guaranteed, start } = forecast(problem, make(1));
      const rate = (limit ?? 10 * guaranteed!) * 10 ** (2 * draw.uniform() - 0.7);
      const { band } = forecast(problem, make(rate));
      bands.set(band, (bands.get(band) ?? 0) + 1);
      if (band !== "cannot settle" && band !== "diverges") continue;
      const remains = remainsAfter(problem, make(rate), start!);
      expect(remains, `${name} ${seed}: ${rate} is ${band}`).toBeGreaterThan(band === "diverges" ? 1.5 : 1e-6);
    }
  }
  expect(bands.get("cannot settle")).toBeGreaterThan(cases(2, 10));
}, 100_000);

it("a rate that certainly decreases the objective does so in every step", () => {
  for (let seed = 0; seed < cases(20, 40); seed++) {
    const { problem } = classes(seed);
    const { guaranteed } = forecast(problem, plain(1), { optimum: null });
    expect(forecast(problem, plain(guaranteed!), { optimum: null }).band).toBe("certainly decreases");
    let before = Infinity;
    for (const { batchLoss } of train(problem, plain(guaranteed!), { epochs: 200 })) {
      expect(batchLoss).toBeLessThanOrEqual(before * (1 + 1e-14));
      before = batchLoss;
    }
  }
});

it("up to the guaranteed rate, the sum that the docs state falls in every step of momentum and of Nesterov's gradient", () => {
  for (let seed = 0; seed < cases(9, 40); seed++) {
    const { problem } = classes(seed);
    const decay = [0.3, 0.9, 0.97][seed % 3]!;
    for (const name of ["momentum", "nesterov"] as const) {
      const make = (rate: number) => ({ momentum, nesterov })[name](rate, { decay });
      const rate = forecast(problem, make(1), { optimum: null }).guaranteed!;
      const points: Float64Array[] = [new Float64Array(problem.size)];
      for (const { params } of train(problem, make(rate), { epochs: 150 })) points.push(Float64Array.from(params));
      // v is a multiple of the last step; for Nesterov's gradient the position is the parameters plus rate · decay · v.
      const velocity = new Float64Array(problem.size);
      const { evaluate, params: at, gradient } = bound(problem, points[0]!);
      let [before, position] = [Infinity, points[0]!];
      for (let t = 1; t < points.length; t++) {
        const last = position;
        position = points[t]!.map((w, j) => {
          const step = points[t - 1]![j]! - w; // rate · v, or rate · (g + decay · v)
          if (name === "momentum") {
            velocity[j] = step;
            return w;
          }
          const g = (step - decay * decay * velocity[j]!) / (1 + decay); // rate · g, because v = decay · (v before) + g
          velocity[j] = decay * velocity[j]! + g;
          return w + decay * velocity[j]!;
        });
        at.set(position);
        let square = 0;
        for (let j = 0; j < position.length; j++) square += (position[j]! - last[j]!) ** 2;
        const sum =
          evaluate(at, allRows(problem.examples), gradient) + ((name === "momentum" ? decay : 1) / (2 * rate)) * square;
        expect(sum).toBeLessThanOrEqual(before * (1 + 1e-13));
        before = sum;
      }
    }
  }
});

it("below the limit, a run that begins near the optimum ends there; above it, the run leaves it", () => {
  const seeds = cases(20, 60);
  let tried = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { problem, l2 } = classes(seed);
    const make = [plain, momentum, nesterov][seed % 3]!;
    const { limit } = forecast(problem, make(1));
    if (l2 === 0 || limit === null) continue;
    tried++;
    let near = new Float64Array();
    for (const { solution } of train(problem, automatic(), {
      epochs: 5000,
      stop: { remaining: 1e-12 },
      every: "epoch",
    }))
      near = Float64Array.from(solution, (w) => w + 1e-5);
    const distance = (rate: number): number => {
      let last = Infinity;
      const options = { epochs: 1e9, start: near, every: "epoch", trace: "running" } as const;
      for (const { batchLoss, t } of train(problem, make(rate), options)) {
        last = batchLoss;
        if (t === 20_000) break;
      }
      return last - lowestOf(problem);
    };
    expect(distance(0.97 * limit)).toBeLessThan(1e-13);
    expect(distance(1.03 * limit)).toBeGreaterThan(1e-9);
  }
  expect(tried).toBeGreaterThan(seeds / 4);
}, 100_000);

it("the sentences have the numbers of their band", () => {
  const { problem } = classification(40, 3, { l2: 0.01 });
  const sentences = [0.5, 7, 50, 250].map((rate) => forecast(problem, plain(rate)).sentences);
  expect(sentences).toMatchInlineSnapshot(`
    [
      [
        "The learning rate 0.5 is at most 6.47, so every step decreases the objective.",
        "The learning rate 6.1 has the same guarantee, and its first step is 12 times as long.",
      ],
      [
        "The learning rate 7 is above 6.47, the largest rate with which every step is proven to decrease the objective. It is at most 7.81, the largest rate with which a run can settle at the optimum. So the run can converge, but this is not proven: it can also end in a cycle around the optimum.",
      ],
      [
        "The learning rate 50 is above 7.81, the largest rate with which a run can settle at the optimum. So this run cannot settle.",
      ],
      [
        "The learning rate 250 is at least 200. From this rate on, the penalty l2 makes the weights grow without end, so the run diverges.",
      ],
    ]
  `);
  const zones = forecast(problem, plain(5)).zones.map(({ from, to, name }) => [
    name,
    from.toPrecision(2),
    to.toPrecision(2),
  ]);
  expect(zones).toEqual([
    ["crawls", "0.0", "0.061"],
    ["steady", "0.061", "1.8"],
    ["fast", "1.8", "6.5"],
    ["not guaranteed", "6.5", "7.8"],
    ["cannot settle", "7.8", "2.0e+2"],
    ["diverges", "2.0e+2", "Infinity"],
  ]);
});

it.each([
  ["l1", () => classification(40, 3, { l1: 0.01 }).problem, /l1/],
  ["two separable classes", () => separable(), /A plane separates the classes/],
  ["squared hinge", () => classification(40, 3, { loss: squaredHinge(), l2: 1e-4 }).problem, /jumps/],
])("%s: no limit, and a sentence with the reason", (_, make, reason) => {
  const { limit, sentences, guaranteed } = forecast(make(), plain(1000));
  expect(limit).toBe(null);
  expect(guaranteed).toBeGreaterThan(0);
  expect(sentences.join(" ")).toMatch(reason);
  expect(forecast(make(), plain(1000)).band).toBe("not known");
});

it("weights that stay 0 do not diverge, whatever l2 is", () => {
  const inputs = dense({ data: new Float64Array(3), rows: 3, columns: 1 });
  const targets = column(Float64Array.of(1, 1, -1));
  const problem = risk({ predictor: linear(1), loss: logistic(), inputs, targets, l2: 3 });
  expect(forecast(problem, plain(1)).band).toBe("not known");
});

it("a start without a part along the steepest direction: no limit, because the run can converge above it", () => {
  const labels = [1, 1, -1, -1, -1, -1, 1, 1];
  const X = Float64Array.from(labels.flatMap((label, i) => [i < 6 ? label : -1, i % 2 === 0 ? 8 : -8])); // the second column is symmetric
  const inputs = dense({ data: X, rows: 8, columns: 2 });
  const problem = risk({
    predictor: linear(2),
    loss: logistic(),
    inputs,
    targets: column(Float64Array.from(labels)),
    l2: 0.01,
  });
  const { limit } = forecast(problem, plain(1), { start: Float64Array.of(0, 0.1, 0) });
  const above = forecast(problem, plain(2 * limit!));
  expect(above).toMatchObject({ band: "not known", limit: null });
  expect(above.sentences.join(" ")).toContain("no component along the steepest direction");
  expect(remainsAfter(problem, plain(2 * limit!), above.start!)).toBeLessThan(1e-9);
});

it("counts that are all 0: their logarithm has no lowest value, so the optimum is not found", () => {
  const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
  const problem = risk({ predictor: linear(1), loss: poisson(), inputs, targets: column(new Float64Array(3)) });
  const { band, sentences } = forecast(problem, plain(1));
  expect(band).toBe("not known");
  expect(sentences.join(" ")).toMatch(/has no largest curvature.*optimum was not found/);
});

function separable(): Problem {
  const X = Float64Array.of(-3, -2, -1, 1, 2, 3);
  const inputs = dense({ data: X, rows: 6, columns: 1 });
  return risk({ predictor: linear(1), loss: logistic(), inputs, targets: column(X.map(Math.sign)) });
}
