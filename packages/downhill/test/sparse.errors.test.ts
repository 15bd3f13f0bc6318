// Errors of sparse matrices and svmlight text, and what `readSvmlight` and `sparseFromRecords` read.

import { expect, it } from "vitest";
import { logisticRegression, readSvmlight, sparse, sparseFromRecords, sparseRows, toDense } from "../src/index.ts";

const message = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    expect((error as { code?: string }).code).toBe("DOWNHILL_INPUT");
    return (error as Error).message;
  }
  return "no error";
};

it.each([
  [() => sparse([0, 2], [0, 1], [1], 2), "sparse: indices must have one entry per number (1), got 2."],
  [() => sparse([0, 1], [0], [1], 0), "sparse: columns must be a whole number of at least 1, got 0."],
  [() => sparse([], [], [], 2), "indptr must have a position before and after each of at least one row, got 0"],
  [() => sparse([1, 1], [0], [1], 2), "indptr must begin with 0, got 1"],
  [
    () => sparse([0, 1], [0, 1], [1, 2], 2),
    "indptr must end with the number of entries, got 1 for 2 columns and 2 numbers",
  ],
  [() => sparse([0, 2, 1, 3], [0, 1, 0], [1, 2, 3], 2), "indptr must not decrease, got 2 and then 1 in row 1"],
  [() => sparse([0, 9, 1], [0], [1], 2), "indptr must not decrease, got 0 and then 9 in row 0"],
  [() => sparse([0, 1, 2], [0, 2], [1, 2], 2), "the columns of a row must be below columns = 2, got 2 in row 1"],
  [() => sparse([0, 0, 2], [1, 0], [1, 2], 2), "the columns of a row must increase, got column 0 after 1 in row 1"],
  [() => sparse([0, 2], [1, 1], [1, 2], 2), "the columns of a row must increase, got column 1 twice in row 0"],
  [() => sparse([0, 2], [0, 1], [1, Number.NaN], 2), "values must hold finite numbers, got NaN in row 0, column 1"],
  [() => sparse([0, 1], [0.5], [1], 2), "indices must be whole numbers from 0 to 4294967295, got 0.5 at position 0"],
  [() => sparse([0, 1], [-1], [1], 2), "indices must be whole numbers from 0 to 4294967295, got -1 at position 0"],
  [
    () => sparseRows({ indptr: [0, 1], indices: [0], values: [1], rows: 1, columns: 1 } as never),
    "sparseRows: indptr and indices must be Uint32Arrays",
  ],
  [
    () => logisticRegression().fit({ ...sparse([0, 1, 2], [0, 1], [1, 1], 2), columns: 1 }, ["a", "b"]),
    "fit: the columns of a row must be below columns = 1, got 1 in row 1",
  ],
  [() => sparseFromRecords([]), "sparseFromRecords: there must be at least one row, got none."],
  [() => sparseFromRecords([{}]), "there must be at least one key, got none"],
  [() => sparseFromRecords([{ a: 1 }, null as never]), "every row must be a record, got null in row 1"],
  [() => sparseFromRecords([{ a: "1" as never }]), 'every value must be a finite number, got "1" for "a" in row 0'],
  [
    () => sparseFromRecords([{ b: 1 }], { names: ["a"] }),
    'every key must be among names, got "b" in row 0. Leave it out, or pass unseen: "drop".',
  ],
  [() => readSvmlight(""), "readSvmlight: there must be at least one row, got none."],
  [() => readSvmlight("# a comment\n\n"), "there must be at least one row"],
  [() => readSvmlight("1 1:2\n1,2 1:1"), 'a row must have one target, got "1,2", in line 2.'],
  [() => readSvmlight("yes 1:2"), 'the target must be a finite number, got "yes", in line 1.'],
  [() => readSvmlight("1 a:2"), 'an entry must be column:number, got "a:2", in line 1.'],
  [() => readSvmlight("1 3"), 'an entry must be column:number, got "3", in line 1.'],
  [() => readSvmlight("1 0:3"), "the number of a column must be at least 1, got 0, in line 1. Pass firstColumn: 0."],
  [() => readSvmlight("1 2:1 2:3"), "the columns of a row must increase, got 2 twice, in line 1."],
  [() => readSvmlight("1 1:1\n\n1 3:1 2:3"), "the columns of a row must increase, got 2 after 3, in line 3."],
  [() => readSvmlight("1 2:0x10"), 'column 2 must be a finite number, got "0x10", in line 1.'],
  [() => readSvmlight("1 2:1e999"), 'column 2 must be a finite number, got "1e999", in line 1.'],
  [
    () => readSvmlight("1 5:1", { columns: 4 }),
    "there must be at most columns = 4, got column 5, in line 1. Pass more columns.",
  ],
  [
    () => readSvmlight("1 qid:1 1:1\n1 1:1"),
    "qid must be in all rows or in none, but one is missing up to this row, in line 2.",
  ],
  [
    () => readSvmlight("1 1:1\n1 qid:1 1:1"),
    "qid must be in all rows or in none, but one is missing up to this row, in line 2.",
  ],
  [() => readSvmlight("1 1:1", { zeroBased: true } as never), 'option "zeroBased" is unknown'],
])("error %#", (call, expected) => {
  expect(message(call)).toContain(expected);
});

