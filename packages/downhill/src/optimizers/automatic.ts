import { withSpec } from "../core/spec.ts";
import { elementTypeOf, type Vector } from "../core/vector.ts";
import { bindFirstRate, ROUNDING } from "./firstRate.ts";
import type { Optimizer, Run } from "./optimizer.ts";
import { bindPairs, PAIR_SCALARS, PAIRS } from "./pairs.ts";
import { bindSpectral, SPECTRAL_SCALARS, COUNT as UPDATES } from "./spectral.ts";

const DECREASE = 1e-4; // the smallest decrease by a step, as a share of its first-order estimate
const SHORTEST = 0.1; // the smallest share of a step that is repeated
const STRAIGHT = 1e-6; // if the square of the change of the gradient is below this share, the objective is straight along the step
const LONGER = 10; // the factor of the next step after such a step
const CHEAP = 32; // a metric that costs at most this many evaluations is computed before the first step
const LATEST = 1000; // after this number of updates, the metric is computed at any cost

// ---- indices in `scalars`
const RATE = 0;
const COUNT = 1; // number of kept values so far
const MEASURED = 2; // COUNT at the last computation of the metric, plus 1; 0: never
const SCALE = 3; // of the metric's inverse, or without a metric of the gradient
const VALUE = 4; // the last kept value
const FALL = 5; // the first-order estimate of the decrease by the last step
const FIRST_PAIR = 6;
const SPECTRAL = FIRST_PAIR + PAIR_SCALARS; // the numbers of the updates without a metric, with l1

/**
 * Gradient descent with a memory of the curvature: params −= rate · H g, with the gradient g and an estimate H of the inverse
 * second derivatives. The last ten steps and changes of the gradient determine H along these steps (L-BFGS). In other directions
 * H is a multiple of the identity or, for linear models with up to 1023 columns, the inverse of a metric: the second derivatives at
 * some parameters of the run. A cheap metric is computed before the first step; another one as soon as the run has taken about
 * as long as its computation takes. It is computed again after as many updates.
 *
 * The learning rate is 1. If the objective has not fallen, the next update takes the step back to a shorter one: 0.1 to 0.5 of
 * it, at the minimum of a parabola. So an update costs one evaluation of the objective. Without a metric the first update
 * costs two, or a few more near an optimum.
 *
 * For the hinge with linear scores and l2, a step is that of a primal-dual Newton method on a smoothed hinge, for each score apart, to about the
 * lowest point along its direction; the smoothing falls during the run. On sparse rows with l2, a step for the logistic, squared hinge or
 * least-squares loss is that of Newton's method too.
 *
 * With l1 and a metric, a step leads to the minimum of the quadratic model with the l1 penalty. With l1 and no metric (networks,
 * more than 1023 columns, sparse rows, softmax regressions of more than 1024 parameters) it is gradient descent with the learning rates of Barzilai and Borwein.
 *
 * It is for full batches of smooth objectives, with or without l1, and of the hinge, because it compares gradients of one function. A run returns
 * the parameters of the lowest value. It keeps 24 vectors as long as the parameters, and a metric of at most 16 MiB.
 *
 * Source: Liu and Nocedal, 1989 (L-BFGS); Lee and Mangasarian, 2001 (the smoothed hinge); Lee, Sun and Saunders, 2014 (l1 in a metric); Wright, Nowak and Figueiredo, 2009 (l1
 * without a metric).
 *
 * @example
 * ```ts
 * import { automatic, linearRegression } from "downhill";
 *
 * const fitted = linearRegression({ optimizer: automatic() }).fit([[1], [2], [3]], [3, 5, 7]);
 * fitted.stopped; // "converged"
 * ```
 */
export function automatic(): Optimizer {
  const optimizer: Optimizer = {
    slots: 4 + 2 * PAIRS,
    scalars: SPECTRAL + SPECTRAL_SCALARS,
    gain: 1,
    fullBatch: true,
    usesMetric: true,
    name: "automatic",
    bind,
  };
  return withSpec(optimizer, { optimizer: "automatic" });
}

function bind(run: Run): (t: number, value: number) => number {
  const { metric, scalars, hingeStep } = run;
  if (hingeStep) {
    return () => {
      hingeStep();
      return 1;
    };
  }
  const wait = metric ? (metric.cost <= CHEAP ? 0 : Math.min(metric.cost, LATEST)) : Infinity;
  const quasiNewton = bindQuasiNewton(run, wait);
  if (!run.shrinks) return quasiNewton;
  const spectral = bindSpectral({ ...run, scalars: scalars.subarray(SPECTRAL) });
  const inMetric = (): boolean => scalars[MEASURED] !== 0 || scalars[SPECTRAL + UPDATES]! >= wait;
  return (t, value) => (inMetric() ? quasiNewton(t, value) : spectral(t, value));
}

