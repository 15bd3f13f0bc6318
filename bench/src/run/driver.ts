// The process of a program in JavaScript: node driver.js MODULE. It answers the requests of channel.ts.
// It does not force garbage collections, because a forced collection before each run would discard compiled code.
import { writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Job, LoadedProgram, LoadProgram } from "../job.ts";
import { meanSeconds } from "./meanSeconds.ts";

const reply = (message: object) => writeSync(3, `${JSON.stringify(message)}\n`);
let program: LoadedProgram | undefined;

async function handle(request: { kind: string; job: Job; out: string; minSeconds: number }): Promise<object> {
  if (request.kind === "load") {
    const { load } = (await import(`../../programs/${process.argv[2]}.js`)) as { load: LoadProgram };
    program = await load(request.job);
    const libraries = process.execArgv.length > 0 ? [`Node ${process.versions.node}`] : [];
    return { version: program.version, libraries };
  }
  if (program === undefined) throw new Error(`driver: got "${request.kind}" before "load". Send "load" first.`);
  if (request.kind === "run") return { seconds: await meanSeconds(program, request.minSeconds) };
  const { params, ...rest } = await program.result();
  writeFileSync(request.out, new Uint8Array(Float64Array.from(params).buffer));
  return rest;
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    reply(await handle(JSON.parse(line)));
  } catch (error) {
    reply({ error: error instanceof Error ? error.message.split("\n")[0] : String(error) });
  }
}
process.exit();
