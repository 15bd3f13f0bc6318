// Columns with words: the features are those of bagOfWords beside the other columns, and everything that takes a table takes them.
import { expect, test } from "vitest";
import {
  bagOfWords,
  type CellColumn,
  type CellColumnFacts,
  type CellParts,
  crossValidate,
  exportCoefficients,
  exportJs,
  exportOnnx,
  exportSql,
  type FittedModel,
  inspectTable,
  linearRegression,
  linearSvm,
  load,
  logisticRegression,
  networkClassifier,
  newRowsInParts,
  permutationImportance,
  random,
  type SparseMatrix,
  search,
  softmaxRegression,
  sparse,
  type TableOptions,
  tableInParts,
  tableModel,
  toDense,
  wordsOfColumns,
} from "../../src/index.ts";

const vocabulary = "cheap pills offer win money meeting monday notes agenda room lunch report".split(" ");

/** Rows whose words, size and colour tell their kind. */
function rowsOf(count: number, seed = 1) {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const isSpam = next.uniform() < 0.5;
    const words = Array.from({ length: 2 + Math.floor(6 * next.uniform()) }, () => {
      const own = next.uniform() < 0.8 === isSpam ? 0 : 6;
      return vocabulary[own + Math.floor(6 * next.uniform())]!;
    });
    return {
      text: i % 17 === 3 ? null : `${words.join(" ")}!`,
      size: i % 11 === 5 ? null : Math.round(10 * next.uniform()) + (isSpam ? 3 : 0),
      colour: ["red", "green", "blue"][Math.floor(3 * next.uniform())]!,
      kind: isSpam ? "spam" : "ham",
    };
  });
}

const rows = rowsOf(240);
const labels = rows.map(({ kind }) => kind);
const buckets = 256;
const options: TableOptions = { target: "kind", columns: { text: { kind: "words", buckets, seed: 7 } } };
const paramsOf = (model: unknown): number[] => [...(model as { params(): Float64Array }).params()];

/** The features by hand: colour=blue, colour=green, colour=red, size, size is missing, and the buckets. */
function byHand(own: typeof rows, median: number): SparseMatrix {
  const bags = bagOfWords(
    own.map(({ text }) => text ?? ""),
    { columns: buckets, seed: 7 },
  );
  const [indptr, indices, values]: number[][] = [[0], [], []];
  own.forEach(({ size, colour }, i) => {
    const entries: [number, number][] = [[["blue", "green", "red"].indexOf(colour), 1]];
    if ((size ?? median) !== 0) entries.push([3, size ?? median]);
    if (size === null) entries.push([4, 1]);
    for (let e = bags.indptr[i]!; e < bags.indptr[i + 1]!; e++) entries.push([5 + bags.indices[e]!, bags.values[e]!]);
    indices!.push(...entries.map(([j]) => j));
    values!.push(...entries.map(([, value]) => value));
    indptr!.push(indices!.length);
  });
  return sparse(indptr!, indices!, values!, 5 + buckets);
}

const sizes = rows.flatMap(({ size }) => size ?? []).sort((a, b) => a - b);
const median = (sizes[(sizes.length - 1) >> 1]! + sizes[sizes.length >> 1]!) / 2;

test.each([
  ["logistic", logisticRegression()],
  ["softmax", softmaxRegression()],
  ["svm", linearSvm()],
  ["one row per update", logisticRegression({ batchSize: 1, epochs: 3, seed: 2 })],
  ["network", networkClassifier({ hidden: [4], epochs: 3, stop: {} })],
] as const)("%s on words and other columns has the bits of the same features by hand", (_, estimator) => {
  const model = tableModel(estimator as ReturnType<typeof logisticRegression>, options).fit(rows);
  const X = byHand(rows, median);
  const expected = (estimator as ReturnType<typeof logisticRegression>).fit(X, labels);
  expect(paramsOf(model.model)).toEqual(paramsOf(expected));
  const later = rowsOf(40, 9).map((row, i) => (i === 0 ? { ...row, text: "unknown words 123" } : row));
  expect(model.predict(later)).toEqual(expected.predict(byHand(later, median)));
  const loaded = load(JSON.stringify(model), "tableModel") as typeof model;
  expect(loaded.predict(later)).toEqual(model.predict(later));
  expect(JSON.stringify(loaded)).toBe(JSON.stringify(model));
});

test("a column of words alone is bagOfWords, with its default number of buckets", () => {
  const own = rows.map(({ text, kind }) => ({ text: text ?? "", kind }));
  const { model, preparation, notes } = tableModel(logisticRegression(), {
    target: "kind",
    columns: { text: "words" },
  }).fit(own);
  const X = bagOfWords(own.map(({ text }) => text));
  expect(paramsOf(model)).toEqual(paramsOf(logisticRegression().fit(X, labels)));
  expect(model.names).toBe(null);
  expect(preparation.features).toEqual([{ name: "text: 262144 words by hash", columns: ["text"], buckets: 262_144 }]);
  expect(preparation.means).toEqual([0]);
  expect(notes.map(({ text }) => text)).toEqual([
    'the words of "text" are counted in 262144 buckets, which a hash with the seed 0 chooses; 14 of 240 texts are missing: their rows ' +
      "have no words",
  ]);
});

