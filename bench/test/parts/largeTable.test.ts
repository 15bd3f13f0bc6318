// The script of `npm run large` on a small table, and its published figures.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../src/data/temporaryFolder.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { LargeRun } from "../../src/report/largeRows.ts";
import { largeTable } from "../../src/report/performancePage.ts";
import { readLargeRuns } from "../../src/report/publish.ts";

const script = inRepository("bench/programs/large/large.mjs");

function large(...options: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [script, ...options], {
    encoding: "utf8",
    env: { ...process.env, DOWNHILL_BENCH_PYTHON: "no-such-python" },
  });
}

test("the script trains on a table, adds a run, removes its files, and needs free space", () => {
  const folder = temporaryFolder();
  const out = join(folder.path, "runs.json");
  const [, published] = readLargeRuns();
  writeFileSync(out, JSON.stringify([published]));
  expect(large("--gigabytes", "0.002", "--folder", folder.path, "--out", out).status).toBe(0);
  const runs = JSON.parse(readFileSync(out, "utf8")) as LargeRun[];
  expect(runs.map(({ table }) => table.rows)).toEqual([published!.table.rows, 10_696]);
  const { downhill, scikitLearn } = runs[1]!;
  expect(downhill.heldOutLogLoss).toBeGreaterThan(0.2);
  expect(downhill.heldOutLogLoss).toBeLessThan(0.4); // by chance it would be 0.69
  expect(downhill.peakMB ?? 100).toBeGreaterThan(50);
  expect(scikitLearn).toBeNull();
  const failed = large("--gigabytes", "1000000", "--folder", folder.path, "--out", out);
  expect([failed.status, failed.stderr]).toEqual([1, expect.stringContaining("GB of free space")]);
  expect(spawnSync("ls", [folder.path], { encoding: "utf8" }).stdout).toBe("runs.json\n");
  folder.remove();
});

test("the guide has the published figures", () => {
  expect(readFileSync(inRepository("docs/guides/large-data.md"), "utf8")).toContain(largeTable(readLargeRuns()));
});
