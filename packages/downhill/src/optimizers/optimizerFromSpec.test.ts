// A spec is JSON, and the optimizer that is made from it computes the same bits.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../test/cases.ts";
import { bits, classification, run } from "../../test/problems.ts";
import { adaGrad, scaleByAdaGrad } from "./adaGrad.ts";
import { adam, scaleByAdam } from "./adam.ts";
import { adamW, addDecayedParams } from "./adamW.ts";
import { automatic } from "./automatic.ts";
import { clipByNorm } from "./clipByNorm.ts";
import { descent } from "./descent.ts";
import { dog } from "./dog.ts";
import { addMomentum, momentum } from "./momentum.ts";
import { addNesterov, nesterov } from "./nesterov.ts";
import type { Optimizer } from "./optimizer.ts";
import { optimizerFromSpec } from "./optimizerFromSpec.ts";
import { plain } from "./plain.ts";
import { rmsProp, scaleByRmsProp } from "./rmsProp.ts";
import { constant, cosine, exponential, inverseTime, type Schedule, step, warmUp } from "./schedules.ts";
import type { OptimizerSpec } from "./spec.ts";
import type { Transform } from "./transform.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rate = between(1e-4, 0.1);
const count = fc.integer({ min: 1, max: 30 });
const [share, epsilon] = [between(0, 0.99), between(1e-9, 1e-2)];
/** Optimizers with every option, and with defaults. */
const some = <T extends object>(options: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(options, { requiredKeys: [] });

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  rate.map(constant),
  fc.tuple(rate, share).map(([rate, decay]) => inverseTime(rate, { decay })),
  fc.tuple(rate, count, between(0.3, 1)).map(([rate, every, factor]) => step(rate, { every, factor })),
  fc.tuple(rate, count).map(([rate, every]) => exponential(rate, { every })),
  fc.tuple(rate, count, rate).map(([rate, updates, last]) => cosine(rate, { updates, last })),
  fc.tuple(rate, count).map(([rate, updates]) => cosine(rate, { updates, constant: Math.floor(updates / 2) })),
  fc.tuple(rate, count).map(([rate, updates]) => cosine(rate, { updates })),
);
const anyRate: fc.Arbitrary<number | Schedule> = fc.oneof(
  rate,
  schedule,
  fc.tuple(fc.oneof(rate, schedule), count).map(([rate, updates]) => warmUp(rate, { updates })),
);
const adamOptions = some({ beta1: share, beta2: share, epsilon });
const transform: fc.Arbitrary<Transform> = fc.oneof(
  between(0.01, 10).map(clipByNorm),
  some({ decay: share }).map(addMomentum),
  some({ decay: share }).map(addNesterov),
  share.map((decay) => addDecayedParams({ decay })),
  some({ epsilon }).map(scaleByAdaGrad),
  adamOptions.map(scaleByAdam),
  some({ decay: share, epsilon }).map(scaleByRmsProp),
);
const optimizer: fc.Arbitrary<Optimizer> = fc.oneof(
  anyRate.map(plain),
  fc.tuple(anyRate, some({ decay: share })).map(([rate, options]) => momentum(rate, options)),
  fc.tuple(anyRate, some({ decay: share })).map(([rate, options]) => nesterov(rate, options)),
  fc.tuple(anyRate, some({ epsilon })).map(([rate, options]) => adaGrad(rate, options)),
  fc.tuple(anyRate, some({ decay: share, epsilon })).map(([rate, options]) => rmsProp(rate, options)),
  fc.tuple(anyRate, adamOptions).map(([rate, options]) => adam(rate, options)),
  fc.tuple(anyRate, some({ beta1: share, beta2: share, epsilon, decay: share })).map((args) => adamW(...args)),
  fc.tuple(anyRate, fc.array(transform, { maxLength: 4 })).map(([rate, parts]) => descent(rate, ...parts)),
  fc.constant(automatic()),
);

const { problem } = classification(12, 2, { l2: 0.1 });
/** The bits of learning rates and parameters of ten updates. */
function trail(optimizer: Optimizer): string[] {
  const { shots } = run(problem, optimizer, { epochs: 10 });
  return shots.flatMap(({ params, learningRate }) => [bits(params).join(), bits([learningRate]).join()]);
}

