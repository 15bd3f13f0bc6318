// One process and several ranks fit models with the same bits: all models, full batch and mini-batches, both element types.
import { beforeAll, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { describeMpi, mpich, mpirun, program, run } from "./mpirun.ts";

/**
 * The number of ranks, how they share, and the cases that they fit in every test run: each model at least once, both element
 * types in full batch and in mini-batches, and all factorizations. `npm run surveys` fits all cases in each job.
 */
const JOBS = [
  [1, "ranks", "^linear float64 full"],
  [
    2,
    "ranks",
    "^((linear|softmax|regression) float64|(lasso|logistic|svm|squaredSvm|classifier) float32|huber float64 full|factorization)",
  ],
  [3, "ranks", "^(linear float32|classifier float32 full|factorization (float32|validation))"], // unequal numbers of lanes
  [4, "ranks", "^softmax float64"],
  [2, "threads", "^(huber|regression) float64 full"], // two threads in each rank
] as const;

let alone: readonly string[] = [];

/** The lines of one rank, without its number, in order. */
const linesOf = (output: string, rank: number): string[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith(`${rank} `))
    .map((line) => line.slice(2));

/** The lines of one process for some models; an error if there are none. */
function fitted(filter: string): string[] {
  const lines = alone.filter((line) => new RegExp(filter).test(line));
  expect(lines.length).toBeGreaterThan(0);
  return lines;
}

describeMpi("ranks have the bits of one process", () => {
  beforeAll(async () => {
    const { stdout, stderr } = await run(process.execPath, [
      program("fit.mjs"),
      "alone",
      cases(JOBS.map(([, , some]) => some).join("|"), ""),
    ]);
    expect(stderr).toBe("");
    alone = linesOf(stdout, 0);
    expect(alone.length).toBeGreaterThan(cases(25, 40));
    expect(new Set(alone.map((line) => line.split(": ")[1])).size).toBe(alone.length);
  }, 120_000);

  test.each(JOBS)(
    "with %i %s",
    async (n, mode, some) => {
      const filter = cases(some, "");
      const { stdout, stderr, code } = await mpirun(n, [process.execPath, program("fit.mjs"), mode, filter]);
      expect(code, stderr).toBe(0);
      for (let rank = 0; rank < n; rank++) expect(linesOf(stdout, rank)).toEqual(fitted(filter));
    },
    240_000,
  );

  test("with 2 hosts, which TCP connects", async () => {
    const agent = ["--mca", "plm", "rsh", "--mca", "plm_rsh_agent", program("localAgent.sh")];
    const options = [...agent, "--mca", "btl", "tcp,self", "--host", "nodea:1,nodeb:1"];
    const { stdout, stderr, code } = await mpirun(
      2,
      [process.execPath, program("fit.mjs"), "ranks", "^logistic float32"],
      options,
    );
    expect(code, stderr).toBe(0);
    for (const rank of [0, 1]) expect(linesOf(stdout, rank)).toEqual(fitted("^logistic float32"));
  }, 120_000);

  const other = mpich();
  test.skipIf(other === null)(
    `with 3 ranks of MPICH${other ? "" : " (not run: MPICH is not installed)"}`,
    async () => {
      const { mpiexec, library, folder } = other!;
      const args = ["-n", "3", process.execPath, program("fit.mjs"), "ranks", "^softmax float64"];
      const { stdout, stderr, code } = await run(mpiexec, args, {
        DOWNHILL_MPI_LIBRARY: library,
        LD_LIBRARY_PATH: folder,
      });
      expect(code, stderr).toBe(0);
      for (const rank of [0, 1, 2]) expect(linesOf(stdout, rank)).toEqual(fitted("^softmax float64"));
    },
    120_000,
  );
});
