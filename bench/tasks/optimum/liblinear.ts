import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { numberOf, readFloats } from "../../src/data/tables.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { requireCommand, runCommand } from "../commands.ts";

/**
 * LIBLINEAR's command (trust-region Newton); reading its text file is taken off by a run that stops at once. Its bias is
 * a column of 100, whose penalty is then next to nothing, as ours has none.
 */
export const make: MakeContestant = (job) => {
  requireCommand("liblinear-train");
  const folder = dirname(job.tables["X"]!.path);
  const [data, model] = [join(folder, "rows.txt"), join(folder, "model.txt")];
  writeRows(data, job);
  const C = 1 / (numberOf(job, "l2") * job.tables["X"]!.rows);
  const command = (tolerance: string) =>
    runCommand("liblinear-train", ["-q", "-s", "0", "-B", String(BIAS), "-c", String(C), "-e", tolerance, data, model]);
  let seconds = 0;
  return {
    version: "liblinear-train",
    reset() {},
    async run() {
      const reading = await command("1e9");
      seconds = (await command("1e-3")).seconds - reading.seconds;
    },
    seconds: () => seconds,
    result: () => ({ params: paramsOf(readFileSync(model, "utf8")), updates: 0 }),
  };
};

const BIAS = 100;

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
