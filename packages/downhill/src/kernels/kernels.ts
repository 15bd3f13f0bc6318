// Every loop over a run's numbers. reference.ts is the definition in plain TypeScript, wasm.ts the compiled module;
// one contract suite holds them together.
//
// n rows (or entries), d features, k outputs, r rank; matrices are row-major. An Address is a byte offset into the
// run's arena; 0 stands for "none" where a formula says so. ← overwrites, += adds to what is there.
//
// The numbers in memory are of one element. Of float32, sums that are returned, losses and what needs an elementary
// function are computed in float64 and rounded once, where they are stored; all else is rounded after every operation.
//
// Sums: reference.ts adds in order; the module adds fixed lanes in a fixed tree. Both are within
// (4 + length) · ε of the sum of absolute terms, ε that of the element. This concerns dot, sumAbsolute, affine with k = 1,
// pairDots, the totals of the losses and of pairBack. Everything else has the same bits in both for float64; reference.ts computes
// all in float64 and rounds what it stores, so for float32 formulas of several operations are within their bound too.
//
// What an update stores in x, an average, v, s or m becomes 0 where it is smaller than 2^−960, in float32 than 2^−100:
// no product with it is then a subnormal number, which processors are slow at (≈ 50 times). This concerns descend, descendAt,
// shrink, approach, the sweeps and the optimizers; the formulas below do not repeat it.
//
// NaN: relu keeps it, reluBack takes it for "not above 0", shrink keeps it; a loss of a NaN score is NaN.

import type { Element } from "../core/vector.ts";
import type { Memory } from "./webassembly.ts";

/** Bytes of scratch that the affine maps are given as `room`: the module packs there what it reads often. */
export const AFFINE_ROOM = 16384;

/** Byte offset into the memory of a run's arena. */
export type Address = number;

/** The losses that a sweep knows, by number. */
export const lossCodes = { halfSquared: 0, logistic: 1, hinge: 2, squaredHinge: 3, crossEntropy: 4 } as const;

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

  // ---- affine maps: W k × d, b k; `room` AFFINE_ROOM bytes, overwritten
  /** Z ← X Wᵀ + b: Z_ic = b_c + Σ_j X_ij W_cj. */
  affine(X: Address, W: Address, b: Address, Z: Address, n: number, d: number, k: number, room: Address): void;
  /** Pullback to the parameters: GW_cj += Σ_i S_ic X_ij; Gb_c += Σ_i S_ic. */
  affineBack(S: Address, X: Address, GW: Address, Gb: Address, n: number, d: number, k: number, room: Address): void;
  /** Pullback to the inputs: T ← S W: T_ij = Σ_c S_ic W_cj. */
  affineInputs(S: Address, W: Address, T: Address, n: number, d: number, k: number, room: Address): void;

  // ---- activations a of pre-activations z, in place; and slopes s ← s · a′(z), told from a alone
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

  // ---- losses: the sum over n rows, each times its weight (w 0: no weights); the slopes overwrite Z (n × k)
  /** Σ w ½(z − y)²; slope w (z − y). Y n × k. */
  halfSquared(Z: Address, Y: Address, w: Address, n: number, k: number): number;
  /** Σ w ln(1 + e^−yz), y = ±1; slope −w y / (1 + e^yz). Never exponentiates a positive number. */
  logistic(Z: Address, Y: Address, w: Address, n: number): number;
  /** Σ w (ln Σ_c e^{z_c} − z_y), y the class index; slope w (p_c − [c = y]). */
  crossEntropy(Z: Address, y: Address, w: Address, n: number, k: number): number;
  /** Σ w max(0, 1 − yz), y = ±1; slope −w y where yz < 1, else 0. Y n × k. */
  hinge(Z: Address, Y: Address, w: Address, n: number, k: number): number;
  /** Σ w max(0, 1 − yz)², y = ±1; slope −2 w y max(0, 1 − yz). Y n × k. */
  squaredHinge(Z: Address, Y: Address, w: Address, n: number, k: number): number;

  // ---- many plain updates in one call, with the bits of the functions here called one after another
  /**
   * For each batch of m of the rows from … to (of an order, or with 0 as they lie), i = 0, 1, …: values_i ← the mean
   * loss + l2/2 ‖W‖² + l1 ‖W‖₁; x ← x − rates_i (mean gradient + l2 W); W shrunk by rates_i l1; where there is an
   * average, average += fractions_i (x − average). x: W, b; Y, w targets and weights as the loss takes them. rates,
   * values, fractions: float64. blockX, blockY, blockW: room for `capacity` ≥ m rows; `room`: of the affine maps; Z:
   * for a batch's scores; g: for a gradient. Returns the number of batches done: it stops before one whose value is not
   * finite.
   */
  sweepLinear(
    loss: number,
    X: Address,
    Y: Address,
    w: Address,
    order: Address,
    blockX: Address,
    blockY: Address,
    blockW: Address,
    capacity: number,
    room: Address,
    Z: Address,
    x: Address,
    g: Address,
    average: Address,
    rates: Address,
    fractions: Address,
    values: Address,
    from: number,
    to: number,
    m: number,
    d: number,
    k: number,
    l2: number,
    l1: number,
  ): number;

  /**
   * The same for pairs of rows of the parameters (see there), l2 per pair: values_i ← the mean loss + l2/2 (‖p‖² + ‖q‖²
   * (+ biases²)); x ← x − rates_i · mean g, with the g of pairBack, over both rows of each pair. No row is a left row here
   * and a right row there. g: zeros, which it leaves. The average is of all `size` numbers of x.
   */
  sweepPairs(
    loss: number,
    pairs: Address,
    Y: Address,
    w: Address,
    order: Address,
    blockPairs: Address,
    blockY: Address,
    blockW: Address,
    capacity: number,
    Z: Address,
    x: Address,
    g: Address,
    size: number,
    average: Address,
    rates: Address,
    fractions: Address,
    values: Address,
    from: number,
    to: number,
    m: number,
    mean: number,
    l2: number,
    r: number,
    biased: 0 | 1,
  ): number;

  // ---- pairs of rows of the parameters: n pairs of Uint32, where in x (in elements) the left row p and the right row q
  // begin; a row is r factors, then one bias when `biased` is 1 (0: none)
  /** Z ← mean + Σ_f p_f q_f (+ bias of p + bias of q). */
  pairDots(pairs: Address, x: Address, mean: number, Z: Address, n: number, r: number, biased: 0 | 1): void;
  /**
   * For each pair, in order, with its slope s: g_p += s q + l2 p, g_q += s p + l2 q over the factors, and s + l2 · bias
   * for each bias. Returns Σ ‖p‖² + ‖q‖² (+ biases²) when l2 > 0, else 0.
   */
  pairBack(pairs: Address, S: Address, x: Address, g: Address, l2: number, n: number, r: number, biased: 0 | 1): number;

  // ---- optimizers: g the gradient, overwritten by the direction
  /** kept ← x; x ← x − rate · g. */
  descend(x: Address, kept: Address, g: Address, n: number, rate: number): void;
  /** For each of the n starts (Uint32, in elements): x ← x − rate · g and then g ← 0, over `width` entries from there. */
  descendAt(x: Address, g: Address, starts: Address, n: number, width: number, rate: number): void;
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

/** The functions above over one memory, whose numbers are of one element. */
export type BindKernels = (memory: Memory, element: Element) => Kernels;
