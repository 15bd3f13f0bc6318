// The optimum of a linear SVM with the hinge, from its dual problem: an algorithm that shares nothing with gradient descent.
import type { Matrix } from "downhill";

const MOST_STEPS = 400_000;
const TOLERANCE = 1e-7;

/**
 * The lowest value of mean max(0, 1 − y (w·x + b)) + l2/2 ‖w‖², for signs y of ±1. Sequential minimal optimization changes two
 * dual variables at a time, with the second by its gain (Fan, Chen and Lin, 2005). The result is the lower bound of the dual.
 */
export function hingeOptimum({ data, rows: n, columns: d }: Matrix, y: readonly number[], l2: number): number {
  const largest = 1 / (l2 * n);
  const alpha = new Float64Array(n);
  const gradient = Float64Array.from(y); // y_i − w·x_i
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += data[i * d + k]! * data[j * d + k]!;
      products[i * n + j] = sum;
      products[j * n + i] = sum;
    }
  }
  const canRise = (i: number): boolean => (y[i]! > 0 ? alpha[i]! < largest : alpha[i]! > 0);
  const canFall = (i: number): boolean => (y[i]! > 0 ? alpha[i]! > 0 : alpha[i]! < largest);
  const curvature = (i: number, j: number): number =>
    Math.max(1e-12, products[i * n + i]! + products[j * n + j]! - 2 * products[i * n + j]!);
  for (let step = 0; step < MOST_STEPS; step++) {
    let first = -1;
    let [high, low] = [-Infinity, Infinity];
    for (let i = 0; i < n; i++) {
      if (canRise(i) && gradient[i]! > high) [first, high] = [i, gradient[i]!];
      if (canFall(i)) low = Math.min(low, gradient[i]!);
    }
    if (high - low < TOLERANCE) break;
    let [second, gain] = [-1, 0];
    for (let j = 0; j < n; j++) {
      const difference = high - gradient[j]!;
      if (!canFall(j) || difference <= 0) continue;
      const own = difference ** 2 / curvature(first, j);
      if (own > gain) [second, gain] = [j, own];
    }
    const room = y[first]! > 0 ? largest - alpha[first]! : alpha[first]!;
    const otherRoom = y[second]! > 0 ? alpha[second]! : largest - alpha[second]!;
    const change = Math.min((high - gradient[second]!) / curvature(first, second), room, otherRoom);
    alpha[first]! += y[first]! * change;
    alpha[second]! -= y[second]! * change;
    for (const i of [first, second]) {
      if (alpha[i]! < 1e-14 * largest) alpha[i] = 0;
      if (alpha[i]! > largest * (1 - 1e-14)) alpha[i] = largest;
    }
    for (let i = 0; i < n; i++) gradient[i]! -= change * (products[first * n + i]! - products[second * n + i]!);
  }
  let [sum, square] = [0, 0];
  alpha.forEach((a, i) => {
    sum += a;
    square += a * y[i]! * (y[i]! - gradient[i]!);
  });
  return l2 * (sum - square / 2);
}
