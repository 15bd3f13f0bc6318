import { describe, expect, test } from "vitest";
import { dataset } from "../../test/dataset.ts";
import { random } from "../core/random.ts";
import { standardization, unscaled } from "../estimators/fit/scaling.ts";
import { linearRegression, logisticRegression, softmaxRegression } from "../index.ts";
import { scaleByColumns } from "./scaleByColumns.ts";

test("is P g, with P = J Jᵀ for the parameters w = v / scale, b = c − Σ shift w of scaled columns", () => {
  const draw = random(1);
  const [d, k] = [4, 3];
  const list = (n: number, from: number) => Float64Array.from({ length: n }, () => from + draw.normal() ** 2);
  const [shift, scale, gradient] = [list(d, 1), list(d, 0.1), list(k * (d + 1), -1)];
  const direction = gradient.slice();
  scaleByColumns({ shift, scale }).apply(direction, [], undefined as never);
  for (let c = 0; c < k; c++) {
    const at = (j: number) => (j < d ? c * d + j : k * d + c);
    // Column j of J is the change of (w, b) by v_j; the last one is that by c.
    const J = Array.from({ length: d + 1 }, (_, i) =>
      Array.from({ length: d + 1 }, (_, j) =>
        i < d ? Number(i === j) / scale[j < d ? j : 0]! : j < d ? -shift[j]! / scale[j]! : 1,
      ),
    );
    for (let i = 0; i <= d; i++) {
      let sum = 0;
      for (let j = 0; j <= d; j++) {
        for (let l = 0; l <= d; l++) sum += J[i]![j]! * J[l]![j]! * gradient[at(l)]!;
      }
      expect(Math.abs(direction[at(i)]! - sum)).toBeLessThan(1e-9 * (1 + Math.abs(sum)));
    }
  }
});

describe("without l2, a default run in batches on raw columns is that on standardized columns", () => {
  const { X, y } = dataset("wine");
  const two = y.map((label) => label === y[0]);
  const { shift, scale } = standardization(X);
  const options = { l2: 0, batchSize: 16, epochs: 20 };
  test.each([
    ["linear", (standardize: boolean) => linearRegression({ ...options, standardize }).fit(X, two.map(Number))],
    ["logistic", (standardize: boolean) => logisticRegression({ ...options, standardize }).fit(X, two)],
    ["softmax", (standardize: boolean) => softmaxRegression({ ...options, standardize }).fit(X, y)],
  ] as const)("%s", (_, fit) => {
    const [raw, standardized] = [fit(false), fit(true)];
    expect(raw.options["optimizer"]).toBe("scaledPlain");
    const [params, own] = [raw.params(), standardized.params()];
    const outputs = own.length / (X.columns + 1);
    const weights = X.columns * outputs;
    const { coefficients, intercepts } = unscaled(own.slice(0, weights), own.slice(weights), { shift, scale });
    [...coefficients, ...intercepts].forEach((value, i) => {
      expect(Math.abs(params[i]! - value)).toBeLessThan(1e-7 * (1 + Math.abs(value)));
    });
    const objectives = [raw, standardized].map(({ history }) => history.objective!.at(-1)!);
    expect(Math.abs(objectives[0]! / objectives[1]! - 1)).toBeLessThan(1e-8);
  });
});

test("with l2, a default run on raw columns in batches ends near the optimum of the same objective", () => {
  for (const table of ["iris", "wine", "breast_cancer"] as const) {
    const { X, y } = dataset(table);
    const objectiveOf = (options: object) =>
      softmaxRegression({ standardize: false, ...options })
        .fit(X, y)
        .history.objective!.at(-1)!;
    const optimum = objectiveOf({});
    const start = Math.log(new Set(y).size);
    for (const batchSize of [1, 32])
      expect(objectiveOf({ batchSize }) - optimum).toBeLessThan(5e-3 * (start - optimum));
  }
});
