import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearRegression } from "./linearRegression.ts";
import { linearSvm } from "./linearSvm.ts";
import { load } from "./load.ts";
import { matrixFactorization } from "./matrixFactorization.ts";
import { networkClassifier } from "./neuralNetwork.ts";
import { decodeNumbers, encodeNumbers, frame, unframe } from "./savedFile.ts";

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

describe("numbers as base64", () => {
  test("keep every bit: −0, subnormals, the largest, the smallest", () => {
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

describe("load", () => {
  test("brings back every kind, from text and from parsed JSON", () => {
    for (const text of texts) {
      expect(JSON.stringify(load(text))).toBe(text);
      expect(JSON.stringify(load(JSON.parse(text)))).toBe(text);
      expect(JSON.stringify(load(JSON.stringify(JSON.parse(text), null, 2)))).toBe(text);
    }
    expect(Object.values(models).map((model) => model.kind)).toEqual(Object.keys(models));
  });

  test("refuses what is no model", () => {
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
        /^load: model must be (a file of format "downhill model"|whole JSON text), got /,
      );
    }
    expect(() => load("")).toThrow(/^load: model must be whole JSON text, got /);
    expect(() => load("a,b\n1,2\n")).toThrow(/^load: model must be whole JSON text, got /);
  });

  test("refuses other versions by number", () => {
    const file = JSON.parse(linear);
    for (const version of [2, 0, "1", undefined]) {
      expect(() => load({ ...file, version })).toThrow(/^load: model must be of version 1, got .*\. Update downhill/);
    }
  });

  test("refuses an unknown kind by name, whatever its body", () => {
    for (const body of [
      { kind: "forest" },
      { ...unframe(linear), kind: "tree" },
      { ...unframe(linear), kind: "toString" },
    ]) {
      expect(() => load(frame(body))).toThrow(/^load: kind must be one that this version knows, got "\w+"\. Update /);
    }
  });

  test("refuses a body that is missing, or whose checksum is another", () => {
    const file = JSON.parse(linear);
    for (const body of [null, undefined, 5, "x", {}, { ...file.body, options: { ...file.body.options, l2: 1 } }]) {
      expect(() => load({ ...file, body })).toThrow(/^load: model must be as it was saved, got /);
    }
    expect(() => load({ ...file, checksum: undefined })).toThrow(/^load: model must be as it was saved, got /);
  });

  test("refuses a text cut off anywhere", () => {
    for (const text of texts) {
      for (let length = 0; length < text.length; length++) {
        expect(() => load(text.slice(0, length)), `length ${length}`).toThrow(/^load: model must be whole JSON text/);
      }
    }
  });

  test("one character changed anywhere is an error, or changes nothing", () => {
    const change = fc.record({
      which: fc.nat({ max: texts.length - 1 }),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      by: fc.constantFrom(...'0129azAZ+/="\\,:{}[]- .eEu\u0000é'),
    });
    fc.assert(
      fc.property(change, ({ which, at, by }) => {
        const text = texts[which]!;
        const place = Math.floor(at * text.length);
        const changed = text.slice(0, place) + by + text.slice(place + 1);
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

  test("the checksum is of whole characters, not of their low bits", () => {
    const svm = texts[1]!;
    expect(svm).toContain("é");
    expect(() => load(svm.replace("é", "i"))).toThrow(/^load: model must be as it was saved/); // é is 0xe9, i is 0x69
  });

  test("a factorization with parameters missing", () => {
    const body = { ...unframe(texts[3]), params: encodeNumbers([1]) };
    expect(() => load(frame(body))).toThrow(/^load: params must be 8 numbers, got 1\. Save the model again\.$/);
  });
});
