// A real run for each verdict, and the sentence that describes it.

import { describe, expect, test } from "vitest";
import {
  adam,
  column,
  cosine,
  crossEntropy,
  curvature,
  dense,
  forecast,
  halfSquared,
  linear,
  logistic,
  momentum,
  network,
  plain,
  random,
  risk,
  runContext,
  sharpnessTracker,
  signalMeter,
  signalRecorder,
  train,
  verdict,
  verdictPeriods,
} from "../src/index.ts";
import { observedTrain } from "./observed.ts";
import { classification, normals, regression } from "./problems.ts";

const quadratic = regression(50, 4).problem;
const classes = classification(100, 4, { l2: 0.01 }).problem;
const ids = (run: ReturnType<typeof observedTrain>) =>
  verdictPeriods(run.trace, run.context).map(({ verdict }) => verdict.id);

/** Least squares with two uncorrelated columns, of which the first is `scale` times as large. */
function valley(scale: number) {
  const draw = random(5);
  const data = normals(draw, 80).map((x, i) => (i % 2 === 0 ? scale * x : x));
  const targets = column(Float64Array.from({ length: 40 }, (_, i) => data[2 * i]! / scale + data[2 * i + 1]!));
  return risk({
    predictor: linear(2),
    loss: halfSquared(),
    inputs: dense({ data, rows: 40, columns: 2 }),
    targets,
  });
}

