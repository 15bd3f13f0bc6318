import { describe, expect, it } from "vitest";
import { classification, normals, ratings, regression } from "../../../test/problems.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { random } from "../../core/random.ts";
import { column, dense } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { hinge } from "../../losses/hinge.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { plain } from "../../optimizers/plain.ts";
import { factors } from "../../predictors/factors.ts";
import { linear } from "../../predictors/linear.ts";
import { network } from "../../predictors/network.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { curvature } from "../curvature/curvature.ts";
import { type ForecastOptions, forecast } from "./forecast.ts";

/** The mean objective of the second half of a run, at every 50th update. */
function meanObjective(problem: Problem, rate: number, options: TrainOptions): number {
  const values: number[] = [];
  for (const step of train(problem, plain(rate), { ...options, every: 50 })) values.push(step.objective());
  const half = values.slice(Math.floor(values.length / 2));
  return half.reduce((a, b) => a + b / half.length, 0);
}

function lowestOf(problem: Problem): number {
  let lowest = Infinity;
  const options = { epochs: 5000, stop: { remaining: 1e-12 }, every: "epoch" } as const;
  for (const step of train(problem, automatic(), options)) lowest = step.objective();
  return lowest;
}

describe("batches", () => {
  const kinds = [
    ["regression", (n: number) => regression(n, 3).problem],
    ["logistic", (n: number) => classification(n, 3, { l2: 0.1 }).problem],
  ] as const;

  it.each(kinds)(
    "%s: noise keeps a run about as far above the optimum as in the forecast, or nearer if n is small",
    (_, make) => {
      for (const [n, epochs] of [
        [60, 500],
        [3000, 20],
      ] as const) {
        const problem = make(n);
        for (const batchSize of [1, 4]) {
          const rate = forecast(problem, plain(1), { batchSize }).guaranteed! / 2;
          const { noiseFloor, band } = forecast(problem, plain(rate), { batchSize });
          expect(band).toBe("stable");
          const measured = meanObjective(problem, rate, { batchSize, epochs }) - lowestOf(problem);
          expect(noiseFloor! / measured).toBeGreaterThan(0.8);
          expect(noiseFloor! / measured).toBeLessThan(n === 60 ? 10 : 1.25);
        }
      }
    },
  );

  it.each(kinds)(
    "%s: noise keeps a run with replacement about as far above the optimum as in the forecast, also if n is small",
    (_, make) => {
      const problem = make(60);
      const lowest = lowestOf(problem);
      for (const [batchSize, epochs] of [
        [1, 500],
        [4, 2000],
        [20, 10_000],
      ] as const) {
        const options = { batchSize, order: "replacement" } as const;
        const rate = forecast(problem, plain(1), options).guaranteed! / 2;
        const { noiseFloor, band } = forecast(problem, plain(rate), options);
        expect(band).toBe("stable");
        const measured = meanObjective(problem, rate, { ...options, epochs }) - lowest;
        expect(noiseFloor! / measured).toBeGreaterThan(0.8);
        expect(noiseFloor! / measured).toBeLessThan(1.25);
      }
    },
  );

  it("with replacement a batch can be copies of one row, so the limit is that of one row", () => {
    const { problem } = regression(30, 3);
    const ratesOf = (options: ForecastOptions) => forecast(problem, plain(1), { ...options, optimum: null });
    const one = ratesOf({ batchSize: 1 });
    expect(ratesOf({ batchSize: 1, order: "replacement" })).toEqual(one);
    const [own, shuffled] = (["replacement", "shuffled"] as const).map((order) => ratesOf({ batchSize: 2, order }));
    expect(own!.limit).toBe(one.limit);
    expect(shuffled!.limit).toBeGreaterThan(own!.limit!);
    expect(own!.guaranteed).toBeGreaterThan(one.guaranteed!);
    expect(own!.guaranteed).toBeLessThan(shuffled!.guaranteed!);
  });

  it("the safe rate with replacement is 1/(2𝓛), with E‖gradient difference of a batch‖² ≤ 2𝓛 (objective − optimum)", () => {
    const { problem, X, n, d } = regression(5, 2);
    const { guaranteed } = forecast(problem, plain(1), { batchSize: 2, order: "replacement", optimum: null });
    const draw = random(4);
    let largest = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const away = normals(draw, d + 1); // from the optimum
      const rows = Array.from({ length: n }, (_, i) => [...X.subarray(i * d, (i + 1) * d), 1]);
      const scores = rows.map((row) => row.reduce((z, x, j) => z + x * away[j]!, 0));
      const gap = scores.reduce((sum, z) => sum + (z * z) / (2 * n), 0); // of half the mean squared error
      let mean = 0;
      for (let a = 0; a < n; a++)
        for (
          let b = 0;
          b < n;
          b++ // all n² batches of two rows are equally likely
        )
          for (let j = 0; j <= d; j++)
            mean += ((scores[a]! * rows[a]![j]! + scores[b]! * rows[b]![j]!) / 2) ** 2 / (n * n);
      largest = Math.max(largest, mean / (2 * gap));
    }
    const smoothness = 0.5 / guaranteed!;
    expect(largest).toBeLessThan(smoothness);
    expect(largest).toBeGreaterThan(smoothness / 2);
  });

  it("the safe rate grows in proportion to the batch up to the critical batch, and then hardly", () => {
    const { problem } = regression(1000, 5);
    const safe = (batchSize: number): number => forecast(problem, plain(1), { batchSize, optimum: null }).guaranteed!;
    const { criticalBatch } = forecast(problem, plain(1), { batchSize: 1, optimum: null });
    expect(criticalBatch).toBeGreaterThan(5);
    expect(criticalBatch).toBeLessThan(100);
    expect(safe(2) / safe(1)).toBeGreaterThan(1.7);
    expect(safe(criticalBatch!) / safe(1)).toBeGreaterThan(0.45 * criticalBatch!);
    expect(safe(999) / safe(criticalBatch!)).toBeLessThan(2.2);
  });

  it("where the forecast is 'diverges', the run does; where it is 'stable', it does not", () => {
    const bands = { diverges: 0, stable: 0 };
    for (let seed = 0; seed < 60; seed++) {
      const { problem } = regression(30, 1 + (seed % 3), { l2: seed % 2 === 0 ? 0 : 0.3 }, seed);
      const { limit } = forecast(problem, plain(1), { batchSize: 1 });
      const rate = limit! * 10 ** (4 * random(seed).fork("rate").uniform() - 2);
      const { band } = forecast(problem, plain(rate), { batchSize: 1, optimum: null });
      if (band !== "diverges" && band !== "stable") continue;
      bands[band]++;
      let diverged = false;
      try {
        for (const _ of train(problem, plain(rate), { batchSize: 1, epochs: 300, every: "epoch" }));
      } catch (error) {
        diverged = error instanceof DivergenceError;
      }
      expect(diverged, `seed ${seed}, ${band}`).toBe(band === "diverges");
    }
    expect(Math.min(bands.diverges, bands.stable)).toBeGreaterThan(10);
  });

  it("has sentences with its numbers", () => {
    const { problem } = regression(200, 3);
    const { guaranteed, limit } = forecast(problem, plain(1), { batchSize: 4, optimum: null });
    const sentences = [0.5 * guaranteed!, 0.5 * (guaranteed! + limit!), 2 * limit!].map(
      (rate) => forecast(problem, plain(rate), { batchSize: 4 }).sentences,
    );
    expect(sentences).toMatchInlineSnapshot(`
      [
        [
          "The learning rate 0.0379 is at most the safe rate 0.0758, so on average the run comes closer to the optimum, until the noise of the batches stops it.",
          "Because of the noise of the batches, the objective stays up to about 0.000831 above the optimum with this rate.",
          "Up to about 19 rows per batch, a larger batch allows a proportionally larger rate.",
        ],
        [
          "The learning rate 0.102 is above the safe rate 0.0758. No single step overshoots, but the noise of the batches can be large.",
          "Because of the noise of the batches, the objective stays up to about 0.00224 above the optimum with this rate.",
          "Up to about 19 rows per batch, a larger batch allows a proportionally larger rate.",
        ],
        [
          "The learning rate 0.258 is above 0.129, so steps on some batches can overshoot. Rates up to 0.0758 are safe.",
          "Up to about 19 rows per batch, a larger batch allows a proportionally larger rate.",
        ],
      ]
    `);
    expect(forecast(problem, momentum(0.1), { batchSize: 4 }).sentences).toMatchInlineSnapshot(`
      [
        "With batches and momentum, no rate is proven to be stable. With the rate 0.0072, a step is about as long as a step of plain descent with a safe rate.",
      ]
    `);
  });
});

