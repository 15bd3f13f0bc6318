// The kernels: every loop over the numbers of a run. reference.ts is their definition in plain TypeScript, and wasm.ts binds
// the compiled module. The contract tests compare the two.
//
// n rows (or entries), d features, k outputs, r rank; matrices are row-major. An Address is a byte offset into the
// run's arena; 0 means "none" where a formula mentions it. ← overwrites; += adds to the numbers that are there.
//
// The numbers in memory have one element type. With float32, the following are computed in float64 and rounded once, when
// they are stored: sums that are returned, losses, and results of elementary functions. All else is rounded after every
// operation.
//
// Sums: reference.ts adds in order; the module adds in fixed lanes, which it combines in a fixed tree. Both results are
// within (4 + length) · ε of the sum of the absolute terms, where ε is that of the element type. This applies to dot,
// sumAbsolute, affine with k = 1, pairDots, and the totals of the losses and of pairBack. With float64 all other results
// have the same bits in both. With float32 the reference computes in float64 and rounds what it stores, so formulas with
// several operations agree within the same bound.
//
// A parameter, an average or a number in an optimizer's memory (v, s, m) that is smaller than 2^−960 (2^−100 in float32) is
// stored as 0. Products with such numbers could be subnormal, and processors need about 50 times as long for those. This
// applies to descend, descendAt, shrink, approach, the sweeps and the optimizers; the formulas below do not repeat it.
//
// NaN: relu and shrink keep it; reluBack treats it as "not above 0"; the loss of a NaN score is NaN.

import type { ElementType } from "../core/vector.ts";
import { crossEntropy, halfSquared, hinge, huber, logistic, poisson, squaredHinge } from "./lossCodes.ts";
import type { Memory } from "./webassembly.ts";

/** Bytes of the scratch buffer of the affine maps: the packed copies of products.ts in assembly/, PANELS, a group and a vector of zeros. */
export const AFFINE_SCRATCH = 163904;

/** Byte offset into the memory of a run's arena. */
export type Address = number;

/** The number of the kernel of each loss, for the descriptor of a sweep. */
export const lossCodes = {
  ...{ halfSquared, logistic, hinge, squaredHinge, crossEntropy },
  ...{ huber, absolute: huber, pinball: huber, poisson },
} as const;

/** The numbers of the kernel `huber`: the slope of u = z − y is curvature · u, limited to −low … high. */
export interface SlopeLimits {
  /** The largest second derivative. */
  readonly curvature: number;
  /** The lowest derivative. */
  readonly low: number;
  /** The highest derivative. */
  readonly high: number;
}

/** The functions that do the numerical work of a run, on the numbers in its memory. */
export interface Kernels {
  // ---- vectors
  /** y += x. */
  add(x: Address, y: Address, n: number): void;
  /** y += a · x. */
  axpy(a: number, x: Address, y: Address, n: number): void;
  /** x ← a · x. */
  scale(a: number, x: Address, n: number): void;
  /** Σ xᵢ yᵢ. */
  dot(x: Address, y: Address, n: number): number;
  /** Σ |xᵢ|. */
  sumAbsolute(x: Address, n: number): number;
  /** max |xᵢ|; NaN when any entry is NaN; 0 when n = 0. */
  maxAbsolute(x: Address, n: number): number;
  /** average += fraction · (x − average). */
  approach(average: Address, x: Address, n: number, fraction: number): void;
  /** out[i] ← row order[i] of source, for n rows of `bytes` bytes (a multiple of 4). */
  gather(source: Address, order: Address, out: Address, n: number, bytes: number): void;

