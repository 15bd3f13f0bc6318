// The limits of the rules, on traces of made-up numbers: each rule holds from its limit on, and not before.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  plain,
  type RunContext,
  random,
  type Signals,
  signalRecorder,
  verdict,
  verdictPeriods,
  verdictTimeline,
} from "../src/index.ts";
import { cases } from "./cases.ts";

const full: RunContext = { shape: "smooth", examples: 100, batchRows: 100, optimizer: plain(0.1).spec };
const batches: RunContext = { ...full, batchRows: 10 };
const network: RunContext = { ...full, shape: "other" };

/** A trace with these signals in each entry; the objective falls by 5 % per entry unless it is set. */
function traceOf(length: number, signals: (i: number) => Partial<Signals>): Signals[] {
  let lowest = Infinity;
  let lowestValidation: Signals["lowestValidation"] = null;
  let batchLoss = 1;
  return Array.from({ length }, (_, i) => {
    const set = { objective: 0.95 ** (i + 1), validation: null, ...signals(i) };
    const { objective, validation } = set;
    lowest = Math.min(lowest, objective!, batchLoss);
    if (validation !== null && !(lowestValidation && validation >= lowestValidation.loss)) {
      lowestValidation = { epoch: i + 1, loss: validation };
    }
    const entry: Signals = {
      update: i + 1,
      epoch: i + 1,
      learningRate: 0.1,
      batchLoss,
      gradientNorm: 0.95 ** i,
      norm: 1,
      change: 0.1,
      cosine: 0.9,
      lowest,
      lowestValidation,
      sharpness: null,
      signalToNoise: null,
      gradientNoise: null,
      ...set,
    };
    batchLoss = objective!;
    return entry;
  });
}

const idOf = (trace: readonly Signals[], context = full) => verdict(trace, context).id;

