// The options of `downhill train` that the lab has too. A run with another option cannot be opened there.
import { existsSync, statSync } from "node:fs";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { flagOf } from "../options/option.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { ScheduleChoice } from "../options/values.ts";
import { endingsOf, isFile, isFilePattern, isQuery, isStandardInput } from "../table/files/source.ts";
import { isSvmlight } from "../table/files/svmlight.ts";

/** The most bytes of a file that the page reads. */
export const MOST_BYTES = 500_000_000;

/** Options for which the lab has no setting. */
const missing = [
  ...(["missing", "unseen", "maxCategories", "expand", "weight", "stream", "group", "time", "comment"] as const),
  ...(["classWeights", "trace", "folds", "search", "trials", "threshold", "feedback", "duplicates", "scale"] as const),
] satisfies readonly (keyof TrainOptions)[];

/** The largest values of the lab's settings. */
export const labLimits = {
  holdOut: 0.9,
  seed: 4_294_967_295,
  epochs: 1_000_000,
  patience: 10_000,
  warmUp: 10_000_000,
  stopGradient: 1_000_000,
  batchSize: 1_000_000,
  learningRate: 1_000_000,
  l2: 1_000_000,
  l1: 1_000_000,
  delta: 1_000_000_000,
  rank: 16,
} as const satisfies Partial<Record<keyof TrainOptions, number>>;

/** The kinds as which the lab can read a column, without a format or an order. */
export const labKinds: readonly string[] = ["number", "category", "boolean", "date", "time"];

/** The limits of the lists of a table: texts that are missing cells, and columns with a kind. */
export const labLists = { na: 50, column: 200, letters: 200 } as const;

/** The limits of the hidden layers of a network. */
export const labLayers = { layers: 3, units: 64 } as const;

const decay = 0.9999;
const adam = { beta1: 0.9999, beta2: 0.999999, epsilon: 1 };

/** The largest numbers of the optimizers. */
export const labOptimizers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  momentum: { decay },
  nesterov: { decay },
  adaGrad: { epsilon: 1 },
  rmsProp: { decay, epsilon: 1 },
  adam,
  adamW: { ...adam, decay: 10 },
};

const step = { factor: 1, every: 10_000_000 };

/** The largest numbers of the schedules. */
export const labSchedules = {
  inverseTime: { decay: 1000 },
  step,
  exponential: step,
  cosine: { updates: 10_000_000, last: 100 },
} as const satisfies Readonly<Record<ScheduleChoice["schedule"], Readonly<Record<string, number>>>>;

/** The limits of a start: its scale, and how many numbers of which size. */
export const labStart = { scale: 1000, numbers: 400, size: 1_000_000_000 } as const;

/**
 * Checks that the lab can open a run.
 *
 * @throws UsageError for DATA that the page does not read, and for each option without a setting in the lab
 */
export function requireLabOptions(data: string, options: TrainOptions): void {
  requirePageFile(data);
  forAll(missing, (name) => {
    if (options[name] === undefined || options[name] === false) return;
    throw withoutSetting(flagOf(name), flagOf(name));
  });
  const { na = [], column = [] } = options;
  if (options.model === "factorization" && na.length > 0) throw withoutSetting("--na of ratings", "--na");
  for (const choice of column) {
    const { name, kind, ...rest } = choice;
    if (name === options.target && (kind === "category" || kind === "number")) continue;
    const isKnown = labKinds.includes(kind) && Object.keys(rest).length === 0;
    if (isKnown && name !== options.target && options.model !== "factorization") continue;
    throw withoutSetting(`--column ${name}:${kind}`, "--column");
  }
  requireAtMost("the number of texts in --na", na.length, labLists.na);
  requireAtMost("the number of columns in --column", column.length, labLists.column);
  for (const text of [...na, ...column.map(({ name }) => name)])
    requireAtMost(`the number of letters of ${show(text)}`, text.length, labLists.letters);
  forAll(Object.entries(labLimits), ([name, limit]) => {
    const value = options[name as keyof typeof labLimits];
    if (typeof value === "number") requireAtMost(flagOf(name), value, limit);
  });
  const { hidden = [], start = [], optimizer = "", schedule } = options;
  forAll(Object.entries(labOptimizers[optimizer] ?? {}), ([name, limit]) =>
    requireAtMost(flagOf(name), options[name as "decay"] ?? 0, limit),
  );
  forAll(schedule === undefined ? [] : Object.entries(labSchedules[schedule.schedule]), ([name, limit]) =>
    requireAtMost(`the number ${name} of --schedule`, schedule![name] as number, limit),
  );
  if (typeof start !== "string") {
    requireAtMost("the number of numbers in --start", start.length, labStart.numbers);
    requireAtMost("the size of a number in --start", Math.max(0, ...start.map(Math.abs)), labStart.size);
  } else if (start.startsWith("random*")) {
    requireAtMost("the scale of --start", Number(start.slice("random*".length)), labStart.scale);
  }
  requireAtMost("the number of layers in --hidden", hidden.length, labLayers.layers);
  requireAtMost("the number of units in --hidden", Math.max(0, ...hidden), labLayers.units);
}

/** Whether the lab can open a run. */
export function hasLabOptions(data: string, options: TrainOptions): boolean {
  if (!existsSync(data)) return false;
  try {
    requireLabOptions(data, options);
    return true;
  } catch {
    return false;
  }
}

const withoutSetting = (option: string, flag: string): UsageError =>
  new UsageError(`train: the lab has no setting for ${option}, so --open does not work. Leave out ${flag} or --open.`);

function requireAtMost(name: string, value: number, limit: number): void {
  if (value <= limit) return;
  throw new UsageError(
    `train: in the lab ${name} is at most ${limit}, got ${value}, so --open does not work. Use a smaller value, or leave out --open.`,
  );
}

const isMissing = (data: string): boolean =>
  !existsSync(data) && !isStandardInput(data) && !isQuery(data) && !isFilePattern(data);

function requirePageFile(data: string): void {
  if (isMissing(data)) return; // the reading of DATA reports it
  const endings = endingsOf(data);
  const isReadable = isFile(data) && endings !== undefined && endings.compression === undefined;
  if (isReadable && !isSvmlight(data) && endings.kind !== "json" && statSync(data).size <= MOST_BYTES) return;
  throw new UsageError(
    `train: --open needs one CSV or Parquet file of at most 500 MB without compression, and DATA is ${show(data)}. ` +
      "Convert it, or leave out --open.",
  );
}
