// The elementary functions of assembly/ have the same bits as those of core/elementary.ts, in both lanes and in the last number
// of an odd count.

import { expect, it } from "vitest";
import { fromByteText } from "../src/core/byteText.ts";
import * as core from "../src/core/elementary.ts";
import { random } from "../src/core/random.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Instance, Memory, Module } from "../src/kernels/webassembly.ts";
import { bytes } from "./elementaryModule.generated.ts";
import { expectSameBits, kernelTrials } from "./kernelTrial.ts";

type InPlace = (x: number, n: number) => void;

const memory = new Memory({ initial: 16 });
const { exports } = new Instance(new Module(fromByteText(bytes)), { env: { memory } });
const { expEach, expm1Each, logEach, log1pEach } = exports as Record<
  "expEach" | "expm1Each" | "logEach" | "log1pEach",
  InPlace
>;
const { tanh, sigmoid } = wasmKernels(memory, "float64");

/** [the compiled function, its definition, the range that matters most] */
const functions = {
  exp: [expEach, core.exp, -750, 715],
  expm1: [expm1Each, core.expm1, -50, 709],
  log: [logEach, core.log, 0, 10],
  log1p: [log1pEach, core.log1p, 0, 1],
  tanh: [tanh, core.tanh, -25, 25],
  sigmoid: [sigmoid, core.sigmoid, -750, 750],
} as const;

const { wild } = kernelTrials("float64");
const COUNT = 40_000;

it.each(Object.entries(functions))("%s", (name, [sweep, definition, low, high]) => {
  const stream = random(1);
  const numbers = new Float64Array(3 * COUNT + 1);
  numbers.set(wild(COUNT, stream));
  for (let i = COUNT; i < 2 * COUNT; i++) numbers[i] = low + (high - low) * stream.uniform();
  for (let i = 2 * COUNT; i < numbers.length; i++)
    numbers[i] = stream.normal() * 2 ** Math.floor(-60 * stream.uniform());
  if (name === "expm1") numbers.set(numbers.map((x) => Math.min(Math.max(x, -709), 709)));
  if (name === "log1p") numbers.set(numbers.map((x) => Math.abs(x) % 1));
  const expected = numbers.map(definition);
  for (const from of [0, 1, 2]) {
    const view = new Float64Array(memory.buffer, 64, numbers.length - from);
    view.set(numbers.subarray(from));
    sweep(view.byteOffset, view.length);
    expectSameBits(view, expected.subarray(from), name);
  }
  expect(new Set(expected).size).toBeGreaterThan(1.5 * COUNT); // the comparison saw many different values
});
