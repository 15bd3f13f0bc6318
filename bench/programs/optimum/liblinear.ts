import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import { judgeOf, logistic } from "../../src/evaluate/losses.ts";
import { linearScores } from "../../src/evaluate/scores.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { requireCommand, runCommand } from "../shared/command.ts";

/**
 * LIBLINEAR's command (trust-region Newton) at the loosest tolerance that brings the loss as low as asked, found
 * beforehand; reading its text file is taken off by a run that stops at once. Its bias is a column of 100, whose penalty
 * is then next to nothing, as ours has none.
 */
export const make: MakeContestant = async (job) => {
  requireCommand("liblinear-train");
  const folder = dirname(job.tables["X"]!.path);
  const [data, model] = [join(folder, "rows.txt"), join(folder, "model.txt")];
  writeRows(data, job);
  const C = 1 / (numberOf(job, "l2") * job.tables["X"]!.rows);
  const command = (tolerance: number) =>
    runCommand("liblinear-train", [..."-q -s 0".split(" "), ...of({ B: BIAS, c: C, e: tolerance }), data, model]);
  const reached = () => paramsOf(readFileSync(model, "utf8"));
  const objective = objectiveOf(job);
  const tolerance = await loosest(async (tolerance) => {
    await command(tolerance);
    return objective({ params: reached() }) <= numberOf(job, "enough");
  });
  let seconds = 0;
  return {
    version: "Debian's liblinear-train",
    reset() {},
    async run() {
      const reading = await command(1e9);
      seconds = (await command(tolerance)).seconds - reading.seconds;
    },
    seconds: () => seconds,
    result: () => ({ params: reached() }),
  };
};

const BIAS = 100;
const HALVINGS = 24;

const of = (options: Readonly<Record<string, number>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);

/** The largest power of ½ that is tight enough, by bisection; the tightest one if none is. */
async function loosest(enough: (tolerance: number) => Promise<boolean>): Promise<number> {
  let [loose, tight] = [0, HALVINGS];
  while (tight - loose > 1) {
    const middle = Math.floor((loose + tight) / 2);
    if (await enough(2 ** -middle)) tight = middle;
    else loose = middle;
  }
  return 2 ** -tight;
}

function objectiveOf(job: Job): ReturnType<typeof judgeOf> {
  const { columns } = job.tables["X"]!;
  const scores = linearScores(readFloats(job, "X"), columns, 1);
  const targets = readFloats(job, "y");
  return judgeOf({ scores, outputs: 1, loss: logistic, targets, l2: numberOf(job, "l2"), weights: columns });
}

function writeRows(path: string, job: Job): void {
  const [X, y] = [readFloats(job, "X"), readFloats(job, "y")];
  const { columns } = job.tables["X"]!;
  writeFileSync(path, "");
  for (let from = 0; from < y.length; from += 10_000) {
    let text = "";
    for (let i = from; i < Math.min(from + 10_000, y.length); i++) {
      text += y[i]! > 0 ? "+1" : "-1";
      for (let j = 0; j < columns; j++) text += ` ${j + 1}:${X[i * columns + j]}`;
      text += "\n";
    }
    writeFileSync(path, text, { flag: "a" });
  }
}

/** Its weights are those of the label it met first. */
function paramsOf(text: string): number[] {
  const [head = "", tail = ""] = text.split("\nw\n");
  const sign = /label 1 /.test(head) ? 1 : -1;
  const numbers = tail
    .trim()
    .split("\n")
    .map((line) => sign * Number(line));
  return [...numbers.slice(0, -1), BIAS * numbers.at(-1)!];
}
