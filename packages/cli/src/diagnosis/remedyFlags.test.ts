import { expect, test } from "vitest";
import { remedyTexts } from "./remedyFlags.ts";

const cosine = { schedule: "cosine", rate: 0.1, updates: 300, last: 0.001 };

test("the remedy of noise names the option --schedule, also in place of another schedule", () => {
  const remedy = { text: "Let it fall.", options: { optimizer: { optimizer: "plain", rate: cosine } } };
  const flags = "--optimizer plain --learning-rate 0.1 --schedule cosine:updates=300,last=0.001";
  const schedule = { schedule: "inverseTime", decay: 1 } as const;
  expect(remedyTexts([remedy], { learningRate: 0.1, schedule, save: false })).toEqual([`Let it fall (${flags}).`]);
});

test("another optimizer leaves out the options of the optimizer before", () => {
  const remedy = { text: "Use automatic.", options: { optimizer: { optimizer: "automatic" } } };
  const set = { optimizer: "momentum", learningRate: 0.1, decay: 0.5, warmUp: 3, save: false } as const;
  expect(remedyTexts([remedy], set)).toEqual([
    "Use automatic (--optimizer automatic, without --learning-rate and --warm-up and --decay).",
  ]);
});

test("a full batch has no rows that are drawn with replacement", () => {
  const options = { optimizer: { optimizer: "automatic" }, batchSize: "full" } as const;
  const set = { optimizer: "plain", learningRate: 0.1, batchSize: 8, save: false } as const;
  expect(remedyTexts([{ text: "Use automatic.", options }], { ...set, order: "replacement" })).toEqual([
    "Use automatic (--optimizer automatic --batch-size full, without --learning-rate and --order).",
  ]);
  expect(remedyTexts([{ text: "Use automatic.", options }], { ...set, order: "sequential" })).toEqual([
    "Use automatic (--optimizer automatic --batch-size full, without --learning-rate).",
  ]);
});

test("the remedy of a run that is stuck at its start names the option --start", () => {
  const remedy = { text: "Start at random parameters.", options: { start: "random" } } as const;
  expect(remedyTexts([remedy], { start: "zeros", save: false })).toEqual([
    "Start at random parameters (--start random).",
  ]);
});