test("squares of numbers come before the words, and dates and two columns of words have their features", () => {
  const own = rows.map((row, i) => ({ ...row, title: row.text?.slice(0, 9), day: `2024-0${1 + (i % 9)}-1${i % 7}` }));
  const columns = { text: { kind: "words", buckets: 16 }, title: { kind: "words", buckets: 8, seed: 1 } } as const;
  const { preparation } = tableModel(logisticRegression(), { target: "kind", columns, expand: "quadratic" }).fit(own);
  const names = preparation.features.map(({ name }) => name);
  expect(names.slice(-2)).toEqual(["text: 16 words by hash", "title: 8 words by hash"]);
  expect(names.indexOf("size²")).toBe(names.indexOf("day elapsed days²") + 1);
  const X = tableModel(logisticRegression(), { target: "kind", columns, expand: "quadratic" }).trainingData(own).X;
  expect(X.columns).toBe(names.length - 2 + 24);
});

test("the contributions of the columns add up to the scores, also of words", () => {
  const model = tableModel(logisticRegression(), options).fit(rows);
  const { base, contributions } = model.explain(rows);
  const [own] = contributions;
  expect(own!.names).toEqual(["colour", "size", "text"]);
  const scores = model.scores(rows).data;
  for (let i = 0; i < rows.length; i++) {
    const sum = base[0]! + own!.data[3 * i]! + own!.data[3 * i + 1]! + own!.data[3 * i + 2]!;
    expect(sum).toBeCloseTo(scores[i]!, 10);
    if (rows[i]!.text === null) expect(own!.data[3 * i + 2]).toBe(0);
  }
});

test("cross-validation, search and permutation importance take words; the texts of the column are shuffled", () => {
  const table = tableModel(logisticRegression(), options);
  expect(crossValidate(table, rows, { folds: 3 }).mean!.test.accuracy).toBeGreaterThan(0.8);
  const found = search(({ l2 }) => tableModel(logisticRegression({ l2 }), options), rows, {
    ranges: { l2: { from: 1e-3, to: 1, scale: "log" } } as never,
    trials: 2,
    folds: 3,
  });
  expect(found.best!.score).toBeGreaterThan(0);
  const { columns } = permutationImportance(table.fit(rows), rows);
  expect(columns[0]!.column).toBe("text");
});

test("rows in parts have the features of the same rows together", () => {
  const model = tableModel(logisticRegression(), options).fit(rows);
  const own = rows.slice(0, 30);
  const texts = [...new Set(own.flatMap(({ text }) => text ?? []))];
  const colours = ["red", "green", "blue"];
  const part = (from: number, to: number) => ({
    rows: to - from,
    columns: new Map<string, CellColumn>([
      [
        "text",
        textCells(
          texts,
          own.slice(from, to).map(({ text }) => text),
        ),
      ],
      [
        "colour",
        textCells(
          colours,
          own.slice(from, to).map(({ colour }) => colour),
        ),
      ],
      [
        "size",
        {
          type: "number",
          values: Float64Array.from(own.slice(from, to), ({ size }) => size ?? Number.NaN),
          start: 0,
          step: 1,
        } as const,
      ],
    ]),
  });
  const facts = (all: string[]) => ({
    type: "text" as const,
    texts: all,
    counts: new Uint32Array(all.length).fill(1),
    firstRows: new Float64Array(all.length),
  });
  const data: CellParts = {
    rows: own.length,
    columns: new Map<string, CellColumnFacts>([
      ["text", facts(texts)],
      ["colour", facts(colours)],
      ["size", { type: "number" as const, present: true, finite: true }],
    ]),
    *parts() {
      yield part(0, 13);
      yield part(13, 30);
    },
  };
  const { parts, missing } = newRowsInParts(model, data);
  const whole = model.prepare(own);
  expect(missing).toEqual(whole.missing);
  expect(Array.from(parts(), ({ X }) => [...toDense(X as SparseMatrix).data]).flat()).toEqual([
    ...toDense(whole.X as SparseMatrix).data,
  ]);
});

const textCells = (texts: readonly string[], cells: readonly (string | null)[]) =>
  ({
    type: "text",
    texts,
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : texts.indexOf(cell))),
  }) as const;

test("a missing text has the words of a constant, or is an error, or leaves out its row", () => {
  const withRule = (missing: "error" | "leaveOut" | { constant: string }) =>
    tableModel(logisticRegression(), { ...options, columns: { text: { kind: "words", buckets, missing } } });
  const { columns } = withRule({ constant: "nothing here" }).fit(rows).preparation;
  expect(columns.at(-1)!.encoding).toEqual({ type: "words", buckets, seed: 0, missing: "nothing here" });
  const X = withRule({ constant: "nothing here" }).trainingData(rows).X as SparseMatrix;
  expect(X.indptr[4]! - X.indptr[3]!).toBe(4); // the colour, the size and two words
  expect(() => withRule("error").fit(rows)).toThrow(
    /column "text" must have no missing cells, but 14 cells are missing/,
  );
  expect(withRule("leaveOut").fit(rows).training.leftOut).toBe(14);
});

