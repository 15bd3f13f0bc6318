// Reverse-mode differentiation of single numbers, and the models' objectives by the formulas of a textbook: an independent
// computation of the gradients. It shares no code with the library; it is slow, and simple without blocks and kernels.

/** A number with the numbers from which it was computed: [part, ∂this/∂part]. */
export interface Scalar {
  readonly value: number;
  readonly from: readonly (readonly [part: Scalar, slope: number])[];
  /** For max(0, a): the value of a. */
  readonly kink?: number;
}

export const number = (value: number): Scalar => ({ value, from: [] });
export const sum = (parts: readonly Scalar[]): Scalar => ({
  value: parts.reduce((total, part) => total + part.value, 0),
  from: parts.map((part) => [part, 1]),
});
export const times = (a: Scalar, b: Scalar): Scalar => {
  return {
    value: a.value * b.value,
    from: [
      [a, b.value],
      [b, a.value],
    ],
  };
};
export const scaled = (factor: number, a: Scalar): Scalar => ({ value: factor * a.value, from: [[a, factor]] });
export const minus = (a: Scalar, b: number): Scalar => ({ value: a.value - b, from: [[a, 1]] });
export const oneMinus = (a: Scalar): Scalar => ({ value: 1 - a.value, from: [[a, -1]] });
const exp = (a: Scalar): Scalar => ({ value: Math.exp(a.value), from: [[a, Math.exp(a.value)]] });
const log = (a: Scalar): Scalar => ({ value: Math.log(a.value), from: [[a, 1 / a.value]] });
const over = (a: number, b: Scalar): Scalar => ({ value: a / b.value, from: [[b, -a / (b.value * b.value)]] });
const positive = (a: Scalar): Scalar => {
  return { value: Math.max(0, a.value), from: [[a, a.value > 0 ? 1 : 0]], kink: a.value };
};
const onePlus = (a: Scalar): Scalar => sum([number(1), a]);
const square = (a: Scalar): Scalar => times(a, a);

/** All numbers from which `top` was computed, each after its parts; `top` is the last. */
function ancestry(top: Scalar): Scalar[] {
  const order = new Set<Scalar>();
  const visit = (node: Scalar): void => {
    if (order.has(node)) return;
    for (const [part] of node.from) visit(part);
    order.add(node);
  };
  visit(top);
  return [...order];
}

/** The derivatives of `top` with respect to the leaves. */
export function derivatives(top: Scalar, leaves: readonly Scalar[]): number[] {
  const slopes = new Map<Scalar, number>([[top, 1]]);
  for (const node of ancestry(top).reverse()) {
    for (const [part, slope] of node.from) slopes.set(part, (slopes.get(part) ?? 0) + slope * slopes.get(node)!);
  }
  return leaves.map((leaf) => slopes.get(leaf) ?? 0);
}

/** The sign of a for each max(0, a), as a text of + and −. */
export const sides = (top: Scalar): string =>
  ancestry(top).reduce((text, { kink }) => text + (kink === undefined ? "" : kink > 0 ? "+" : "-"), "");

// ---- activations, losses of one example (z scores, y its targets), predictors

export const activations = {
  relu: positive,
  tanh: (z: Scalar): Scalar => oneMinus(over(2, onePlus(exp(scaled(2, z))))),
  sigmoid: (z: Scalar): Scalar => over(1, onePlus(exp(scaled(-1, z)))),
};

/** c u²/2 − c/2 max(0, u − high/c)² − c/2 max(0, −u − low/c)², u = z − y: quadratic in an interval, linear outside. */
const limited =
  (c: number, low: number, high: number) =>
  (z: readonly Scalar[], y: readonly number[]): Scalar =>
    sum(
      z.flatMap((score, k) => {
        const u = minus(score, y[k]!);
        const outside = [minus(u, high / c), minus(scaled(-1, u), low / c)];
        return [scaled(c / 2, square(u)), ...outside.map((a) => scaled(-c / 2, square(positive(a))))];
      }),
    );

/** The numbers of the losses in the trials. */
export const DELTA = 0.7;
export const WIDTH = 0.9;
export const QUANTILE = 0.8;

export const losses = {
  halfSquared: (z: readonly Scalar[], y: readonly number[]) =>
    sum(z.map((score, c) => scaled(0.5, square(minus(score, y[c]!))))),
  logistic: (z: readonly Scalar[], y: readonly number[]) => log(onePlus(exp(scaled(-y[0]!, z[0]!)))),
  crossEntropy: (z: readonly Scalar[], y: readonly number[]) => sum([log(sum(z.map(exp))), scaled(-1, z[y[0]!]!)]),
  hinge: (z: readonly Scalar[], y: readonly number[]) =>
    sum(z.map((score, c) => positive(oneMinus(scaled(y[c]!, score))))),
  squaredHinge: (z: readonly Scalar[], y: readonly number[]) =>
    sum(z.map((score, c) => square(positive(oneMinus(scaled(y[c]!, score)))))),
  huber: limited(1, DELTA, DELTA),
  absolute: limited(2 / WIDTH, 1, 1),
  pinball: limited(1 / WIDTH, QUANTILE, 1 - QUANTILE),
  poisson: (z: readonly Scalar[], y: readonly number[]) =>
    sum(
      z.flatMap((score, c) => {
        const t = y[c]!;
        return [exp(score), scaled(-t, score), number(t > 0 ? t * Math.log(t) - t : 0)];
      }),
    ),
};

/** Layer by layer W (out × in), then b (out): a ← activation(W a + b), and no activation after the last. */
export function layered(
  params: readonly Scalar[],
  x: readonly number[],
  outs: readonly number[],
  activation: keyof typeof activations,
): Scalar[] {
  let at = 0;
  let a = x.map(number);
  for (const [l, out] of outs.entries()) {
    const [W, width] = [at, a.length];
    const b = at + out * width;
    const z = Array.from({ length: out }, (_, c) =>
      sum([params[b + c]!, ...a.map((entry, j) => times(params[W + c * width + j]!, entry))]),
    );
    a = l < outs.length - 1 ? z.map(activations[activation]) : z;
    at = b + out;
  }
  return a;
}

/** mean + p · q (+ its biases): p and q are rows of r factors, and one bias more where there are biases. */
export function paired(p: readonly Scalar[], q: readonly Scalar[], rank: number, mean: number): Scalar {
  const biases = [...p.slice(rank), ...q.slice(rank)];
  return sum([number(mean), ...biases, ...p.slice(0, rank).map((factor, f) => times(factor, q[f]!))]);
}

/** l2 / 2 · Σ w². */
export const ridge = (l2: number, weights: readonly Scalar[]): Scalar => scaled(l2 / 2, sum(weights.map(square)));
