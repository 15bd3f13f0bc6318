import { describe, expect, it } from "vitest";
import { leastSquares, rules } from "../../../test/leastSquaresProblems.ts";
import { classification, ratings } from "../../../test/problems.ts";
import { column } from "../../kernels/source.ts";
import { hinge } from "../../losses/hinge.ts";
import { poisson } from "../../losses/poisson.ts";
import { adam } from "../../optimizers/adam.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { clipByNorm } from "../../optimizers/clipByNorm.ts";
import { descent } from "../../optimizers/descent.ts";
import { momentum } from "../../optimizers/momentum.ts";
import { addNesterov, nesterov } from "../../optimizers/nesterov.ts";
import { plain } from "../../optimizers/plain.ts";
import { cosine, warmUp } from "../../optimizers/schedules.ts";
import { problemOf } from "../../training/minimize.ts";
import { forecast } from "./forecast.ts";

it("with a schedule, the forecast is for constant rates", () => {
  const { problem } = leastSquares(1);
  const schedule = warmUp(cosine(0.4, { updates: 50 }), { updates: 4 });
  const { band, learningRate, limit, best, sentences } = forecast(problem, plain(schedule));
  expect([band, learningRate, limit! > 0, best! > 0]).toEqual(["not known", 0.1, true, true]);
  expect(sentences[0]).toMatch(/changes during the run/);
  expect(forecast(problem, descent(0.1)).band).toBe(forecast(problem, plain(0.1)).band);
  expect(forecast(problem, descent(0.1, addNesterov())).limit).toBe(forecast(problem, nesterov(0.1)).limit);
  expect(forecast(problem, descent(0.1, clipByNorm(1))).band).toBe("not known");
});

it("the zones cover all rates, and agree with the bands", () => {
  const problems = [
    leastSquares(3).problem,
    classification(40, 3, { l2: 0.05 }).problem,
    classification(40, 3, { l2: 0.05, loss: hinge() }).problem,
    classification(40, 3, {
      l2: 0.05,
      loss: poisson(),
      targets: column(Float64Array.from({ length: 40 }, (_, i) => i % 3)),
    }).problem,
    ratings(5, 5, 30),
  ];
  const proven = ["diverges", "cannot settle"];
  for (const problem of problems) {
    for (const make of Object.values(rules)) {
      for (const batchSize of ["full", 5] as const) {
        const options = { batchSize, start: "random" } as const;
        const { zones } = forecast(problem, make(1), options);
        expect(zones[0]!.from).toBe(0);
        expect(zones.at(-1)!.to).toBe(Infinity);
        zones.slice(1).forEach(({ from }, i) => {
          expect(from).toBe(zones[i]!.to);
        });
        for (const { from, to, name } of zones) {
          if (from === 0) continue;
          const { band } = forecast(problem, make(to === Infinity ? 2 * from : Math.sqrt(from * to)), options);
          if (proven.includes(name)) expect(band).toBe(name);
          else if (batchSize === "full") expect(proven).not.toContain(band);
        }
      }
    }
  }
});

describe("without a statement", () => {
  const { problem } = leastSquares(1);

  it.each([
    ["an optimizer that divides the gradient", adam(0.1), 0.1],
    ["an optimizer that chooses its rates", automatic(), null],
    ["an optimizer of the user", { slots: 0, scalars: 0, bind: () => () => 0.1 }, null],
    ["a schedule of the user with momentum", momentum((t) => 1 / t), 1],
  ])("%s", (_, optimizer, rate) => {
    expect(forecast(problem, optimizer).sentences).toHaveLength(1);
    expect(forecast(problem, optimizer)).toMatchObject({
      band: "not known",
      learningRate: rate,
      limit: null,
      best: null,
    });
  });

  it("factors that start at 0 stay there", () => {
    expect(forecast(ratings(5, 5, 20), plain(0.1)).sentences[0]).toMatch(/gradient is 0.*use a random start/);
  });

  it("a function of the user's", () => {
    const bowl = problemOf(([x], gradient) => {
      gradient[0] = 2 * x!;
      return x! * x!;
    }, 1);
    expect(forecast(bowl, plain(3))).toMatchObject({ band: "not known", limit: null, guaranteed: null, epochs: null });
  });
});

it("throws for a learning rate that is not above 0", () => {
  const { problem } = leastSquares(1);
  const message = "forecast: learning rate must be a finite number above 0, got 0. Pass a number such as 0.1.";
  expect(() =>
    forecast(
      problem,
      plain(() => 0),
    ),
  ).toThrow(message);
  expect(() => plain(0)).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { optimum: new Float64Array(1) })).toThrow(/forecast: optimum must have/);
  expect(() => forecast(problem, plain(1), { tolerance: 0 })).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { batchSize: 1000 })).toThrow(RangeError);
  expect(() => forecast(problem, plain(1), { epochs: 3 } as never)).toThrow(TypeError);
  const { objectiveAfter } = forecast(problem, plain(0.1));
  expect(() => objectiveAfter!(0.5)).toThrow(RangeError);
});
