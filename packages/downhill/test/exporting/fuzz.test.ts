// Random tables: ONNX Runtime computes the predictions of the library from raw cells.
import fc from "fast-check";
import { expect, test } from "vitest";
import { exportOnnx, linearRegression, tableModel } from "../../src/index.ts";
import { runOnnx } from "./onnxRuntime.ts";

const missing = fc.constant(null);
const cells = {
  number: fc.oneof(missing, fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: -3, max: 3 })),
  truth: fc.oneof(missing, fc.boolean()),
  category: fc.oneof(missing, fc.constantFrom("a", "b", "B", "é😀", "__proto__", "'\"\\", "0")),
  date: fc.oneof(missing, fc.date({ min: new Date(-8e12), max: new Date(8e12), noInvalidDate: true })),
};
const row = fc.record({ ...cells, y: fc.integer({ min: 0, max: 9 }) });
const rest = fc.array(row, { minLength: 1, maxLength: 10 });

const kinds = { number: "number", truth: "boolean", category: "category", date: "date" } as const;

const numberOf = (cell: unknown): number => (cell === null ? Number.NaN : Number(cell));

test("random tables have the same predictions", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 12, maxLength: 30 }),
      rest,
      fc.constantFrom(undefined, "quadratic", "splines"),
      async (training, others, expand) => {
        const estimator = tableModel(linearRegression({ l2: 1 }), {
          target: "y",
          columns: kinds,
          ...(expand && { expand }),
        });
        let model: ReturnType<typeof estimator.fit>;
        try {
          model = estimator.fit(training);
        } catch {
          return; // no column is of use
        }
        const rows = [...training, ...others];
        const inputs = Object.fromEntries(
          model.preparation.columns.map(({ name, read }) => {
            const own = rows.map((each) => each[name as keyof typeof cells]);
            return [
              name,
              read.kind === "category" ? own.map((cell) => (cell as string) ?? "") : Float64Array.from(own, numberOf),
            ];
          }),
        );
        const { prediction } = await runOnnx(exportOnnx(model), rows.length, inputs);
        const expected = model.predict(rows);
        compared++;
        expected.forEach((value, i) => {
          expect(Math.abs((prediction!.data as Float64Array)[i]! - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
        });
      },
    ),
    { numRuns: 40, seed: 5 },
  );
  expect(compared).toBeGreaterThan(20);
}, 60_000);
