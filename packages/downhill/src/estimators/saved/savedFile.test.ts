import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load } from "../../tables/load.ts";
import { linearRegression } from "../linearRegression.ts";
import { linearSvm } from "../linearSvm.ts";
import { matrixFactorization } from "../matrixFactorization.ts";
import { networkClassifier } from "../neuralNetwork.ts";
import { decodeIntegers, decodeNumbers, encodeNumbers, integersText } from "./numberText.ts";
import { frame, savedWith, unframe } from "./savedFile.ts";

const X = [
  [1, 2],
  [2, 1],
  [3, 5],
  [4, 4],
];
const models = {
  linear: linearRegression({ epochs: 2 }).fit(X, [1, 2, 3, 5]),
  svm: linearSvm({ epochs: 1, batchSize: 2 }).fit(X, ["é", "b", 'c"\\', "b"]),
  network: networkClassifier({ epochs: 1, hidden: [2] }).fit(X, [true, false, true, false]),
  factorization: matrixFactorization({ epochs: 1, rank: 1 }).fit({
    users: ["a", "b", "a"],
    items: [1, 1, 2],
    ratings: [3, 4, 5],
  }),
};
const texts = Object.values(models).map((model) => JSON.stringify(model));
const [linear] = texts as [string];

const bitsOf = (numbers: ArrayLike<number>): bigint[] => [...new BigUint64Array(Float64Array.from(numbers).buffer)];

const encodeIntegers = (integers: ArrayLike<number>): string => integersText(integers).toJSON();

describe("numbers as base64", () => {
  test("keep all bits: −0, subnormals, the largest and the smallest number", () => {
    const edge = [0, -0, 5e-324, -5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 0.1];
    expect(bitsOf(decodeNumbers(encodeNumbers(edge)))).toEqual(bitsOf(edge));
    fc.assert(
      fc.property(fc.array(fc.double()), (numbers) => {
        expect(bitsOf(decodeNumbers(encodeNumbers(numbers)))).toEqual(bitsOf(numbers));
      }),
    );
  });
  test("are little-endian", () => {
    expect(encodeNumbers([1])).toBe("AAAAAAAA8D8=");
    expect(encodeNumbers([])).toBe("");
  });
});

test("integers of 32 bits are the same after encoding and decoding", () => {
  expect(encodeIntegers([1])).toBe("AQAAAA==");
  fc.assert(
    fc.property(fc.uint32Array({ maxLength: 20 }), (integers) => {
      expect([...decodeIntegers(encodeIntegers(integers))]).toEqual([...integers]);
    }),
  );
});

