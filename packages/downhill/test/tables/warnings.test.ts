// Warnings about columns: each has a case that is warned about and a case near it that is not.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.ts";
import { type LearningOptions, learnPreparation } from "../../src/tables/preparation/learnPreparation.ts";
import type { TypedColumn } from "../../src/tables/reading/typedTable.ts";
import { categories, dialect, numbers, rowsOf, typedTable } from "./typedTables.ts";

function warnings(columns: readonly TypedColumn[], options: Partial<LearningOptions> = {}) {
  const { notes } = learnPreparation(typedTable(columns), { target: "y", dialect, ...options });
  return notes.filter(({ level }) => level === "warning");
}

const codes = (columns: readonly TypedColumn[], options: Partial<LearningOptions> = {}) =>
  warnings(columns, options).map(({ code, column }) => `${code} ${column}`);

const draw = random(3);
const list = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const noise = (count: number): number[] => list(count, () => draw.normal());
const y = numbers("y", noise(200));
const x = numbers("x", noise(200));

describe("identifiers", () => {
  test.each([
    ["row numbers", list(200, (i) => i + 1)],
    ["rising identifiers with gaps", list(200, (i) => 1000 + i * 37 + (i % 5))],
    ["row numbers of a table that was divided at random", Array.from(random(1).permutation(400)).slice(0, 200)],
  ])("%s", (_, ids) => {
    const [note] = warnings([numbers("id", ids), y]);
    expect(note).toMatchObject({ code: "identifier", column: "id" });
    expect(note!.text).toMatch(/leave it out with ignore: \["id"\]$/);
  });

  test.each([
    ["numbers that repeat", list(200, (i) => i >> 1)],
    ["rising numbers with fractions", list(200, (i) => i + 0.5)],
    ["different whole numbers over a wide range", list(200, (i) => (i * 7919) % 100_003)],
  ])("not %s", (_, values) => {
    expect(codes([numbers("id", values), y])).toEqual([]);
  });
});

describe("outliers", () => {
  test.each([30, 200, 3000])("a value beyond 20 deviations among %i rows", (count) => {
    const values = noise(count);
    values[7] = 1e9;
    const [note] = warnings([numbers("x", values), numbers("y", noise(count))]);
    expect(note).toMatchObject({ code: "outliers", column: "x" });
    expect(note!.text).toContain(
      "a value more than 20 standard deviations from the mean, the farthest 1000000000 in row 7",
    );
  });

  test("a rare 1 among zeros is not extreme", () => {
    const holidays = list(585, (i) => Number(i % 31 === 10));
    expect(codes([numbers("holiday", holidays), numbers("y", noise(585))])).toEqual([]);
  });

  test("the fares of a ship are skewed, but not extreme", () => {
    const fares = list(900, (i) => Math.exp(2.3 + 1.1 * Math.abs(draw.normal()) + (i % 300 === 0 ? 0.5 : 0)));
    expect(codes([numbers("fare", fares), numbers("y", noise(900))])).toEqual([]);
  });
});

describe("classes", () => {
  const few = list(200, (i) => (i < 3 ? "c" : i % 2 ? "a" : "b"));

  test("a class with fewer than five rows", () => {
    expect(warnings([x, categories("y", few)])).toMatchObject([
      { code: "rare-class", text: expect.stringContaining('"c" (3)') },
    ]);
    expect(
      codes([
        x,
        categories(
          "y",
          few.map((each, i) => (i < 5 ? "c" : each)),
        ),
      ]),
    ).toEqual([]);
  });

  test("a class with more than 95 % of the rows", () => {
    const [note] = warnings([
      x,
      numbers(
        "y",
        list(200, (i) => Number(i % 25 === 0)),
        "boolean",
      ),
    ]);
    expect(note!.text).toMatch(/^192 of 200 training rows have the class false, so .* accuracy of 96\.0 %/);
    expect(
      codes([
        x,
        numbers(
          "y",
          list(200, (i) => Number(i % 20 === 0)),
          "boolean",
        ),
      ]),
    ).toEqual([]);
  });

  test("numbers have classes only if the options say so, or if there are two", () => {
    const counts = numbers(
      "y",
      list(200, (i) => (i === 0 ? 9 : i % 8)),
    );
    expect(codes([x, counts])).toEqual([]);
    expect(codes([x, counts], { classes: true })).toEqual(["rare-class y"]);
    expect(
      codes([
        x,
        numbers(
          "y",
          list(200, (i) => (i < 4 ? 2 : 1)),
        ),
      ]),
    ).toEqual(["rare-class y", "unbalanced y"]);
  });
});