/** @param wait  the number of updates before the metric is computed */
function bindQuasiNewton(run: Run, wait: number): (t: number, value: number) => number {
  const { params, gradient, memory, scalars, kernels, metric } = run;
  // the start of the last step, the gradient there, the step, and the parameters at which the metric was computed
  const [origin, slope, step, measuredAt] = memory as [Vector, Vector, Vector, Vector];
  const pairs = bindPairs(run, memory.slice(4), scalars.subarray(FIRST_PAIR));
  const firstRate = bindFirstRate(run);
  const n = gradient.length;
  const rounding = ROUNDING[elementTypeOf(gradient)];
  const dot = (a: Vector, b: Vector): number => kernels.dot(a.byteOffset, b.byteOffset, n);
  const addTimes = (share: number, a: Vector, out: Vector): void =>
    kernels.axpy(share, a.byteOffset, out.byteOffset, n);

  function initial(v: Vector): void {
    if (scalars[MEASURED] !== 0) metric!.inverse!.solve(v);
    kernels.scale(scalars[SCALE]!, v.byteOffset, n);
  }

  /** Whether to compute the metric now. */
  function isDue(): boolean {
    if (scalars[MEASURED] === 0) return scalars[COUNT]! >= wait || (metric !== undefined && run.shrinks);
    return !metric!.constant && scalars[COUNT]! + 1 - scalars[MEASURED]! >= metric!.cost;
  }

  function measure(): void {
    measuredAt.set(params);
    metric!.measure(params);
    scalars[MEASURED] = scalars[COUNT]! + 1;
    scalars[SCALE] = 1;
  }

  /** Takes the last step back to a share of it. */
  function shorten(value: number): number {
    const fall = scalars[FALL]!;
    const lowest = fall / (2 * (value - scalars[VALUE]! + fall)); // where the parabola through both values has its minimum
    const share = Math.max(SHORTEST, Math.min(0.5, lowest));
    const rate = share * scalars[RATE]!;
    gradient.set(step);
    kernels.scale((1 - share) / rate, gradient.byteOffset, n);
    scalars[RATE] = rate;
    scalars[FALL] = share * fall;
    return rate;
  }

  /** Learns from the last step; overwrites `slope` by the change of the gradient. */
  function learn(): void {
    kernels.scale(-1, slope.byteOffset, n);
    addTimes(1, gradient, slope);
    if (metric?.step) return;
    if (!pairs.add(step, slope)) {
      if (dot(slope, slope) < STRAIGHT * dot(gradient, gradient)) scalars[SCALE]! *= LONGER;
      return;
    }
    const curved = dot(step, slope);
    origin.set(slope);
    if (scalars[MEASURED] !== 0) metric!.inverse!.solve(origin);
    scalars[SCALE] = curved / dot(origin, slope);
  }

  /** Overwrites the gradient by the direction; returns the first-order estimate of the decrease. */
  function turn(): number {
    if (metric?.step) return metric.step(params, gradient);
    pairs.apply(gradient, initial);
    const fall = dot(slope, gradient);
    if (fall > 0) return fall;
    pairs.clear(); // rounding errors
    gradient.set(slope);
    initial(gradient);
    return dot(slope, gradient);
  }

  return (_, value) => {
    if (scalars[MEASURED] !== 0 && !metric!.measured) metric!.measure(measuredAt); // a resumed run
    if (scalars[COUNT] !== 0) {
      step.set(params);
      addTimes(-1, origin, step);
      const limit = scalars[VALUE]! - DECREASE * scalars[FALL]! + rounding * Math.abs(scalars[VALUE]!);
      if (!(value <= limit)) return shorten(value);
      learn();
    }
    if (isDue()) measure();
    else if (scalars[COUNT] === 0) {
      const rate = firstRate(value, origin, slope);
      if (rate === 0) return 0;
      scalars[SCALE] = rate;
    }
    origin.set(params);
    slope.set(gradient);
    scalars[FALL] = turn();
    scalars[RATE] = 1;
    scalars[VALUE] = value;
    scalars[COUNT]! += 1;
    return 1;
  };
}
