// One case: everybody does the job once and is judged; those with the same result are timed, taking turns.
import { setTimeout } from "node:timers/promises";
import { temporaryFolder } from "../data/temporaryFolder.ts";
import type { Floors } from "../machine/lowerBounds.ts";
import type { Case, Size, Workload } from "../workload.ts";
import type { Figure, Measured } from "./caseResult.ts";
import { verdictsOf } from "./checkTargets.ts";
import { spreadOf } from "./spread.ts";
import { type Absent, enter, type Runner } from "./startProgram.ts";

const ROUNDS = 9;
const FEWEST_ROUNDS = 3;
const QUICK_ROUNDS = 2;
const WARM = { full: 1, quick: 0.1 }; // seconds
const LEAST = 0.02; // seconds that are timed in a turn: a shorter run is repeated, and its mean counts
const PATIENCE = 8; // seconds for all rounds of a contestant
const REST = 200; // milliseconds after a run on several threads, whose idle ones may still spin

export interface Circumstances {
  readonly size: Size;
  readonly floors: Floors;
  /** UTC, to the day. */
  readonly date: string;
  /** Told what is being done. */
  readonly say: (what: string) => void;
}

/** Measures one case of a workload. */
export async function measure(
  workload: Workload,
  of: Case,
  { size, floors, date, say }: Circumstances,
): Promise<Measured> {
  const folder = temporaryFolder();
  const runners: Runner[] = [];
  const absent: Absent[] = [];
  try {
    say("making the data");
    const job = await of.lay(folder.path);
    for (const entrant of of.entrants) {
      say(`${entrant.name}: first run`);
      const entered = await enter(entrant, job, of, folder.path);
      if ("reason" in entered) absent.push(entered);
      else runners.push(entered);
    }
    const same: Runner[] = [];
    const about = { workload: workload.id, title: workload.title, name: of.name, unit: of.unit, date };
    const [first] = runners;
    if (first?.entrant.family !== "Downhill") return { ...about, figures: [], absent, targets: [] };
    for (const runner of runners) {
      const differs = differenceFrom(first, runner, of);
      if (differs === null) same.push(runner);
      else absent.push({ name: runner.entrant.name, reason: differs });
    }
    for (const runner of same) {
      say(`${runner.entrant.name}: warming up`);
      await warmUp(runner, WARM[size]);
    }
    const times = await takeTurns(same, size, say);
    const figures: Figure[] = [];
    for (const [i, runner] of same.entries()) {
      const figure = await figureOf(of, runner, first, times[i]!);
      const told = figure.seconds.median > 0 || size === "quick"; // the times of a quick run mean nothing
      if (told) figures.push(figure);
      else absent.push({ name: figure.name, reason: "its time is lost in that of the part which is taken off" });
    }
    return {
      ...about,
      figures,
      absent,
      ...verdictsOf(of, figures, floors),
      ...(of.note === undefined ? {} : { note: of.note }),
    };
  } finally {
    for (const { close } of runners) close();
    folder.remove();
  }
}

/** How an entrant's result is another than Downhill's; null when it is the same. */
function differenceFrom(first: Runner, { entrant, loss, outcome }: Runner, of: Case): string | null {
  const wanted = entrant.updates ?? of.updates;
  if (wanted !== undefined && outcome.updates !== undefined && outcome.updates !== wanted) {
    return `another job: ${outcome.updates} updates instead of ${wanted}`;
  }
  if (!Number.isFinite(loss)) return `its loss is ${loss}`;
  if (of.optimum !== undefined) return null;
  const difference = Math.abs(loss - first.loss) / Math.abs(first.loss);
  if (difference <= Math.max(entrant.tolerance, first.entrant.tolerance)) return null;
  return `another result: loss ${loss.toPrecision(9)} against ${first.loss.toPrecision(9)}, not timed`;
}

/** More runs that do not count, until compilers and caches have settled: so many seconds in all. */
async function warmUp({ firstWait, run }: Runner, seconds: number): Promise<void> {
  if (firstWait < seconds) await run(seconds - firstWait);
}

/** Everybody in turn, each round beginning with the next; the seconds of each. */
async function takeTurns(runners: readonly Runner[], size: Size, say: (what: string) => void): Promise<number[][]> {
  const roundsOf = ({ firstWait }: Runner): number =>
    size === "quick" ? QUICK_ROUNDS : Math.max(FEWEST_ROUNDS, Math.min(ROUNDS, Math.floor(PATIENCE / firstWait)));
  const times = runners.map((): number[] => []);
  const most = Math.max(...runners.map(roundsOf));
  for (let round = 0; round < most; round++) {
    say(`round ${round + 1} of ${most}`);
    for (let turn = 0; turn < runners.length; turn++) {
      const at = (round + turn) % runners.length;
      if (round >= roundsOf(runners[at]!)) continue;
      times[at]!.push(await runners[at]!.run(LEAST));
      if ((runners[at]!.entrant.threads ?? 1) > 1) await setTimeout(REST);
    }
  }
  return times;
}

async function figureOf(of: Case, runner: Runner, first: Runner, times: readonly number[]): Promise<Figure> {
  const { entrant, loss, version, libraries } = runner;
  const { peakBytes } = await runner.report();
  const optimum = of.optimum?.();
  return {
    name: entrant.name,
    family: entrant.family,
    threads: entrant.threads ?? 1,
    version,
    libraries,
    seconds: spreadOf(times.map((time) => time / (entrant.units ?? of.units))),
    firstSeconds: runner.firstSeconds / (entrant.units ?? of.units),
    loss,
    difference: (loss - first.loss) / Math.abs(first.loss),
    ...(optimum === undefined ? {} : { gap: (loss - optimum) / Math.abs(optimum) }),
    ...(peakBytes === undefined ? {} : { peakBytes }),
  };
}
