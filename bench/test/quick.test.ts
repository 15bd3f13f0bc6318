// The whole bench, small: every workload runs, and every peer is either measured or listed with its reason.
import { equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { markdown, type Report } from "../src/report/performancePage.ts";
import { workloads } from "../src/workloads.ts";

const main = fileURLToPath(new URL("../src/main.js", import.meta.url));

const bench = async (env: object, ...args: string[]): Promise<Report> => {
  const options = { env: { ...process.env, ...env }, maxBuffer: 1e8 };
  const { stdout } = await promisify(execFile)(process.execPath, [main, "--quick", "--json", ...args], options);
  return JSON.parse(stdout) as Report;
};

test("every workload is measured", { timeout: 600_000 }, async () => {
  const report = await bench({});
  ok(report.floors.bytesPerSecond > 1e8);
  ok(report.start!.gzipBytes > 1000);
  for (const { exponent } of report.scaling!.growth) ok(Number.isFinite(exponent));
  ok(report.scaling!.memory.beyondBytes > 0);
  for (const workload of workloads) {
    const cases = report.measured.filter((measured) => measured.workload === workload.id);
    ok(cases.length > 0, workload.id);
    for (const { figures, absent } of cases) {
      equal(figures[0]?.family, "Downhill", workload.id);
      for (const { seconds, loss } of figures) ok(Number.isFinite(seconds.median) && Number.isFinite(loss));
      for (const { reason } of absent) ok(reason.length > 0);
    }
  }
  const page = markdown(report);
  for (const { id } of workloads) ok(page.includes(`## ${id} `), id);
});

test("without Python its peers are listed as absent", { timeout: 60_000 }, async () => {
  const { measured } = await bench({ DOWNHILL_BENCH_PYTHON: "no-such-python" }, "--only", "W4");
  for (const { figures, absent, targets } of measured) {
    equal(figures.length, 1);
    ok(absent[0]!.reason.includes("no-such-python does not start"));
    ok(targets.every(({ peer }) => peer === undefined));
  }
});
