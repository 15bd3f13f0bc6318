// npm run bench: measures the workloads, one after the other, and prints what came of them.
import { writeFileSync } from "node:fs";
import { measureFloors } from "./machine/floors.ts";
import { describeMachine } from "./machine/machine.ts";
import { measureStart } from "./machine/start.ts";
import { readOptions } from "./options.ts";
import { markdown } from "./report/markdown.ts";
import { caseText, floorsLine, machineLine, startText } from "./report/terminal.ts";
import { measure } from "./run/measure.ts";
import type { Measured } from "./run/measured.ts";
import { together } from "./run/together.ts";
import { workloads } from "./workloads.ts";

const START = "start";
const ids = [...workloads.map(({ id }) => id), START];

async function main(): Promise<void> {
  const { only = ids, size, json, write } = readOptions(process.argv.slice(2), ids);
  const print = (text: string) => json || process.stdout.write(`${text}\n`);
  const machine = describeMachine();
  print(machineLine(machine));
  const floors = measureFloors(size);
  print(`${floorsLine(floors)}\n`);
  const measured: Measured[] = [];
  const notYet: { workload: string; title: string; reason: string }[] = [];
  for (const workload of workloads.filter(({ id }) => only.includes(id))) {
    if (workload.notYet !== undefined) {
      notYet.push({ workload: workload.id, title: workload.title, reason: workload.notYet });
      print(`${workload.id} ${workload.title}: not yet: ${workload.notYet}\n`);
    }
    const cases: Measured[] = [];
    for (const of of workload.cases(size)) {
      const say = (what: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${workload.id} ${what}`);
      cases.push(await measure(workload, of, { size, floors, say }));
      process.stderr.isTTY && process.stderr.write("\r\x1b[K");
      print(`${caseText(cases.at(-1)!)}\n`);
    }
    if (workload.together) {
      cases.push(together(workload, cases, floors));
      print(`${caseText(cases.at(-1)!)}\n`);
    }
    measured.push(...cases);
  }
  const start = only.includes(START) ? await measureStart(size) : null;
  if (start) print(startText(start));
  const report = { machine, floors, start, measured, notYet };
  if (json) process.stdout.write(`${JSON.stringify({ size, ...report }, null, 2)}\n`);
  if (write) writeFileSync(new URL("../../../docs/performance.md", import.meta.url), markdown(report));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130)); // clears up

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
