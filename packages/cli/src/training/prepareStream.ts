// Prepares a table that may be larger than the memory: DuckDB reads it once into a temporary file of cells, from which all else is
// computed in parts; the prepared rows are then in a file, from which the training reads them.
import { formatCount } from "@downhill/plots/format";
import type { FittedClassifier, FittedRegression } from "downhill";
import {
  type InnerEstimator,
  type Label,
  type LearnedParts,
  type Note,
  type ReadRule,
  type SplitRows,
  type TableInParts,
  type TrainingFacts,
  type TypedParts,
  tableInParts,
  tableModelOf,
  trainTestSplit,
} from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { estimatorOf } from "../model/estimator.ts";
import type { Rows } from "../model/rows.ts";
import { heldOutRows } from "../model/splitRows.ts";
import type { RowsLayout } from "../model/storedTable.ts";
import { areWritten, dialectOf, tableOptionsOf } from "../model/tableOptions.ts";
import type { TargetFacts } from "../model/targetFacts.ts";
import type { ModelName } from "../options/modelNames.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { shareWork } from "../ranks/gather.ts";
import { cellFiles } from "../stream/cellFile.ts";
import { cellPartsOf } from "../stream/cellParts.ts";
import type { Fingerprint } from "../stream/fingerprint.ts";
import { type Sections, writeRows } from "../stream/preparedStore.ts";
import { blocksOf, rowsInMemory } from "../stream/rowBlocks.ts";
import { DIVIDED, divideRows, type RowRoles } from "../stream/rowRoles.ts";
import { scratchFile } from "../stream/scratchFile.ts";
import { type StoreFile, writeStore } from "../stream/storeFile.ts";
import { summaryOfTargets } from "../stream/targetSummary.ts";
import { leaveOut } from "../table/cells/leaveOut.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import {
  type Anew,
  cachedRows,
  type PreparedStream,
  readUnchanged,
  type StreamSurroundings,
  writtenByRank0,
} from "./cachedRows.ts";
import { fileNote, type Prepared } from "./prepared.ts";
import { chooseForTarget, requestsOf, requireNames } from "./prepareTable.ts";

const command = "train";

/** What the file of prepared rows knows of them. JSON. */
interface StreamFacts {
  readonly fingerprint: Fingerprint;
  readonly rows: number;
  readonly columns: TypedParts["columns"];
  readonly rules: readonly (readonly [string, ReadRule])[];
  readonly leftOut: TypedParts["leftOut"];
  readonly fileNotes: readonly string[];
  readonly target: TargetFacts;
  readonly withoutTarget: number;
  readonly isClasses: boolean;
  readonly learned: LearnedParts;
  readonly training: TrainingFacts;
  /** The most frequent class, or the mean, median or quantile of the held-out targets; null without held-out rows. */
  readonly heldOutAnswer: Label | null;
  readonly layout: RowsLayout;
  readonly sections: Sections;
  /** The rows of each class, of the training rows and validation rows, and of the held-out rows. */
  readonly counts: { readonly training: Counts | null; readonly heldOut: Counts | null };
}

type Counts = readonly (readonly [Label, number])[];

type TableModelName = Exclude<ModelName, "factorization">;

/**
 * Prepares a table in parts for a training run, or takes the prepared rows of an earlier run from its cache.
 *
 * @param surroundings  how the progress is shown, and the ranks that divide the work, if there is a cache: rank 0 writes it, and all open it
 * @throws UsageError for a wrong column or option; DataError and input errors of the library for wrong cells
 */
export const prepareStream = (
  data: DataArgument,
  options: TrainOptions,
  { ranks, progress }: StreamSurroundings = {},
): Promise<PreparedStream> =>
  cachedRows<StreamFacts>(data, options, {
    name: options.target ?? "",
    ...{ ranks, progress },
    from: (store) => preparedFrom(store, options),
    anew: (anew) => prepareAnew(data, options, anew),
  });