describe("load", () => {
  test("loads every kind of model, from text and from parsed JSON", () => {
    for (const text of texts) {
      expect(JSON.stringify(load(text))).toBe(text);
      expect(JSON.stringify(load(JSON.parse(text)))).toBe(text);
      expect(JSON.stringify(load(JSON.stringify(JSON.parse(text), null, 2)))).toBe(text);
    }
    expect(Object.values(models).map((model) => model.kind)).toEqual(Object.keys(models));
  });

  test("throws for values that are not models", () => {
    for (const foreign of [
      "{}",
      "[]",
      "null",
      "3",
      '"downhill model"',
      undefined,
      null,
      5,
      [],
      {},
      { format: "onnx" },
    ]) {
      expect(() => load(foreign)).toThrow(
        /^load: the (file must have the format "downhill model"|text must be complete JSON), got /,
      );
    }
    expect(() => load("")).toThrow(/^load: the text must be complete JSON, got /);
    expect(() => load("a,b\n1,2\n")).toThrow(/^load: the text must be complete JSON, got /);
  });

  test("throws for other versions", () => {
    const file = JSON.parse(linear);
    for (const version of [3, 0, "2", undefined]) {
      expect(() => load({ ...file, version })).toThrow(
        /^load: the model must have version 2, got .*\. Update downhill/,
      );
    }
    expect(() => load({ ...file, version: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: load: the model must have version 2, got 1. Train the model again.]`,
    );
    expect(() => load({ format: "downhill file", version: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: load: the model must have version 2, got a file of version 1 of the command. Train the model again.]`,
    );
  });

  test("throws for an unknown kind with any body", () => {
    for (const body of [
      { kind: "forest" },
      { ...unframe(linear), kind: "tree" },
      { ...unframe(linear), kind: "toString" },
    ]) {
      expect(() => load(frame(body))).toThrow(/^load: kind must be one of linear, .*, got "\w+"\. Use a newer version/);
    }
  });

  test("throws for a missing body and for another checksum", () => {
    const file = JSON.parse(linear);
    for (const body of [null, undefined, 5, "x", {}, { ...file.body, options: { ...file.body.options, l2: 1 } }]) {
      expect(() => load({ ...file, body })).toThrow(/^load: the model must be as it was saved, got /);
    }
    expect(() => load({ ...file, checksum: undefined })).toThrow(/^load: the model must be as it was saved, got /);
  });

  test("throws for a text that is cut off at any character", () => {
    for (const text of texts) {
      for (let length = 0; length < text.length; length++) {
        expect(() => load(text.slice(0, length)), `length ${length}`).toThrow(/^load: the text must be complete JSON/);
      }
    }
  });

  test("a change of one character throws or does not change the model", () => {
    const change = fc.record({
      which: fc.nat({ max: texts.length - 1 }),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      by: fc.constantFrom(...'0129azAZ+/="\\,:{}[]- .eEu\u0000é'),
    });
    fc.assert(
      fc.property(change, ({ which, at, by }) => {
        const text = texts[which]!;
        const position = Math.floor(at * text.length);
        const changed = text.slice(0, position) + by + text.slice(position + 1);
        let saved: string;
        try {
          saved = JSON.stringify(load(changed));
        } catch (error) {
          expect((error as Error).message).toMatch(/^load: \S.* must \S.*, got .*\. [A-Z].*\.$/s);
          return;
        }
        expect(saved).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  test("the checksum covers all bits of a character", () => {
    const svm = texts[1]!;
    expect(svm).toContain("é");
    expect(() => load(svm.replace("é", "i"))).toThrow(/^load: the model must be as it was saved/); // é is 0xe9, i is 0x69
  });

  const wrong: [model: number, member: string, value: unknown, rule: string][] = [
    [0, "features", 3, "scaling.shift must be 3 numbers, got 2"],
    [0, "features", 1e15, "scaling.shift must be 1000000000000000 numbers, got 2"],
    [0, "features", -1, "features must be a whole number of at least 1, got -1"],
    [0, "names", ["a"], "names must be a list with one name per feature (2), got an array of 1"],
    [0, "names", ["a", "a"], 'entries of names must be distinct, got "a"'],
    [
      0,
      "scaling",
      { shift: encodeNumbers([0, 0]), scale: encodeNumbers([1, 0]) },
      "scaling.scale must be numbers above 0, got 0",
    ],
    [
      0,
      "scaling",
      { shift: encodeNumbers([0]), scale: encodeNumbers([1, 1]) },
      "scaling.shift must be 2 numbers, got 1",
    ],
    [0, "params", encodeNumbers([1, Number.NaN, 1]), "params[1] must be a finite number, got NaN"],
    [0, "params", "AAAA", 'params must be numbers of 8 bytes in base64, got "AAAA"'],
    [0, "params", 7, "params must be text, got 7"],
    [0, "classes", ["a", "b"], "classes must be null, got an array of 2"],
    [0, "history", {}, "history.updates must be text, got undefined"],
    [0, "updates", 0, "history.updates must be whole numbers that rise to at most 0, got 1"],
    [
      0,
      "stopped",
      "bored",
      'stopped must be one of converged, stalled, validation, epochs, diverged, separable, interrupted, imported, got "bored"',
    ],
    [0, "options", {}, "options.l2 must be a finite number of at least 0, got undefined"],
    [1, "classes", ["b", "é", "b"], 'entries of classes must be distinct, got "b"'],
    [1, "classes", [null, "é", "b"], "classes[0] must be text, a finite number, true or false, got null"],
    [1, "classes", ["b"], "classes must be a list of at least 2, got an array of 1"],
    [
      0,
      "settings",
      { loss: "squared" },
      'settings.loss must be one of huber, absolute, quantile, poisson, got "squared"',
    ],
    [0, "settings", { loss: "huber", delta: 0 }, "settings.delta must be a finite number above 0, got 0"],
    [0, "settings", { loss: "absolute" }, "settings.width must be a finite number, got undefined"],
    [0, "settings", { loss: "quantile", quantile: 1, width: 1 }, "settings.quantile must be a number below 1, got 1"],
    [
      0,
      "settings",
      { loss: "quantile", quantile: 0, width: 1 },
      "settings.quantile must be a finite number above 0, got 0",
    ],
    [1, "settings", { loss: "constructor" }, 'settings.loss must be one of hinge, squaredHinge, got "constructor"'],
    [
      2,
      "settings",
      { task: "classification", hidden: [2.5], activation: "relu" },
      "settings.hidden[0] must be a whole number of at least 1, got 2.5",
    ],
    [
      2,
      "targetScaling",
      { shift: encodeNumbers([0]), scale: encodeNumbers([1]) },
      "targetScaling must be null, got an object",
    ],
    [3, "params", encodeNumbers([1]), "params must be 8 numbers, got 1"],
    [3, "users", ["a", "a"], 'entries of users must be distinct, got "a"'],
    [3, "seen", [], "seen must be an object, got an array of 0"],
    [
      3,
      "seen",
      { starts: encodeIntegers([0, 1, 2]), entries: encodeIntegers([0, 2]) },
      "seen.entries[1] must be a position below 2, the number of items, got 2",
    ],
    [
      3,
      "seen",
      { starts: encodeIntegers([0, 1]), entries: encodeIntegers([0]) },
      "seen.starts must be 3 numbers, got 2",
    ],
    [
      3,
      "seen",
      { starts: encodeIntegers([0, 1, 1]), entries: "AAA" },
      'seen.entries must be numbers of 4 bytes in base64, got "AAA"',
    ],
    [
      3,
      "settings",
      { rank: 1e9, biases: true, mean: 3, deviation: 1, penalty: "perRating", scale: null },
      "params must be 4000000004 numbers, got 8",
    ],
    [
      3,
      "settings",
      { rank: 1, biases: true, mean: 3, deviation: 1, penalty: "perRating", scale: [5, 1] },
      "settings.scale must be two numbers, the lower one first, got an array of 2",
    ],
    [
      3,
      "settings",
      { rank: 1, biases: true, mean: 3, deviation: 0, penalty: "perRating", scale: null },
      "settings.deviation must be a finite number of at least 5e-324, got 0",
    ],
  ];
  test.each(wrong)("model %i: %s must not be %j", (model, member, value, rule) => {
    const body = { ...unframe(texts[model]), [member]: value };
    expect(() => load(JSON.stringify(frame(body)))).toThrow(`load: ${rule}. `);
  });
});

describe("savedWith", () => {
  const members = { made: "today", columns: [{ name: "__proto__" }], constructor: 1 };

  test("keeps members beside the model; the checksum covers them, and load ignores them", () => {
    for (const [name, model] of Object.entries(models)) {
      const text = JSON.stringify(savedWith(model, members));
      expect(JSON.parse(text), name).toMatchObject({
        format: "downhill model",
        version: 2,
        made: "today",
        constructor: 1,
      });
      expect(JSON.stringify(load(text))).toBe(JSON.stringify(model));
      expect(JSON.stringify(load(JSON.parse(text)))).toBe(JSON.stringify(model));
      expect(() => load(text.replace("today", "never"))).toThrow(/^load: the model must be as it was saved/);
    }
    expect(JSON.stringify(savedWith(models.linear, {}))).toBe(linear);
  });

  test("throws for a member with a name that the file itself uses", () => {
    for (const name of ["format", "version", "checksum", "body"]) {
      expect(() => savedWith(models.linear, { [name]: 1 })).toThrow(
        `savedWith: members must not have the names format, version, checksum, body, got "${name}". Use another name.`,
      );
    }
  });
});
