import { splineNumbers } from "../../tables/preparation/expansion.ts";
import type { Expansion } from "../../tables/preparation/preparation.ts";
import { arithmeticOf } from "./arithmetic.ts";
import type { Graph, Value } from "./graph.ts";

/** Further features, which follow the features of the columns. */
export function addExpansion(graph: Graph, base: Value, expansion: Expansion, means: readonly number[]): Value[] {
  const math = arithmeticOf(graph);
  const taken = (positions: readonly number[]): Value =>
    graph.node("Gather", [base, graph.integers(positions, [positions.length])], { axis: 1 });
  const row = (numbers: readonly number[]): Value => graph.numbers(numbers, [1, numbers.length]);
  if (expansion.type === "quadratic") {
    const { products } = expansion;
    if (products.length === 0) return [];
    const centred = (side: 0 | 1): Value => {
      const positions = products.map((pair) => pair[side]);
      return math.subtract(taken(positions), row(positions.map((j) => means[j]!)));
    };
    return [math.multiply(centred(0), centred(1))];
  }
  const curves = expansion.splines.flatMap(({ feature, knots }) => {
    const { before, last, unit, slopes, shares } = splineNumbers(knots);
    return knots
      .slice(0, -2)
      .map((knot, j) => ({ feature, knot, before, last, unit, slope: slopes[j]!, share: shares[j]! }));
  });
  if (curves.length === 0) return [];
  const each = (of: (curve: (typeof curves)[number]) => number): Value => row(curves.map(of));
  const x = taken(curves.map(({ feature }) => feature));
  const last = each((curve) => curve.last);
  const unit = each((curve) => curve.unit);
  const t = graph.node("Min", [x, last]);
  const cube = (from: Value): Value => {
    const above = math.positive(math.subtract(t, from));
    const share = math.divide(above, unit);
    return math.multiply(math.multiply(share, share), above);
  };
  const bend = math.multiply(
    cube(each((curve) => curve.before)),
    each((curve) => curve.share),
  );
  const beyond = math.multiply(
    each((curve) => curve.slope),
    math.positive(math.subtract(x, last)),
  );
  return [math.add(math.subtract(cube(each((curve) => curve.knot)), bend), beyond)];
}
