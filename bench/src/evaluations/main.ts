// npm run evaluations: counts the evaluations until the optimum, beside SciPy's L-BFGS-B, and writes docs/evaluations.md.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { temporaryFolder } from "../data/temporaryFolder.ts";
import { inRepository } from "../inRepository.ts";
import { python } from "../run/startProgram.ts";
import { type Comparison, compare } from "./comparison.ts";
import { ownEvaluations } from "./ownEvaluations.ts";
import { evaluationsPage } from "./page.ts";
import { evaluationProblems } from "./problems.ts";

/** The numbers of pairs in the memory of L-BFGS-B that are tried; the one with fewer evaluations counts. */
const PAIRS = [10, 20];
const page = inRepository("docs/evaluations.md");

const folder = temporaryFolder();
const child = spawn(python(), [inRepository("bench/python/evaluations.py")], { stdio: ["pipe", "pipe", "inherit"] });
const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const reply = async <T>(): Promise<T> => {
  const { value, done } = await replies.next();
  if (done) throw new Error(`evaluations.py ended. Install SciPy for ${python()}, or set DOWNHILL_BENCH_PYTHON.`);
  return JSON.parse(value) as T;
};
const { version } = await reply<{ version: string }>();
const comparisons: Comparison[] = [];
for (const problem of evaluationProblems()) {
  const { X, y, loss, l1, l2 } = problem;
  const files = { X: join(folder.path, "X.raw"), y: join(folder.path, "y.raw") };
  writeFileSync(files.X, X.data as Float64Array);
  writeFileSync(files.y, y);
  const outputs = loss === "softmax" ? Math.max(...y) + 1 : 1;
  child.stdin.write(`${JSON.stringify({ ...files, columns: X.columns, outputs, loss, l1, l2, pairs: PAIRS })}\n`);
  const others = await reply<Record<string, number[]>>();
  const comparison = compare(problem, ownEvaluations(problem), Object.values(others));
  comparisons.push(comparison);
  process.stderr.write(`${JSON.stringify(comparison)}\n`);
}
child.stdin.end();
writeFileSync(page, evaluationsPage(comparisons, version));
folder.remove();
