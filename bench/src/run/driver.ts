// The other end of the line, for contestants in JavaScript: node driver.js MODULE. Garbage is collected when the engine
// sees fit, within the runs or between them: a collection forced before each run throws compiled code away.
import { writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Contestant, Job, MakeContestant } from "../job.ts";

const answer = (reply: object) => writeSync(3, `${JSON.stringify(reply)}\n`);
let contestant: Contestant | undefined;

async function follow(request: { do: string; job: Job; out: string; least: number }): Promise<object> {
  if (request.do === "prepare") {
    const { make } = (await import(`../../tasks/${process.argv[2]}.js`)) as { make: MakeContestant };
    contestant = await make(request.job);
    return { version: contestant.version };
  }
  if (contestant === undefined) throw new Error("driver: prepare must be asked first, got another request. Prepare.");
  if (request.do === "run") {
    return { seconds: await meanSeconds(contestant, request.least) };
  }
  const { params, ...rest } = await contestant.result();
  writeFileSync(request.out, new Uint8Array(Float64Array.from(params).buffer));
  return rest;
}

/** Of as many runs as take `least` seconds together, one at least. */
async function meanSeconds(contestant: Contestant, least: number): Promise<number> {
  let [spent, counted, runs] = [0, 0, 0];
  while (runs === 0 || spent < least) {
    await contestant.reset();
    const began = performance.now();
    await contestant.run();
    const seconds = (performance.now() - began) / 1000;
    spent += seconds;
    counted += contestant.seconds?.() ?? seconds;
    runs++;
  }
  return counted / runs;
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(await follow(JSON.parse(line)));
  } catch (error) {
    answer({ error: error instanceof Error ? error.message.split("\n")[0] : String(error) });
  }
}
process.exit();
