import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../test/anyText.ts";
import { pack, unpack } from "./packed.ts";

const MARK = "sixteen letters!";
const packed = (data: unknown): Uint8Array => pack("save", MARK, data);
const unpacked = (bytes: Uint8Array): unknown => unpack("load", MARK, bytes);

const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, Infinity, -Infinity, 5e-324, 2 ** 53));
const leaf = fc.oneof(
  number,
  anyText(),
  fc.boolean(),
  fc.constant(null),
  fc.float64Array(),
  fc.float32Array(),
  fc.uint32Array(),
  fc.array(number),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== "$"),
      tie("tree"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

test.each([
  ["an array of bytes", (length: number) => new Uint8Array(length)],
  ["a Buffer of Node, whose slices are no copies", (length: number) => Buffer.alloc(length)],
])("any plain data come back with all bits, also from the middle of %s", (_, make) => {
  fc.assert(
    fc.property(tree, fc.nat(9), (data, offset) => {
      const bytes = packed({ data });
      const padded = make(bytes.length + offset + 3);
      padded.set(bytes, offset);
      expect(unpacked(padded.subarray(offset, offset + bytes.length))).toStrictEqual({ data });
    }),
    { numRuns: 300 },
  );
});

test("equal data give equal bytes", () => {
  const data = () => ({ text: "ü\u2028😀", list: [1, -0, Number.NaN], deep: [{ at: Float32Array.of(0.1) }, null] });
  expect(packed(data())).toEqual(packed(data()));
});

describe("throws", () => {
  const bytes = packed({ name: "é", values: Float64Array.of(1, 2, 3), list: [0.1, 0.2], nothing: Number.NaN });

  test("for every byte that was changed", () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 128]) {
        const changed = bytes.slice();
        changed[at]! ^= bit;
        expect(() => unpacked(changed), `byte ${at}`).toThrow(/^load: the bytes must /);
      }
    }
  });

  test("for every truncated copy, and for more bytes", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unpacked(bytes.subarray(0, length)), `${length} bytes`).toThrow(/^load: the bytes must /);
    }
    expect(() => unpacked(Uint8Array.of(...bytes, 0))).toThrow(
      `load: the bytes must be ${bytes.length}, got ${bytes.length + 1}. Copy the whole file again, or use an earlier one.`,
    );
  });

  test("for bytes of another kind", () => {
    expect(() => unpacked(new TextEncoder().encode('{"format":"downhill model"}'))).toThrow(
      'load: the bytes must begin with "sixteen letters!", got "{\\"format\\":\\"downh". Pass bytes that this version saved.',
    );
  });

  test.each([
    ["a function", { run() {} }, "a function"],
    ["a map", { run: new Map() }, "an object"],
    ["a bigint", { run: 1n }, "1"],
    ["another typed array", { run: new Uint8Array(2) }, "a Uint8Array"],
    ["a reserved name", { run: { $: 1 } }, 'an object with the name "$"'],
  ])("for %s", (_, data, got) => {
    expect(() => packed(data)).toThrow(
      `save: the data must be plain objects, arrays, texts, numbers and typed arrays of numbers, got ${got} in "run". Leave it out, or change its form.`,
    );
  });
});
