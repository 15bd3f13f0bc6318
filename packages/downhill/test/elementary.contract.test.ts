// The module's elementary functions have the bits of core/elementary.ts, in both lanes and in the odd last number.

import { expect, it } from "vitest";
import * as core from "../src/core/elementary.ts";
import { random } from "../src/core/random.ts";
import { bindModule } from "../src/kernels/wasm.ts";
import { newMemory } from "../src/kernels/webassembly.ts";
import { expectSameBits, kernelTrials } from "./kernelTrial.ts";

const memory = new newMemory({ initial: 16 });
const module = bindModule(memory, "float64");

/** [the sweep, its definition, the range that matters most] */
const functions = {
  exp: [module.expEach, core.exp, -750, 715],
  expm1: [module.expm1Each, core.expm1, -40, 60],
  log: [module.logEach, core.log, 0, 10],
  log1p: [module.log1pEach, core.log1p, 0, 2],
  tanh: [module.tanh, core.tanh, -25, 25],
  sigmoid: [module.sigmoid, core.sigmoid, -750, 750],
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
  if (name === "log1p") numbers.set(numbers.map(Math.abs));
  const expected = numbers.map(definition);
  for (const from of [0, 1, 2]) {
    const view = new Float64Array(memory.buffer, 64, numbers.length - from);
    view.set(numbers.subarray(from));
    sweep(view.byteOffset, view.length);
    expectSameBits(view, expected.subarray(from), name);
  }
  expect(new Set(expected).size).toBeGreaterThan(1.5 * COUNT); // the comparison saw many different values
});
