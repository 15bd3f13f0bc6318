// scripts/sample-sentences.mjs finds the sentences of pages and of code.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const sample = (...args: string[]) =>
  spawnSync(process.execPath, ["scripts/sample-sentences.mjs", ...args], { cwd: root, encoding: "utf8" });

describe("sample-sentences", () => {
  test("the same seed draws the same sentences, another seed draws others", () => {
    const [first, again, other] = ["1", "1", "2"].map((seed) => sample("--seed", seed, "--under", "docs").stdout);
    expect(first).toBe(again);
    expect(first).not.toBe(other);
    expect(first!.match(/^\S+:\d+ \(page\)$/gm)).toHaveLength(25);
  });

  test("a sentence is found with its line in a comment, a title and a message", () => {
    const found = sample("--count", "99", "--under", "test/sentences.test.ts").stdout;
    expect(found).toContain("test/sentences.test.ts:1 (comment)\n  scripts/sample-sentences.mjs finds the sentences");
    expect(found).toContain("test/sentences.test.ts:12 (title)\n  the same seed draws the same sentences, another");
    const printed = sample("--count", "99", "--under", "scripts/sample-sentences.mjs").stdout;
    expect(printed).toMatch(
      /^scripts.sample-sentences.mjs:\d+ \(message\)\n {2}--… must be a whole number, but it is …\.$/m,
    );
  });

  test("a word for a number is an error", () => {
    const { status, stderr } = sample("--count", "many");
    expect([status, stderr]).toEqual([2, "sample-sentences: --count must be a whole number, but it is many.\n"]);
  });
});
