// Prepares a table that may be larger than the memory: DuckDB reads it once into a temporary file of cells, from which all else is
// computed in parts; the prepared rows are then in a file, from which the training reads them.
import { type Label, tableInParts } from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { estimatorOf } from "../model/estimator.ts";
import { areWritten, dialectOf, tableOptionsOf } from "../model/tableOptions.ts";
import type { TableModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { shareWork } from "../ranks/gather.ts";
import { cellFiles } from "../stream/cellFile.ts";
import { cellPartsOf } from "../stream/cellParts.ts";
import { writeRows } from "../stream/preparedStore.ts";
import { scratchFile } from "../stream/scratchFile.ts";
import { type StoreFile, writeStore } from "../stream/storeFile.ts";
import { summaryOfTargets } from "../stream/targetSummary.ts";
import { leaveOut } from "../table/cells/leaveOut.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";
import {
  type Anew,
  cachedRows,
  type PreparedStream,
  readUnchanged,
  type StreamSurroundings,
  writtenByRank0,
} from "./cachedRows.ts";
import { countsOf, requireCounted, requireTrainingRows, sortedLabels } from "./classCounts.ts";
import { chooseForTarget, requestsOf, requireNames } from "./prepareTable.ts";
import { preparedFrom, type StreamFacts } from "./streamFacts.ts";
import { rolesOf } from "./streamRoles.ts";

const command = "train";

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
      const rowsOfClasses = {
        training: countsOf(table, isClasses ? roles.both : null),
        heldOut: countsOf(table, isClasses ? roles.heldOut : null),
      };
      if (rowsOfClasses.training !== null) requireTrainingRows(counts().keys(), rowsOfClasses.training);
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
            counts: rowsOfClasses,
          };
        }),
      );
    } finally {
      scratch.close();
      cells.close();
    }
  });
}
