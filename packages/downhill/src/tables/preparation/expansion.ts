// Further features of numbers: squares and products, or natural cubic splines.
import type { Expansion, Feature } from "./preparation.ts";

/** The names of the features of an expansion, in their order. `base` are the features of the columns. */
export function featuresOfExpansion(expansion: Expansion | null, base: readonly Feature[]): Feature[] {
  if (expansion === null) return [];
  if (expansion.type === "quadratic") {
    return expansion.products.map(([i, j]) => {
      const [a, b] = [base[i]!, base[j]!];
      if (i === j) return { name: `${a.name}²`, columns: a.columns };
      return { name: `${a.name} × ${b.name}`, columns: [...new Set([...a.columns, ...b.columns])] };
    });
  }
  return expansion.splines.flatMap(({ feature, knots }) => {
    const { name, columns } = base[feature]!;
    return Array.from({ length: knots.length - 2 }, (_, j) => ({ name: `${name} spline ${j + 1}`, columns }));
  });
}

/**
 * Puts the features of an expansion after the base features of each row.
 *
 * @param data  rows of `width` features, of which the first `base` are computed
 * @param means  the mean of each base feature
 * @returns the index of the first row with a number that is not finite; −1 if there is none
 */
export function putExpansion(
  expansion: Expansion,
  means: readonly number[],
  {
    data,
    rows,
    width,
    base,
  }: { readonly data: Float64Array; readonly rows: number; readonly width: number; readonly base: number },
): number {
  if (expansion.type === "quadratic") {
    const { products } = expansion;
    for (let row = 0, from = 0; row < rows; row++, from += width) {
      let at = from + base;
      for (const [i, j] of products) {
        const product = (data[from + i]! - means[i]!) * (data[from + j]! - means[j]!);
        if (!Number.isFinite(product)) return row;
        data[at++] = product;
      }
    }
    return -1;
  }
  const splines = expansion.splines.map(({ feature, knots }) => ({ feature, ...curvesOf(knots) }));
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    let at = from + base;
    for (const { feature, count, curve } of splines) {
      for (let j = 0; j < count; j++) {
        const value = curve(data[from + feature]!, j);
        if (!Number.isFinite(value)) return row;
        data[at++] = value;
      }
    }
  }
  return -1;
}

/** The numbers in the formula of a spline: k_{m−1}, k_m, k_m − k₁, slope_j, and (k_m − k_j) / (k_m − k_{m−1}). */
export function splineNumbers(knots: readonly number[]): {
  readonly before: number;
  readonly last: number;
  readonly unit: number;
  readonly slopes: readonly number[];
  readonly shares: readonly number[];
} {
  const before = knots.at(-2)!;
  const last = knots.at(-1)!;
  const unit = last - knots[0]!;
  const slopes = knots.map((knot) => (3 * ((last - knot) / unit) * (before - knot)) / unit);
  return { before, last, unit, slopes, shares: knots.map((knot) => (last - knot) / (last - before)) };
}

/** The curves of a spline, as its type describes them. */
function curvesOf(knots: readonly number[]): {
  readonly count: number;
  readonly curve: (x: number, j: number) => number;
} {
  const { before, last, unit, slopes, shares } = splineNumbers(knots);
  const cube = (t: number): number => (t > 0 ? (t / unit) * (t / unit) * t : 0);
  return {
    count: knots.length - 2,
    curve(x, j) {
      if (!(x > knots[j]!)) return 0;
      const t = Math.min(x, last);
      const beyond = x > last ? slopes[j]! * (x - last) : 0;
      return cube(t - knots[j]!) - cube(t - before) * shares[j]! + beyond;
    },
  };
}
