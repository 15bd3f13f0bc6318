// Runs the whole bench with small sizes: every program is either measured or absent with a reason.
import { equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { performancePage, type Report } from "../src/report/performancePage.ts";
import { workloads } from "../src/workloads.ts";

const main = fileURLToPath(new URL("../src/main.js", import.meta.url));

const runBench = async (env: object, ...args: string[]): Promise<Report> => {
  const options = { env: { ...process.env, ...env }, maxBuffer: 1e8 };
  const { stdout } = await promisify(execFile)(process.execPath, [main, "--quick", "--json", ...args], options);
  return JSON.parse(stdout) as Report;
};

test("every workload is measured", { timeout: 600_000 }, async () => {
  const report = await runBench({});
  ok(report.speeds.bytesPerSecond > 1e8);
  ok(report.startup!.gzipBytes > 1000);
  ok(report.lab === null || (report.lab!.frames.bytes > 1000 && report.lab!.firstCharts > 0));
  for (const { exponent } of report.scaling!.growth) ok(Number.isFinite(exponent));
  ok(report.scaling!.memory.extraBytes > 0);
  for (const { isSame } of report.ranks ?? []) ok(isSame); // null without mpirun
  for (const workload of workloads) {
    const cases = report.cases.filter((result) => result.workload === workload.id);
    ok(cases.length > 0, workload.id);
    for (const { programs, absent } of cases) {
      equal(programs[0]?.product, "Downhill", workload.id);
      for (const { seconds, loss } of programs) ok(Number.isFinite(seconds.median) && Number.isFinite(loss));
      for (const { reason } of absent) ok(reason.length > 0);
    }
  }
  const page = performancePage(report, []);
  for (const { id } of workloads) ok(page.includes(`## ${id}: `), id);
});

test("without Python, the programs in Python are listed as absent, with the reason", { timeout: 60_000 }, async () => {
  const { cases } = await runBench({ DOWNHILL_BENCH_PYTHON: "no-such-python" }, "--only", "W4");
  for (const { programs, absent, targets } of cases) {
    equal(programs.length, 1);
    ok(absent[0]!.reason.includes("no-such-python does not start"));
    ok(targets.every(({ peer }) => peer === undefined));
  }
});