describe("golden runs", () => {
  test("diverged", () => {
    const run = observedTrain(
      quadratic,
      plain(4),
      { epochs: 5000 },
      { shape: "quadratic", forecast: forecast(quadratic, plain(4)) },
    );
    expect(ids(run)).toEqual(["exploding", "diverged"]);
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The run diverged at update 206 with the learning rate 4: the objective became Infinity. The largest stable learning rate is about 1.21."`,
    );
    expect(run.verdict.remedies.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "Set the learning rate to 0.99.",
        "Use the optimizer automatic in full batch; it computes its learning rates.",
      ]
    `);
  });

  test("exploding", () => {
    const run = observedTrain(quadratic, plain(1.5), { epochs: 12 }, { shape: "quadratic" });
    const { sentence, id } = verdictPeriods(run.trace, { ...run.context, divergence: undefined, stopped: null }).at(
      -1,
    )!.verdict;
    expect(id).toBe("exploding");
    expect(sentence).toMatchInlineSnapshot(
      `"The learning rate 1.5 is too large: the objective rose from 20.8 to 656 in 5 updates."`,
    );
  });

  test("zigzag: the objective falls", () => {
    const facts = { shape: "quadratic", forecast: forecast(quadratic, plain(1.19)) } as const;
    const run = observedTrain(quadratic, plain(1.19), { epochs: 40 }, facts);
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The learning rate 1.19 is large: the updates overshoot, so each one has almost the opposite direction to the one before. The run needs 148 epochs; the learning rate 0.99 needs 14 epochs."`,
    );
    expect(run.verdict.remedies[0]!.text).toMatchInlineSnapshot(`"Set the learning rate to 0.99."`);
  });

  test("zigzag: the objective does not fall", () => {
    const run = observedTrain(classes, plain(30), { epochs: 60 }, { shape: "smooth" });
    expect(ids(run)).toEqual(["healthy", "exploding", "zigzag", "diverged"]);
    expect(verdictPeriods(run.trace, run.context)[2]!.verdict.sentence).toMatchInlineSnapshot(
      `"The run does not settle with the learning rate 30: the objective was between 1.51 and 2.13 in the last 16 updates, and its lowest value before was 0.693."`,
    );
  });

  test("edge", () => {
    const draw = random(1);
    const data = normals(draw, 120);
    const targets = column(Float64Array.from({ length: 40 }, (_, i) => Math.sin(2 * data[3 * i]!) + data[3 * i + 1]!));
    const inputs = dense({ data, rows: 40, columns: 3 });
    const problem = risk({ predictor: network(3, [20], 1, "tanh"), loss: halfSquared(), inputs, targets });
    const optimizer = plain(0.35);
    const recorder = signalRecorder();
    const sharpnessAt = sharpnessTracker(problem);
    const meter = signalRecorder(); // with a measurement in 100 epochs
    const options = { epochs: 2000, start: "random" } as const;
    const measure = signalMeter(problem, optimizer, options);
    for (const step of train(problem, optimizer, options)) {
      recorder.add(step, { sharpness: sharpnessAt(step.params) });
      meter.add(step, measure(step));
    }
    const context = runContext(problem, optimizer, options);
    const seldom = verdictPeriods(meter.trace, context).map(({ verdict }) => verdict.id);
    expect(meter.trace.filter(({ sharpness }) => sharpness !== null)).toHaveLength(20);
    expect(seldom.at(-1)).toBe("edge");
    const periods = verdictPeriods(recorder.trace, context);
    expect(periods.map(({ from, verdict }) => `${from} ${verdict.id}`)).toMatchInlineSnapshot(`
      [
        "1 healthy",
        "52 edge",
        "210 zigzag",
        "321 edge",
      ]
    `);
    const edge = periods.find(({ verdict }) => verdict.id === "edge")!.verdict;
    expect(edge.sentence).toMatchInlineSnapshot(
      `"The run is at the edge of stability: the largest curvature has grown to about 7.04, for which learning rates up to about 0.284 are stable, and the run uses 0.35. Small waves of the objective are normal here."`,
    );
  });

  test("crawling", () => {
    const facts = { shape: "quadratic", forecast: forecast(quadratic, plain(0.0005)) } as const;
    const run = observedTrain(quadratic, plain(0.0005), { epochs: 60 }, facts);
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The learning rate 0.0005 is too small: at this pace about 31,000 updates remain. The learning rate 0.99, which is 2,000 times as large, needs fewer."`,
    );
  });

  test("ravine", () => {
    const problem = valley(100);
    const facts = {
      shape: "quadratic",
      standardized: false,
      curvature: curvature(problem),
      forecast: forecast(problem, plain(1e-4)),
    } as const;
    const run = observedTrain(problem, plain(1e-4), { epochs: 300 }, facts);
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The largest curvature of the objective is about 9,200 times the smallest one, so no learning rate suits all directions, and at this pace about 80,000 updates remain."`,
    );
    expect(run.verdict.remedies.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "Standardize the columns, and use the optimizer automatic in full batch; it computes its learning rates.",
      ]
    `);
  });

  test("in batches without the objective, the sentences name the mean batch loss", () => {
    const sentence = (rate: number, epochs: number): string => {
      const options = { epochs, batchSize: 4, trace: "running" } as const;
      return observedTrain(quadratic, plain(rate), options, { shape: "quadratic" }).verdict.sentence;
    };
    expect([sentence(0.01, 5), sentence(0.1, 40), sentence(1.9, 5)]).toMatchInlineSnapshot(`
      [
        "The mean batch loss falls by 18 % per epoch. The run ended after 5 epochs, before a stopping rule held.",
        "The mean batch loss no longer falls, because batches of 4 rows are noisy: with the learning rate 0.1 it moves up and down around 0.0731.",
        "The run diverged at update 65 with the learning rate 1.9: the objective rose from 2.39 to 4.556e+44.",
      ]
    `);
  });

  test("noiseFloor", () => {
    const run = observedTrain(quadratic, plain(0.1), { epochs: 40, batchSize: 4 }, { shape: "quadratic" });
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The objective no longer falls, because batches of 4 rows are noisy: with the learning rate 0.1 it moves up and down around 0.0659."`,
    );
    expect(run.verdict.remedies.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "Use the optimizer automatic in full batch; it computes its learning rates.",
        "Let the learning rate fall along a cosine.",
      ]
    `);
  });

  test("noiseFloor: the measured noise gives the distance to the optimum within a factor of four", () => {
    const optimum = forecast(quadratic, plain(0.1)).optimum!;
    for (const [optimizer, batchSize] of [
      [plain(0.3), 4],
      [plain(0.1), 4],
      [plain(0.05), 4],
      [plain(0.1), 1],
      [plain(0.03), 1],
    ] as const) {
      const options = { epochs: 220, batchSize };
      const measure = signalMeter(quadratic, optimizer, options);
      const recorder = signalRecorder();
      for (const step of train(quadratic, optimizer, options)) recorder.add(step, measure(step));
      expect(recorder.trace.flatMap(({ gradientNoise }, i) => (gradientNoise === null ? [] : [i + 1]))).toEqual([
        ...[10, 110, 210],
      ]);
      const { id, numbers, sentence } = verdict(recorder.trace, runContext(quadratic, optimizer, options));
      expect([id, sentence]).toEqual([
        "noiseFloor",
        expect.stringMatching(/Smaller steps would lower it by something like \S+\.$/),
      ]);
      const distance = numbers["objective"]! - optimum;
      expect(numbers["floor"]! / distance).toBeGreaterThan(0.25);
      expect(numbers["floor"]! / distance).toBeLessThan(4);
    }
  });

  test("stuck", () => {
    const draw = random(3);
    const data = normals(draw, 60);
    const targets = column(Float64Array.from({ length: 30 }, (_, i) => (data[2 * i]! * data[2 * i + 1]! > 0 ? 1 : 0)));
    const problem = risk({
      predictor: network(2, [4], 2),
      loss: crossEntropy(2),
      inputs: dense({ data, rows: 30, columns: 2 }),
      targets,
    });
    const run = observedTrain(
      problem,
      adam(0.05),
      { epochs: 800 },
      { shape: "other", start: "zeros", constantObjective: 0.69 },
    );
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The gradient is almost 0, so the run stays at the objective 0.691, which is no better than a constant prediction; all hidden units are equal, because the run started at zeros."`,
    );
    expect(run.verdict.remedies[0]!.options).toEqual({ start: "random" });
  });

  test("overfitting", () => {
    const parts = (seed: number) => {
      const draw = random(seed);
      const data = normals(draw, 30 * 20);
      const labels = Float64Array.from({ length: 30 }, (_, i) => (data[20 * i]! + 2 * draw.normal() > 0 ? 1 : -1));
      return { inputs: dense({ data, rows: 30, columns: 20 }), targets: column(labels) };
    };
    const part = (seed: number) => risk({ predictor: linear(20), loss: logistic(), ...parts(seed) });
    const stop = { validation: { problem: part(2), patience: 1000 } };
    const run = observedTrain(part(1), plain(1), { epochs: 60, stop }, { shape: "smooth" });
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The model now learns the noise of the training rows: the validation loss was lowest after epoch 1 (0.67) and is now 1.69, 150 % higher. The fitted model keeps the parameters of epoch 1."`,
    );
    expect(run.verdict.remedies.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "End the run after epoch 1.",
      ]
    `);
  });

  test("converged", () => {
    const run = observedTrain(quadratic, plain(0.9), { stop: { remaining: 1e-9 } }, { shape: "quadratic" });
    expect(run.verdict.sentence).toMatchInlineSnapshot(`"The run converged after 29 updates."`);
  });

  test("separable classes without a penalty do not converge", () => {
    const data = Float64Array.of(-2, -1, 1, 2);
    const targets = column(Float64Array.of(-1, -1, 1, 1));
    const inputs = dense({ data, rows: 4, columns: 1 });
    const problem = risk({ predictor: linear(1), loss: logistic(), inputs, targets });
    const run = observedTrain(problem, plain(2), { epochs: 500, stop: { remaining: 1e-9 } }, { shape: "smooth" });
    expect(run.verdict.id).toBe("crawling");
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The run cannot converge: a plane separates the classes and there is no penalty, so larger weights always lower the objective, and the weights grow without end. Their norm is 6.24 now."`,
    );
  });

  test("healthy", () => {
    const run = observedTrain(quadratic, momentum(0.1), { epochs: 40 }, { shape: "quadratic" });
    expect(run.verdict.id).toBe("healthy");
    expect(run.verdict.sentence).toMatchInlineSnapshot(
      `"The objective falls by 3.7 % per update. At this pace, about 108 more updates bring the gradient to a thousandth of its first length. The run ended after 40 epochs, before a stopping rule held."`,
    );
  });

  test("a schedule that falls ends without a noise floor", () => {
    const run = observedTrain(
      quadratic,
      plain(cosine(0.1, { updates: 520 })),
      { epochs: 40, batchSize: 4 },
      { shape: "quadratic" },
    );
    expect(run.verdict.id).toBe("healthy");
  });
});
