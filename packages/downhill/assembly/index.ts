// The exports of the module: the kernels for float64 under the names of src/kernels/kernels.ts, and the kernels for float32
// under the same names with 32 at the end. A kernel that is the same for both types is exported once.

import * as activations from "./activations";
import * as affines from "./affine";
import * as columns from "./columns";
import * as logistics from "./logistic";
import * as losses from "./losses";
import * as optimizers from "./optimizers";
import * as pairs from "./pairs";
import * as softmaxes from "./softmax";
import * as sparse from "./sparse";
import * as sweep from "./sweep";
import { sweepPairs as sweepPairsOf } from "./sweepPairs";
import { sweepSparse as sweepSparseOf } from "./sweepSparse";
import * as vectors from "./vectors";

export { deviations, ranges, rowSquares } from "./columns";
export { bendSlopes, limitSlopes, slopeSums, widen } from "./dualSlopes";
export { smoothSlopes, smoothSums } from "./smoothHinge";
export { gather } from "./vectors";
export { gatherEntries } from "./sparse";
export * from "./float32";

export function add(x: usize, y: usize, n: i32): void {
  vectors.add<f64>(x, y, n);
}

export function axpy(a: f64, x: usize, y: usize, n: i32): void {
  vectors.axpy<f64>(a, x, y, n);
}

export function scale(a: f64, x: usize, n: i32): void {
  vectors.scale<f64>(a, x, n);
}

export function dot(x: usize, y: usize, n: i32): f64 {
  return vectors.dot<f64>(x, y, n);
}

export function sumAbsolute(x: usize, n: i32): f64 {
  return vectors.sumAbsolute<f64>(x, n);
}

export function maxAbsolute(x: usize, n: i32): f64 {
  return vectors.maxAbsolute<f64>(x, n);
}

export function approach(average: usize, x: usize, n: i32, fraction: f64): void {
  vectors.approach<f64>(average, x, n, fraction);
}

export function affine(X: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affine<f64>(X, W, b, Z, n, d, k, scratch);
}

export function affineBack(S: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affineBack<f64>(S, X, GW, Gb, n, d, k, scratch);
}

export function affineBackColumns(
  S: usize, row: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize,
): void {
  affines.affineBackColumns<f64>(S, row, X, GW, Gb, n, d, k, scratch);
}

export function affineInputs(S: usize, W: usize, T: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affineInputs<f64>(S, W, T, n, d, k, scratch);
}

export function squares(X: usize, w: usize, out: usize, n: i32, d: i32): void {
  columns.squares<f64>(X, w, out, n, d);
}

export function standardize(X: usize, scaling: usize, n: i32, d: i32): void {
  columns.standardize<f64>(X, scaling, n, d);
}

export function sparseAffine(
  rows: usize, columns: usize, values: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32,
): void {
  sparse.sparseAffine<f64>(rows, columns, values, W, b, Z, n, d, k);
}

export function sparseAffineBack(
  S: usize, rows: usize, columns: usize, values: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32,
): void {
  sparse.sparseAffineBack<f64>(S, rows, columns, values, GW, Gb, n, d, k);
}

export function sparseSquares(rows: usize, columns: usize, values: usize, w: usize, out: usize, n: i32): void {
  sparse.sparseSquares<f64>(rows, columns, values, w, out, n);
}

export function sparseProduct(
  rows: usize, columns: usize, values: usize, q: usize, v: usize, out: usize, n: i32, d: i32,
): void {
  sparse.sparseProduct<f64>(rows, columns, values, q, v, out, n, d);
}

export function relu(x: usize, n: i32): void {
  activations.relu<f64>(x, n);
}

export function reluBack(a: usize, s: usize, n: i32): void {
  activations.reluBack<f64>(a, s, n);
}

export function tanh(x: usize, n: i32): void {
  activations.tanh<f64>(x, n);
}

export function tanhBack(a: usize, s: usize, n: i32): void {
  activations.tanhBack<f64>(a, s, n);
}

