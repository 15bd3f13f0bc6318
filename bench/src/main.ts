// npm run bench: measures the workloads, one after the other, and prints what came of them.
import { measureFloors } from "./machine/lowerBounds.ts";
import { describeMachine } from "./machine/machine.ts";
import { measureStart } from "./machine/startup.ts";
import { readOptions } from "./options.ts";
import { joined, publish, readPublished } from "./report/publish.ts";
import { caseText, floorsLine, machineLine, scalingText, startText } from "./report/terminal.ts";
import type { Measured } from "./run/caseResult.ts";
import { measure } from "./run/measureCase.ts";
import { together } from "./run/sumOfCases.ts";
import { measureScaling } from "./scaling/scaling.ts";
import { workloads } from "./workloads.ts";

const START = "start";
const SCALING = "scaling";
const ids = [...workloads.map(({ id }) => id), START, SCALING];

async function main(): Promise<void> {
  const { only, size, json, write } = readOptions(process.argv.slice(2), ids);
  const chosen = only ?? ids;
  const print = (text: string) => json || process.stdout.write(`${text}\n`);
  const machine = describeMachine();
  const published = write && only ? readPublished(machine) : null;
  print(machineLine(machine));
  const floors = await measureFloors(size);
  print(`${floorsLine(floors)}\n`);
  const measured: Measured[] = [];
  for (const workload of workloads.filter(({ id }) => chosen.includes(id))) {
    const cases: Measured[] = [];
    for (const of of workload.cases(size)) {
      const say = (what: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${workload.id} ${what}`);
      cases.push(await measure(workload, of, { size, floors, date: machine.date, say }));
      process.stderr.isTTY && process.stderr.write("\r\x1b[K");
      print(`${caseText(cases.at(-1)!)}\n`);
    }
    if (workload.together) {
      cases.push(together(workload, cases, floors));
      print(`${caseText(cases.at(-1)!)}\n`);
    }
    measured.push(...cases);
  }
  const start = chosen.includes(START) ? await measureStart(size) : null;
  if (start) print(startText(start));
  const scaling = chosen.includes(SCALING) ? measureScaling(size) : null;
  if (scaling) print(scalingText(scaling, measured));
  const report = { machine, floors, start, scaling, measured };
  if (json) process.stdout.write(`${JSON.stringify({ size, ...report }, null, 2)}\n`);
  const unfinished = measured.filter(({ figures }) => figures.length === 0).map(({ workload }) => workload);
  if (unfinished.length > 0) {
    process.stderr.write(
      `bench: Downhill must finish every workload, got none of ${unfinished.join(", ")}. See why above.\n`,
    );
    process.exitCode = 1;
  }
  if (write) publish(published ? joined(published, report) : report);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130)); // clears up

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
