// The kernels for float32. Numbers that are passed or returned, such as learning rates and sums, are float64.

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

export function add32(x: usize, y: usize, n: i32): void {
  vectors.add<f32>(x, y, n);
}

export function axpy32(a: f64, x: usize, y: usize, n: i32): void {
  vectors.axpy<f32>(a, x, y, n);
}

export function scale32(a: f64, x: usize, n: i32): void {
  vectors.scale<f32>(a, x, n);
}

export function dot32(x: usize, y: usize, n: i32): f64 {
  return vectors.dot<f32>(x, y, n);
}

export function sumAbsolute32(x: usize, n: i32): f64 {
  return vectors.sumAbsolute<f32>(x, n);
}

export function maxAbsolute32(x: usize, n: i32): f64 {
  return vectors.maxAbsolute<f32>(x, n);
}

export function approach32(average: usize, x: usize, n: i32, fraction: f64): void {
  vectors.approach<f32>(average, x, n, fraction);
}

export function affine32(X: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affine<f32>(X, W, b, Z, n, d, k, scratch);
}

export function affineBack32(S: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affineBack<f32>(S, X, GW, Gb, n, d, k, scratch);
}

export function affineBackColumns32(
  S: usize, row: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize,
): void {
  affines.affineBackColumns<f32>(S, row, X, GW, Gb, n, d, k, scratch);
}

export function affineInputs32(S: usize, W: usize, T: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affines.affineInputs<f32>(S, W, T, n, d, k, scratch);
}

export function squares32(X: usize, w: usize, out: usize, n: i32, d: i32): void {
  columns.squares<f32>(X, w, out, n, d);
}

export function standardize32(X: usize, scaling: usize, n: i32, d: i32): void {
  columns.standardize<f32>(X, scaling, n, d);
}

export function sparseAffine32(
  rows: usize, columns: usize, values: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32,
): void {
  sparse.sparseAffine<f32>(rows, columns, values, W, b, Z, n, d, k);
}

export function sparseAffineBack32(
  S: usize, rows: usize, columns: usize, values: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32,
): void {
  sparse.sparseAffineBack<f32>(S, rows, columns, values, GW, Gb, n, d, k);
}

export function sparseSquares32(rows: usize, columns: usize, values: usize, w: usize, out: usize, n: i32): void {
  sparse.sparseSquares<f32>(rows, columns, values, w, out, n);
}

export function sparseProduct32(
  rows: usize, columns: usize, values: usize, q: usize, v: usize, out: usize, n: i32, d: i32,
): void {
  sparse.sparseProduct<f32>(rows, columns, values, q, v, out, n, d);
}

export function relu32(x: usize, n: i32): void {
  activations.relu<f32>(x, n);
}

export function reluBack32(a: usize, s: usize, n: i32): void {
  activations.reluBack<f32>(a, s, n);
}

export function tanh32(x: usize, n: i32): void {
  activations.tanh<f32>(x, n);
}

export function tanhBack32(a: usize, s: usize, n: i32): void {
  activations.tanhBack<f32>(a, s, n);
}

export function sigmoid32(x: usize, n: i32): void {
  activations.sigmoid<f32>(x, n);
}

export function sigmoidBack32(a: usize, s: usize, n: i32): void {
  activations.sigmoidBack<f32>(a, s, n);
}

export function softmax32(Z: usize, n: i32, k: i32): void {
  softmaxes.softmax<f32>(Z, n, k);
}

export function softmaxBack32(P: usize, S: usize, n: i32, k: i32): void {
  softmaxes.softmaxBack<f32>(P, S, n, k);
}

export function halfSquared32(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.halfSquared<f32>(Z, Y, w, n, k);
}

export function logisticRows32(
  X: usize, W: usize, Z: usize, Y: usize, w: usize, GW: usize, n: i32, d: i32, scratch: usize,
): f64 {
  return logistics.logisticRows<f32>(X, W, Z, Y, w, GW, n, d, scratch);
}

export function logistic32(Z: usize, Y: usize, w: usize, n: i32): f64 {
  return logistics.logistic<f32>(Z, Y, w, n);
}

export function crossEntropy32(Z: usize, y: usize, w: usize, n: i32, k: i32): f64 {
  return softmaxes.crossEntropy<f32>(Z, y, w, n, k);
}

export function hinge32(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.hinge<f32>(Z, Y, w, n, k);
}

export function squaredHinge32(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.squaredHinge<f32>(Z, Y, w, n, k);
}

export function huber32(
  Z: usize, Y: usize, w: usize, n: i32, k: i32, curvature: f64, low: f64, high: f64,
): f64 {
  return losses.huber<f32>(Z, Y, w, n, k, curvature, low, high);
}

export function poisson32(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return losses.poisson<f32>(Z, Y, w, n, k);
}

export function pairDots32(pairs_: usize, x: usize, mean: f64, Z: usize, n: i32, r: i32, biased: i32): void {
  pairs.pairDots<f32>(pairs_, x, mean, Z, n, r, biased);
}

export function pairBack32(
  pairs_: usize, S: usize, x: usize, g: usize, l2: f64, n: i32, r: i32, biased: i32, terms: usize,
): f64 {
  return pairs.pairBack<f32>(pairs_, S, x, g, l2, n, r, biased, terms);
}

export function sweepLinear32(descriptor: usize): i32 {
  return sweep.sweepLinear<f32>(descriptor);
}

export function sweepPairs32(descriptor: usize): i32 {
  return sweepPairsOf<f32>(descriptor);
}

export function sweepSparse32(descriptor: usize): i32 {
  return sweepSparseOf<f32>(descriptor);
}

export function descend32(x: usize, kept: usize, g: usize, n: i32, rate: f64, factor: f64): void {
  optimizers.descend<f32>(x, kept, g, n, rate, factor);
}

export function descendAt32(x: usize, g: usize, starts: usize, n: i32, width: i32, rate: f64, terms: usize): void {
  optimizers.descendAt<f32>(x, g, starts, n, width, rate, terms);
}

export function shrink32(x: usize, n: i32, threshold: f64): void {
  optimizers.shrink<f32>(x, n, threshold);
}

export function momentum32(g: usize, v: usize, n: i32, decay: f64): void {
  optimizers.momentum<f32>(g, v, n, decay);
}

export function nesterov32(g: usize, v: usize, n: i32, decay: f64): void {
  optimizers.nesterov<f32>(g, v, n, decay);
}

export function adaGrad32(g: usize, s: usize, n: i32, epsilon: f64): void {
  optimizers.adaGrad<f32>(g, s, n, epsilon);
}

export function rmsProp32(g: usize, s: usize, n: i32, decay: f64, epsilon: f64): void {
  optimizers.rmsProp<f32>(g, s, n, decay, epsilon);
}

export function adam32(
  g: usize, m: usize, v: usize, n: i32, beta1: f64, beta2: f64, c1: f64, c2: f64, epsilon: f64,
): void {
  optimizers.adam<f32>(g, m, v, n, beta1, beta2, c1, c2, epsilon);
}
