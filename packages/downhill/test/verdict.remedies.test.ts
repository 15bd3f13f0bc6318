// Each remedy of a verdict, applied to the run, ends in a better verdict: on random problems of each kind.

import { expect, test } from "vitest";
import {
  adam,
  automatic,
  column,
  crossEntropy,
  curvature,
  deadUnits,
  dense,
  forecast,
  halfSquared,
  hinge,
  inverseTime,
  type Loss,
  linear,
  logistic,
  momentum,
  nesterov,
  network,
  type Optimizer,
  type OptimizerSpec,
  optimizerFromSpec,
  type Problem,
  plain,
  type Random,
  type Remedy,
  type RunContext,
  random,
  risk,
  runContext,
  type TrainOptions,
  train,
  type Verdict,
  type VerdictId,
} from "../src/index.ts";
import { cases } from "./cases.ts";
import { type Observed, observedTrain } from "./observed.ts";
import { normals } from "./problems.ts";

/** Better verdicts have larger numbers: bad, noise, slow, good. */
const RANK: Record<VerdictId, number> = {
  diverged: 0,
  exploding: 0,
  stuck: 0,
  noiseFloor: 1,
  overfitting: 1,
  zigzag: 2,
  edge: 2,
  crawling: 2,
  ravine: 2,
  converged: 3,
  healthy: 3,
};

/** A run that can be repeated with other options. */
interface Setup {
  readonly problem: (options: { standardize: boolean; l2: number; activation: string }) => Problem;
  readonly optimizer: Optimizer;
  readonly options: TrainOptions;
  readonly facts: Pick<RunContext, "shape"> & Partial<RunContext>;
  /** The penalty [0]. */
  readonly l2?: number;
  /** Whether the curvature and the forecast are known [false]. */
  readonly informed?: boolean;
  /** The optimizer that an estimator chooses when it is left out. */
  readonly chosen?: Optimizer;
}

function run({ problem: make, optimizer, options, facts, l2 = 0, informed = false }: Setup): Observed {
  const { standardized = true, activation = "relu" } = facts;
  const problem = make({ standardize: standardized, l2, activation });
  const known = informed && { forecast: forecast(problem, optimizer), curvature: curvature(problem) };
  return observedTrain(problem, optimizer, options, { ...facts, ...known });
}

/** The same run with the options of a remedy. */
function applied(setup: Setup, { options: change }: Remedy): Setup {
  const { learningRate, optimizer, standardize, batchSize, l2, start, epochs, activation, ...unknown } = change;
  expect(unknown).toEqual({});
  const spec: OptimizerSpec | undefined =
    learningRate !== undefined
      ? { ...setup.optimizer.spec!, rate: learningRate }
      : optimizer === "default"
        ? undefined
        : optimizer;
  const other = optimizer === "default" ? setup.chosen! : spec ? optimizerFromSpec(spec) : setup.optimizer;
  return {
    ...setup,
    ...(l2 !== undefined && { l2 }),
    optimizer: other,
    options: {
      ...setup.options,
      ...(batchSize !== undefined && { batchSize }),
      ...(start !== undefined && { start }),
      ...(epochs !== undefined && { epochs }),
    },
    facts: {
      ...setup.facts,
      ...(standardize !== undefined && { standardized: standardize }),
      ...(activation !== undefined && { activation }),
      ...(start !== undefined && { start }),
    },
  };
}

const SETUPS = cases(20, 100);

/** Draws setups until SETUPS of them have one of the verdicts, and applies each remedy. At least `share` of the setups must have it. */
function everyRemedyHelps(verdicts: readonly VerdictId[], draw: (random: Random) => Setup, share = 0.5): void {
  let [drawn, found] = [0, 0];
  const worse: { seed: number; before: string; remedy: string; after: Verdict["sentence"] }[] = [];
  while (found < SETUPS) {
    const seed = drawn++;
    expect(found, "setups with this verdict").toBeGreaterThanOrEqual(share * (drawn - 20));
    const setup = draw(random(seed));
    const before = run(setup).verdict;
    if (!verdicts.includes(before.id)) continue;
    found++;
    expect(before.remedies.length).toBeGreaterThan(0);
    for (const remedy of before.remedies) {
      const after = run(applied(setup, remedy)).verdict;
      if (RANK[after.id] > RANK[before.id]) continue;
      worse.push({ seed, before: before.sentence, remedy: remedy.text, after: `${after.id}: ${after.sentence}` });
    }
  }
  expect(worse).toEqual([]);
}

const between = (draw: Random, low: number, high: number): number => low * (high / low) ** draw.uniform();
const integer = (draw: Random, low: number, high: number): number =>
  low + Math.floor(draw.uniform() * (high - low + 1));