describe("hinge", () => {
  const { X, y, n, d } = classification(50, 2);
  const make = (l2: number): Problem =>
    risk({
      predictor: linear(d),
      loss: hinge(),
      inputs: dense({ data: X, rows: n, columns: d }),
      targets: column(y),
      l2,
    });

  it("on average a run stays at most as far above the lowest objective as in the forecast", () => {
    for (const l2 of [0, 0.1]) {
      for (const batchSize of [1, 10, 50]) {
        const [problem, rate] = [make(l2), 0.05];
        const { noiseFloor, band } = forecast(problem, plain(rate), { batchSize });
        expect(band).toBe("noisy");
        const lowest = Math.min(...[0.01, 0.001].map((small) => meanObjective(problem, small, { epochs: 4000 })));
        expect(meanObjective(problem, rate, { batchSize, epochs: 2000 }) - lowest).toBeLessThan(noiseFloor!);
      }
    }
  });

  it("diverges only if l2 · rate is at least 2", () => {
    expect(forecast(make(0.1), plain(19)).band).toBe("noisy");
    expect(forecast(make(0.1), plain(21)).band).toBe("diverges");
    expect(forecast(make(0), plain(1e6)).band).toBe("noisy");
    expect(forecast(make(0.1), plain(21)).sentences).toMatchInlineSnapshot(`
      [
        "The learning rate 21 is at least 20, so the penalty l2 makes the weights grow without end.",
        "The slope of the hinge loss jumps, so with a constant rate a run does not settle at the optimum. It settles if the rate falls like 1/(l2 · t) in update t.",
      ]
    `);
  });
});