describe("a spec", () => {
  it("makes the same optimizer again, also after JSON", () => {
    fc.assert(
      fc.property(optimizer, (made) => {
        const again = optimizerFromSpec(JSON.parse(JSON.stringify(made.spec)));
        expect(again.spec).toEqual(made.spec);
        expect([again.name, again.slots, again.scalars, again.gain]).toEqual([
          ...[made.name, made.slots, made.scalars, made.gain],
        ]);
        expect([again.rate !== undefined, again.fullBatch]).toEqual([made.rate !== undefined, made.fullBatch]);
        expect(trail(again)).toEqual(trail(made));
      }),
      { numRuns: cases(120, 300), seed: 1 },
    );
  });

  it("of dog makes the same optimizer again", () => {
    expect(trail(optimizerFromSpec(dog().spec!))).toEqual(trail(dog()));
    expect(() => optimizerFromSpec({ optimizer: "dog", rate: 1 })).toThrow('option "rate" is unknown');
  });

  it("has the name and every argument, defaults included", () => {
    expect(adam(0.01).spec).toEqual({ optimizer: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    expect(adamW(0.01).spec).toMatchObject({ optimizer: "adamW", decay: 0.01, epsilon: 1e-8 });
    expect(plain(warmUp(cosine(1, { updates: 9 }), { updates: 2 })).spec).toEqual({
      optimizer: "plain",
      rate: { schedule: "warmUp", updates: 2, rate: { schedule: "cosine", rate: 1, updates: 9, last: 0.01 } },
    });
    expect(descent(1, clipByNorm(5), addMomentum()).spec).toEqual({
      ...{ optimizer: "descent", rate: 1 },
      transforms: [
        { transform: "clipByNorm", largest: 5 },
        { transform: "addMomentum", decay: 0.9 },
      ],
    });
  });

  it("is absent if a part is a function of the user, and in changed copies", () => {
    const own: Transform = { slots: 0, apply: () => {} };
    const falling = (t: number) => 1 / t;
    for (const made of [plain(falling), adam(warmUp(falling, { updates: 3 })), descent(1, clipByNorm(1), own)]) {
      expect(made.spec).toBeUndefined();
    }
    expect({ ...adam(1) }.spec).toBeUndefined();
    expect([adam(falling).name, { ...adam(1) }.name]).toEqual(["adam", "adam"]);
  });
});

describe("optimizerFromSpec throws for", () => {
  const cos = { schedule: "cosine", rate: 1, updates: 3 };
  it.each<readonly [unknown, string]>([
    [undefined, "optimizerFromSpec: optimizer must be one of automatic, dog, descent, adaGrad, adam, adamW, momentum,"],
    [{ optimizer: "sgd", rate: 1 }, 'nesterov, plain, rmsProp, got "sgd". Pass one of these names.'],
    [{ optimizer: "toString", rate: 1 }, 'got "toString"'],
    [{ optimizer: "adam" }, "optimizerFromSpec: rate must be a finite number above 0, got undefined"],
    [{ optimizer: "adam", rate: "1" }, 'optimizerFromSpec: rate must be a finite number above 0, got "1"'],
    [{ optimizer: "adam", rate: 1, beta: 0.5 }, 'adam: option "beta" is unknown. Use only beta1, beta2, epsilon.'],
    [{ optimizer: "adam", rate: 1, beta1: 2 }, "scaleByAdam: beta1 must be at least 0 and below 1, got 2"],
    [{ optimizer: "automatic", rate: 1 }, 'optimizerFromSpec: option "rate" is unknown. Use only optimizer.'],
    [{ optimizer: "plain", rate: { schedule: "linear" } }, "schedule must be one of constant, cosine, exponential,"],
    [
      { optimizer: "plain", rate: { ...cos, updates: 0 } },
      "cosine: updates must be a whole number of at least 1, got 0",
    ],
    [
      { optimizer: "plain", rate: { ...cos, end: 1 } },
      'cosine: option "end" is unknown. Use only updates, last, constant.',
    ],
    [
      { optimizer: "plain", rate: { ...cos, rate: cos } },
      "cosine: rate must be a finite number above 0, got a function",
    ],
    [{ optimizer: "descent", rate: 1 }, "optimizerFromSpec: transforms must be a list of specs, got undefined"],
    [{ optimizer: "descent", rate: 1, transforms: [{ transform: "clip" }] }, 'clipByNorm, got "clip"'],
    [
      { optimizer: "descent", rate: 1, transforms: [{ transform: "clipByNorm", largest: 1, per: "row" }] },
      'optimizerFromSpec: option "per" is unknown. Use only transform, largest.',
    ],
  ])("%j", (spec, message) => {
    expect(() => optimizerFromSpec(spec as OptimizerSpec)).toThrow(message);
  });
});