  // ---- affine maps: W k × d, b k; `scratch` AFFINE_SCRATCH bytes, overwritten
  /** Z ← X Wᵀ + b: Z_ic = b_c + Σ_j X_ij W_cj. */
  affine(X: Address, W: Address, b: Address, Z: Address, n: number, d: number, k: number, scratch: Address): void;
  /** Pullback to the parameters: GW_cj += Σ_i S_ic X_ij; Gb_c += Σ_i S_ic. */
  affineBack(S: Address, X: Address, GW: Address, Gb: Address, n: number, d: number, k: number, scratch: Address): void;
  /** affineBack of the first k columns of S, whose rows are `row` bytes apart: of some of the outputs. */
  affineBackColumns(
    S: Address,
    row: number,
    X: Address,
    GW: Address,
    Gb: Address,
    n: number,
    d: number,
    k: number,
    scratch: Address,
  ): void;
  /** Pullback to the inputs: T ← S W: T_ij = Σ_c S_ic W_cj. */
  affineInputs(S: Address, W: Address, T: Address, n: number, d: number, k: number, scratch: Address): void;
  // ---- columns of X; sums and statistics are float64 with either element type, and sums are in the order of the rows
  /** out_j += Σ_i w_i X_ij²; w 0: no weights. */
  squares(X: Address, w: Address, out: Address, n: number, d: number): void;
  /**
   * out_j ← the smallest of out_j and all X_ij; out_{d + j} ← the largest of out_{d + j} and all X_ij; out_{2d + j} += Σ_i X_ij.
   * X is float64 with either element type.
   */
  ranges(X: Address, out: Address, n: number, d: number): void;
  /** out_i ← 1 + Σ_j X_ij², in the order of the columns. X is float64 with either element type. */
  rowSquares(X: Address, out: Address, n: number, d: number): void;
  /** out_j += Σ_i ((X_ij − shift_j) · unit_j)²; `scaling` is d shifts, then d units. X is float64 with either element type. */
  deviations(X: Address, scaling: Address, out: Address, n: number, d: number): void;
  /** X_ij ← (X_ij − shift_j) / scale_j; `scaling` is d shifts, then d scales. */
  standardize(X: Address, scaling: Address, n: number, d: number): void;

  // ---- affine maps of sparse rows: row i has the entries rows[2i] … rows[2i + 1] − 1 (Uint32), and entry e is the number values[e] in
  // column columns[e] (Uint32). Both element types compute in float64 and round what they store. The sum of a row is that of four sums,
  // of every fourth entry each: (0 + 1) + (2 + 3). In both, all results but sums of losses have the same bits with float64
  /** Z_ic ← b_c + Σ_e values_e W_{c, columns_e} over the entries e of row i. */
  sparseAffine(
    rows: Address,
    columns: Address,
    values: Address,
    W: Address,
    b: Address,
    Z: Address,
    n: number,
    d: number,
    k: number,
  ): void;
  /** GW_{c, columns_e} += S_ic values_e, entry by entry; Gb_c += S_ic. A slope of 0 changes nothing. */
  sparseAffineBack(
    S: Address,
    rows: Address,
    columns: Address,
    values: Address,
    GW: Address,
    Gb: Address,
    n: number,
    d: number,
    k: number,
  ): void;
  /** out_{columns_e} += w_i values_e². The sums are float64 with either element type; w 0: no weights. */
  sparseSquares(rows: Address, columns: Address, values: Address, w: Address, out: Address, n: number): void;
  /** Copies the parts of a list that belong to n rows to `out`, one part after another. A number of the list has `bytes` bytes. */
  gatherEntries(rows: Address, list: Address, out: Address, n: number, bytes: number): void;
  /** out += Σ_i q_i (x̃_i · v) x̃_i, where x̃_i is row i and a 1: d + 1 numbers; v 0: Σ_i q_i x̃_i. q, v and out are float64 with either type. */
  sparseProduct(
    rows: Address,
    columns: Address,
    values: Address,
    q: Address,
    v: Address,
    out: Address,
    n: number,
    d: number,
  ): void;

  // ---- activations a of pre-activations z, in place; and slopes s ← s · a′(z), computed from a alone
  /** a = max(0, z). */
  relu(x: Address, n: number): void;
  /** s ← s where a > 0, else 0. */
  reluBack(a: Address, s: Address, n: number): void;
  /** a = tanh z. */
  tanh(x: Address, n: number): void;
  /** s ← s (1 − a²). */
  tanhBack(a: Address, s: Address, n: number): void;
  /** a = 1 / (1 + e^−z). */
  sigmoid(x: Address, n: number): void;
  /** s ← s a (1 − a). */
  sigmoidBack(a: Address, s: Address, n: number): void;
  /** Each row of Z (n × k) ← e^z / Σ e^z, after the row's largest entry is subtracted. */
  softmax(Z: Address, n: number, k: number): void;
  /** Each row of S ← p_c (s_c − Σ_e p_e s_e) with the probabilities P of softmax. Both element types compute in float64, and round once. */
  softmaxBack(P: Address, S: Address, n: number, k: number): void;

