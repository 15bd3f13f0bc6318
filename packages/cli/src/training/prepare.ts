// Reads DATA for a training run.
import { areWritten } from "../model/tableOptions.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { RunRanks } from "../ranks/join.ts";
import type { DataArgument } from "../table/files/source.ts";
import { isSvmlight } from "../table/files/svmlight.ts";
import { withTable } from "../table/openTable.ts";
import { fileNote, type Prepared } from "./prepared.ts";
import { prepareRatings } from "./prepareRatings.ts";
import { prepareSvmlight } from "./prepareSvmlight.ts";
import { prepareTable } from "./prepareTable.ts";

/**
 * Reads DATA for a training run.
 *
 * @param ranks  the ranks that divide the rows to read; afterwards each has all rows
 * @throws UsageError for a wrong column or option; DataError and input errors of the library for wrong cells
 */
export async function prepare(
  data: DataArgument,
  options: TrainOptions,
  ranks?: RunRanks | undefined,
): Promise<Prepared> {
  if (isSvmlight(data.data)) return prepareSvmlight(data.data, options);
  const asText = (options.column ?? []).filter((choice) => areWritten(choice, false));
  const texts = [options.user, options.item, ...asText.map(({ name }) => name)].filter((name) => name !== undefined);
  return withTable("train", { argument: data, texts, ranks }, async (open) => {
    const prepared = await (options.model === "factorization"
      ? prepareRatings(open, options)
      : prepareTable(open, options, options.model));
    return { ...prepared, notes: [...open.notes.map(fileNote), ...prepared.notes] };
  });
}