interface Data {
  readonly n: number;
  readonly d: number;
  readonly X: Float64Array;
  readonly raw: Float64Array;
}

/** Correlated columns, standardized, and the same columns with other units. */
function columns(draw: Random, units = 1): Data {
  const [n, d] = [integer(draw, 15, 50), integer(draw, 1, 5)];
  const mixing = normals(draw, d * d);
  const X = new Float64Array(n * d);
  const raw = new Float64Array(n * d);
  const scales = Array.from({ length: d }, (_, j) => (j === 0 ? units : between(draw, 1, units)));
  for (let i = 0; i < n; i++) {
    const free = normals(draw, d);
    for (let j = 0; j < d; j++) {
      X[i * d + j] = free[j]!;
      for (let k = 0; k < d; k++) X[i * d + j]! += 0.5 * mixing[j * d + k]! * free[k]!;
    }
  }
  for (let j = 0; j < d; j++) {
    const list = Array.from({ length: n }, (_, i) => X[i * d + j]!);
    const mean = list.reduce((sum, x) => sum + x / n, 0);
    const deviation = Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2 / n, 0));
    for (let i = 0; i < n; i++) {
      X[i * d + j] = (X[i * d + j]! - mean) / deviation;
      raw[i * d + j] = scales[j]! * (X[i * d + j]! + 0.2);
    }
  }
  return { n, d, X, raw };
}

/** A risk of linear scores with random targets that depend on the columns. */
function linearSetup(
  draw: Random,
  loss: () => Loss,
  units = 1,
): { data: Data; problem: Setup["problem"]; curvature: number } {
  const data = columns(draw, units);
  const { n, d, X, raw } = data;
  const truth = normals(draw, d);
  const classes = loss === logistic;
  const y = Float64Array.from({ length: n }, (_, i) => {
    let z = 0.3 + 0.5 * draw.normal();
    for (let j = 0; j < d; j++) z += truth[j]! * X[i * d + j]!;
    return classes ? (z + draw.normal() > 0 ? 1 : -1) : z;
  });
  const problem: Setup["problem"] = ({ standardize, l2 }) =>
    risk({
      predictor: linear(d),
      loss: loss(),
      inputs: dense({ data: standardize ? X : raw, rows: n, columns: d }),
      targets: column(y),
      l2,
    });
  return { data, problem, curvature: largestEigenvalue(X, n, d) };
}

/** Two classes that a plane separates. */
function separableSetup(draw: Random): Pick<Setup, "problem"> {
  const { n, d, X } = columns(draw);
  const truth = normals(draw, d);
  const y = Float64Array.from({ length: n }, (_, i) => (scoreOf(X, truth, i) > 0 ? 1 : -1));
  const inputs = dense({ data: X, rows: n, columns: d });
  return { problem: ({ l2 }) => risk({ predictor: linear(d), loss: logistic(), inputs, targets: column(y), l2 }) };
}

const scoreOf = (X: Float64Array, w: Float64Array, i: number): number =>
  w.reduce((sum, weight, j) => sum + weight * X[i * w.length + j]!, 0);

/** The largest eigenvalue of (1/n) [X 1]ᵀ[X 1], by 2000 steps of power iteration. */
function largestEigenvalue(X: Float64Array, n: number, d: number): number {
  let v = Float64Array.from({ length: d + 1 }, (_, j) => 1 + j / 7);
  let length = 0;
  for (let step = 0; step < 2000; step++) {
    const next = new Float64Array(d + 1);
    for (let i = 0; i < n; i++) {
      let z = v[d]!;
      for (let j = 0; j < d; j++) z += v[j]! * X[i * d + j]!;
      for (let j = 0; j < d; j++) next[j]! += (z * X[i * d + j]!) / n;
      next[d]! += z / n;
    }
    length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    v = next.map((x) => x / length);
  }
  return length;
}

const rules = [
  [plain, 2],
  [momentum, 3.8],
  [nesterov, 3.8 / 2.8],
] as const;

test("diverged and exploding: least squares", () => {
  everyRemedyHelps(["diverged", "exploding"], (draw) => {
    const { problem, curvature } = linearSetup(draw, halfSquared);
    const [make, limit] = rules[integer(draw, 0, 2)]!;
    const optimizer = make((limit * between(draw, 1.05, 30)) / curvature);
    return { problem, optimizer, options: { epochs: 40 }, facts: { shape: "quadratic" } };
  });
});

test("diverged and exploding: raw columns", () => {
  everyRemedyHelps(
    ["diverged", "exploding"],
    (draw) => {
      const { problem } = linearSetup(draw, halfSquared, 1000);
      const facts = { shape: "quadratic", standardized: false } as const;
      return { problem, optimizer: plain(0.01), options: { epochs: 60 }, facts };
    },
    0.3,
  );
});