/** The rows of a file as the training needs them; null if they were prepared for a target of another kind. */
function preparedFrom(store: StoreFile<StreamFacts>, options: TrainOptions): PreparedStream | null {
  const { facts } = store;
  const { layout, sections, learned, training, counts } = facts;
  const target = options.target!;
  const { choice, isClasses, twoClasses } = chooseForTarget(
    { columns: facts.columns, rules: new Map(facts.rules), leftOut: facts.leftOut },
    { target, facts: facts.target, counts: () => new Map(allCounts(facts)), withoutTarget: facts.withoutTarget },
    options,
    options.model as TableModelName | undefined,
  );
  if (isClasses !== facts.isClasses) return null;
  const rowsOf = (use: "training" | "heldOut"): Rows => {
    const sample = rowsInMemory(store, layout, sections[`${use}Sample`]!);
    const own = counts[use];
    const total =
      use === "heldOut" ? sections.heldOut!.rows : sections.training.rows + (sections.validation?.rows ?? 0);
    const stored = {
      rows: total,
      counts: own && new Map(own),
      classes: layout.classes,
      answer: use === "heldOut" ? facts.heldOutAnswer! : training.baseline,
      blocks: () =>
        blocksOf(store, layout, use === "heldOut" ? [sections.heldOut] : [sections.training, sections.validation]),
      training:
        use === "heldOut"
          ? null
          : {
              ...layout,
              training: sections.training,
              validation: sections.validation,
              read: store.read,
            },
    };
    const { X, y } = sample;
    return isClasses
      ? { task: "classification", X, y: Array.from(y, (code) => layout.classes![code]!), stored }
      : { task: "regression", X, y, stored };
  };
  const { preparation } = learned;
  const prepared: Prepared = {
    table: {
      rows: training.rows + (sections.heldOut?.rows ?? 0),
      columns: [],
      kinds: facts.columns.map(({ name, kind }) => ({ name, kind })),
    },
    notes: [...facts.fileNotes.map(fileNote), ...learned.notes, ...sampleNotes(sections)],
    ...choice,
    parts: { train: rowsOf("training"), heldOut: sections.heldOut === null ? null : rowsOf("heldOut") },
    twoClasses,
    evaluable: null,
    spec: {
      target,
      preparation,
      features: preparation.columns.map(({ name }) => name),
      numbersOf: (column) =>
        preparation.features
          .filter(({ columns }) => columns.length === 1 && columns[0] === column)
          .map(({ name }) => name),
      fitted: (model: FittedClassifier | FittedRegression) =>
        tableModelOf({ model, preparation, notes: learned.notes, training }),
    },
  };
  return { prepared, close: store.close };
}

/** The sentence about charts that are those of a sample. */
function sampleNotes({ training, validation, heldOut, trainingSample, heldOutSample }: Sections): Note[] {
  const all = training.rows + (validation?.rows ?? 0);
  const parts = [
    ...(trainingSample.rows < all ? [`${formatCount(trainingSample.rows)} of ${formatCount(all)} training rows`] : []),
    ...(heldOutSample !== null && heldOutSample.rows < heldOut!.rows
      ? [`${formatCount(heldOutSample.rows)} of ${formatCount(heldOut!.rows)} held-out rows`]
      : []),
  ];
  if (parts.length === 0) return [];
  const text = `The charts are those of a random sample: ${parts.join(", and ")}; the scores are those of all rows`;
  return [{ code: "sample", column: null, text, level: "information" }];
}

function allCounts({ counts }: StreamFacts): Counts {
  const all = new Map(counts.training ?? []);
  for (const [label, count] of counts.heldOut ?? []) all.set(label, (all.get(label) ?? 0) + count);
  return [...all];
}

/** Labels in the order of the scores of a model: truth values, numbers, texts; each kind ascending. */
function sortedLabels(labels: readonly Label[]): Label[] {
  const kinds = ["boolean", "number", "string"];
  return [...labels].sort((a, b) => kinds.indexOf(typeof a) - kinds.indexOf(typeof b) || (a < b ? -1 : 1));
}

const MAX_TEXTS = 500_000; // different texts of all columns, which are in memory

function checkTexts(name: string, { all }: { readonly all: number }): void {
  if (all <= MAX_TEXTS) return;
  throw new DataError(
    `${command}: the columns have more than ${MAX_TEXTS / 1000} 000 different texts, the last of them in ${show(name)}, too many ` +
      `to be in memory with --stream. If ${show(name)} does not describe the row, ${leaveOut(command, name)}; if it holds ` +
      "numbers or dates, convert it in a query.",
  );
}

