// Damaged model files: each is an error, or predicts as before.
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { dataset, downhill, Scratch } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { chance, damaged, terminalControl } from "./hostile.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

test("damaged model files", { timeout: limit }, async () => {
  const model = scratch.at("model.json");
  const trained = await downhill(["train", dataset("iris"), "--target", "species", "--epochs", "3", "--save", model]);
  expect(trained.code, trained.stderr).toBe(0);
  const original = readFileSync(model);
  const expected = await downhill(["predict", model, dataset("iris")]);
  let equal = 0;
  for (let seed = firstSeed; seed < firstSeed + counts.models; seed++) {
    const path = scratch.file("damaged.json", damaged(original, chance(seed)));
    const ran = await downhill(["predict", path, dataset("iris")]);
    const context = `seed ${seed}: ${ran.stderr}`;
    expect([0, 3], context).toContain(ran.code);
    expect(ran.stderr, context).not.toMatch(terminalControl);
    if (ran.code === 3) continue;
    expect(ran.stdout, context).toBe(expected.stdout);
    equal += 1;
  }
  console.log(`damaged models: ${counts.models - equal} failed, ${equal} predict as before`);
});
