// Results of the diagnosis whose bits must be the same in every engine. It uses nothing of Node.
import { random } from "../../src/core/random.ts";
import { sharpnessTracker } from "../../src/diagnosis/curvature/sharpness.ts";
import {
  adam,
  certificate,
  column,
  curvature,
  dense,
  diagnose,
  explanations,
  forecast,
  gradientNoise,
  halfSquared,
  hessianTimes,
  linear,
  linearRegression,
  linearSvm,
  logisticRegression,
  lowRankRatings,
  matrix,
  matrixFactorization,
  momentum,
  nesterov,
  network,
  networkClassifier,
  plain,
  risk,
  runContext,
  type Signals,
  signalMeter,
  signalRecorder,
  softmaxRegression,
  sweepRates,
  train,
  verdict,
  verdictPeriods,
} from "../../src/index.ts";
import { drawTrial, kinds } from "../objectiveTrial.ts";
import { classification, normals, ratings, regression } from "../problems.ts";

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

/** The signals, the timeline of verdicts and the explanations of runs with several learning rates, in full batch and in batches. */
const watched = () => {
  const problem = classification(90, 7, { l2: 0.01 }).problem;
  return [0.001, 1, 40].flatMap((rate) =>
    (["full", 8] as const).map((batchSize) => {
      const options = { batchSize, epochs: 40 };
      const recorder = signalRecorder();
      let params = new Float64Array(problem.size);
      for (const step of train(problem, plain(rate), options)) {
        recorder.add(step);
        params = Float64Array.from(step.solution);
        if (step.t === 39) break;
      }
      const { trace } = recorder;
      const noise = gradientNoise(problem, params, { batchSize: 8 });
      return [
        trace,
        verdictPeriods(trace, runContext(problem, plain(rate), options)),
        noise,
        explanations(problem, params),
      ];
    }),
  );
};

/** The verdicts of a trace of made-up numbers, after each entry. */
function fixedTrace(): unknown {
  const draw = random(11);
  const context = { ...runContext(net(false), plain(0.1), { start: "random" }), forecast: { best: 0.05, limit: 0.2 } };
  const trace: Signals[] = [];
  for (let i = 0; i < 300; i++) {
    const objective = (i < 100 ? 1 / (1 + i) : 0.01 * (1 + i / 100)) * (1 + 0.3 * draw.uniform());
    trace.push({
      ...{ update: i + 1, epoch: i + 1, learningRate: 0.1, objective, batchLoss: objective, lowest: 0.008 },
      ...{
        gradientNorm: 1 / (1 + i),
        norm: 3 + draw.uniform(),
        change: i === 0 ? null : draw.uniform(),
        cosine: i < 2 ? null : 2 * draw.uniform() - 1.4,
      },
      ...{
        validation: 1 + draw.uniform(),
        lowestValidation: { epoch: 1, loss: 0.9 },
        sharpness: 10 + 12 * draw.uniform(),
      },
      ...{ signalToNoise: draw.uniform(), gradientNoise: draw.uniform() },
    });
  }
  return [trace.map((_, i) => verdict(trace.slice(0, i + 1), context)), verdictPeriods(trace, context)];
}

/** Runs whose sharpness or noise is measured, with their timelines. */
function measuredRuns(): unknown {
  const runs = [
    [net(false), { start: "random", epochs: 300 }],
    [classification(90, 7, { l2: 0.01 }).problem, { batchSize: 8, epochs: 120 }],
  ] as const;
  return runs.map(([problem, options]) => {
    const recorder = signalRecorder();
    const measure = signalMeter(problem, plain(0.3), options);
    for (const step of train(problem, plain(0.3), options)) recorder.add(step, measure(step));
    const context = runContext(problem, plain(0.3), options);
    return [recorder.trace.filter(({ epoch }) => epoch % 10 === 0), verdictPeriods(recorder.trace, context)];
  });
}

