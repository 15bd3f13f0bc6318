import { expect, test } from "vitest";
import { frozenCopy } from "./frozenCopy.ts";

test("arrays and objects are copied and frozen at every depth; numbers, strings and functions stay the same", () => {
  const rate = () => 1;
  const original = { list: [1, [2]], nested: { names: ["a"], ["__proto__"]: 3 }, none: null, absent: undefined, rate };
  const copy = frozenCopy(original);
  expect(copy).toEqual(original);
  expect(copy.rate).toBe(rate);
  (original.list[1] as number[])[0] = 9;
  original.nested.names[0] = "z";
  expect([copy.list, copy.nested.names]).toEqual([[1, [2]], ["a"]]);
  for (const part of [copy, copy.list, copy.list[1], copy.nested, copy.nested.names]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
  expect(() => {
    copy.nested.names[0] = "z";
  }).toThrow(TypeError);
});

test("typed arrays are copied, or kept", () => {
  const original = { start: Float64Array.of(1, 2), single: Float32Array.of(3) };
  const [copied, kept] = [frozenCopy(original), frozenCopy(original, "kept")];
  original.start.fill(0);
  expect([...copied.start, ...copied.single]).toEqual([1, 2, 3]);
  expect(copied.single).toBeInstanceOf(Float32Array);
  expect(kept.start).toBe(original.start);
});
