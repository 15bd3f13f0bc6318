// The excess of slopes, compared with the formulas of the losses and their conjugates.
import { describe, expect, it } from "vitest";
import { random } from "../core/random.ts";
import { excess } from "./excess.ts";
import type { LossSpec } from "./loss.ts";

/** A loss of one row: its value at scores z, its conjugate, random targets, and random slopes that it can have. */
interface Formulas {
  readonly spec: LossSpec;
  loss(z: Float64Array, y: number): number;
  conjugate(s: Float64Array, y: number): number;
  slopes(z: Float64Array, y: number): Float64Array;
  target(u: number): number;
}

const softmax = (z: Float64Array): Float64Array => {
  const all = z.map(Math.exp);
  return all.map((e) => e / all.reduce((a, b) => a + b));
};
const sign = (u: number): number => (u < 0.5 ? -1 : 1);
const ofOne =
  (slope: (z: number, y: number) => number) =>
  (z: Float64Array, y: number): Float64Array =>
    Float64Array.of(slope(z[0]!, y));
const entropy = (p: number): number => (p === 0 ? 0 : p * Math.log(p));

const losses: Record<string, Formulas> = {
  halfSquared: {
    spec: { loss: "halfSquared", outputs: 1 },
    loss: ([z], y) => 0.5 * (z! - y) ** 2,
    conjugate: ([s], y) => 0.5 * s! * s! + s! * y,
    slopes: ofOne((z, y) => z - y),
    target: (u) => 3 * u,
  },
  huber: {
    spec: { loss: "huber", outputs: 1, delta: 0.7 },
    loss: ([z], y) => (Math.abs(z! - y) < 0.7 ? 0.5 * (z! - y) ** 2 : 0.7 * Math.abs(z! - y) - 0.245),
    conjugate: ([s], y) => 0.5 * s! * s! + s! * y,
    slopes: ofOne((z, y) => Math.max(-0.7, Math.min(0.7, z - y))),
    target: (u) => 3 * u,
  },
  poisson: {
    spec: { loss: "poisson", outputs: 1 },
    loss: ([z], y) => Math.exp(z!) - y * z! - y + entropy(y),
    conjugate: ([s], y) => entropy(s! + y) - (s! + y) + y - entropy(y),
    slopes: ofOne((z, y) => Math.exp(z) - y),
    target: (u) => Math.floor(4 * u),
  },
  logistic: {
    spec: { loss: "logistic", outputs: 1 },
    loss: ([z], y) => Math.log1p(Math.exp(-y * z!)),
    conjugate: ([s], y) => entropy(-y * s!) + entropy(1 + y * s!),
    slopes: ofOne((z, y) => -y / (1 + Math.exp(y * z))),
    target: sign,
  },
  hinge: {
    spec: { loss: "hinge", outputs: 1 },
    loss: ([z], y) => Math.max(0, 1 - y * z!),
    conjugate: ([s], y) => y * s!,
    slopes: ofOne((z, y) => (y * z < 1 ? -y : 0)),
    target: sign,
  },
  squaredHinge: {
    spec: { loss: "squaredHinge", outputs: 1 },
    loss: ([z], y) => Math.max(0, 1 - y * z!) ** 2,
    conjugate: ([s], y) => y * s! + 0.25 * s! * s!,
    slopes: ofOne((z, y) => -2 * y * Math.max(0, 1 - y * z)),
    target: sign,
  },
  crossEntropy: {
    spec: { loss: "crossEntropy", outputs: 3 },
    loss: (z, y) => -Math.log(softmax(z)[y]!),
    conjugate: (s, y) => s.reduce((sum, x, c) => sum + entropy(x + (c === y ? 1 : 0)), 0),
    slopes: (z, y) => softmax(z).map((p, c) => p - (c === y ? 1 : 0)),
    target: (u) => Math.floor(3 * u),
  },
};

describe.each(Object.entries(losses))("%s", (_, { spec, loss, conjugate, slopes, target }) => {
  const draw = random(1);
  const k = spec.outputs;
  const scores = (): Float64Array => Float64Array.from({ length: k }, () => 1.5 * draw.normal());

  it("is loss(z) + loss*(s) − s z for slopes at other scores, near and far", () => {
    for (let trial = 0; trial < 200; trial++) {
      const [z, y] = [scores(), target(draw.uniform())];
      const apart = [1, 1e-2, 1e-3][trial % 3]!;
      const s = slopes(
        z.map((x) => x + apart * draw.normal()),
        y,
      );
      const direct = loss(z, y) + conjugate(s, y) - s.reduce((sum, x, c) => sum + x * z[c]!, 0);
      const value = excess(spec, z, s, { targets: Float64Array.of(y), weights: null });
      expect(value).toBeGreaterThanOrEqual(0);
      expect(Math.abs(value - direct)).toBeLessThan(1e-14 * (1 + loss(z, y) + Math.abs(conjugate(s, y))));
    }
  });

  it("is 0 for the slopes at the scores; rows without slopes and rows with the weight 0 are left out", () => {
    const [z, targets] = [[scores(), scores(), scores()], [0.1, 0.9, 0.5].map(target)];
    const all = Float64Array.from(z.flatMap((each) => [...each]));
    const own = (i: number, from: number): Float64Array => slopes(z[from]!, targets[i]!);
    const of = (s: Float64Array[], weights: number[] | null): number =>
      excess(spec, all, Float64Array.from(s.flatMap((each) => [...each])), {
        targets: Float64Array.from(targets),
        weights: weights && Float64Array.from(weights),
      });
    expect(of([own(0, 0), own(1, 1), own(2, 2)], null)).toBeLessThan(1e-15);
    const [first, second] = [of([own(0, 1)], null), of([own(0, 1), own(1, 2)], null)];
    expect(of([own(0, 1), own(1, 2)], [2, 0, 1])).toBe(2 * first);
    expect(of([own(0, 1), own(1, 2)], [0, 0.5, 1])).toBeCloseTo(0.5 * (second - first), 14);
  });
});
