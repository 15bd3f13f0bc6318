import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import { evaluatorOf, hinge, logistic } from "../../src/evaluate/losses.ts";
import { linearScores } from "../../src/evaluate/scores.ts";
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
  const folder = dirname(job.tables["X"]!.path);
  const [data, model] = [join(folder, "rows.txt"), join(folder, "model.txt")];
  writeRows(data, job);
  const [solver, bias] = [numberSetting(job, "solver"), numberSetting(job, "bias")];
  const C = 1 / (numberSetting(job, "l2") * job.tables["X"]!.rows);
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
  const { columns } = job.tables["X"]!;
  const scores = linearScores(readFloat64(job, "X"), columns, 1);
  const targets = readFloat64(job, "y");
  const loss = numberSetting(job, "solver") === DUAL_HINGE ? hinge : logistic;
  return evaluatorOf({ scores, outputs: 1, loss, targets, l2: numberSetting(job, "l2"), weights: columns });
}

function writeRows(path: string, job: Job): void {
  const [X, y] = [readFloat64(job, "X"), readFloat64(job, "y")];
  const { columns } = job.tables["X"]!;
  writeFileSync(path, "");
  for (let from = 0; from < y.length; from += ROWS_PER_WRITE) {
    let text = "";
    for (let i = from; i < Math.min(from + ROWS_PER_WRITE, y.length); i++) {
      text += y[i]! > 0 ? "+1" : "-1";
      for (let j = 0; j < columns; j++)
        if (X[i * columns + j] !== 0 || (i === 0 && j === columns - 1)) text += ` ${j + 1}:${X[i * columns + j]}`;
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