test("diverged, exploding and zigzag: logistic regression with a rate that is far too large", () => {
  everyRemedyHelps(
    ["diverged", "exploding", "zigzag"],
    (draw) => {
      const { problem, curvature } = linearSetup(draw, logistic);
      const optimizer = plain((8 * between(draw, 3, 100)) / curvature);
      return { problem, optimizer, options: { epochs: 60 }, facts: { shape: "smooth" }, l2: 0.02 };
    },
    0.3,
  );
});

test("diverged, exploding, zigzag and crawling: least squares with a forecast", () => {
  everyRemedyHelps(["diverged", "exploding", "zigzag", "crawling"], (draw) => {
    const { problem, curvature: L } = linearSetup(draw, halfSquared);
    const kind = draw.uniform();
    const [make, limit] = kind < 0.5 ? rules[0] : rules[integer(draw, 1, 2)]!;
    const share =
      kind < 0.25 ? between(draw, 1e-5, 1e-3) : kind < 0.5 ? between(draw, 0.95, 0.999) : between(draw, 1.05, 30);
    const optimizer = make((limit * share) / L);
    return { problem, optimizer, options: { epochs: 80 }, facts: { shape: "quadratic" }, informed: true };
  });
});

test("diverged, exploding, zigzag and crawling: logistic regression with a forecast", () => {
  everyRemedyHelps(
    ["diverged", "exploding", "zigzag", "crawling"],
    (draw) => {
      const { problem, curvature: L } = linearSetup(draw, logistic);
      const share = draw.uniform() < 0.5 ? between(draw, 1e-6, 1e-4) : between(draw, 3, 100);
      const optimizer = plain((8 * share) / L);
      return { problem, optimizer, options: { epochs: 100 }, facts: { shape: "smooth" }, l2: 0.02, informed: true };
    },
    0.3,
  );
});

test("zigzag: least squares", () => {
  everyRemedyHelps(["zigzag"], (draw) => {
    const { problem, curvature } = linearSetup(draw, halfSquared);
    const optimizer = plain((2 * between(draw, 0.97, 0.999)) / curvature);
    return { problem, optimizer, options: { epochs: 60 }, facts: { shape: "quadratic" } };
  });
});

test("crawling: least squares, logistic regression and the hinge", () => {
  everyRemedyHelps(["crawling"], (draw) => {
    const shape = (["quadratic", "smooth", "convex"] as const)[integer(draw, 0, 2)]!;
    const loss = { quadratic: halfSquared, smooth: logistic, convex: hinge }[shape];
    const { problem, curvature } = linearSetup(draw, loss);
    const rate = between(draw, 1e-6, 3e-4) / curvature;
    const l2 = shape === "quadratic" ? 0 : 0.02;
    const chosen = plain(inverseTime(1 / curvature, { decay: 0.02 / curvature }));
    return { problem, optimizer: plain(rate), options: { epochs: 200 }, facts: { shape }, l2, chosen };
  });
});

test("crawling: classes that are separable, without a penalty", () => {
  everyRemedyHelps(["crawling"], (draw) => {
    const { problem } = separableSetup(draw);
    const options = { epochs: 2000, stop: { remaining: 1e-9 } };
    return { problem, optimizer: automatic(), options, facts: { shape: "smooth" } };
  });
});

test("ravine: raw columns with different units", () => {
  everyRemedyHelps(
    ["ravine"],
    (draw) => {
      const { problem, data } = linearSetup(draw, halfSquared, 1000);
      const curvature = largestEigenvalue(data.raw, data.n, data.d);
      const facts = { shape: "quadratic", standardized: false, curvature: { condition: 1e5 } } as const;
      return { problem, optimizer: plain(1 / curvature), options: { epochs: 200 }, facts };
    },
    0.3,
  );
});

/** A network with one hidden layer, and classes that are not linear in two columns. */
function networkSetup(
  draw: Random,
  noise: number,
  { unit = 1, hidden = 6 } = {},
): Pick<Setup, "problem"> & { readonly data: Data; readonly constant: number } {
  const data = { ...columns(draw), d: 2 };
  const { n } = data;
  const X = normals(draw, 2 * n).map((x) => unit * x);
  const y = Float64Array.from({ length: n }, (_, i) =>
    (X[2 * i]! * X[2 * i + 1]!) / unit ** 2 + noise * draw.normal() > 0 ? 1 : 0,
  );
  const p = y.reduce((sum, label) => sum + label / n, 0);
  return {
    data,
    constant: -p * Math.log(p) - (1 - p) * Math.log(1 - p),
    problem: ({ activation }) =>
      risk({
        predictor: network(2, [hidden], 2, activation as "relu" | "tanh"),
        loss: crossEntropy(2),
        inputs: dense({ data: X, rows: n, columns: 2 }),
        targets: column(y),
      }),
  };
}