describe("each rule holds from its limit on", () => {
  test("diverged: above a million times the start", () => {
    const at = (objective: number) => traceOf(1, () => ({ objective }));
    expect([idOf(at(1e6)), idOf(at(1.0001e6)), idOf(at(Number.NaN))]).toEqual(["exploding", "diverged", "diverged"]);
  });

  test("exploding: above 10 times the start, or 4 rises in 5 updates to above 1.5 times for plain descent", () => {
    const high = (objective: number) => traceOf(9, (i) => (i === 8 ? { objective } : {}));
    expect([idOf(high(10)), idOf(high(10.001))]).toEqual(["zigzag", "exploding"]);
    const rising = (values: number[]) => traceOf(values.length, (i) => ({ objective: values[i]! }));
    expect(idOf(rising([1, 1.1, 1.2, 1.3, 1.4, 1.501]))).toBe("exploding");
    expect(idOf(rising([1, 1.1, 1.2, 1.3, 1.4, 1.499]))).toBe("zigzag");
    expect(idOf(rising([1, 1.1, 1.05, 1.3, 1.2, 1.6]))).toBe("zigzag"); // 3 rises
    expect(idOf(rising([1, 1.1, 1.05, 1.3, 1.5, 1.6]))).toBe("exploding"); // 4 rises
    const momentum = { ...full, optimizer: { optimizer: "momentum", rate: 0.1, decay: 0.9 } };
    expect(idOf(rising([1, 1.1, 1.2, 1.3, 1.4, 1.6]), momentum)).toBe("zigzag");
  });

  test("zigzag: an objective that is above its value 16 updates before is not healthy", () => {
    const rise = (objective: number, length = 1) =>
      traceOf(length, (i) => (i === length - 1 ? { objective, gradientNorm: 1 } : {}));
    expect([idOf(rise(1.001)), idOf(rise(1.0011))]).toEqual(["healthy", "zigzag"]); // the start is 1
    const at17 = 0.95; // the objective 16 updates before the last of 17
    expect([idOf(rise(at17 * 1.0009, 17)), idOf(rise(at17 * 1.0011, 17))]).toEqual(["healthy", "zigzag"]);
    expect(verdict(rise(1.5), full).sentence).toBe(
      "The objective rose from 1 to 1.5 in 1 update with the learning rate 0.1.",
    );
  });

  test("healthy with batches: its numbers are means of 10 epochs, so one high value is no rise", () => {
    const values = Array.from({ length: 20 }, (_, i) => 1 - 0.01 * i + (i === 19 ? 0.15 : 0));
    const of = (list: number[]) =>
      verdict(
        traceOf(20, (i) => ({ objective: list[i]!, cosine: 0.5 })),
        batches,
      );
    const falls = of(values);
    expect(falls.id).toBe("healthy");
    expect(falls.numbers["fall"]).toBeCloseTo((0.955 - 0.87) / 10 / 0.955, 12);
    expect(falls.sentence).toContain("falls by");
    const rises = of(values.map((value, i) => 0.9 + (i % 2 === 0 ? 0.1 : -0.1) + (i === 15 ? 0.05 : 0) + 0 * value));
    expect(rises.id).toBe("healthy");
    expect(rises.sentence).toContain("The mean objective of 10 epochs rose from 0.9 to 0.905");
    expect(rises.numbers["fall"]).toBeLessThan(0);
  });

  test("exploding: batches with a constant learning rate are above 1.1 times the start, and in the mean of 3 epochs", () => {
    const at = (objective: number, length = 3, signals: Partial<Signals> = {}) =>
      traceOf(length, () => ({ objective, ...signals }));
    expect([at(1.11), at(1.11, 2), at(1.09)].map((trace) => idOf(trace, batches))).toEqual([
      ...["exploding", "healthy", "healthy"],
    ]);
    const falling = traceOf(3, (i) => ({ objective: 1.11, learningRate: 0.1 / (i + 1) }));
    expect(idOf(falling, batches)).toBe("healthy");
    expect(idOf(at(1.11), { ...batches, optimizer: { optimizer: "dog" } })).toBe("healthy"); // it chooses its rates
  });

  test("exploding and diverged: with batches the objective of the start is that of the forecast", () => {
    const trace = traceOf(1, () => ({ objective: 8e6, batchLoss: 4e6 }));
    expect(idOf(trace, batches)).toBe("healthy");
    const found = verdict(trace, { ...batches, forecast: { start: 3 } });
    expect([found.id, found.sentence]).toEqual([
      "diverged",
      "The run diverges with the learning rate 0.1: the objective rose from 3 to 8,000,000.",
    ]);
  });

  test("diverged: the limit is the largest stable rate only in full batch with linear scores", () => {
    const trace = traceOf(1, () => ({ objective: 8e6 }));
    const at = (context: RunContext) => verdict(trace, { ...context, forecast: { limit: 0.05 } }).sentence;
    expect(at(full)).toContain("The largest stable learning rate is about 0.05.");
    for (const context of [batches, network]) {
      expect(at(context)).toMatch(/8,000,000\. Above the learning rate 0\.05, steps can overshoot\.$/);
    }
  });

  test("exploding: one rise is a proof for plain descent on least squares", () => {
    const rise = traceOf(2, (i) => ({ objective: i === 0 ? 0.9 : 0.9001, gradientNorm: 1 }));
    expect([idOf(rise), idOf(rise, { ...full, shape: "quadratic" })]).toEqual(["healthy", "exploding"]);
    const converges = { band: "converges", limit: 0.2 } as const;
    expect(idOf(rise, { ...full, shape: "quadratic", forecast: converges })).toBe("healthy");
  });

  test("zigzag: the mean cosine over 8 pairs is below −0.5", () => {
    const at = (cosine: number, length: number) => traceOf(length, (i) => ({ cosine: i < 2 ? null : cosine }));
    expect([idOf(at(-0.51, 9)), idOf(at(-0.51, 10)), idOf(at(-0.5, 10))]).toEqual(["healthy", "zigzag", "healthy"]);
    expect(idOf(at(-0.9, 10), batches)).toBe("healthy");
    expect(idOf(at(-0.9, 10), { ...full, optimizer: { optimizer: "automatic" } })).toBe("healthy");
  });

  test("zigzag: changes that shrink to less than 0.6 per update are fast all the same", () => {
    const at = (factor: number) => traceOf(12, (i) => ({ cosine: i < 2 ? null : -1, change: factor ** i }));
    expect([idOf(at(0.59)), idOf(at(0.61))]).toEqual(["healthy", "zigzag"]);
  });

  test("zigzag: no new lowest objective for 16 updates of plain descent, 40 with momentum", () => {
    const at = (length: number) =>
      traceOf(length, (i) => ({ objective: i === 0 ? 0.5 : 0.6 + 0.1 * (i % 3), gradientNorm: 1 }));
    expect([idOf(at(16)), idOf(at(17))]).toEqual(["healthy", "zigzag"]);
    const momentum = { ...full, optimizer: { optimizer: "momentum", rate: 0.1, decay: 0.9 } };
    expect([idOf(at(40), momentum), idOf(at(41), momentum)]).toEqual(["healthy", "zigzag"]);
  });

  test("crawling: more than 5,000 updates remain after 16 updates", () => {
    // The goal is a thousandth of the first gradient: ln(1000) / fall updates.
    const at = (updates: number, length = 16) => {
      const fall = Math.log(1000) / updates;
      return traceOf(length, (i) => ({ gradientNorm: Math.exp(-fall * i) }));
    };
    expect([idOf(at(4900)), idOf(at(5100)), idOf(at(5100, 15))]).toEqual(["healthy", "crawling", "healthy"]);
    expect(verdict(at(20_000), full).numbers["remaining"]! / 20_000).toBeCloseTo(1, 1);
  });

  test("ravine in place of crawling: the condition number is above 1,000 and the rate is not far below the best one", () => {
    const trace = traceOf(16, (i) => ({ gradientNorm: Math.exp(-0.0001 * i) }));
    const at = (condition: number, best?: number) =>
      idOf(trace, { ...full, curvature: { condition }, ...(best && { forecast: { best } }) });
    expect([at(1000), at(1001), at(1e9, 0.9), at(1e9, 1.1)]).toEqual(["crawling", "ravine", "ravine", "crawling"]);
  });

  test("noiseFloor: 6 epochs of batches, opposite changes or a ratio below 1, and visible swings", () => {
    const at = (length: number, cosine: number, signalToNoise: number | null = null, swing = 0.01) =>
      traceOf(length, (i) => ({ cosine, signalToNoise, objective: 0.5 * (1 + swing * (i % 2)) }));
    const ids = [at(5, -0.1), at(6, -0.1), at(6, 0.1), at(6, 0.1, 0.99), at(6, -0.1, 1.01), at(6, -0.1, null, 9e-4)];
    expect(ids.map((trace) => idOf(trace, batches))).toEqual([
      ...["healthy", "noiseFloor", "healthy", "noiseFloor", "healthy", "healthy"],
    ]);
  });

  test("zigzag: the mean of 3 to 10 epochs of batches, or of 16 updates, is clearly above that of those before", () => {
    const line = (length: number, slope: number, signals: Partial<Signals> = {}) =>
      traceOf(length, (i) => ({ objective: 0.5 * (1 + slope * i), gradientNorm: 1, ...signals }));
    const dog = { ...batches, optimizer: { optimizer: "dog" } };
    expect([line(5, 0.01), line(6, 0.01), line(6, 3e-4)].map((trace) => idOf(trace, batches))).toEqual([
      ...["healthy", "zigzag", "healthy"],
    ]);
    expect([idOf(line(6, 0.01), dog), idOf(line(6, 0.01, { gradientNorm: 1e-4 }), dog)]).toEqual(["zigzag", "zigzag"]);
    const automatic = { ...full, optimizer: { optimizer: "automatic" } };
    expect([idOf(line(31, 0.01), automatic), idOf(line(32, 0.01), automatic)]).toEqual(["healthy", "zigzag"]);
    const swings = traceOf(20, (i) => ({ objective: 0.5 + 0.1 * (i % 2) + 0.001 * i, gradientNorm: 1 }));
    expect(idOf(swings, batches)).toBe("healthy"); // the rise is small beside the swings
    expect(verdict(line(6, 0.01), batches).sentence).toBe(
      "The mean objective of 3 epochs rose from 0.505 to 0.52 with the learning rate 0.1.",
    );
  });

  test("stuck: a gradient of at most 1e-6 of the first one, and a lower objective is known", () => {
    const at = (gradientNorm: number) =>
      traceOf(5, (i) => ({ gradientNorm: i === 0 ? 2 : gradientNorm, objective: 0.6 - 0.01 * i }));
    const context = { ...network, lowestObjective: 0.4 };
    expect([idOf(at(2.01e-6), context), idOf(at(2e-6), context)]).toEqual(["healthy", "stuck"]);
    expect(idOf(at(0), { ...network, lowestObjective: 0.47 })).toBe("healthy"); // 0.56 is less than 1.2 · 0.47
    expect(idOf(at(0), { ...network, constantObjective: 0.56 })).toBe("stuck");
    expect(idOf(at(0), { ...full, lowestObjective: 0.4 })).toBe("healthy"); // convex
  });

  test("overfitting: more than 10 % above the lowest validation loss for 5 epochs", () => {
    const at = (loss: number, epochs: number) =>
      traceOf(6 + epochs, (i) => ({ validation: i < 6 ? 1 + 0.1 * (5 - i) : loss }));
    expect([idOf(at(1.11, 4)), idOf(at(1.11, 5)), idOf(at(1.1, 5))]).toEqual(["healthy", "overfitting", "healthy"]);
    expect(verdict(at(1.11, 5), full).remedies[0]!.options).toEqual({ epochs: 6 });
  });
});