/** Consultations before the training. */
function consultations(): unknown {
  const data = normals(random(2), 200);
  const X = matrix(data, 50, 4);
  const y = Array.from({ length: 50 }, (_, i) => (data[4 * i]! - data[4 * i + 1]! > 0 ? "a" : "b"));
  const numbers = Array.from({ length: 50 }, (_, i) => data[4 * i]! + data[4 * i + 2]! ** 2);
  return [
    diagnose(linearRegression({ optimizer: plain(0.1) }), { X, y: numbers }),
    diagnose(logisticRegression(), { X, y }),
    diagnose(linearSvm({ batchSize: 4 }), { X, y }),
    diagnose(networkClassifier({ hidden: [3], optimizer: adam(0.01), epochs: 5 }), { X, y }),
  ].map(({ forecast, constantRate, ...facts }) => [facts, forecast.sentences, forecast.zones, constantRate.zones]);
}

/** Certificates of models that were trained for a few epochs. */
function certificates(): unknown {
  const data = normals(random(2), 200);
  const X = matrix(data, 50, 4);
  const numbers = Array.from({ length: 50 }, (_, i) => data[4 * i]! - data[4 * i + 1]! + 0.2 * data[4 * i + 2]!);
  const labels = numbers.map((y, i) => (y + (i % 3) > 1 ? "b" : "a"));
  const options = { l2: 0.01, epochs: 5 };
  const { users, items, ratings: rated } = lowRankRatings({ users: 40, items: 30, seed: 1 });
  const table = { users, items, ratings: rated };
  return [
    certificate(linearRegression({ ...options, l2: 0 }).fit(X, numbers), X, numbers),
    certificate(linearRegression({ ...options, l1: 0.1 }).fit(X, numbers), X, numbers),
    certificate(linearRegression({ ...options, loss: "huber" }).fit(X, numbers), X, numbers),
    ...[logisticRegression, softmaxRegression, linearSvm].map((make) =>
      certificate(make(options).fit(X, labels), X, labels),
    ),
    certificate(matrixFactorization({ epochs: 5 }).fit(table), table),
  ];
}

/** Functions by the name of what they compute. */
export const diagnoses: Readonly<Record<string, () => unknown>> = {
  hessianTimes: () =>
    kinds.map((kind) => {
      const { problem, params } = drawTrial(kind, 7);
      return [...hessianTimes(problem, params, normals(random(1), problem.size))];
    }),
  "curvature, exact": () => [0, 0.3].map((l2) => curvature(classification(90, 7, { l2 }).problem)),
  "curvature, Lanczos": () => [wide(), net(false), net(true), ratings(9, 8, 40)].map((problem) => curvature(problem)),
  forecast: () => {
    const problems = [
      classification(90, 7, { l2: 0.3 }),
      regression(60, 4),
      regression(60, 4, { elementType: "float32" }),
    ];
    return problems.flatMap(({ problem }) =>
      [plain(0.1), momentum(0.02), nesterov(3)].flatMap((optimizer) =>
        (["full", 8] as const).map((batchSize) => {
          const { objectiveAfter, ...numbers } = forecast(problem, optimizer, { batchSize });
          return [numbers, [0, 1, 7, 1e6].map((epoch) => objectiveAfter?.(epoch))];
        }),
      ),
    );
  },
  "forecast, others": () => [
    forecast(net(false), plain(0.1), { start: "random" }),
    forecast(ratings(9, 8, 40), plain(0.1), { start: "random" }),
  ],
  sweepRates: () => sweepRates(classification(90, 7).problem, plain, { batchSize: 8, updates: 30 }),
  certificates,
  "verdicts and explanations": watched,
  "verdicts of a fixed trace": fixedTrace,
  "runs with measured signals": measuredRuns,
  diagnose: consultations,
  sharpness: () => {
    const sharpness = sharpnessTracker(net(false));
    return [1, 2, 3, 4].map((seed) => sharpness(normals(random(seed), net(false).size)));
  },
};