test("noiseFloor: least squares, logistic regression, the hinge and networks", () => {
  everyRemedyHelps(
    ["noiseFloor"],
    (draw) => {
      const shape = (["quadratic", "smooth", "convex", "other"] as const)[integer(draw, 0, 3)]!;
      const options = { epochs: 60, batchSize: integer(draw, 1, 4) };
      if (shape === "other") {
        const { problem } = networkSetup(draw, 1);
        const optimizer = draw.uniform() < 0.5 ? adam(0.05) : plain(0.3);
        return { problem, optimizer, options: { ...options, start: "random" }, facts: { shape } };
      }
      const { problem, curvature } = linearSetup(
        draw,
        { quadratic: halfSquared, smooth: logistic, convex: hinge }[shape],
      );
      const rate = between(draw, 0.1, 0.5) / curvature;
      const l2 = shape === "quadratic" ? 0 : 0.02;
      const chosen = plain(inverseTime(1 / curvature, { decay: 0.02 / curvature }));
      return {
        problem,
        optimizer: plain(shape === "quadratic" ? rate : 4 * rate),
        options,
        facts: { shape },
        l2,
        chosen,
      };
    },
    0.3,
  );
});

test("stuck: networks that start at zeros", () => {
  everyRemedyHelps(["stuck"], (draw) => {
    const { problem, constant } = networkSetup(draw, 0.2);
    const facts = { shape: "other", start: "zeros", constantObjective: constant } as const;
    return { problem, optimizer: adam(0.1), options: { epochs: 600, start: "zeros" }, facts };
  });
});

test("stuck: networks that another run surpasses", () => {
  everyRemedyHelps(["stuck"], (draw) => {
    const { problem } = networkSetup(draw, 0.2, { unit: 3, hidden: 4 });
    const options = { epochs: 250, start: "random" } as const;
    const facts = { shape: "other", start: "random", activation: "relu" } as const;
    const setup = { problem, options, chosen: adam(0.03) };
    const lowestObjective = run({ ...setup, optimizer: adam(0.03), facts }).trace.at(-1)!.objective!;
    return { ...setup, optimizer: plain(3), facts: { ...facts, lowestObjective } };
  });
});

test("stuck: networks whose units are 0 for every row", () => {
  everyRemedyHelps(
    ["stuck"],
    (draw) => {
      // All inputs are above 0 and the intercepts start at 0, so the sign of its weight decides whether a unit is dead.
      const X = normals(draw, 20).map((x) => 1 + Math.abs(x));
      const y = X.map((x) => Math.sin(3 * x));
      const [inputs, targets] = [dense({ data: X, rows: 20, columns: 1 }), column(y)];
      const problem: Setup["problem"] = ({ activation }) =>
        risk({ predictor: network(1, [2], 1, activation as "relu"), loss: halfSquared(), inputs, targets });
      const relu = problem({ standardize: true, l2: 0, activation: "relu" });
      const options = { epochs: 300, start: "random", seed: integer(draw, 0, 1e6) } as const;
      const units = deadUnits(relu, minimumOf(relu, plain(0.1), options))[0]!;
      const { constantObjective } = runContext(relu, plain(0.1), options);
      const facts = {
        shape: "other",
        start: "random",
        activation: "relu",
        constantObjective,
        deadUnits: units,
      } as const;
      return { problem, optimizer: plain(0.1), options, facts };
    },
    0.15,
  );
});

/** The parameters at the end of a run. */
function minimumOf(problem: Problem, optimizer: Optimizer, options: TrainOptions): Float64Array {
  let params = new Float64Array(problem.size);
  for (const { solution } of train(problem, optimizer, options)) params = Float64Array.from(solution);
  return params;
}

test("overfitting: logistic regression with few rows and many columns", () => {
  everyRemedyHelps(
    ["overfitting"],
    (draw) => {
      const [n, d] = [30, 15];
      const truth = normals(draw, d);
      const part = (): ((l2: number) => Problem) => {
        const X = normals(draw, n * d);
        const y = Float64Array.from({ length: n }, (_, i) => (scoreOf(X, truth, i) + 3 * draw.normal() > 0 ? 1 : -1));
        const inputs = dense({ data: X, rows: n, columns: d });
        return (l2) => risk({ predictor: linear(d), loss: logistic(), inputs, targets: column(y), l2 });
      };
      const [training, validation] = [part(), part()];
      const options = { epochs: 150, stop: { validation: { problem: validation(0), patience: 1000 } } };
      return { problem: ({ l2 }) => training(l2), optimizer: plain(1), options, facts: { shape: "smooth" }, l2: 1 / n };
    },
    0.1,
  );
});
