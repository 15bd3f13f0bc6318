// The columns of DATA that a saved model needs, and how their cells are read, by the rules that the model stores.
import type { FittedRatingModel, ReadRule } from "downhill";
import type { CellRequest } from "../table/cells/reader.ts";
import type { OpenTable } from "../table/openTable.ts";
import type { RatingsModelFile, TableModelFile } from "./modelFile.ts";

/** The users and the items. */
export const pairRequests = ({ columns: { user, item } }: FittedRatingModel): CellRequest[] =>
  [user, item].map(({ name }) => ({ name, asText: true }));

/** The columns that the model reads as text. */
export function textColumns(model: TableModelFile | RatingsModelFile): string[] {
  if (model.kind === "ratings") return pairRequests(model.fitted).map(({ name }) => name);
  const { columns, target } = model.fitted.preparation;
  return [...columns, target].filter(({ read }) => needsText(read)).map(({ name }) => name);
}

/**
 * Whether a rule reads the cells of a CSV file as they are written: 007 is a category, and 9.830 may be 9830. Other sources
 * have types.
 */
const needsText = (rule: ReadRule): boolean => isLabel(rule) || rule.numbers !== undefined || rule.dates !== undefined;

const isLabel = ({ kind }: ReadRule): boolean => ["category", "ordinal", "words"].includes(kind);

/** The columns of the features, and the target if it is read. */
export function requestsOf(
  { fitted }: TableModelFile,
  { types }: OpenTable,
  keep: readonly string[],
  target?: string,
): CellRequest[] {
  const { columns, target: own } = fitted.preparation;
  const used = [...columns, ...(target === undefined ? [] : [own])];
  return used.map(({ name, read }) => ({
    name,
    asText: isLabel(read) || (!types.has(name) && needsText(read)) || (keep.includes(name) && "asWritten"),
    separate: name === target,
  }));
}
