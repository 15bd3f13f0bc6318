// The preparation agrees with scikit-learn where both do the same. The formulas are in preparation.py.
import { describe, expect, test } from "vitest";
import { standardization } from "../../src/estimators/fit/scaling.ts";
import { type LearningOptions, learnPreparation } from "../../src/tables/preparation/learnPreparation.ts";
import { prepareRows } from "../../src/tables/preparation/prepareRows.ts";
import type { TypedColumn } from "../../src/tables/reading/typedTable.ts";
import { categories, dialect, numbers, typedTable } from "../tables/typedTables.ts";
import golden from "./preparation.json" with { type: "json" };

type Table = readonly (readonly (number | null)[])[];

const columnsOf = (rows: Table): TypedColumn[] =>
  rows[0]!.map((_, j) =>
    numbers(
      `x${j}`,
      rows.map((row) => row[j]!),
    ),
  );

function prepare(train: readonly TypedColumn[], later: readonly TypedColumn[], options: Partial<LearningOptions> = {}) {
  const typed = typedTable(train);
  const target = numbers(
    "y",
    Array.from({ length: typed.rows }, (_, i) => i),
  );
  const all = {
    ...typed,
    columns: [...typed.columns, target],
    rules: new Map([...typed.rules, ["y", { kind: "number", missing: [] }]]),
  } as const;
  const { preparation } = learnPreparation(all, { target: "y", dialect, ...options });
  const rows = (columns: readonly TypedColumn[]): number[][] => {
    const { data, rows: count, columns: width } = prepareRows(preparation, typedTable(columns), dialect).X;
    return Array.from({ length: count }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]);
  };
  return { preparation, train: rows(train), new: rows(later) };
}

test.each(golden.numbers)("SimpleImputer with $strategy and indicators", ({ strategy, train, new: later }) => {
  const missing = strategy === "most_frequent" ? "mostFrequent" : (strategy as "median" | "mean");
  const ours = prepare(columnsOf(golden.X), columnsOf(golden.XNew), { missing });
  expect(ours.preparation.features.map(({ name }) => name)).toEqual([
    "x0",
    "x0 is missing",
    "x1",
    "x2",
    "x2 is missing",
  ]);
  const inOurOrder = (rows: readonly number[][]) =>
    rows.map(([a, b, c, ofA, ofC]) => [a, ofA, b, c, ofC].map((x) => expect.closeTo(x!, 10)));
  expect(ours.train).toEqual(inOurOrder(train));
  expect(ours.new).toEqual(inOurOrder(later));
});

test("StandardScaler of imputed numbers is the scaling of estimators", () => {
  const columns = columnsOf(golden.X);
  const kept = prepare(columns, columns).train.map(([a, , b, c]) => [a!, b!, c!]);
  const { shift, scale } = standardization({ data: Float64Array.from(kept.flat()), rows: kept.length, columns: 3 });
  const { mean, scale: deviation } = golden.scaled;
  expect([...shift]).toEqual(mean.map((each) => expect.closeTo(each, 11)));
  expect([...scale]).toEqual(deviation.map((each) => expect.closeTo(each, 12)));
});

test.each(golden.categories)(
  "OneHotEncoder with max_categories $maxCategories",
  ({ maxCategories, names, new: later }) => {
    const ofTrain = categories("c", golden.train);
    // scikit-learn counts the missing cells as a category, which can become infrequent; ours always has its own feature.
    const filled = (values: readonly (string | null)[]) =>
      categories(
        "c",
        values.map((text) => text ?? "missing"),
      );
    const options = { columns: { c: { maxCategories: maxCategories - 1 } } };
    const ours = prepare([filled(golden.train)], [filled(golden.new)], options);
    const theirs = names.map((name) => (name === "c_infrequent_sklearn" ? "c is rare" : name.replace("c_", "c=")));
    expect(ours.preparation.features.map(({ name }) => name)).toEqual(theirs);
    expect(ours.new).toEqual(later);
    const separate = prepare([ofTrain], [categories("c", golden.new)], { columns: { c: { maxCategories: 65 } } });
    if (maxCategories === 65) {
      const at = names.indexOf("c_missing");
      const moved = later.map((row) => [...row.filter((_, j) => j !== at), row[at]]);
      expect(separate.new).toEqual(moved);
    }
  },
);

/** The least-squares fit of y by columns (with an intercept), by orthogonal columns; returns the predictions of rows. */
function leastSquares(rows: readonly number[][], y: readonly number[], later: readonly number[][]): number[] {
  const mean = rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]! / rows.length, 0));
  const size = mean.map((m, j) => Math.max(...rows.map((row) => Math.abs(row[j]! - m))) || 1);
  const design = (all: readonly number[][]) => all.map((row) => [1, ...row.map((x, j) => (x - mean[j]!) / size[j]!)]);
  const [A, B] = [design(rows), design(later)];
  let rest = [...y];
  const predictions = later.map(() => 0);
  const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const basis: { own: number[]; theirs: number[] }[] = [];
  for (let j = 0; j < A[0]!.length; j++) {
    let own = A.map((row) => row[j]!);
    let theirs = B.map((row) => row[j]!);
    for (let pass = 0; pass < 2; pass++) {
      for (const each of basis) {
        const share = dot(own, each.own);
        own = own.map((x, i) => x - share * each.own[i]!);
        theirs = theirs.map((x, i) => x - share * each.theirs[i]!);
      }
    }
    const length = Math.sqrt(dot(own, own));
    if (length < 1e-9) continue; // depends on the columns before it
    basis.push({ own: own.map((x) => x / length), theirs: theirs.map((x) => x / length) });
    const { own: unit, theirs: laterUnit } = basis.at(-1)!;
    const share = dot(rest, unit);
    rest = rest.map((x, i) => x - share * unit[i]!);
    laterUnit.forEach((x, i) => {
      predictions[i]! += share * x;
    });
  }
  return predictions;
}

const furthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

test("least squares on the quadratic expansion predicts as LinearRegression after PolynomialFeatures(2)", () => {
  const ours = prepare(columnsOf(golden.A), columnsOf(golden.ANew), { expand: "quadratic" });
  expect(ours.train[0]).toHaveLength(9);
  expect(furthest(leastSquares(ours.train, golden.y, ours.train), golden.quadratic.train)).toBeLessThan(1e-10);
  expect(furthest(leastSquares(ours.train, golden.y, ours.new), golden.quadratic.new)).toBeLessThan(1e-9);
});

describe("splines", () => {
  const x1 = (rows: Table) => [columnsOf(rows)[1]!];
  const ours = prepare(x1(golden.A), x1(golden.ANew), { expand: "splines" });

  test("have the quantiles of NumPy as knots", () => {
    expect(ours.preparation.expansion).toMatchObject({
      splines: [{ knots: golden.splines.knots.map((knot) => expect.closeTo(knot, 12)) }],
    });
  });

  test("least squares predicts as on SciPy's natural cubic splines, also beyond the knots", () => {
    expect(furthest(leastSquares(ours.train, golden.y, ours.train), golden.splines.train)).toBeLessThan(1e-10);
    expect(furthest(leastSquares(ours.train, golden.y, ours.new), golden.splines.new)).toBeLessThan(1e-9);
  });

  test("are combinations of the basis of SplineTransformer, also beyond the knots", () => {
    const all = [...ours.train, ...ours.new];
    for (let j = 0; j < all[0]!.length; j++) {
      const column = all.map((row) => row[j]!);
      expect(furthest(leastSquares(golden.splines.basis, column, golden.splines.basis), column)).toBeLessThan(1e-10);
    }
  });
});