describe("leaks", () => {
  const won = list(300, () => draw.uniform() < 0.4);
  const target = numbers("y", won.map(Number), "boolean");
  const money = list(300, () => 100 * draw.uniform());

  test.each<[string, TypedColumn, TypedColumn]>([
    [
      "the same labels in other words",
      categories(
        "leak",
        won.map((each) => (each ? "alive" : "dead")),
      ),
      target,
    ],
    [
      "numbers that separate the classes",
      numbers(
        "leak",
        won.map((each) => (each ? 1 : -1) * (1 + draw.uniform())),
      ),
      target,
    ],
    [
      "cells that are missing in one class",
      categories(
        "leak",
        won.map((each, i) => (each === i % 40 > 0 ? String(i % 9) : null)),
      ),
      target,
    ],
    [
      "the target in other units",
      numbers(
        "leak",
        money.map((each) => 0.9 * each + 32),
      ),
      numbers("y", money),
    ],
    [
      "the logarithm of the target",
      numbers(
        "leak",
        money.map((each) => Math.log(each)),
      ),
      numbers("y", money),
    ],
    [
      "a category for each value of the target",
      categories(
        "leak",
        money.map((each) => String(Math.floor(each / 25))),
      ),
      numbers(
        "y",
        money.map((each) => Math.floor(each / 25)),
      ),
    ],
  ])("%s", (_, leak, of) => {
    const [note] = warnings([leak, of]);
    expect(note).toMatchObject({ code: "possible-leak", column: "leak" });
    expect(note!.text).toMatch(/predicts "y" nearly perfectly.*ignore: \["leak"\]$/);
  });

  test.each<[string, TypedColumn, TypedColumn]>([
    [
      "labels of which 3 % are wrong",
      categories(
        "x",
        won.map((each, i) => String(each === i % 33 > 0)),
      ),
      target,
    ],
    [
      "numbers with a correlation of 0.99",
      numbers(
        "x",
        money.map((each) => each + 4 * draw.normal()),
      ),
      numbers("y", money),
    ],
    [
      "categories that occur once or twice",
      categories(
        "x",
        won.map((_, i) => String(i >> 1)),
      ),
      target,
    ],
  ])("not %s", (_, column, of) => {
    expect(codes([column, of])).toEqual([]);
  });

  test.each(["iris", "breast_cancer", "wine", "diabetes"])(
    "no column of %s is called a leak or an identifier",
    (name) => {
      const [head, ...lines] = readFileSync(new URL(`../../../../datasets/${name}.csv`, import.meta.url), "utf8")
        .trim()
        .split("\n");
      const cells = lines.map((line) => line.split(","));
      const columns = head!.split(",").map((each, j, all) => {
        const values = cells.map((row) => row[j]!);
        const own = j === all.length - 1 ? "y" : each;
        return values.every((value) => Number.isFinite(Number(value)))
          ? numbers(own, values.map(Number))
          : categories(own, values);
      });
      expect(codes(columns)).toEqual([]);
      const shuffled = rowsOf(typedTable(columns), Array.from(random(2).permutation(lines.length)));
      expect(codes(shuffled.columns)).toEqual([]);
    },
  );
});
