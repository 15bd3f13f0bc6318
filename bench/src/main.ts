// npm run bench: measures the workloads one after the other and prints the results.
import { measureLab } from "./machine/lab.ts";
import { describeMachine } from "./machine/machine.ts";
import { measureStartup } from "./machine/startup.ts";
import { measureTopSpeeds } from "./machine/topSpeeds.ts";
import { readOptions } from "./options.ts";
import { publish, readPublished, withNewCases } from "./report/publish.ts";
import { caseText, labText, machineText, ranksText, scalingText, speedsText, startupText } from "./report/terminal.ts";
import type { CaseResult } from "./run/caseResult.ts";
import { measureCase } from "./run/measureCase.ts";
import { sumOfCases } from "./run/sumOfCases.ts";
import { measureRanks } from "./scaling/ranks.ts";
import { measureScaling } from "./scaling/scaling.ts";
import { workloads } from "./workloads.ts";

const STARTUP = "startup";
const LAB = "lab";
const SCALING = "scaling";
const RANKS = "ranks";
const ids = [...workloads.map(({ id }) => id), STARTUP, LAB, SCALING, RANKS];

async function main(): Promise<void> {
  const { only, size, json, write } = readOptions(process.argv.slice(2), ids);
  const chosen = only ?? ids;
  const print = (text: string) => json || process.stdout.write(`${text}\n`);
  const logLine = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  const machine = describeMachine();
  const published = write && only ? readPublished(machine) : null;
  print(machineText(machine));
  const speeds = await measureTopSpeeds(size);
  print(`${speedsText(speeds)}\n`);
  const cases: CaseResult[] = [];
  for (const workload of workloads.filter(({ id }) => chosen.includes(id))) {
    const log = (activity: string) => logLine(`${workload.id} ${activity}`);
    const ownCases: CaseResult[] = [];
    for (const testCase of workload.cases(size)) {
      ownCases.push(await measureCase(workload, testCase, { size, speeds, date: machine.date, log }));
      logLine("");
      print(`${caseText(ownCases.at(-1)!)}\n`);
    }
    if (workload.sum) {
      ownCases.push(sumOfCases(workload, ownCases, speeds));
      print(`${caseText(ownCases.at(-1)!)}\n`);
    }
    cases.push(...ownCases);
  }
  const startup = chosen.includes(STARTUP) ? await measureStartup(size) : null;
  if (startup) print(startupText(startup));
  const lab = chosen.includes(LAB) ? await measureLab(size) : null;
  if (chosen.includes(LAB)) print(labText(lab));
  const scaling = chosen.includes(SCALING) ? measureScaling(size) : null;
  if (scaling) print(scalingText(scaling, cases));
  const ranks = chosen.includes(RANKS) ? measureRanks(size) : null;
  if (chosen.includes(RANKS)) print(ranksText(ranks));
  const report = { machine, speeds, startup, lab, scaling, ranks, cases };
  if (json) process.stdout.write(`${JSON.stringify({ size, ...report }, null, 2)}\n`);
  const unfinished = cases.filter(({ programs }) => programs.length === 0).map(({ workload }) => workload);
  if (unfinished.length > 0) {
    process.stderr.write(`bench: Downhill could not run ${unfinished.join(", ")}. The reasons are printed above.\n`);
    process.exitCode = 1;
  }
  if (write) publish(published ? withNewCases(published, report) : report);
}

// An exit removes the temporary folders.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
