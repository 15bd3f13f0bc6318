import { describe, expect, it } from "vitest";
import * as witness from "../../test/witness.ts";
import { cos, exp, expm1, log, log1p, power, sigmoid, sin, tanh } from "./elementary.ts";
import { random } from "./random.ts";

type Draw = (uniform: () => number) => number;

const between =
  (low: number, high: number): Draw =>
  (uniform) =>
    low + (high - low) * uniform();
const small: Draw = (uniform) => (uniform() - 0.5) * power(0.5, Math.floor(60 * uniform()));
const quarterTurns: Draw = (uniform) => Math.round(60_000 * (uniform() - 0.5)) * (Math.PI / 2);

const everySize: Draw = (uniform) =>
  uniform() * (uniform() < 0.5 ? power(2, Math.floor(1000 * uniform())) : power(0.5, Math.floor(1060 * uniform())));
const sinOf = (x: bigint): bigint => witness.circle(x)[0];
const cosOf = (x: bigint): bigint => witness.circle(x)[1];

// In brackets: the largest error in 4 million draws against C's long double (1500 draws for sin, cos and the whole range of
// log). The bounds hold for all numbers, so they are larger. The last rounding contributes half a unit. The rest are
// earlier roundings: of 1 + p in exp; of s and its divisor in log1p; of h · p, of h − ½ and of the quotient in tanh.
const cases: [name: string, f: (x: number) => number, truth: (x: bigint) => bigint, bound: number, Draw][] = [
  ["exp, whole range (0.97)", exp, witness.exp, 1, between(-708, 709)],
  ["exp, near 0 (0.95)", exp, witness.exp, 1, between(-1, 1)],
  ["exp, subnormal results (0.94)", exp, witness.exp, 1, between(-745, -708)],
  ["expm1", expm1, witness.expm1, 3, between(-50, 50)],
  ["expm1, near 0", expm1, witness.expm1, 3, between(-1, 1)],
  ["expm1, very near 0", expm1, witness.expm1, 3, small],
  ["log (0.85)", log, witness.log, 1, between(0.5, 2)],
  ["log, very near 1 (0.79)", log, witness.log, 1, (uniform) => 1 + small(uniform)],
  ["log, whole range (0.57)", log, witness.log, 1, everySize],
  ["log1p (1.97)", log1p, witness.log1p, 2, between(0, 1)],
  ["log1p, very near 0 (1.97)", log1p, witness.log1p, 2, (uniform) => Math.abs(small(uniform))],
  ["tanh (2.42)", tanh, witness.tanh, 2.5, between(-22, 22)],
  ["tanh, near 0 (2.49)", tanh, witness.tanh, 2.5, between(-1, 1)],
  ["tanh, very near 0 (2.45)", tanh, witness.tanh, 2.5, small],
  ["sigmoid (2.34)", sigmoid, witness.sigmoid, 2.5, between(-2, 2)],
  ["sigmoid, whole range (2.13)", sigmoid, witness.sigmoid, 2.5, between(-700, 40)],
  ["sin (1.45)", sin, sinOf, 2, between(-1e5, 1e5)],
  ["sin, at its zeros (0.50)", sin, sinOf, 2, quarterTurns],
  ["cos (1.28)", cos, cosOf, 2, between(-1e5, 1e5)],
  ["cos, at its zeros (0.50)", cos, cosOf, 2, quarterTurns],
];

describe("errors in units of the last place", () => {
  it.each(cases)("%s", (_, f, truth, bound, draw) => {
    const stream = random(7);
    let worst = 0;
    for (let i = 0; i < 300; i++) {
      const x = draw(() => stream.uniform());
      worst = Math.max(worst, witness.ulps(f(x), truth(witness.exact(x))));
    }
    expect(worst).toBeLessThanOrEqual(bound);
    expect(worst).toBeGreaterThan(0.4); // it would be 0 if the reference called f
  });
});

