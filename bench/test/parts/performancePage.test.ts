import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "vitest";
import { inRepository } from "../../src/inRepository.ts";
import { isJavaScript } from "../../src/program.ts";
import { performancePage, type Report } from "../../src/report/performancePage.ts";
import { readLargeRuns, withNewCases } from "../../src/report/publish.ts";
import { summaryRows } from "../../src/report/summary.ts";
import { versionRows } from "../../src/report/versions.ts";
import { workloads } from "../../src/workloads.ts";
import { caseOf, speeds, withTime } from "./exampleResults.ts";

const machine = (date: string) => ({ cpu: "c", cores: 2, memoryBytes: 1e9, node: "20.20.2", date });

const report = (date: string, ids: readonly string[], seconds: number): Report => ({
  machine: machine(date),
  speeds,
  startup: null,
  scaling: null,
  cases: ids.map((workload) => caseOf([withTime("Downhill", seconds)], { workload, date })),
});

test("new measurements of some workloads replace the old ones, in the order of the page, each with its day", () => {
  const old = report("2026-11-22", ["W1", "W2", "W10"], 1);
  const joined = withNewCases(old, report("2026-11-26", ["W2"], 2));
  deepEqual(
    joined.cases.map(({ workload, date, programs }) => [workload, date, programs[0]!.seconds.median]),
    [
      ["W1", "2026-11-22", 1],
      ["W2", "2026-11-26", 2],
      ["W10", "2026-11-22", 1],
    ],
  );
  const sections = performancePage(joined, []).split("\n## ");
  const [first, second] = ["W1:", "W2:"].map((start) => sections.find((section) => section.startsWith(start))!);
  ok(first!.includes("Measured on 2026-11-22"));
  ok(!second!.includes("Measured on"));
});

test("docs/performance.md is the page of bench/results.json", () => {
  const results = JSON.parse(readFileSync(inRepository("bench/results.json"), "utf8")) as Report;
  equal(readFileSync(inRepository("docs/performance.md"), "utf8"), performancePage(results, readLargeRuns()));
});

test("the first table names the fastest JavaScript and native peers on one thread, with their ratios", () => {
  const programs = [
    withTime("Downhill", 2),
    withTime("NumPy", 1, { threads: 2 }),
    withTime("NumPy", 3),
    withTime("PyTorch", 4),
    withTime("jax-js", 5),
    withTime("ml-logistic-regression", 1, { shownOnly: true }),
  ];
  const [row] = summaryRows([caseOf(programs, { workload: "W2", title: "x", name: "" })]);
  deepEqual(row!.slice(2), ["2.00 s", "jax-js: 5.00 s, **2.50 ×**", "NumPy: 3.00 s, **1.50 ×**"]);
  const [alone] = summaryRows([caseOf([withTime("Downhill", 2)], { workload: "W2" })]);
  deepEqual(alone!.slice(2), ["2.00 s", "none", "none"]);
});

test("the table of versions has a row per product and version, with all libraries", () => {
  const [numpy, numpyOnTwo] = [
    withTime("NumPy", 1, { version: "2.4.6", libraries: ["A"] }),
    withTime("NumPy", 1, { version: "2.4.6", libraries: ["A", "B"], threads: 2 }),
  ];
  const { version: _, ...script } = withTime("pandas", 1);
  deepEqual(versionRows([caseOf([numpy, numpyOnTwo, script])]), [["NumPy", "2.4.6", "2026", "A, B"]]);
});

test("every workload with NumPy or with JavaScript peers has a target against them", () => {
  for (const { id, cases, sum } of workloads) {
    const all = [...cases("quick")];
    const against = [...all, sum ?? { targets: [] }]
      .flatMap(({ targets }) => targets)
      .flatMap(({ against }) => against);
    const products = all.flatMap(({ programs }) => programs).map(({ product }) => product);
    ok(!products.includes("NumPy") || against.includes("NumPy"), `${id}: no target against NumPy`);
    ok(!products.some(isJavaScript) || against.some(isJavaScript), `${id}: no target against JavaScript peers`);
  }
});

test("two processes are a section of the page, if they were measured; equal speed with other bits misses the target", () => {
  const base = report("2026-11-22", ["W1"], 1);
  ok(!performancePage(base, []).includes("## Two processes"));
  const ranks = [
    { name: "a", alone: 1, together: 0.6, isSame: true },
    { name: "b", alone: 1, together: 0.7, isSame: true },
    { name: "c", alone: 1, together: 0.5, isSame: false },
  ];
  const page = performancePage({ ...base, ranks }, []);
  ok(page.includes("| a | 1.00 s | 600 ms | 83 % | 80 % | met |"), page);
  ok(page.includes("| b | 1.00 s | 700 ms | 71 % | 80 % | missed |"));
  ok(page.includes("| c | 1.00 s | 500 ms | 100 % | 80 % | missed: the parameters differ |"));
  deepEqual(withNewCases({ ...base, ranks }, base).ranks, ranks);
});
