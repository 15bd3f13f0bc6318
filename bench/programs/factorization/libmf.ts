import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { numberSetting, readFloat64, readUint32 } from "../../src/data/rawTables.ts";
import type { Job, LoadProgram } from "../../src/job.ts";
import { commandOptions, requireCommand, runCommand } from "../shared/command.ts";

const COMMAND = "mf-train-avx"; // LIBMF's mf-train, built with AVX; its own Makefile uses only SSE
const STEP_SIZE = 0.1; // LIBMF's default
const REPEATS = 6; // a run has 6 times the epochs, because reading the text file takes longer than a few epochs

/**
 * Runs the command of LIBMF. The time to read the ratings and to write the model is not counted: the time of a run with
 * fewer epochs is subtracted.
 */
export const load: LoadProgram = (job) => {
  requireCommand(COMMAND);
  const folder = dirname(job.tables["pairs"]!.path);
  const data = join(folder, `ratings-${job.settings["threads"]}.txt`);
  const model = join(folder, `model-${job.settings["threads"]}.txt`);
  const [pairs, ratings] = [readUint32(job, "pairs"), readFloat64(job, "ratings")];
  writeFileSync(data, Array.from(ratings, (rating, i) => `${pairs[2 * i]} ${pairs[2 * i + 1]} ${rating}\n`).join(""));
  const [rank, l2, threads] = ["rank", "l2", "threads"].map((name) => numberSetting(job, name));
  const [untimedEpochs, epochs] = [numberSetting(job, "untimedEpochs"), numberSetting(job, "epochs")];
  const train = (epochs: number) =>
    runCommand(COMMAND, [
      ...["-f", "0", "--quiet", "-l1", "0"],
      ...commandOptions({ s: threads!, k: rank!, l2: l2!, r: STEP_SIZE, t: epochs }),
      data,
      model,
    ]);
  let seconds = 0;
  return {
    version: "built with AVX",
    reset() {},
    async run() {
      const short = await train(untimedEpochs);
      const long = await train(untimedEpochs + REPEATS * epochs);
      seconds = (long.seconds - short.seconds) / REPEATS;
    },
    seconds: () => seconds,
    async result() {
      await train(untimedEpochs + epochs);
      return { params: paramsOf(readFileSync(model, "utf8"), job) };
    },
  };
};

/** The model file has the lines "p0 T 0.1 0.2 …" and "q0 T …"; F in place of T marks a user or item without ratings. */
function paramsOf(text: string, job: Job): Float64Array {
  const [users, items, rank] = ["users", "items", "rank"].map((name) => numberSetting(job, name));
  const params = new Float64Array((users! + items!) * rank!);
  for (const [, side, index, row = ""] of text.matchAll(/^([pq])(\d+) T (.*)$/gm)) {
    params.set(row.trim().split(" ").map(Number), (Number(index) + (side === "q" ? users! : 0)) * rank!);
  }
  return params;
}
