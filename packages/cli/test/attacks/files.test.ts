// Hostile tables: each can be trained on, or ends with an error message that helps.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { csvRecords, load } from "downhill";
import { afterAll, expect, test } from "vitest";
import { openTable } from "../openTable.ts";
import { downhill, Scratch, standardInput } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { chance, csvBytes, hostileTable, terminalControl } from "./hostile.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

async function attack(seed: number): Promise<string> {
  const chosen = chance(seed);
  const table = hostileTable(chosen);
  const bytes = csvBytes(table, chosen);
  const target = chosen.one(table.columns);
  const model = scratch.at(`m${seed}.json`);
  const form = chosen.one(["plain", "compressed", "standard input"]);
  const data =
    form === "standard input"
      ? "-"
      : scratch.file(`t${seed}.csv${form === "plain" ? "" : ".gz"}`, form === "plain" ? bytes : gzipSync(bytes));
  const world = () => ({ stdin: standardInput(bytes, 1000) });
  const argv = ["train", data, "--target", target, "--epochs", "5", "--save", model];
  const ran = await downhill(argv, world());
  const context = `seed ${seed}: ${JSON.stringify(argv)}\n${ran.stderr}`;
  expect([0, 2, 3, 4], context).toContain(ran.code);
  expect(ran.stdout + ran.stderr, context).not.toMatch(terminalControl);
  expect(existsSync(model), context).toBe(ran.code === 0);
  if (ran.code !== 0) {
    expect(ran.stderr, context).toMatch(/✖ \S+.*\.\n$/s);
    return "failed";
  }
  load(readFileSync(model, "utf8"));
  const plain = scratch.file(`t${seed}.csv`, bytes);
  const open = await openTable("predict", plain);
  const names = open.columns.filter((name) => name !== "");
  const keep = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
  const predicted = await downhill(["predict", model, data, "--keep", keep], world());
  expect(predicted.code, `predict ${context}\n${predicted.stderr}`).toBe(0);
  const rows = await open.rows(names.map((name) => ({ name, asText: true })));
  const written = [...csvRecords(predicted.stdout, { delimiter: "," })].map(({ cells }) =>
    cells.slice(0, names.length),
  );
  const texts = rows.map((cells) => cells.map((cell) => cell ?? ""));
  expect(written.length, context).toBe(rows.length + 1);
  expect(written, context).toEqual([names, ...texts]);
  return "trained";
}

test("hostile tables", { timeout: limit }, async () => {
  const ends: Record<string, number> = {};
  for (let seed = firstSeed; seed < firstSeed + counts.files; seed++) {
    const end = await attack(seed);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  console.log(`hostile tables: ${JSON.stringify(ends)}`);
  expect(scratch.names().filter((name) => !/^[tm]\d+\.(csv|csv\.gz|json)$/.test(name))).toEqual([]);
  expect(Object.keys(ends).sort()).toEqual(["failed", "trained"]);
});
