// From the options of the command line to the options of the library's tables.
import type { ColumnOptions, Dialect, TableOptions } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { flagOf } from "../options/option.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { ColumnChoice } from "../options/values.ts";
import { shellWord } from "../terminal/shellWord.ts";

/** The words of the command for the library's messages about cells. */
export const dialectOf = (command: string, locate: (row: number) => string): Dialect => ({
  functionName: command,
  locate,
  column(name, option, value) {
    if (option === "missing") return `--missing ${shellWord(`${name}:${value}`)}`;
    const kind = option === "kind" ? "" : /%[IH]/.test(value) && !/%[Yy]/.test(value) ? "time:" : "date:";
    return `--column ${shellWord(`${name}:${kind}${value}`)}`;
  },
  ignore: (...names) => names.map((name) => `--drop ${shellWord(name)}`).join(" "),
  option: (name, ...values) => `${flagOf(name)} ${shellWord(values.map(csvItem).join(","))}`,
});

/** An item of a list with commas, as in a line of CSV. */
const csvItem = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Whether the cells of a column are read as they are written: categories, words, and dates with a format in a file without types.
 *
 * @param hasType  whether the file has a type for the column
 */
export const areWritten = ({ kind, format }: Partial<ColumnChoice>, hasType: boolean): boolean =>
  ["category", "ordinal", "words"].includes(kind ?? "") || (!hasType && format !== undefined);

/**
 * The options of the library's tables. The columns of --drop are not read, so that the library does not know them.
 *
 * @param columns  the names of the columns that are read
 * @throws UsageError for a column with two kinds or two rules
 */
export function tableOptionsOf(
  options: Partial<TrainOptions> & { readonly target: string },
  columns: readonly string[],
  dialect: Dialect,
): TableOptions {
  const { target, na, unseen, expand, weight, group, missing = [], maxCategories } = options;
  const own = new Map<string, ColumnOptions>();
  const set = (name: string, more: ColumnOptions): void => {
    const earlier = own.get(name) ?? {};
    for (const [option, value] of Object.entries(more)) {
      const before = earlier[option as keyof ColumnOptions];
      if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) continue;
      const flag = option === "missing" ? "--missing" : "--column";
      throw new UsageError(
        `${dialect.functionName}: ${flag} sets ${show(name)} to ${wordOf(before)} and to ${wordOf(value)}. Choose one of the two.`,
      );
    }
    own.set(name, { ...earlier, ...more });
  };
  for (const { name, ...choice } of options.column ?? []) set(name, choice);
  for (const { name, rule } of missing) if (name !== undefined) set(name, { missing: rule });
  if (maxCategories !== undefined) for (const name of columns) set(name, { maxCategories });
  const forAllColumns = missing.filter(({ name }) => name === undefined).map(({ rule }) => rule);
  if (new Set(forAllColumns.map((rule) => JSON.stringify(rule))).size > 1) {
    throw new UsageError(
      `${dialect.functionName}: --missing sets all columns to ${wordOf(forAllColumns[0])} and to ${wordOf(forAllColumns[1])}. Choose one of the two.`,
    );
  }
  const [rule] = forAllColumns;
  return {
    target,
    dialect,
    columns: Object.fromEntries(own),
    ...(na && { na }),
    ...(unseen && { unseen }),
    ...(expand && { expand }),
    ...(weight !== undefined && { weight }),
    ...(group !== undefined && { group }),
    ...(rule !== undefined && { missing: rule }),
  };
}

/**
 * The kinds and formats of some columns.
 *
 * @param names  the columns that can have a kind
 * @throws UsageError for another column
 */
export function columnOptionsOf(
  { column = [] }: Pick<TrainOptions, "column">,
  names: readonly (string | undefined)[],
): Record<string, ColumnOptions> {
  const other = column.find(({ name }) => !names.includes(name));
  if (other !== undefined) {
    throw new UsageError(
      `train: --column of a factorization can name only the columns of --rating and --time, got ${show(other.name)}. Leave it out.`,
    );
  }
  return Object.fromEntries(column.map(({ name, ...choice }) => [name, choice]));
}

const wordOf = (value: unknown): string =>
  value !== null && typeof value === "object" && "constant" in value
    ? `constant:${String(value.constant)}`
    : String(value);