test("a run that ended as converged is converged, unless it is stuck or overfitting", () => {
  const zigzag = traceOf(20, () => ({ cosine: -1 }));
  expect(idOf(zigzag, { ...full, stopped: "converged" })).toBe("converged");
  const stuck = traceOf(9, (i) => ({ gradientNorm: i === 0 ? 1 : 0, objective: 0.7 }));
  expect(idOf(stuck, { ...network, constantObjective: 0.7, stopped: "converged" })).toBe("stuck");
  const validation = traceOf(9, (i) => ({ validation: i < 2 ? 1 : 2 }));
  expect(idOf(validation, { ...full, stopped: "converged" })).toBe("overfitting");
});

test("an empty trace is an error, unless the run diverged", () => {
  expect(() => verdict([], full)).toThrow(RangeError);
  const divergence = { what: "the loss became NaN", update: 3, learningRate: 9 };
  const found = verdict([], { ...full, divergence });
  expect([found.id, found.remedies.length]).toEqual(["diverged", 1]);
  expect(verdictPeriods([], { ...full, divergence }).map(({ verdict }) => verdict.id)).toEqual(["diverged"]);
});

describe("any trace", () => {
  const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
  const signals = fc.array(
    fc.record({
      objective: positive,
      gradientNorm: positive,
      change: fc.double({ min: 0, max: 10, noNaN: true }),
      cosine: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
      signalToNoise: fc.option(positive),
      sharpness: fc.option(positive),
    }),
    { minLength: 1, maxLength: 50 },
  );
  const validation = fc.option(fc.array(positive, { minLength: 50, maxLength: 50 }));
  const contexts = fc.record({
    shape: fc.constantFrom("quadratic" as const, "smooth" as const, "convex" as const, "other" as const),
    examples: fc.constant(100),
    batchRows: fc.constantFrom(1, 100),
    optimizer: fc.constantFrom(
      plain(0.1).spec,
      { optimizer: "adam", rate: 0.1 },
      { optimizer: "automatic" },
      undefined,
    ),
    stopped: fc.constantFrom(null, "epochs" as const, "converged" as const, "stalled" as const, "separable" as const),
    standardized: fc.constantFrom(true, false),
    lowestObjective: positive,
    constantObjective: positive,
    curvature: fc.record({ condition: positive }),
    forecast: fc.record({ best: fc.option(positive), limit: fc.option(positive), guaranteed: fc.option(positive) }),
  });
  const traces = fc
    .tuple(signals, validation)
    .map(([list, losses]) => traceOf(list.length, (i) => ({ ...list[i]!, validation: losses ? losses[i]! : null })));

  test("has a verdict with a whole sentence, finite numbers and remedies that can be applied", () => {
    fc.assert(
      fc.property(traces, contexts, (trace, context) => {
        const { sentence, rule, numbers, remedies } = verdict(trace, context);
        expect(sentence).toMatch(/^[A-Z].*[.]$/s);
        expect(sentence).not.toMatch(/NaN|undefined|null/);
        expect(rule.length).toBeGreaterThan(10);
        for (const number of Object.values(numbers)) expect(number).toSatisfy(Number.isFinite);
        for (const { text, options } of remedies) {
          expect(text).toMatch(/^[A-Z].*[.]$/s);
          expect(Object.keys(options).length).toBeGreaterThan(0);
          if (options.learningRate !== undefined) expect(options.learningRate).toBeGreaterThan(0);
        }
      }),
      { numRuns: cases(200, 500), seed: 1 },
    );
  });

  test("has the same verdict in other units of the objective and of the parameters", () => {
    fc.assert(
      fc.property(traces, contexts, fc.integer({ min: -20, max: 20 }), (trace, context, power) => {
        const scale = 2 ** power; // exact
        const scaled = trace.map((entry) => ({
          ...entry,
          objective: entry.objective! * scale,
          batchLoss: entry.batchLoss * scale,
          lowest: entry.lowest * scale,
          gradientNorm: entry.gradientNorm! * scale,
          norm: entry.norm / scale,
          change: entry.change! / scale,
        }));
        const { lowestObjective, constantObjective } = context;
        const other = {
          ...context,
          lowestObjective: lowestObjective * scale,
          constantObjective: constantObjective * scale,
        };
        expect(verdict(scaled, other).id).toBe(verdict(trace, context).id);
      }),
      { numRuns: cases(120, 300), seed: 2 },
    );
  });

  test("is divided into periods that follow each other; entry by entry they begin where they begin at once", () => {
    fc.assert(
      fc.property(traces, contexts, (trace, context) => {
        const growing: Signals[] = [];
        const timeline = verdictTimeline(growing, context);
        const begun = trace.flatMap((entry) => {
          growing.push(entry);
          const found = timeline.update();
          return found ? [{ from: entry.update, id: found.id }] : [];
        });
        const periods = verdictPeriods(trace, context);
        expect(timeline.end(context)).toEqual(periods);
        expect([begun.length, begun.length + 1]).toContain(periods.length); // the end can begin one more
        periods.slice(0, begun.length).forEach(({ from, verdict: { id } }, i) => {
          expect({ from, id }).toEqual(begun[i]);
        });
        expect(periods[0]!.from).toBe(1);
        expect(periods.at(-1)!.to).toBe(trace.length);
        const last = verdict(trace, context);
        if (["diverged", "converged"].includes(last.id)) expect(periods.at(-1)!.verdict).toEqual(last);
        for (let i = 1; i < periods.length; i++) {
          expect(periods[i]!.from).toBeGreaterThanOrEqual(periods[i - 1]!.to);
        }
      }),
      { numRuns: cases(120, 300), seed: 3 },
    );
  });

  test("has few periods, whatever its verdicts are", () => {
    // The most changes that are possible: each entry has another verdict than that of the period.
    const ids = ["diverged", "zigzag", "crawling", "healthy"] as const;
    const wild = (length: number, draw: () => number) =>
      traceOf(length, () => {
        const id = ids[1 + Math.floor(3 * draw())];
        return id === "crawling"
          ? { gradientNorm: 1, objective: 0.5 }
          : id === "zigzag"
            ? { objective: 0.9 + 0.1 * draw(), gradientNorm: 1, cosine: -1 }
            : {};
      });
    for (let seed = 0; seed < 20; seed++) {
      const stream = random(seed);
      const trace = wild(3000, () => stream.uniform());
      expect(new Set(trace.map((_, i) => verdict(trace.slice(0, i + 1), full).id)).size).toBeGreaterThan(1);
      expect(verdictPeriods(trace, full).length).toBeLessThanOrEqual(6);
    }
  });
});

test("the recorder ignores steps within an epoch", () => {
  const recorder = signalRecorder();
  recorder.add({ endOfEpoch: false } as Parameters<typeof recorder.add>[0]);
  expect(recorder.trace).toEqual([]);
});
