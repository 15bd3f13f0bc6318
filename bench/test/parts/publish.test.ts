import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "vitest";
import { markdown, type Report } from "../../src/report/performancePage.ts";
import { joined } from "../../src/report/publish.ts";
import { productOf } from "../../src/report/versions.ts";
import { workloads } from "../../src/workloads.ts";
import { caseOf, figure, floors } from "./exampleResults.ts";

const machine = (date: string) => ({ cpu: "c", cores: 2, memoryBytes: 1e9, node: "20.20.2", date });

const report = (date: string, ids: readonly string[], seconds: number): Report => ({
  machine: machine(date),
  floors,
  start: null,
  scaling: null,
  measured: ids.map((workload) => caseOf([figure("Downhill", seconds)], { workload, date })),
});

test("some workloads measured anew take the place of the old, in the order of the page, each with its day", () => {
  const old = report("2026-11-22", ["W1", "W2", "W10"], 1);
  const whole = joined(old, report("2026-11-26", ["W2"], 2));
  deepEqual(
    whole.measured.map(({ workload, date, figures }) => [workload, date, figures[0]!.seconds.median]),
    [
      ["W1", "2026-11-22", 1],
      ["W2", "2026-11-26", 2],
      ["W10", "2026-11-22", 1],
    ],
  );
  const [, , first, second] = markdown(whole).split("\n## ");
  ok(first!.startsWith("W1 ") && first!.includes("Measured on 2026-11-22"));
  ok(second!.startsWith("W2 ") && !second!.includes("Measured on"));
});

test("a product's name is that of its rows without how each was run", () => {
  const names = ["Downhill (float32), 2 threads", "Downhill by default, to its own end", "scikit-learn SGDClassifier"];
  deepEqual(names.map(productOf), ["Downhill", "Downhill", "scikit-learn"]);
  const peers = ["TensorFlow.js wasm (float32)", "pandas (pyarrow) + SGDClassifier, a script", "PyTorch, 2 threads"];
  deepEqual(peers.map(productOf), ["TensorFlow.js", "pandas", "PyTorch"]);
  equal(productOf("pandas + SGDClassifier, a script"), "pandas");
  equal(productOf("scikit-learn lbfgs, stopped near the optimum"), "scikit-learn");
});

test("every workload in which NumPy or JavaScript peers take part asks a target of them", () => {
  for (const { id, cases, together } of workloads) {
    const all = [...cases("quick")];
    const asked = [...all, together ?? { targets: [] }]
      .flatMap(({ targets }) => targets)
      .flatMap(({ against }) => against);
    for (const family of ["NumPy", "TensorFlow.js", "JavaScript"] as const) {
      const present = all.some(({ entrants }) => entrants.some((entrant) => entrant.family === family));
      ok(!present || asked.includes(family), `${id}: no target against ${family}`);
    }
  }
});
