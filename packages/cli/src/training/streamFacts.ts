// Prepared rows in a file, and what the file knows of them, as the training needs them.
import { formatCount } from "@downhill/plots/format";
import {
  type Label,
  type LearnedParts,
  type Note,
  type ReadRule,
  type TrainingFacts,
  type TypedParts,
  tableModelOf,
} from "downhill";
import type { Rows } from "../model/rows.ts";
import type { RowsLayout } from "../model/storedTable.ts";
import type { TargetFacts } from "../model/targetFacts.ts";
import type { TableModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { Fingerprint } from "../stream/fingerprint.ts";
import type { Sections } from "../stream/preparedStore.ts";
import { blocksOf, rowsInMemory } from "../stream/rowBlocks.ts";
import type { StoreFile } from "../stream/storeFile.ts";
import type { PreparedStream } from "./cachedRows.ts";
import { type Counts, sumOfCounts } from "./classCounts.ts";
import { fileNote, type Prepared, tableSpec } from "./prepared.ts";
import { chooseForTarget } from "./prepareTable.ts";

/** What the file of prepared rows knows of them. JSON. */
export interface StreamFacts {
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

/** The rows of a file as the training needs them; null if they were prepared for a target of another kind. */
export function preparedFrom(store: StoreFile<StreamFacts>, options: TrainOptions): PreparedStream | null {
  const { facts } = store;
  const { layout, sections, learned, training, counts } = facts;
  const target = options.target!;
  const { choice, isClasses, twoClasses } = chooseForTarget(
    { columns: facts.columns, rules: new Map(facts.rules), leftOut: facts.leftOut },
    {
      target,
      facts: facts.target,
      counts: () => sumOfCounts(counts.training, counts.heldOut),
      withoutTarget: facts.withoutTarget,
    },
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
    spec: tableSpec({
      target,
      preparation,
      fitted: (model) => tableModelOf({ model, preparation, notes: learned.notes, training }),
    }),
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