describe("the reference with more digits", () => {
  it("has the digits of e, ln 2 and tanh 1 beyond float64", () => {
    const digits = (value: bigint): string => ((value * BigInt(`1${"0".repeat(40)}`)) >> 1400n).toString();
    const one = witness.exact(1);
    expect(digits(witness.exp(one))).toBe("27182818284590452353602874713526624977572");
    expect(digits(witness.log(2n * one))).toBe("6931471805599453094172321214581765680755");
    expect(digits(witness.tanh(one))).toBe("7615941559557648881194582826047935904127");
    expect(digits(witness.circle(one)[0])).toBe("8414709848078965066525023216302989996225");
  });

  it("counts units of the last place", () => {
    expect(witness.ulps(1 + 3 * Number.EPSILON, witness.exact(1))).toBe(3);
    expect(witness.ulps(2 * Number.MIN_VALUE, witness.exact(Number.MIN_VALUE))).toBe(1);
  });
});

describe("special values", () => {
  it.each([
    ["exp", exp, { 0: 1, [-Infinity]: 0, [Infinity]: Infinity, [NaN]: NaN, 709.79: Infinity, [-746]: 0 }],
    ["expm1", expm1, { 0: 0, [NaN]: NaN, 1e-300: 1e-300, [-50]: -1 }],
    ["log", log, { 0: -Infinity, 1: 0, [-1]: NaN, [Infinity]: Infinity, [-Infinity]: NaN, [NaN]: NaN }],
    ["log1p", log1p, { 0: 0, 1: Math.LN2, 1e-300: 1e-300, [NaN]: NaN }],
    ["tanh", tanh, { 0: 0, [Infinity]: 1, [-Infinity]: -1, 22.5: 1, [-22.5]: -1, [NaN]: NaN }],
    ["sigmoid", sigmoid, { 0: 0.5, [Infinity]: 1, [-Infinity]: 0, 1000: 1, [-1000]: 0, [NaN]: NaN }],
    ["sin", sin, { 0: 0 }],
    ["cos", cos, { 0: 1 }],
  ])("%s", (_, f, values) => {
    for (const [x, value] of Object.entries(values)) expect(f(Number(x)), x).toBe(value);
  });

  it("−0", () => {
    expect([exp(-0), log(-0), tanh(-0), sigmoid(-0)]).toEqual([1, -Infinity, -0, 0.5]);
  });

  it("exp has its largest and smallest results next to its limits, and Infinity and 0 beyond them", () => {
    expect(exp(709.782712893384)).toBeCloseTo(1.797693134862273e308, -294);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019413)).toBe(0);
  });

  it("tanh(−x) is −tanh(x), and sigmoid(−x) is 1 − sigmoid(x)", () => {
    for (let x = 0; x < 25; x += 0.37) {
      expect(tanh(-x)).toBe(-tanh(x));
      expect(Math.abs(sigmoid(-x) + sigmoid(x) - 1)).toBeLessThanOrEqual(Number.EPSILON);
    }
  });

  it("angles beyond a million and NaN throw", () => {
    expect(() => sin(1.1e6)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: sin, cos: angle must be between -1e6 and 1e6, got 1100000. Subtract a multiple of 2π.]`,
    );
    expect(() => cos(NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: sin, cos: angle must be between -1e6 and 1e6, got NaN. Subtract a multiple of 2π.]`,
    );
  });
});

describe("increasing functions do not decrease at the limits of a branch", () => {
  it.each([
    ["exp", exp, [-745.1332191019412, -708.4, 709.782712893384]],
    ["tanh", tanh, [-22, 18.2, 22]],
    ["sigmoid", sigmoid, [-745.1332191019412, 0, 36]],
    ["log", log, [2.2250738585072014e-308, Math.SQRT1_2, Math.SQRT2]],
    ["log1p", log1p, [0.5]],
  ])("%s", (_, f, edges) => {
    for (const edge of edges) {
      let last = -Infinity;
      for (let i = -50; i <= 50; i++) {
        const value = f(edge + Math.abs(edge || 1) * i * power(0.5, 44));
        expect(value).toBeGreaterThanOrEqual(last);
        last = value;
      }
    }
  });

  it("results stay within their limits", () => {
    for (let x = -60; x <= 60; x += 0.0137) {
      expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1);
      expect(sigmoid(x)).toBeGreaterThan(0);
      expect(sigmoid(x)).toBeLessThanOrEqual(1);
    }
  });
});

describe("power", () => {
  it("multiplies", () => {
    expect([power(2, 10), power(3, 0), power(0, 0), power(-2, 3), power(10, 15)]).toEqual([1024, 1, 1, -8, 1e15]);
    expect(power(0.999, 1000)).toBeCloseTo(0.3676954247709635, 13);
  });
});