export function sigmoid(x: usize, n: i32): void {
  activations.sigmoid<f64>(x, n);
}

export function sigmoidBack(a: usize, s: usize, n: i32): void {
  activations.sigmoidBack<f64>(a, s, n);
}

export function softmax(Z: usize, n: i32, k: i32): void {
  softmaxes.softmax<f64>(Z, n, k);
}

export function softmaxBack(P: usize, S: usize, n: i32, k: i32): void {
  softmaxes.softmaxBack<f64>(P, S, n, k);
}

export function halfSquared(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.halfSquared<f64>(Z, Y, w, n, k);
}

export function logisticRows(
  X: usize, W: usize, Z: usize, Y: usize, w: usize, GW: usize, n: i32, d: i32, scratch: usize,
): f64 {
  return logistics.logisticRows<f64>(X, W, Z, Y, w, GW, n, d, scratch);
}

export function logistic(Z: usize, Y: usize, w: usize, n: i32): f64 {
  return logistics.logistic<f64>(Z, Y, w, n);
}

export function crossEntropy(Z: usize, y: usize, w: usize, n: i32, k: i32): f64 {
  return softmaxes.crossEntropy<f64>(Z, y, w, n, k);
}

export function hinge(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.hinge<f64>(Z, Y, w, n, k);
}

export function squaredHinge(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.squaredHinge<f64>(Z, Y, w, n, k);
}

export function huber(
  Z: usize, Y: usize, w: usize, n: i32, k: i32, curvature: f64, low: f64, high: f64,
): f64 {
  return losses.huber<f64>(Z, Y, w, n, k, curvature, low, high);
}

export function poisson(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.poisson<f64>(Z, Y, w, n, k);
}

export function pairDots(pairs_: usize, x: usize, mean: f64, Z: usize, n: i32, r: i32, biased: i32): void {
  pairs.pairDots<f64>(pairs_, x, mean, Z, n, r, biased);
}

export function pairBack(
  pairs_: usize, S: usize, x: usize, g: usize, l2: f64, n: i32, r: i32, biased: i32, terms: usize,
): f64 {
  return pairs.pairBack<f64>(pairs_, S, x, g, l2, n, r, biased, terms);
}

export function sweepLinear(descriptor: usize): i32 {
  return sweep.sweepLinear<f64>(descriptor);
}

export function sweepPairs(descriptor: usize): i32 {
  return sweepPairsOf<f64>(descriptor);
}

export function sweepSparse(descriptor: usize): i32 {
  return sweepSparseOf<f64>(descriptor);
}

export function descend(x: usize, kept: usize, g: usize, n: i32, rate: f64, factor: f64): void {
  optimizers.descend<f64>(x, kept, g, n, rate, factor);
}

export function descendAt(x: usize, g: usize, starts: usize, n: i32, width: i32, rate: f64, terms: usize): void {
  optimizers.descendAt<f64>(x, g, starts, n, width, rate, terms);
}

export function shrink(x: usize, n: i32, threshold: f64): void {
  optimizers.shrink<f64>(x, n, threshold);
}

export function momentum(g: usize, v: usize, n: i32, decay: f64): void {
  optimizers.momentum<f64>(g, v, n, decay);
}

export function nesterov(g: usize, v: usize, n: i32, decay: f64): void {
  optimizers.nesterov<f64>(g, v, n, decay);
}

export function adaGrad(g: usize, s: usize, n: i32, epsilon: f64): void {
  optimizers.adaGrad<f64>(g, s, n, epsilon);
}

export function rmsProp(g: usize, s: usize, n: i32, decay: f64, epsilon: f64): void {
  optimizers.rmsProp<f64>(g, s, n, decay, epsilon);
}

export function adam(
  g: usize, m: usize, v: usize, n: i32, beta1: f64, beta2: f64, c1: f64, c2: f64, epsilon: f64,
): void {
  optimizers.adam<f64>(g, m, v, n, beta1, beta2, c1, c2, epsilon);
}

