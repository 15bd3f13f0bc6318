// Compares a run that resumes with the run of its checkpoint, and names the differences.
import { formatCount } from "@downhill/plots/format";
import type { Optimizer } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import { flagOf, type OptionTable } from "../options/option.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions, trainOptions } from "../options/trainOptions.ts";
import { type ScheduleChoice, scheduleText } from "../options/values.ts";
import { endingMessage } from "../training/outcomeMessages.ts";
import type { CheckpointNotes, RunNotes } from "./checkpointFile.ts";
import type { Fingerprint } from "./fingerprint.ts";

/** Options that change no number of a model. --epochs may change too; `requireUnended` and `requireSameRates` check it. */
const neutral: ReadonlySet<string> = new Set([
  ...(["threads", "save", "keepDiverged", "report", "open", "force", "json", "progress", "timings", "quiet"] as const),
  ...(["checkpoint", "every", "resume", "epochs", "cache"] as const),
] satisfies (keyof TrainOptions)[]);

/** The options that a checkpoint records. */
export const recordedOptions = (options: TrainOptions): CheckpointNotes["options"] => ({
  seed: DEFAULT_SEED,
  holdOut: DEFAULT_HOLD_OUT,
  ...Object.fromEntries(Object.entries(options).filter(([name]) => !neutral.has(name))),
});

const ANEW = "or leave out --resume to start anew.";

/** @throws UsageError that names every option with another value than in the checkpoint */
export function requireSameOptions(path: string, earlier: CheckpointNotes["options"], options: TrainOptions): void {
  const now = recordedOptions(options);
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(now)])];
  const different = names.filter((name) => JSON.stringify(earlier[name]) !== JSON.stringify(now[name]));
  if (different.length === 0) return;
  const texts = different.map(
    (name) => `the checkpoint has ${optionText(name, earlier[name])}, and this run has ${optionText(name, now[name])}`,
  );
  throw new UsageError(
    `train: ${show(path)} is the checkpoint of a run with other options: ${texts.join("; ")}. ` +
      `Use the options of the checkpoint, ${ANEW}`,
  );
}

/** "--l2 0.1", "no --l2", "--no-standardize". */
function optionText(name: string, value: unknown): string {
  if (value === undefined) return `no ${flagOf(name)}`;
  if (typeof value === "boolean") return value ? flagOf(name) : flagOf(name).replace("--", "--no-");
  if (name === "schedule") return `${flagOf(name)} ${scheduleText(value as ScheduleChoice)}`;
  const isSimple = (Array.isArray(value) ? value : [value]).every((each) => typeof each !== "object");
  const text = isSimple ? String(value) : JSON.stringify(value);
  return (trainOptions as OptionTable)[name] === undefined ? `${name} ${text}` : `${flagOf(name)} ${text}`;
}

/** @throws UsageError that names the first difference of the data */
export function requireSameData(path: string, earlier: Fingerprint, now: Fingerprint): void {
  const difference = dataDifference(earlier, now);
  if (difference === null) return;
  throw new UsageError(
    `train: ${show(path)} is the checkpoint of a run with other data: ${difference}. Use the data of the checkpoint, ${ANEW}`,
  );
}

function dataDifference(earlier: Fingerprint, now: Fingerprint): string | null {
  const kinds = Object.entries(now.kinds).find(([name, kind]) => (earlier.kinds[name] ?? kind) !== kind);
  if (JSON.stringify(earlier.columns) !== JSON.stringify(now.columns)) {
    return `its columns are ${list(earlier.columns)}, and these data have ${list(now.columns)}`;
  }
  if (kinds !== undefined) {
    return `its column ${show(kinds[0])} has the kind ${earlier.kinds[kinds[0]]}, and in these data the kind ${kinds[1]}`;
  }
  for (const [at, what] of (["training", "held-out"] as const).entries()) {
    const [before, rows] = [earlier.rows[at]!, now.rows[at]!];
    if (before !== rows) {
      return `it has ${formatCount(before)} ${what} rows, and these data have ${formatCount(rows)}`;
    }
  }
  return earlier.hash === now.hash
    ? null
    : "rows and columns are as many as before, but some of their values are different";
}

/** @throws UsageError for a run that has ended, unless --epochs lets it go on */
export function requireUnended(
  path: string,
  earlier: RunNotes | null,
  { epochs, schedule }: Pick<TrainOptions, "epochs" | "schedule">,
): void {
  if (earlier === null) return;
  const { completeEpochs, stopped, rates, epochs: before } = earlier;
  const run = `train: the run of the checkpoint ${show(path)}`;
  const most = epochs ?? before;
  // The rates of --schedule do not depend on the number of epochs. Those of a default do: they have fallen to the end.
  const hasFallen = schedule === undefined && rates.some(([, rate]) => rate !== rates[0]![1]);
  if (stopped !== null && (stopped !== "epochs" || hasFallen)) {
    const ending = endingMessage({ stopped, epochs: completeEpochs, goal: null });
    throw new UsageError(`${run} has ended: ${ending}. Leave out --resume to train anew.`);
  }
  if (most > completeEpochs) return;
  const done = `${formatCount(completeEpochs)} ${completeEpochs === 1 ? "epoch" : "epochs"}`;
  throw new UsageError(
    `${run} has done ${done}, and the maximum is ${formatCount(most)}. Set --epochs to at least ${completeEpochs + 1}, ${ANEW}`,
  );
}

const RATES = 50;

/** The learning rates at about 50 updates up to the last one. The last rate of a run of more epochs differs most. */
export function ratesOf({ schedule }: Pick<Optimizer, "schedule">, last: number): RunNotes["rates"] {
  if (schedule === undefined) return [];
  const updates = Array.from({ length: RATES }, (_, i) => Math.max(1, Math.round((last * (i + 1)) / RATES)));
  return [1, ...updates].map((update) => [update, schedule(update)]);
}

/** @throws UsageError if the learning rates up to now would have been other ones, because they depend on --epochs */
export function requireSameRates(
  path: string,
  earlier: RunNotes,
  { optimizer, epochs }: { readonly optimizer: Pick<Optimizer, "schedule">; readonly epochs: number },
): void {
  const { rates, update } = earlier;
  if (JSON.stringify(ratesOf(optimizer, update)) === JSON.stringify(rates)) return;
  throw new UsageError(
    `train: the learning rates of the run of the checkpoint ${show(path)} depend on the maximum number of epochs, ` +
      `${formatCount(earlier.epochs)}, but --epochs is ${formatCount(epochs)}. Set --epochs ${earlier.epochs}, ${ANEW}`,
  );
}
