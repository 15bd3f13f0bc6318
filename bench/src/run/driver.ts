// The other end of the line, for contestants in JavaScript: node driver.js MODULE. Garbage is collected when the engine
// sees fit, within the runs or between them: a collection forced before each run throws compiled code away.
import { writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Contestant, Job, MakeContestant } from "../job.ts";
import { meanSeconds } from "./meanSeconds.ts";

const answer = (reply: object) => writeSync(3, `${JSON.stringify(reply)}\n`);
let contestant: Contestant | undefined;

async function follow(request: { do: string; job: Job; out: string; least: number }): Promise<object> {
  if (request.do === "prepare") {
    const { make } = (await import(`../../programs/${process.argv[2]}.js`)) as { make: MakeContestant };
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

for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(await follow(JSON.parse(line)));
  } catch (error) {
    answer({ error: error instanceof Error ? error.message.split("\n")[0] : String(error) });
  }
}
process.exit();
