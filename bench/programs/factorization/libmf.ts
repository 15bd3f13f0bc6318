import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { numberOf, readFloats, readIndices } from "../../src/data/tables.ts";
import type { Job, MakeContestant } from "../../src/job.ts";
import { requireCommand, runCommand } from "../shared/command.ts";

const COMMAND = "mf-train-avx"; // the name says how it was built: by itself its Makefile builds for SSE
const RATE = 0.1; // its own default
const TIMES = 6; // as many epochs in a timed run, which reading its text would drown

/** LIBMF's command; reading the ratings and writing the model are taken off by a run of fewer epochs. */
export const make: MakeContestant = (job) => {
  requireCommand(COMMAND);
  const folder = dirname(job.tables["pairs"]!.path);
  const [data, model] = ["ratings", "model"].map((name) => join(folder, `${name}-${job.settings["threads"]}.txt`)) as [
    string,
    string,
  ];
  const [pairs, ratings] = [readIndices(job, "pairs"), readFloats(job, "ratings")];
  writeFileSync(data, Array.from(ratings, (rating, i) => `${pairs[2 * i]} ${pairs[2 * i + 1]} ${rating}\n`).join(""));
  const [rank, l2, threads] = [numberOf(job, "rank"), numberOf(job, "l2"), numberOf(job, "threads")];
  const [untimed, epochs] = [numberOf(job, "untimedEpochs"), numberOf(job, "epochs")];
  const command = (passes: number) =>
    runCommand(COMMAND, [
      ..."-f 0 --quiet -l1 0".split(" "),
      ...of({ s: threads, k: rank, l2, r: RATE, t: passes }),
      data,
      model,
    ]);
  let seconds = 0;
  return {
    version: "built with AVX",
    reset() {},
    async run() {
      const fewer = await command(untimed);
      const more = await command(untimed + TIMES * epochs);
      seconds = (more.seconds - fewer.seconds) / TIMES;
    },
    seconds: () => seconds,
    async result() {
      await command(untimed + epochs);
      return { params: paramsOf(readFileSync(model, "utf8"), job) };
    },
  };
};

const of = (options: Readonly<Record<string, number>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);

/** Lines "p0 T 0.1 0.2 …" and "q0 T …" in our layout; F stands for a row that no rating tells about. */
function paramsOf(text: string, job: Job): Float64Array {
  const [users, items, rank] = [numberOf(job, "users"), numberOf(job, "items"), numberOf(job, "rank")];
  const params = new Float64Array((users + items) * rank);
  for (const [, side, index, row = ""] of text.matchAll(/^([pq])(\d+) T (.*)$/gm)) {
    params.set(row.trim().split(" ").map(Number), (Number(index) + (side === "q" ? users : 0)) * rank);
  }
  return params;
}
