// The data of a state from a file that the user has opened: first choices, which the user can change.
import type { Holds } from "../state/dataFields.ts";
import { fileFields } from "../state/dataFields.ts";
import { initialOf } from "../state/field.ts";
import type { DataState } from "../state/labState.ts";
import type { FileColumn, FileFacts } from "./fileFacts.ts";
import type { ReadingChoices } from "./readTable.ts";

/** The data of a state that names a file. */
export type FileData = Extract<DataState, { readonly kind: "file" }>;

/**
 * The data of a file with a first choice of what is predicted. A delimiter other than the comma and an encoding other than UTF-8 become
 * a part of the data, so that programs and command lines read the file in the same way.
 */
export function fileDataOf(facts: FileFacts, choices: ReadingChoices, sha256: string): FileData {
  const { columns, delimiter, encoding, rows, sample } = facts;
  const { name, header, quotes, ragged, decimal, isPasted } = choices;
  const shared: FileData = {
    ...initialOf(fileFields),
    ...({ kind: "file", name, sha256, rows, columns: columns.length, sample } as const),
    ...(delimiter === null && { format: "parquet" as const }),
    ...(isPasted === true && { format: "pasted" as const }),
    ...(delimiter !== null && delimiter !== "," && { delimiter }),
    ...(encoding !== null && encoding !== "utf-8" && { encoding }),
    ...(header !== undefined && { header }),
    ...(quotes !== undefined && { quotes }),
    ...(ragged !== undefined && { ragged }),
    ...(decimal !== undefined && { decimal: decimal === "." ? ("point" as const) : ("comma" as const) }),
  };
  const ratings = ratingColumnsOf(facts);
  if (ratings !== null) return { ...shared, holds: "ratings", ...ratings };
  return withTarget(shared, suggestedTarget(columns));
}

/** The data with another column to predict. */
export const withTarget = (data: FileData, { name, holds, classes }: FileColumn): FileData => ({
  ...data,
  target: name,
  holds,
  classes,
});

/** The last column that can be a target: dates and columns of one value are none. */
const suggestedTarget = (columns: readonly FileColumn[]): FileColumn =>
  columns.findLast(
    ({ kind, classes, missing }) => kind !== null && !isDate(kind) && !(classes === 1 && missing === 0),
  ) ?? columns.at(-1)!;

const isDate = (kind: string): boolean => kind === "date" || kind === "time";

/**
 * The columns of ratings: by their names; or, in a table of three columns, two columns whose values repeat and whose pairs do not, and
 * a third one with a few numbers.
 */
function ratingColumnsOf({ columns, ratingPairs }: FileFacts): Pick<FileData, "user" | "item" | "target"> | null {
  const like = (word: RegExp) => columns.find(({ name }) => word.test(name))?.name;
  const [user, item, target] = [like(/^user(_?id)?$/i), like(/^(item|movie)(_?id)?$/i), like(/^ratings?$/i)];
  if (user !== undefined && item !== undefined && target !== undefined) return { user, item, target };
  if (!ratingPairs) return null;
  const [first, second, third] = columns;
  return { user: first!.name, item: second!.name, target: third!.name };
}

/** What a column holds to predict. */
export type ColumnHolds = Exclude<Holds, "ratings">;

/** New data of a file that is read again, with the choices that the user has made before, as far as the columns are still there. */
export function keptChoices(data: FileData, before: FileData, { columns }: FileFacts): FileData {
  const has = (name: string): boolean => columns.some((column) => column.name === name);
  const kept = { na: before.na, kinds: before.kinds.filter((entry) => has(entry.slice(0, entry.lastIndexOf(":")))) };
  if (!has(before.target)) return { ...data, ...kept };
  const { target, holds, user, item } = before;
  if (holds === "ratings") return has(user) && has(item) ? { ...data, ...kept, holds, target, user, item } : data;
  const features = before.features.filter(has);
  return {
    ...withTarget(data, columns.find(({ name }) => name === target)!),
    ...kept,
    holds,
    features,
    user: "",
    item: "",
  };
}