it("readSvmlight reads pieces that end anywhere", () => {
  const text = "1 1:0.5 3:2 # a comment\n-1 2:1e-3\n\n1 1:1 2:-2.5";
  const expected = readSvmlight(text);
  for (let size = 1; size <= text.length; size++) {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    expect(readSvmlight(pieces)).toEqual(expected);
  }
});

it("readSvmlight finds the number of the first column", () => {
  const from1 = readSvmlight("1 2:3\n0 1:1", { firstColumn: "auto" });
  expect(from1).toMatchObject({ firstColumn: 1, X: { columns: 2 } });
  expect([...toDense(from1.X).data]).toEqual([0, 3, 1, 0]);
  const from0 = readSvmlight("1 2:3\n0 0:1", { firstColumn: "auto" });
  expect(from0).toMatchObject({ firstColumn: 0, X: { columns: 3 } });
  expect([...toDense(from0.X).data]).toEqual([0, 0, 3, 1, 0, 0]);
  expect(() => readSvmlight("1 2:3\n0 0:1", { firstColumn: "auto", columns: 2 })).toThrow(
    "there must be at most columns = 2 from column 0, got column 2. Pass more columns.",
  );
});

it("readSvmlight reads targets, entries, groups and comments", () => {
  const { X, y, groups } = readSvmlight(
    "+1 qid:3 1:.5 4:-2e-1 # first\r\n\n-1\tqid:3\t2:1\n# nothing\n0.25 qid:4  3:0\n",
  );
  expect([...toDense(X).data]).toEqual([0.5, 0, 0, -0.2, 0, 1, 0, 0, 0, 0, 0, 0]);
  expect([...y]).toEqual([1, -1, 0.25]);
  expect([...groups!]).toEqual([3, 3, 4]);
  expect(X.indices.length).toBe(3); // the 0 is not stored
  const zero = readSvmlight("1 0:1 2:3", { firstColumn: 0, columns: 4 });
  expect([...toDense(zero.X).data]).toEqual([1, 0, 3, 0]);
  expect(zero.groups).toBeNull();
});

it("sparseFromRecords names the columns in the order of their first appearance; unseen keys can be dropped", () => {
  const X = sparseFromRecords([
    { b: 1, a: 2 },
    { c: 3, a: 0 },
  ]);
  expect(X.names).toEqual(["b", "a", "c"]);
  expect([...toDense(X).data]).toEqual([1, 2, 0, 0, 0, 3]);
  const next = sparseFromRecords([{ z: 1, c: 4 }], { names: X.names!, unseen: "drop" });
  expect([...toDense(next).data]).toEqual([0, 0, 4]);
});