/** Reads the table, and writes the file of its prepared rows. */
async function prepareAnew(
  data: DataArgument,
  options: TrainOptions,
  { cache, now, ranks, progress, unchanged }: Anew,
): Promise<StoreFile<StreamFacts>> {
  const texts = (options.column ?? []).filter((choice) => areWritten(choice, false));
  const beside = cache ?? (options.save || "model.json");
  const argument = { argument: data, texts: texts.map(({ name }) => name), streamed: true, ranks };
  return withTable(command, argument, async (open) => {
    const target = requireNames(open, options, options.model);
    const tableOptions = tableOptionsOf(
      { ...options, target },
      open.columns.filter((name) => !options.drop?.includes(name)),
      dialectOf(command, open.locate),
    );
    const isShared = ranks !== undefined;
    const cells = cellFiles({
      command,
      newFile: () => scratchFile(command, beside, { isShared }),
      checkTexts,
      onRows: progress?.read,
    });
    const scratch = scratchFile(command, beside);
    try {
      const read = await readUnchanged(open, requestsOf(open, { ...options, target }), cells, { ranks, unchanged });
      const table = tableInParts(cellPartsOf(read, { share: ranks && shareWork(ranks), progress }), tableOptions);
      const summary = summaryOfTargets(command, table, options.loss);
      const counts = (): ReadonlyMap<Label, number> => requireCounted(target, summary.counts);
      const { choice, isClasses, twoClasses } = chooseForTarget(
        table.typed,
        { target, facts: summary.facts, counts, withoutTarget: summary.withoutTarget },
        options,
        options.model as TableModelName | undefined,
      );
      const estimator = estimatorOf({ ...choice, ...(twoClasses && { classes: twoClasses.classes }) }, options);
      const roles = rolesOf(open, table, {
        options,
        target,
        isClasses,
        usable: summary.facts.rows,
        scratch,
        estimator,
      });
      const learned = table.learn(roles.training, {
        classes: isClasses,
        withoutTarget: summary.withoutTarget,
        leftOut: summary.leftOut,
      });
      const classes = isClasses ? (twoClasses?.classes ?? sortedLabels([...counts().keys()])) : null;
      const baseline = table.baseline(roles.both, options, isClasses);
      const heldOutAnswer = roles.heldOut && table.baseline(roles.heldOut, options, isClasses);
      return await writtenByRank0(ranks, cache, async () =>
        writeStore<StreamFacts>(command, { path: cache, beside }, (append) => {
          const weighted = options.weight !== undefined;
          const { layout, sections, missing } = writeRows(append, table, { roles, learned, classes, weighted });
          const { rows } = roles.both;
          return {
            fingerprint: now,
            rows: table.typed.rows,
            columns: table.typed.columns.map(
              ({ name, kind }) => ({ name, kind, ...(kind === "category" && { texts: [] }) }) as never,
            ),
            rules: [...table.typed.rules],
            leftOut: table.typed.leftOut,
            fileNotes: open.notes,
            target: summary.facts,
            withoutTarget: summary.withoutTarget,
            isClasses,
            learned,
            training: {
              rows,
              withoutTarget: summary.withoutTarget,
              leftOut: summary.leftOut,
              missing,
              baseline,
            },
            heldOutAnswer,
            layout,
            sections,
            counts: {
              training: countsOf(table, isClasses ? roles.both : null),
              heldOut: countsOf(table, isClasses ? roles.heldOut : null),
            },
          };
        }),
      );
    } finally {
      scratch.close();
      cells.close();
    }
  });
}

function countsOf(table: TableInParts, rows: TypedParts | null): Counts | null {
  if (rows === null) return null;
  const counts = new Map<Label, number>();
  for (const { y } of table.usable([], rows)) {
    for (let i = 0; i < y.length; i++) counts.set(y[i]!, (counts.get(y[i]!) ?? 0) + 1);
  }
  return [...counts];
}

function requireCounted(target: string, counts: ReadonlyMap<Label, number> | null): ReadonlyMap<Label, number> {
  if (counts !== null) return counts;
  throw new DataError(
    `${command}: the target ${show(target)} has more than 10 000 different values, too many for classes with --stream. Choose another --target.`,
  );
}

interface RolesRequest {
  readonly options: TrainOptions;
  readonly target: string;
  readonly isClasses: boolean;
  readonly usable: number;
  readonly scratch: ReturnType<typeof scratchFile>;
  readonly estimator: Pick<InnerEstimator<FittedClassifier | FittedRegression>, "validationSplit">;
}

/** Divides the rows as `prepareTable` does; rows of a large table are divided block by block. */
function rolesOf(
  open: OpenTable,
  table: TableInParts,
  { options, target, isClasses, usable, scratch, estimator }: RolesRequest,
): RowRoles {
  const { holdOut: share = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED, group, time } = options;
  const names = [group, time].filter((name) => name !== undefined);
  if (names.length > 0 && usable > DIVIDED) {
    throw new UsageError(
      `${command}: --${group === undefined ? "time" : "group"} needs at most ${DIVIDED} rows with --stream, but there are ${usable}. ` +
        "Hold out rows in a query, or leave the option out.",
    );
  }
  const dialect = dialectOf(command, open.locate);
  return divideRows(table, { usable, names, scratch }, ({ y, typed, block }) => {
    const facts = { rows: null, withoutTarget: 0, leftOut: 0, notes: [], dialect, y, typed };
    const ofBlock = { share, seed: seed + block, group, time, target };
    const split =
      usable > DIVIDED && share > 0 ? splitOfBlock(y, isClasses, ofBlock) : heldOutRows(facts, isClasses, ofBlock);
    const rest = split?.train.sort() ?? null;
    const own =
      rest === null
        ? y
        : y instanceof Float64Array
          ? Float64Array.from(rest, (row) => y[row]!)
          : Array.from(rest, (row) => y[row]!);
    const validation = estimator.validationSplit(own as never)?.test ?? new Uint32Array(0);
    return {
      heldOut: split?.test ?? new Uint32Array(0),
      validation: rest === null ? validation : validation.map((row) => rest[row]!),
    };
  });
}

const splitOfBlock = (
  y: Float64Array | readonly Label[],
  isClasses: boolean,
  { share, seed }: { share: number; seed: number },
): SplitRows =>
  isClasses
    ? trainTestSplit(y, { testShare: share, seed, stratify: true })
    : trainTestSplit(y.length, { testShare: share, seed });
