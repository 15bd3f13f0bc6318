import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constant, cosine, exponential, inverseTime, type Schedule, step, warmUp } from "./schedules.ts";

/** The schedule and its closed form at some updates. */
const forms: readonly (readonly [name: string, Schedule, (t: number) => number])[] = [
  ["constant", constant(0.3), () => 0.3],
  ["inverseTime", inverseTime(0.3, { decay: 0.02 }), (t) => 0.3 / (1 + 0.02 * (t - 1))],
  ["inverseTime without decay", inverseTime(0.3, { decay: 0 }), () => 0.3],
  ["step", step(0.3, { every: 7 }), (t) => 0.3 * 0.1 ** Math.floor((t - 1) / 7)],
  ["step by half", step(0.3, { every: 1, factor: 0.5 }), (t) => 0.3 * 0.5 ** (t - 1)],
  ["exponential", exponential(0.3, { every: 7 }), (t) => 0.3 * 0.1 ** ((t - 1) / 7)],
  ["exponential rise", exponential(0.3, { every: 9, factor: 2 }), (t) => 0.3 * 2 ** ((t - 1) / 9)],
  [
    "cosine",
    cosine(0.3, { updates: 40, last: 0.02 }),
    (t) => (t > 40 ? 0.02 : 0.02 + 0.14 * (1 + Math.cos((Math.PI * (t - 1)) / 40))),
  ],
  ["warmUp", warmUp(0.3, { updates: 10 }), (t) => 0.3 * Math.min(1, t / 10)],
  [
    "warmUp of inverseTime",
    warmUp(inverseTime(0.3, { decay: 0.5 }), { updates: 5 }),
    (t) => (0.3 / (1 + 0.5 * (t - 1))) * Math.min(1, t / 5),
  ],
];

describe.each(forms)("%s", (_, schedule, form) => {
  it("is its closed form", () => {
    // Math.pow and Math.cos have an error of a few units in the last place, and so have ours; powers up to 100 multiply it.
    for (let t = 1; t <= 100; t++) expect(Math.abs(schedule(t) / form(t) - 1)).toBeLessThan(1e-13);
  });
});

describe("schedules", () => {
  it("begin at the first learning rate", () => {
    const direct = forms.filter(([name]) => !name.startsWith("warmUp"));
    expect(direct.map(([, schedule]) => schedule(1))).toEqual(direct.map(() => 0.3));
    expect(warmUp(0.3, { updates: 10 })(1)).toBeCloseTo(0.03, 15);
  });

  it("cosine with a constant part is constant, and then the cosine of the other updates", () => {
    const schedule = cosine(0.3, { updates: 10, constant: 4 });
    const fall = cosine(0.3, { updates: 6 });
    for (let t = 1; t <= 4; t++) expect(schedule(t)).toBe(0.3);
    for (let t = 5; t <= 12; t++) expect(schedule(t)).toBe(fall(t - 4));
    for (const wrong of [-1, 0.5, 10])
      expect(() => cosine(1, { updates: 10, constant: wrong })).toThrow("cosine: constant must be");
  });
  it("cosine ends at a hundredth of the first learning rate by default", () => {
    const schedule = cosine(0.3, { updates: 10 });
    expect([schedule(11), schedule(12), schedule(1e6)]).toEqual([0.003, 0.003, 0.003]);
    expect(schedule(10)).toBeGreaterThan(0.003);
  });

  it("stay above 0 and finite for a million updates at common learning rates", () => {
    const rate = fc.double({ min: 1e-6, max: 100, noNaN: true });
    const every = fc.integer({ min: 5000, max: 100000 });
    const factor = fc.double({ min: 0.1, max: 1, noNaN: true }); // 0.1^200 is far from underflow
    const t = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(rate, every, factor, t, (rate, every, factor, t) => {
        const all = [
          constant(rate),
          inverseTime(rate, { decay: factor }),
          step(rate, { every, factor }),
          exponential(rate, { every, factor }),
          cosine(rate, { updates: every }),
          warmUp(rate, { updates: every }),
        ];
        return all.every((schedule) => schedule(t) > 0 && schedule(t) <= rate);
      }),
      { seed: 1 },
    );
  });

  it("throw for an invalid rate, factor, decay or count", () => {
    const above = (name: string, value: number): RegExp =>
      new RegExp(`: ${name} must be a finite number above 0, got ${value}`);
    for (const wrong of [0, -1, Number.NaN, Infinity]) {
      expect(() => constant(wrong)).toThrow(above("rate", wrong));
      expect(() => inverseTime(wrong, { decay: 1 })).toThrow(above("rate", wrong));
      expect(() => step(wrong, { every: 1 })).toThrow(above("rate", wrong));
      expect(() => step(1, { every: 1, factor: wrong })).toThrow(above("factor", wrong));
      expect(() => exponential(wrong, { every: 1 })).toThrow(above("rate", wrong));
      expect(() => exponential(1, { every: 1, factor: wrong })).toThrow(above("factor", wrong));
      expect(() => cosine(wrong, { updates: 1 })).toThrow(above("rate", wrong));
      expect(() => cosine(1, { updates: 1, last: wrong })).toThrow(above("last", wrong));
      expect(() => warmUp(wrong, { updates: 1 })).toThrow(above("rate", wrong));
    }
    for (const wrong of [0, -1, 1.5, Number.NaN]) {
      const count = (name: string): RegExp =>
        new RegExp(`: ${name} must be a whole number of at least 1, got ${wrong}`);
      expect(() => step(1, { every: wrong })).toThrow(count("every"));
      expect(() => exponential(1, { every: wrong })).toThrow(count("every"));
      expect(() => cosine(1, { updates: wrong })).toThrow(count("updates"));
      expect(() => warmUp(1, { updates: wrong })).toThrow(count("updates"));
    }
    expect(() => inverseTime(1, { decay: -1 })).toThrow(
      "inverseTime: decay must be a finite number of at least 0, got -1",
    );
  });

  it("an option that a schedule does not have, or none at all, throws", () => {
    const odd = { every: 1, decay: 1, updates: 1, foo: 1 } as never;
    const known = {
      inverseTime: "decay",
      step: "factor, every",
      exponential: "factor, every",
      cosine: "updates, last, constant",
    };
    const makers = { inverseTime, step, exponential, cosine, warmUp };
    for (const [name, names] of Object.entries({ ...known, warmUp: "updates" })) {
      const make = makers[name as keyof typeof makers] as (rate: number, options: never) => unknown;
      expect(() => make(0.1, odd)).toThrow(new RegExp(`^${name}: option "\\w+" is unknown. Use only ${names}.$`));
      expect(() => make(0.1, undefined as never)).toThrow(new RegExp(`^${name}: \\w+ must be .*, got undefined`));
    }
  });
});