  // ---- losses: the sum over n rows, each times its weight (w 0: no weights); the slopes overwrite Z (n × k)
  /** Σ w ½(z − y)²; slope w (z − y). Y n × k. */
  halfSquared(Z: Address, Y: Address, w: Address, n: number, k: number): number;
  /** Σ w ln(1 + e^−yz), y = ±1; slope −w y / (1 + e^yz). Never exponentiates a positive number. */
  logistic(Z: Address, Y: Address, w: Address, n: number): number;
  /** affine of one output, logistic and affineBack. The intercept follows W, and its gradient GW. */
  logisticRows(
    X: Address,
    W: Address,
    Z: Address,
    Y: Address,
    w: Address,
    GW: Address,
    n: number,
    d: number,
    scratch: Address,
  ): number;
  /** Σ w (ln Σ_c e^{z_c} − z_y), y the class index; slope w (p_c − [c = y]). */
  crossEntropy(Z: Address, y: Address, w: Address, n: number, k: number): number;
  /** Σ w max(0, 1 − yz), y = ±1; slope −w y where yz < 1, else 0. Y n × k. */
  hinge(Z: Address, Y: Address, w: Address, n: number, k: number): number;
  /** Σ w max(0, 1 − yz)², y = ±1; slope −2 w y max(0, 1 − yz). Y n × k. */
  squaredHinge(Z: Address, Y: Address, w: Address, n: number, k: number): number;

  /**
   * Σ w (s u − s²/2c), u = z − y; slope w s, where s is c u limited to −low … high: quadratic where s is not at a limit,
   * linear outside. c > 0. Y n × k.
   */
  huber(Z: Address, Y: Address, w: Address, n: number, k: number, c: number, low: number, high: number): number;
  /**
   * Σ w (e^z − y − y (z − ln y)), without the term of y where y = 0; slope w (e^z − y). Above z = 40 each loss continues as
   * its tangent. y ≥ 0. Y n × k.
   */
  poisson(Z: Address, Y: Address, w: Address, n: number, k: number): number;

  /**
   * For the smoothed hinge, with float64 numbers for either element type: out_0 ← Σ w a (1 + x r) and out_1 ← Σ w a² r³, where x = u + t a and
   * r = 1/√(x² + square). n is even.
   */
  smoothSums(u: Address, a: Address, w: Address, out: Address, n: number, t: number, square: number): void;
  /**
   * The same for its slopes, the curvatures of a primal-dual step from the slopes s, and its error. With r = 1/√(u² + 4 width²) and α = (1 + u r) / 2:
   * S_i ← −w y α, Q_i ← ½ w (1 − (2|s| − 1) u r) r, and out ← Σ w (max(0, u) − α u). n is even.
   */
  smoothSlopes(
    u: Address,
    y: Address,
    w: Address,
    s: Address,
    S: Address,
    Q: Address,
    out: Address,
    n: number,
    width: number,
  ): void;

  // ---- for certificates: all numbers are float64, with either element type
  /**
   * Moves slopes S to the nearest that the loss can have, where its conjugate is finite; for crossEntropy, probabilities of classes
   * whose number in `open` is 0 become 0. `low` and `high` are those of huber.
   */
  limitSlopes(
    loss: number,
    Y: Address,
    S: Address,
    n: number,
    k: number,
    low: number,
    high: number,
    open: Address,
  ): void;
  /**
   * T ← the second derivatives of the loss, where the slopes are S, times T. `curvature` multiplies those of logistic and hinge; for
   * the hinge it is 1 / width of the smoothed hinge.
   */
  bendSlopes(
    loss: number,
    Y: Address,
    S: Address,
    T: Address,
    n: number,
    k: number,
    curvature: number,
    low: number,
    high: number,
  ): void;
  /** out_c += Σ w s_c, with the rounding errors in out_{k + c}; out_2k += Σ w s². */
  slopeSums(S: Address, w: Address, out: Address, n: number, k: number): void;
  /** out ← x: n float32 numbers become float64. */
  widen(x: Address, out: Address, n: number): void;

