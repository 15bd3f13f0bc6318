import { expect, test } from "vitest";
import { inOptions } from "./libraryNames.ts";

test.each([
  [
    'fit: batchSize must be at least 2 for 100 users and items with penalty "uniform", got 1. Pass batchSize: "full".',
    "fit: --batch-size must be at least 2 for 100 users and items with --penalty uniform, got 1. Use --batch-size full.",
  ],
  [
    'fit: the mean target must be above 0 with loss: "poisson", got 0.',
    "fit: the mean target must be above 0 with --loss poisson, got 0.",
  ],
  ["train: start must have one number per parameter (2)", "train: --start must have one number per parameter (2)"],
  ["Leave out standardize: false, or multiply it.", "Leave out --no-standardize, or multiply it."],
  [
    "got automatic. Use plain(0.05), for example.",
    "got automatic. Use --optimizer plain --learning-rate 0.05, for example.",
  ],
  ["got 0. Pass batchSize: 1, for example.", "got 0. Use --batch-size 1, for example."],
  ['got 99999. Use "full" for all.', "got 99999. Use --batch-size full for all."],
  ['the numbers in column "batchSize" must be equal', 'the numbers in column "batchSize" must be equal'],
  ['the label "x" of the target "penalty uniform"', 'the label "x" of the target "penalty uniform"'],
])("%s", (message, expected) => expect(inOptions(message)).toBe(expected));
