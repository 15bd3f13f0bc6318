// Measures one case: every program does the job once and is evaluated; the programs with the same result are timed in
// turns.
import { setTimeout } from "node:timers/promises";
import { temporaryFolder } from "../data/temporaryFolder.ts";
import type { TopSpeeds } from "../machine/topSpeeds.ts";
import type { Case, Size, Workload } from "../workload.ts";
import type { CaseResult, ProgramResult } from "./caseResult.ts";
import { checkTargets } from "./checkTargets.ts";
import { spreadOf } from "./spread.ts";
import { type Absent, type StartedProgram, startProgram } from "./startProgram.ts";

const ROUNDS = 9;
const MIN_ROUNDS = 5;
const QUICK_ROUNDS = 2;
const WARM_UP_SECONDS = { full: 1, quick: 0.1 };
const MIN_TURN_SECONDS = 0.02; // a shorter run is repeated within its turn, and the mean counts
const MAX_PROGRAM_SECONDS = 8; // for all turns of a program
const PAUSE_MILLISECONDS = 200; // after a run on several threads, because idle threads may still spin

export interface RunContext {
  readonly size: Size;
  readonly speeds: TopSpeeds;
  /** Today, in UTC. */
  readonly date: string;
  /** Shows the current activity. */
  readonly log: (activity: string) => void;
}

/** Measures one case of a workload. */
export async function measureCase(workload: Workload, testCase: Case, context: RunContext): Promise<CaseResult> {
  const { size, speeds, date, log } = context;
  const { name, unit, evaluate } = testCase;
  const folder = temporaryFolder();
  const started: StartedProgram[] = [];
  const absent: Absent[] = [];
  try {
    log("preparing the data");
    const job = await testCase.prepare(folder.path);
    for (const program of testCase.programs) {
      log(`${program.name}: first run`);
      const start = await startProgram(program, { job, evaluate, folder: folder.path });
      if ("reason" in start) absent.push(start);
      else started.push(start);
    }
    const labels = { workload: workload.id, title: workload.title, name, unit, date };
    const [first] = started;
    if (first?.program.product !== "Downhill") return { ...labels, programs: [], absent, targets: [] };
    const comparable: StartedProgram[] = [];
    for (const program of started) {
      const reason = differentResult(first, program, testCase);
      if (reason === null) comparable.push(program);
      else absent.push({ name: program.program.name, reason });
    }
    for (const program of comparable) {
      log(`${program.program.name}: warming up`);
      await warmUp(program, WARM_UP_SECONDS[size]);
    }
    const times = await takeTurns(comparable, testCase.turnSeconds ?? MIN_TURN_SECONDS, context);
    const programs: ProgramResult[] = [];
    for (const [i, program] of comparable.entries()) {
      const result = await resultOf(program, first, { testCase, times: times[i]! });
      const measurable = result.seconds.median > 0 || size === "quick"; // a quick run may subtract more than it measures
      if (measurable) programs.push(result);
      else absent.push({ name: result.name, reason: "its time is too short to be separated from the subtracted part" });
    }
    const checked = checkTargets(testCase, programs, speeds);
    const { note, secondsAtMost } = testCase; // read now, because the note may depend on the measurement
    return {
      ...{ ...labels, programs, absent, ...checked },
      ...(secondsAtMost === undefined ? {} : { secondsAtMost }),
      ...(note === undefined ? {} : { note }),
    };
  } finally {
    for (const { close } of started) close();
    folder.remove();
  }
}

/** How a program's result differs from that of Downhill's first program; null when it is the same. */
function differentResult(
  first: StartedProgram,
  { program, loss, outcome }: StartedProgram,
  { updates, optimum }: Case,
): string | null {
  if (updates !== undefined && outcome.updates !== undefined && outcome.updates !== updates) {
    return `not timed, because it made ${outcome.updates} updates instead of ${updates}`;
  }
  if (!Number.isFinite(loss)) return `not timed, because its loss is ${loss}`;
  if (optimum !== undefined) return null;
  const difference = Math.abs(loss - first.loss) / Math.abs(first.loss);
  if (difference <= Math.max(program.tolerance, first.program.tolerance)) return null;
  return `not timed, because its loss is ${loss.toPrecision(9)} instead of ${first.loss.toPrecision(9)}`;
}

/** Runs the program without timing it, until compilers and caches have settled. `seconds` includes the first run. */
async function warmUp({ firstElapsed, run }: StartedProgram, seconds: number): Promise<void> {
  if (firstElapsed < seconds) await run(seconds - firstElapsed);
}

/** The programs take turns; each round begins with another program. Returns the seconds of each program's runs. */
async function takeTurns(
  programs: readonly StartedProgram[],
  turnSeconds: number,
  { size, log }: RunContext,
): Promise<number[][]> {
  const roundsOf = ({ firstElapsed }: StartedProgram): number =>
    size === "quick"
      ? QUICK_ROUNDS
      : Math.max(MIN_ROUNDS, Math.min(ROUNDS, Math.floor(MAX_PROGRAM_SECONDS / firstElapsed)));
  const times = programs.map((): number[] => []);
  const rounds = Math.max(...programs.map(roundsOf));
  for (let round = 0; round < rounds; round++) {
    log(`round ${round + 1} of ${rounds}`);
    for (let turn = 0; turn < programs.length; turn++) {
      const next = (round + turn) % programs.length;
      const program = programs[next]!;
      if (round >= roundsOf(program)) continue;
      times[next]!.push(await program.run(size === "quick" ? MIN_TURN_SECONDS : turnSeconds));
      if ((program.program.threads ?? 1) > 1) await setTimeout(PAUSE_MILLISECONDS);
    }
  }
  return times;
}

async function resultOf(
  { program, loss, version, libraries, firstSeconds, report }: StartedProgram,
  first: StartedProgram,
  { testCase, times }: { testCase: Case; times: readonly number[] },
): Promise<ProgramResult> {
  const { peakBytes, processorSeconds } = await report();
  const optimum = testCase.optimum?.();
  const units = program.unitsPerRun ?? testCase.unitsPerRun;
  return {
    name: program.name,
    product: program.product,
    threads: program.threads ?? 1,
    ...(version === undefined ? {} : { version }),
    libraries,
    seconds: spreadOf(times.map((time) => time / units)),
    firstSeconds: firstSeconds / units,
    loss,
    lossDifference: (loss - first.loss) / Math.abs(first.loss),
    ...(optimum === undefined ? {} : { aboveOptimum: (loss - optimum) / Math.abs(optimum) }),
    ...(peakBytes === undefined ? {} : { peakBytes }),
    ...(processorSeconds === undefined ? {} : { processorSeconds }),
    ...(program.shownOnly && { shownOnly: program.shownOnly }),
  };
}
