// Tables that nobody should have written: each is trained on, or refused in a sentence that a person can act on.
import { existsSync, readFileSync } from "node:fs";
import { load } from "downhill";
import { afterAll, expect, test } from "vitest";
import { downhill, Scratch } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { chance, csvBytes, hostileTable, terminalControl } from "./hostile.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

async function attack(seed: number): Promise<string> {
  const chosen = chance(seed);
  const table = hostileTable(chosen);
  const data = scratch.file(`t${seed}.csv`, csvBytes(table, chosen));
  const target = chosen.one(table.columns);
  const model = scratch.at(`m${seed}.json`);
  const argv = ["train", data, "--target", target, "--epochs", "5", "--save", model];
  const ran = await downhill(argv);
  const context = `seed ${seed}: ${JSON.stringify(argv)}\n${ran.stderr}`;
  expect([0, 2, 3, 4], context).toContain(ran.code);
  expect(ran.stdout + ran.stderr, context).not.toMatch(terminalControl);
  expect(existsSync(model), context).toBe(ran.code === 0);
  if (ran.code !== 0) {
    expect(ran.stderr, context).toMatch(/✖ \S+.*\.\n$/);
    return "refused";
  }
  load(readFileSync(model, "utf8"));
  const predicted = await downhill(["predict", model, data]);
  expect(predicted.code, `predict ${context}\n${predicted.stderr}`).toBe(0);
  return "trained";
}

test("hostile tables", { timeout: limit }, async () => {
  const ends: Record<string, number> = {};
  for (let seed = firstSeed; seed < firstSeed + counts.files; seed++) {
    const end = await attack(seed);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  console.log(`hostile tables: ${JSON.stringify(ends)}`);
  expect(scratch.names().filter((name) => !/^[tm]\d+\.(csv|json)$/.test(name))).toEqual([]);
  expect(Object.keys(ends).sort()).toEqual(["refused", "trained"]);
});