describe("factorization", () => {
  it("the limit is that of the steepest rating, and at most 2 / its largest curvature", () => {
    const draw = random(3);
    for (const biases of [false, true]) {
      const predictor = factors(1, 1, 3, { biases, mean: 0.5, perRating: 0.2 });
      for (let i = 0; i < 20; i++) {
        const start = normals(draw, predictor.size);
        const inputs = predictor.inputs(Uint32Array.of(0), Uint32Array.of(0));
        const problem = risk({
          predictor,
          loss: halfSquared(),
          inputs,
          targets: column(Float64Array.of(draw.normal())),
        });
        const { limit } = forecast(problem, plain(1), { start });
        const exact = 2 / curvature(problem, { params: start }).largest;
        expect(limit! / exact).toBeLessThanOrEqual(1 + 1e-12);
        expect(limit! / exact).toBeGreaterThan(0.4);
      }
    }
  });

  it("has a sentence about the change of the rate along the run", () => {
    const problem = ratings(6, 6, 30, { biases: true });
    const { limit } = forecast(problem, plain(1), { start: "random" });
    expect(forecast(problem, plain(0.9 * limit!), { start: "random", batchSize: 1 })).toMatchObject({
      band: "stable at the start",
    });
    const { band, sentences } = forecast(problem, plain(3), { start: "random" });
    expect(band).toBe("unstable steps");
    expect(sentences).toMatchInlineSnapshot(`
      [
        "The learning rate 3 is above 0.492, so at the start a step on one rating can overshoot.",
        "This limit changes during the run, because it depends on the length of the factors.",
      ]
    `);
  });
});

it("network: the largest curvature at the start", () => {
  const { X, y, n, d } = regression(40, 3);
  const inputs = dense({ data: X, rows: n, columns: d });
  const problem = risk({ predictor: network(d, [5], 1, "tanh"), loss: halfSquared(), inputs, targets: column(y) });
  const { largest } = curvature(problem, { seed: 4 });
  const at = (times: number) => forecast(problem, plain((times * 2) / largest), { start: "random", seed: 4 });
  expect(at(1).limit! / (2 / largest)).toBeCloseTo(1, 6);
  expect([0.5, 1.5, 3].map((times) => at(times).band)).toEqual([
    "stable at the start",
    "edge of stability",
    "unstable steps",
  ]);
  expect(at(1.5).sentences).toMatchInlineSnapshot(`
    [
      "The learning rate 1.2 is 1.5 times the limit 0.799. The first steps overshoot, and the run usually jumps to parameters with less curvature.",
      "At the start the largest curvature is about 2.5, so steps with a rate above 0.799 overshoot.",
      "The curvature changes during the run. In full batch it often rises until steps nearly overshoot, and stays at this value while the loss falls. This is called the edge of stability, and it is normal.",
    ]
  `);
  expect(forecast(problem, plain(0.1)).limit).not.toBe(null); // at zeros, only the intercept has curvature
});
