import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SparseMatrix } from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import { readSparse, withoutZeros } from "../../src/data/sparseTables.ts";
import { evaluatorOf, hinge, logistic } from "../../src/evaluate/losses.ts";
import { sparseScores } from "../../src/evaluate/scores.ts";
import type { Job, LoadProgram } from "../../src/job.ts";
import { commandOptions, requireCommand, runCommand } from "../shared/command.ts";

const DUAL_HINGE = 3; // the solver for the hinge

const MAX_HALVINGS = 24;
const ROWS_PER_WRITE = 10_000;

/**
 * Runs the command of LIBLINEAR with the loosest tolerance that reaches the job's target loss. The setting `solver` is 0 (logistic
 * regression, trust-region Newton) or 3 (hinge, dual coordinate descent). LIBLINEAR penalizes the weight of a constant column, whose
 * value is the setting `bias`: a large one makes this penalty almost 0. The tolerance is found before the timing. The time to read the text file, which is the time of a run that stops at once, is
 * subtracted.
 */
export const load: LoadProgram = async (job) => {
  requireCommand("liblinear-train");
  const folder = dirname(job.tables["y"]!.path);
  const [data, model] = [join(folder, "rows.txt"), join(folder, "model.txt")];
  writeRows(data, job);
  const [solver, bias] = [numberSetting(job, "solver"), numberSetting(job, "bias")];
  const C = 1 / (numberSetting(job, "l2") * job.tables["y"]!.rows);
  const train = (tolerance: number) =>
    runCommand("liblinear-train", [
      ...["-q", "-s", String(solver)],
      ...commandOptions({ B: bias, c: C, e: tolerance }),
      data,
      model,
    ]);
  const params = () => paramsOf(readFileSync(model, "utf8"), bias);
  const objective = objectiveOf(job);
  const tolerance = await loosestTolerance(async (tolerance) => {
    await train(tolerance);
    return objective({ params: params() }) <= numberSetting(job, "targetLoss");
  });
  let seconds = 0;
  return {
    version: "liblinear-train of Debian",
    reset() {},
    async run() {
      const reading = await train(1e9);
      seconds = (await train(tolerance)).seconds - reading.seconds;
    },
    seconds: () => seconds,
    result: () => ({ params: params() }),
  };
};

/** Finds the largest power of ½ that is tight enough, by bisection. Returns the smallest one if none is tight enough. */
async function loosestTolerance(isTightEnough: (tolerance: number) => Promise<boolean>): Promise<number> {
  let [loose, tight] = [0, MAX_HALVINGS];
  while (tight - loose > 1) {
    const middle = Math.floor((loose + tight) / 2);
    if (await isTightEnough(2 ** -middle)) tight = middle;
    else loose = middle;
  }
  return 2 ** -tight;
}

function objectiveOf(job: Job): ReturnType<typeof evaluatorOf> {
  const X = sparseOf(job);
  const { columns } = X;
  const scores = sparseScores(X);
  const targets = readFloat64(job, "y");
  const loss = numberSetting(job, "solver") === DUAL_HINGE ? hinge : logistic;
  return evaluatorOf({ scores, outputs: 1, loss, targets, l2: numberSetting(job, "l2"), weights: columns });
}

/** The rows of a job; those of a dense table without its zeros. */
function sparseOf(job: Job): SparseMatrix {
  const { rows, columns } = job.tables["X"] ?? { rows: 0, columns: 0 };
  return readSparse(job) ?? withoutZeros({ data: readFloat64(job, "X"), rows, columns });
}

/** The first row names the last column, so that LIBLINEAR knows their number. */
function writeRows(path: string, job: Job): void {
  const { indptr, indices, values, rows, columns } = sparseOf(job);
  const y = readFloat64(job, "y");
  writeFileSync(path, "");
  for (let from = 0; from < rows; from += ROWS_PER_WRITE) {
    let text = "";
    for (let i = from; i < Math.min(from + ROWS_PER_WRITE, rows); i++) {
      text += y[i]! > 0 ? "+1" : "-1";
      for (let e = indptr[i]!; e < indptr[i + 1]!; e++) text += ` ${indices[e]! + 1}:${values[e]}`;
      if (i === 0 && indices[indptr[1]! - 1] !== columns - 1) text += ` ${columns}:0`;
      text += "\n";
    }
    writeFileSync(path, text, { flag: "a" });
  }
}

/** The weights in the file belong to the first label of the data. */
function paramsOf(text: string, bias: number): number[] {
  const [head = "", tail = ""] = text.split("\nw\n");
  const sign = /label 1 /.test(head) ? 1 : -1;
  const weights = tail
    .trim()
    .split("\n")
    .map((line) => sign * Number(line));
  return [...weights.slice(0, -1), bias * weights.at(-1)!];
}
