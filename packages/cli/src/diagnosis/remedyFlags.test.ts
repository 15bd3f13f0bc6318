import { expect, test } from "vitest";
import { remedyTexts } from "./remedyFlags.ts";

test("the remedy of a run that is stuck at its start names the option --start", () => {
  const remedy = { text: "Start at random parameters.", options: { start: "random" } } as const;
  expect(remedyTexts([remedy], { start: "zeros", save: false })).toEqual([
    "Start at random parameters (--start random).",
  ]);
});
