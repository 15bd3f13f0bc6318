// The link that opens a finished run in the lab: its settings as `#1&m=logistic&d=file,…`. The page computes the run again.
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import type { DivergedRun } from "../errors/errors.ts";
import { optimizerOf } from "../model/estimator.ts";
import { rateFree } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { ScheduleChoice } from "../options/values.ts";
import type { RunFacts } from "./trainedRun.ts";

/** A run with the settings that it had, and the number of updates after which the page pauses. */
export type LinkedRun = RunFacts & NonNullable<DivergedRun["run"]>;

const VERSION = 1; // of the lab's links

/** The hash of the link. `requireLabOptions` has accepted the options, and DATA is a file. */
export function labLink(run: LinkedRun): string {
  const { updates, options, holdOut, seed } = run;
  const values = new Map(run.settings.map(({ name, value }) => [name, value]));
  const optimizer = optimizerOf(options) === undefined ? "auto" : String(values.get("optimizer"));
  const isFree = optimizer === "auto" || (rateFree as readonly string[]).includes(optimizer);
  const parts = {
    m: modelText(run, values),
    d: dataText(run),
    o: withOptions(optimizer, numbersOf(options)),
    lr: isFree ? "auto" : values.get("learningRate"),
    ...(options.schedule && { sc: scheduleTextOf(options.schedule) }),
    warmUp: options.warmUp ?? 0,
    b: values.get("batchSize"),
    e: values.get("epochs"),
    order: options.order ?? "shuffled",
    start: startText(options),
    l2: options.l2 ?? "auto",
    l1: options.l1 ?? 0,
    gradient: options.stopGradient ?? "off",
    patience: options.patience ?? "off",
    h: holdOut,
    s: seed,
    at: updates,
  };
  const texts = Object.entries(parts).map(([key, value]) => `&${key}=${numberText(value)}`);
  return `#${VERSION}${texts.join("")}`;
}

/** Without the "+" of "1e+21", which separates the values of a list. */
const numberText = (value: unknown): string => String(value).replace("e+", "e");

const startText = ({ start }: TrainOptions): string =>
  typeof start === "object" ? start.map(numberText).join("+") : (start ?? "auto");

type Options = Readonly<Record<string, string | number | boolean | undefined>>;

/** "linear,loss:huber,standardize:off". */
const withOptions = (name: string, options: Options): string =>
  [
    name,
    ...Object.entries(options)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}:${typeof value === "boolean" ? (value ? "on" : "off") : numberText(value)}`),
  ].join(",");

const numbersOf = ({ decay, beta1, beta2, epsilon }: TrainOptions): Options => ({ decay, beta1, beta2, epsilon });

const scheduleTextOf = ({ schedule, ...numbers }: ScheduleChoice): string => withOptions(schedule, numbers);

function modelText({ prepared: { model }, options }: LinkedRun, values: ReadonlyMap<string, unknown>): string {
  const { standardize, loss, delta, quantile, biases, penalty } = options;
  const own: Readonly<Record<string, Options>> = {
    linear: { loss, delta, quantile },
    svm: { loss },
    network: { hidden: (values.get("hidden") as number[])?.join("+"), activation: String(values.get("activation")) },
    factorization: { rank: Number(values.get("rank")), biases, penalty },
  };
  return withOptions(model, { ...own[model], standardize });
}

function dataText({ data, prepared, parts: { train }, options }: LinkedRun): string {
  const { spec, table } = prepared;
  const file = {
    name: encodeURIComponent(basename(data)),
    sha256: hashOfFile(data),
    rows: table.rows,
    ...readingFields(options),
  };
  if ("user" in spec) {
    const { user, item, rating } = spec;
    const columns = { user, item, target: rating! };
    const texts = Object.entries(columns).map(([key, name]) => [key, encodeURIComponent(name)]);
    return withOptions("file", { ...file, holds: "ratings", ...Object.fromEntries(texts) });
  }
  const { target } = spec; // --open takes no svmlight file
  const names = table.kinds.map(({ name }) => name).filter((name) => name !== target);
  const features = options.drop === undefined ? undefined : listText(names);
  const isClasses = train.task === "classification";
  const classes = isClasses ? new Set(train.y).size : undefined;
  return withOptions("file", {
    ...{ ...file, target: encodeURIComponent(target), holds: isClasses ? "classes" : "numbers" },
    ...{ classes, features, na: listText(options.na), kinds: listText(kindsOf(options)) },
  });
}

/** The SHA-256 of the bytes of a file, which is read in parts. */
function hashOfFile(path: string): string {
  const hash = createHash("sha256");
  const bytes = new Uint8Array(2 ** 20);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, bytes); read > 0; read = readSync(file, bytes)) hash.update(bytes.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** The kinds of columns besides the target, whose kind the link has. */
const kindsOf = ({ column = [], target }: TrainOptions): string[] =>
  column.filter(({ name }) => name !== target).map(({ name, kind }) => `${name}:${kind}`);

const listText = (list: readonly string[] = []): string | undefined =>
  list.length === 0 ? undefined : list.map(encodeURIComponent).join("+");

const readingFields = ({ delimiter, encoding, header }: TrainOptions): Options => ({
  header,
  ...(delimiter !== undefined && { delimiter: encodeURIComponent(delimiter) }),
  ...(encoding !== undefined && { encoding: encodeURIComponent(encoding) }),
});