  // ---- sweeps: a sweep does many plain updates in one call. The result has the same bits as that of the other functions,
  // called for one update after another. `sweep` is the address of a descriptor (sweepLayout.ts). A sweep stops before an
  // update whose value is not finite, and returns the number of its updates.
  /**
   * For each batch i = 0, 1, …: values_i ← mean loss + l2/2 ‖W‖² + l1 ‖W‖₁; x ← x − rates_i (mean gradient + l2 W); W is
   * shrunk by rates_i · l1; where there is an average, average += fractions_i (x − average). x is W, then b.
   */
  sweepLinear(sweep: Address): number;
  /**
   * The same for examples of one or more pairs of rows of the parameters, with l2 per pair: values_i ← mean loss + l2/2 · the
   * squares of pairBack; x ← x − rates_i · mean g, with the g of pairBack and the terms of descendAt. No row of parameters may be a left row in one pair and a right row in
   * another. The gradient buffer must be zero before the call, and is zero after it.
   */
  sweepPairs(sweep: Address): number;

  /**
   * The updates of sweepLinear on sparse rows, without l1; an update costs the entries of its rows. The weights are stored as
   * scale · v and the average as share · (u + lag · v) until the call ends, so with l2 or an average the results are those of
   * sweepLinear up to rounding errors.
   */
  sweepSparse(sweep: Address): number;

  // ---- pairs of rows of the parameters: n pairs of Uint32, the indices in x at which the left row p and the right row q
  // begin; a row is r factors, then one bias when `biased` is 1 (0: none). `terms`: four float64 numbers c₀ … c₃, for the factors
  // of p and q and for their biases; 0: all are 1
  /** Z ← mean + Σ_f p_f q_f (+ bias of p + bias of q). */
  pairDots(pairs: Address, x: Address, mean: number, Z: Address, n: number, r: number, biased: 0 | 1): void;
  /**
   * For each pair, in order, with its slope s: g_p += s q + c₀ l2 p, g_q += s p + c₁ l2 q over the factors, and s + c₂ l2 · bias
   * and s + c₃ l2 · bias for the biases. Returns Σ c₀ ‖p‖² + c₁ ‖q‖² (+ c₂ bias² + c₃ bias²) when l2 > 0, else 0.
   */
  pairBack(
    pairs: Address,
    S: Address,
    x: Address,
    g: Address,
    l2: number,
    n: number,
    r: number,
    biased: 0 | 1,
    terms: Address,
  ): number;

  // ---- optimizers: g the gradient, overwritten by the direction
  /** kept ← x; x ← x − rate · (factor · g). */
  descend(x: Address, kept: Address, g: Address, n: number, rate: number, factor: number): void;
  /**
   * For each of the n start indices (Uint32): x ← x − rate · g and then g ← 0, for the `width` entries that begin there. `terms`:
   * four float64 numbers that multiply the rate, for entries of starts 0, 2, 4, …, of starts 1, 3, 5, …, and for the last entry of
   * each; 0: all are 1.
   */
  descendAt(x: Address, g: Address, starts: Address, n: number, width: number, rate: number, terms: Address): void;
  /** x ← sign(x) max(0, |x| − threshold). */
  shrink(x: Address, n: number, threshold: number): void;
  /** v ← decay · v + g; g ← v. */
  momentum(g: Address, v: Address, n: number, decay: number): void;
  /** v ← decay · v + g; g ← g + decay · v. */
  nesterov(g: Address, v: Address, n: number, decay: number): void;
  /** s += g²; g ← g / (√s + ε). */
  adaGrad(g: Address, s: Address, n: number, epsilon: number): void;
  /** s ← decay · s + (1 − decay) g²; g ← g / (√s + ε). */
  rmsProp(g: Address, s: Address, n: number, decay: number, epsilon: number): void;
  /** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; g ← (m / c₁) / (√(v / c₂) + ε). */
  adam(
    g: Address,
    m: Address,
    v: Address,
    n: number,
    beta1: number,
    beta2: number,
    c1: number,
    c2: number,
    epsilon: number,
  ): void;
}

/** Makes the functions above for a memory whose numbers have one element type. */
export type BindKernels = (memory: Memory, elementType: ElementType) => Kernels;