test("numbers far from 0 have a warning, and its advice helps", () => {
  const years = (shift: number) => rows.map((row, i) => ({ ...row, year: 2015 + (i % 5) - shift }));
  const warning = (own: readonly object[]) =>
    tableModel(logisticRegression(), options)
      .fit(own)
      .notes.filter(({ code }) => code === "uncentred");
  expect(warning(years(0))).toEqual([
    {
      code: "uncentred",
      column: "year",
      level: "warning",
      text:
        '"year" is not centred, because the rows have words: its numbers differ little from their median 2017, so the model hardly uses ' +
        "it; subtract the median from the column",
    },
  ]);
  expect(warning(years(2017))).toEqual([]);
});

test("a column without different texts or without words is left out", () => {
  const notes = (text: (i: number) => string | null) =>
    tableModel(logisticRegression(), options)
      .fit(rows.map((row, i) => ({ ...row, text: text(i) })))
      .notes.map((note) => note.text)
      .join("\n");
  expect(notes(() => "same text")).toContain('"text" is left out, because all training rows have the same value');
  expect(notes((i) => "?!".repeat(1 + (i % 3)))).toContain('"text" is left out, because none of its texts has a word');
});

test.each([
  [{ text: { kind: "words", buckets: 1000 } }, /the buckets of column "text" must be a power of two .*, got 1000/],
  [{ text: { kind: "words", seed: -1 } }, /the seed of column "text" must be a whole number of at least 0, got -1/],
  [{ text: { buckets: 16 } }, /has buckets or a seed, which only words have/],
  [{ kind: "words" }, /column "kind" is the target, which cannot have the kind words/],
  [{ text: { kind: "words", missing: "median" } }, /cannot have the rule "median"; use constant, leaveOut, error/],
] as const)("the options %j are an error", (columns, message) => {
  const wrong = { target: "kind", columns } as unknown as TableOptions;
  expect(() => tableModel(logisticRegression(), wrong).fit(rows)).toThrow(message);
});

test("exports and tables in parts reject words by name", () => {
  const model = tableModel(logisticRegression(), options).fit(rows);
  for (const write of [exportJs, exportOnnx, exportSql, exportCoefficients]) {
    expect(() => write(model as never)).toThrow(
      new RegExp(`^${write.name}: the model must have no column with words, .* got "text"`),
    );
  }
  const empty: CellParts = { rows: 1, columns: new Map(), *parts() {} };
  expect(() => tableInParts(empty, options)).toThrow(/column "text" cannot have words in a table in parts/);
});

test.each([
  ["buckets", 100],
  ["seed", 0.5],
  ["missing", 3],
] as const)("load rejects a wrong %s of an encoding", (member, value) => {
  const saved = JSON.parse(JSON.stringify(tableModel(logisticRegression(), options).fit(rows)));
  saved.body.preparation.columns[2].encoding[member] = value;
  expect(() => load(saved) as FittedModel).toThrow(/^load: /);
});

test("inspectTable counts words by the cells that have them, and long texts are pointed to the kind", () => {
  const own = [{ text: "a b a" }, { text: "B c" }, { text: null }];
  const { columns } = inspectTable(own, { columns: { text: "words" } });
  expect(columns[0]).toMatchObject({
    kind: "words",
    missing: 1,
    distinct: 2,
    frequent: [
      { value: "b", count: 2 },
      { value: "a", count: 1 },
      { value: "c", count: 1 },
    ],
  });
  const long = Array.from({ length: 30 }, (_, i) => ({ text: `a long text of words number ${i}`, y: i }));
  const { notes } = tableModel(linearRegression(), { target: "y" }).fit(long.map((row, i) => ({ ...row, x: i % 7 })));
  expect(notes[0]!.text).toMatch(/^"text" is left out, .*\(columns: \{ text: "words" \} counts its words\)$/);
});

test("wordsOfColumns finds the words of each column, the most frequent first", () => {
  const texts = rows.map(({ text }) => text ?? "");
  const { indices } = bagOfWords(texts, { columns: 4 });
  const found = wordsOfColumns(texts, new Set(indices).size === 4 ? [0, 1, 2, 3] : indices, { columns: 4 });
  expect([...found.values()].flat().sort()).toEqual([...vocabulary].sort());
  const counts = (word: string): number =>
    texts
      .join(" ")
      .split(/\W+/)
      .filter((each) => each === word).length;
  for (const words of found.values()) {
    expect(words).toEqual([...words].sort((a, b) => counts(b) - counts(a) || (a < b ? -1 : 1)));
  }
});
