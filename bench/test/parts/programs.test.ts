// Downhill's programs, and the peers that need no further installation, in this process and with small sizes: each
// reaches the loss and makes the updates that the bench requires.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { temporaryFolder } from "../../src/data/temporaryFolder.ts";
import { inRepository } from "../../src/inRepository.ts";
import type { Job, LoadProgram } from "../../src/job.ts";
import type { Program } from "../../src/program.ts";
import { jobFor } from "../../src/run/startProgram.ts";
import type { Case } from "../../src/workload.ts";
import { workloads } from "../../src/workloads.ts";

/** These need nothing but the root's packages. W11 starts whole commands: bench/test/quick.test.ts runs it. */
const runsHere = ({ product, source }: Program): boolean =>
  "node" in source && (product === "Downhill" || product === "numpy-ts") && !source.node.startsWith("table/");

/** With 5000 rows, the penalty on standardized weights moves the optimum by 5e-6, relatively. */
const AT_OPTIMUM = 1e-5;

async function outcomeOf(program: Program, job: Job) {
  const [folder, file] = (program.source as { node: string }).node.split("/");
  const { load } = (await import(`../../programs/${folder}/${file}.ts`)) as { load: LoadProgram };
  const loaded = await load(jobFor(program, job));
  await loaded.reset();
  await loaded.run();
  return loaded.result();
}

// The optimum of W12 and W13 is then the lowest loss of the programs, on a machine with scikit-learn, too.
beforeAll(() => {
  process.env["DOWNHILL_BENCH_PYTHON"] = "no-such-python";
});
afterAll(() => {
  delete process.env["DOWNHILL_BENCH_PYTHON"];
});

describe("Downhill's programs reach the same loss in the required number of updates", () => {
  for (const { id, cases } of workloads.filter(({ id }) => id !== "W11")) {
    it(id, async () => {
      for (const testCase of cases("quick")) await checkCase(testCase);
    });
  }
});

async function checkCase(testCase: Case): Promise<void> {
  const folder = temporaryFolder();
  const job = await testCase.prepare(folder.path);
  const programs = testCase.programs.filter(runsHere);
  expect(programs[0]?.product).toBe("Downhill");
  let reference: number | undefined;
  for (const program of programs) {
    const outcome = await outcomeOf(program, job);
    const loss = testCase.evaluate(outcome);
    reference ??= loss;
    const tolerance = testCase.optimum ? AT_OPTIMUM : Math.max(program.tolerance, programs[0]!.tolerance);
    expect(Math.abs(loss - reference), program.name).toBeLessThanOrEqual(tolerance * reference);
    if (testCase.updates !== undefined) expect(outcome.updates, program.name).toBe(testCase.updates);
  }
  folder.remove();
}

const runPython = (...args: string[]) => spawnSync("python3", ["-c", ...args], { encoding: "utf8" });

test("every program in Python is valid Python", ({ skip }) => {
  if (runPython("print(1)").stdout?.trim() !== "1") skip("python3 is not installed");
  const folder = inRepository("bench/python");
  const files = readdirSync(folder).filter((name) => name.endsWith(".py"));
  expect(files.length).toBeGreaterThan(5);
  const parse = "import ast, sys\nfor path in sys.argv[1:]: ast.parse(open(path, encoding='utf8').read(), path)";
  const { status, stderr } = runPython(parse, ...files.map((name) => `${folder}/${name}`));
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
