import { describe, expect, test } from "vitest";
import * as check from "./check.ts";

const nowhere = undefined as unknown as number;

/** The error that a call throws. */
function thrownBy(call: () => void): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("every message names the function and the argument, the rule, the value and the remedy", () => {
  const cases: [string, () => void, typeof RangeError | typeof TypeError][] = [
    ["a size of 0", () => check.requireSize("fit", "rows", 0), RangeError],
    ["a fractional size", () => check.requireSize("fit", "rows", 1.5), RangeError],
    ["no size", () => check.requireSize("fit", "rows", nowhere), RangeError],
    ["no number", () => check.requireNumber("fit", "slope", Number.NaN), RangeError],
    ["zero where positive", () => check.requirePositive("fit", "rate", 0), RangeError],
    ["infinity where positive", () => check.requirePositive("fit", "rate", Infinity), RangeError],
    ["a negative number", () => check.requireNonNegative("fit", "l2", -1e-300), RangeError],
    ["the upper bound", () => check.requireWithin("fit", "beta", 1, 0, 1), RangeError],
    ["NaN in a range", () => check.requireWithin("fit", "beta", Number.NaN, 0, 1), RangeError],
    ["no choice", () => check.requireOneOf("fit", "order", "up", ["shuffled", "sequential"]), TypeError],
    ["too large for float32", () => check.requireFloat32("fit", "targets", Float64Array.of(1, 1e39)), RangeError],
    ["NaN in data", () => check.requireFinite("fit", "X", Float64Array.of(1, Number.NaN)), RangeError],
  ];

  test.each(cases)("%s", (_, call, kind) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(kind);
    expect([error.name, error]).toEqual([kind.name, expect.objectContaining({ code: "DOWNHILL_INPUT" })]);
    expect(error.message).toMatch(/^fit: \S.* must \S.*, got \S.*\. [A-Z].*\.$/);
  });
});

test("three complete messages", () => {
  expect(thrownBy(() => check.requireSize("fit", "rows", 2, 3)).message).toBe(
    "fit: rows must be a whole number of at least 3, got 2. Pass a whole number, such as 3.",
  );
  expect(thrownBy(() => check.requireKnown("fit", { sede: 1 }, ["seed", "l2"])).message).toBe(
    'fit: option "sede" is unknown. Use only seed, l2.',
  );
  expect(thrownBy(() => check.requireFinite("fit", "X", Float64Array.of(1, 2, 3, -Infinity, 5, 6), 3)).message).toBe(
    "fit: X must hold finite numbers, got -Infinity in row 1, column 0. Remove the row or supply the value.",
  );
});

describe("an unknown option", () => {
  const known = ["batchSize", "optimizer", "stop", "epochs", "l2", "seed"];
  test.each([
    ["batchsize", "Use batchSize."],
    ["learningRate", "Use optimizer: plain(0.1)."],
    ["maxIterations", "Use epochs."],
    ["constructor", "Use only batchSize, optimizer, stop, epochs, l2, seed."],
  ])("%s: the message names the option to use", (name, advice) => {
    const error = thrownBy(() => check.requireKnown("linearRegression", { [name]: 1 }, known));
    expect(error.message).toBe(`linearRegression: option "${name}" is unknown. ${advice}`);
    expect(error).toMatchObject({ name: "TypeError", code: "DOWNHILL_INPUT" });
  });

  test("the advice for another program's option is left out where it would not work", () => {
    expect(() => check.requireKnown("adam", { learningRate: 1 }, ["beta1"])).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: adam: option "learningRate" is unknown. Use only beta1.]`,
    );
  });
});

test.each(["converged", 0.5, null])("%j in place of options", (options) => {
  const error = thrownBy(() => check.requireKnown("train", options as unknown as object, ["remaining", "change"]));
  expect(error.message).toBe(
    `train: options must be an object, got ${JSON.stringify(options)}. Pass { remaining: … }, for example.`,
  );
  expect(error).toMatchObject({ name: "TypeError", code: "DOWNHILL_INPUT" });
});

test("an array in place of options is not a list of unknown options", () => {
  expect(() => check.requireKnown("crossValidate", [1, 2], ["folds"])).toThrow(
    "crossValidate: options must be an object, got an array of 2. Pass { folds: … }, for example.",
  );
});

test.each([0, 1, Number.NaN, "0.5"])("%j is no fraction", (value) => {
  expect(() => check.requireFraction("f", "share", value)).toThrow(
    `f: share must be above 0 and below 1, got ${check.show(value)}. Pass a number such as 0.1.`,
  );
  check.requireFraction("f", "share", 0.1);
});

test("allowed values pass", () => {
  check.requireSize("fit", "rows", 1);
  check.requireSize("fit", "rows", 0, 0);
  check.requireNumber("fit", "slope", -1e308);
  check.requirePositive("fit", "rate", Number.MIN_VALUE);
  check.requireNonNegative("fit", "l2", 0);
  check.requireWithin("fit", "beta", 0, 0, 1);
  check.requireOneOf("fit", "order", "shuffled", ["shuffled"]);
  check.requireKnown("fit", {}, []);
  check.requireFinite("fit", "X", Float64Array.of(0, -1e308));
  check.requireFloat32("fit", "targets", Float64Array.of(0, 1e-300, 3.4e38));
});

test("show is short and puts text in quotes", () => {
  expect(check.show("1")).toBe('"1"');
  expect(check.show(1)).toBe("1");
  expect(check.show("x".repeat(100))).toHaveLength(60);
  expect(check.show([1, 2])).toBe("an array of 2");
  expect(check.show(new Uint32Array(3))).toBe("a Uint32Array");
  expect(check.show({})).toBe("an object");
  expect(check.show(Promise.resolve())).toBe("a promise");
  expect(check.show(null)).toBe("null");
  expect(check.show(undefined)).toBe("undefined");
  expect(check.show(() => 1)).toBe("a function");
});
