import { describe, expect, it } from "vitest";
import * as witness from "../../test/witness.ts";
import { cos, exp, expm1, log, log1p, power, sigmoid, sin, tanh } from "./elementary.ts";
import { random } from "./random.ts";

/** The largest error over `count` numbers drawn, in units of the last place. */
function worst(
  f: (x: number) => number,
  value: (x: bigint, double: number) => bigint,
  draw: (uniform: () => number) => number,
  count = 1500,
): number {
  const stream = random(7);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const x = draw(() => stream.uniform());
    largest = Math.max(largest, witness.ulps(f(x), value(witness.exact(x), x)));
  }
  return largest;
}

const between =
  (low: number, high: number) =>
  (uniform: () => number): number =>
    low + (high - low) * uniform();

/** Both signs, of every magnitude from 2^-60 to 1. */
const small = (uniform: () => number): number => (uniform() - 0.5) * 2 ** Math.floor(-60 * uniform());

describe("errors in units of the last place", () => {
  it("prints", () => {
    const t = performance.now();
    console.log(
      "exp",
      worst(exp, witness.exp, between(-708, 709)),
      worst(exp, witness.exp, between(-1, 1)),
      worst(exp, witness.exp, between(-745, -708)),
      worst(exp, witness.exp, small),
    );
    console.log(
      "expm1",
      worst(expm1, witness.expm1, between(-37, 45)),
      worst(expm1, witness.expm1, between(-1, 1)),
      worst(expm1, witness.expm1, small),
      worst(expm1, witness.expm1, between(45, 709)),
    );
    console.log(
      "log",
      worst(log, (x, d) => witness.log(x, Math.log(d)), between(0.5, 2)),
      worst(log, (x, d) => witness.log(x, Math.log(d)), between(0, 1000)),
      worst(
        log,
        (x, d) => witness.log(x, Math.log(d)),
        (u) => u() * 2 ** Math.floor(u() * 2000 - 1060),
      ),
    );
    console.log(
      "log near 1",
      worst(
        log,
        (x, d) => witness.log(x, Math.log(d)),
        (u) => 1 + small(u),
      ),
    );
    console.log(
      "log1p",
      worst(log1p, (x, d) => witness.log1p(x, Math.log1p(d)), between(0, 1)),
      worst(
        log1p,
        (x, d) => witness.log1p(x, Math.log1p(d)),
        (u) => Math.abs(small(u)),
      ),
      worst(log1p, (x, d) => witness.log1p(x, Math.log1p(d)), between(1, 1e9)),
    );
    console.log(
      "tanh",
      worst(tanh, witness.tanh, between(-22, 22)),
      worst(tanh, witness.tanh, between(-1, 1)),
      worst(tanh, witness.tanh, small),
    );
    console.log(
      "sigmoid",
      worst(sigmoid, witness.sigmoid, between(-700, 40)),
      worst(sigmoid, witness.sigmoid, between(-2, 2)),
    );
    console.log(
      "sin",
      worst(sin, (x) => witness.circle(x)[0], between(-7, 7)),
      worst(sin, (x) => witness.circle(x)[0], between(-1e5, 1e5)),
      worst(sin, (x) => witness.circle(x)[0], small),
    );
    console.log(
      "cos",
      worst(cos, (x) => witness.circle(x)[1], between(-7, 7)),
      worst(cos, (x) => witness.circle(x)[1], between(-1e5, 1e5)),
      worst(cos, (x) => witness.circle(x)[1], between(-1e6, 1e6)),
    );
    console.log(performance.now() - t);
  });
});
