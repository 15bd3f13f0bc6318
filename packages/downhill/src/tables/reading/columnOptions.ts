// The options of columns: which columns have a role, and the kind that was requested for a column.
import { InputTypeError, listed, requireKnown, show } from "../../core/check.ts";
import { bucketsRule, isBucketCount } from "../../data/words.ts";
import type { ColumnOptions, TableOptions } from "../tableOptions.ts";
import { dateFormat } from "./dateFormat.ts";
import type { ColumnKind } from "./readRule.ts";

/** The options that decide how a table is read. Without a target, all columns are features. */
export interface ReadOptions extends Omit<TableOptions, "target"> {
  /** The column to predict [none]. */
  readonly target?: string;
  /** The column with the ratings, numbers [none]. */
  readonly rating?: string;
}

/** The kind and format that were requested for a column. */
export interface Requested extends Pick<ColumnOptions, "format" | "order"> {
  readonly kind: ColumnKind | undefined;
}

export const columnKinds: readonly ColumnKind[] = ["number", "boolean", "category", "ordinal", "date", "time", "words"];

/** The options of a column as an object, {} if it has none. */
export function columnOptions({ columns = {} }: Pick<TableOptions, "columns">, name: string): ColumnOptions {
  if (!Object.hasOwn(columns, name)) return {};
  const options = columns[name]!;
  return typeof options === "string" ? { kind: options } : options;
}

/** Adds a problem for each option that names no column, or that contradicts another option. */
export function checkOptions(problems: string[], options: ReadOptions, all: ReadonlyMap<string, unknown>): void {
  const { target, group, weight, rating, ignore = [], columns = {}, na = [] } = options;
  if (!Array.isArray(ignore) || !Array.isArray(na) || [...ignore, ...na].some((text) => typeof text !== "string")) {
    problems.push(`ignore and na must be lists of texts, got ${show(ignore)} and ${show(na)}. Pass ["…"].`);
    return;
  }
  const known = (what: string, name: string): void => {
    if (all.has(name)) return;
    problems.push(
      `${what} names the column ${show(name)}, but the table has only ${listed([...all.keys()].map(show), MAX_NAMES)}. Use one of these names.`,
    );
  };
  const roles = Object.entries({ target, group, weight, rating }).filter(([, name]) => name !== undefined);
  for (const [role, name] of roles as [string, string][]) {
    known(role, name);
    if (ignore.includes(name))
      problems.push(`column ${show(name)} is the ${role}, and ignore has it too. Remove it from ignore.`);
    const other = roles.find(([each, same]) => each !== role && same === name);
    if (other !== undefined && role < other[0]) {
      problems.push(`column ${show(name)} cannot be the ${role} and the ${other[0]}. Use two columns.`);
    }
  }
  for (const name of ignore) known("ignore", name);
  for (const name of Object.keys(columns)) {
    known("columns", name);
    if (ignore.includes(name))
      problems.push(`column ${show(name)} has options, and ignore has it too. Remove it from one of both.`);
    const [role] = roles.find(([, each]) => each === name) ?? [];
    if (role !== undefined && columnOptions(options, name).missing !== undefined)
      problems.push(
        `column ${show(name)} is the ${role}, which cannot have a rule for missing cells. Remove the rule.`,
      );
    if (role !== undefined && columnOptions(options, name).kind === "words")
      problems.push(`column ${show(name)} is the ${role}, which cannot have the kind words. Remove the kind.`);
    checkColumn(problems, name, options);
  }
}

const MAX_NAMES = 20;

function checkColumn(problems: string[], name: string, options: ReadOptions): void {
  const raw: unknown = options.columns![name];
  const { kind, format, order, buckets, seed } = columnOptions(options, name);
  const where = `columns: the option of ${show(name)}`;
  if (typeof raw !== "string" && Object(raw) !== raw) {
    problems.push(`${where} must be a kind or an object, got ${show(raw)}. Pass "category", for example.`);
    return;
  }
  if (typeof raw === "object") {
    try {
      requireKnown("", raw as object, ["kind", "format", "order", "missing", "maxCategories", "buckets", "seed"]);
    } catch (error) {
      if (!(error instanceof InputTypeError)) throw error;
      problems.push(`${where}${error.message}`);
    }
  }
  if (kind !== undefined && !columnKinds.includes(kind)) {
    problems.push(`${where} must be one of ${columnKinds.join(", ")}, got ${show(kind)}. Pass one of these kinds.`);
  }
  if ((buckets !== undefined || seed !== undefined) && kind !== "words") {
    problems.push(`${where} has buckets or a seed, which only words have. Add kind: "words", or remove them.`);
  }
  if (buckets !== undefined && !isBucketCount(buckets))
    problems.push(
      `the buckets of column ${show(name)} must be ${bucketsRule}, got ${show(buckets)}. Pass 65536, for example.`,
    );
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    problems.push(
      `the seed of column ${show(name)} must be a whole number of at least 0, got ${show(seed)}. Pass 0, for example.`,
    );
  if (format !== undefined) {
    if (kind !== undefined && kind !== "date" && kind !== "time") {
      problems.push(
        `${where} has a format, which only dates and times have, but its kind is ${kind}. Remove the format or the kind.`,
      );
    }
    const read = typeof format === "string" ? dateFormat(format) : "it must be text";
    if (typeof read === "string")
      problems.push(`the format ${show(format)} of column ${show(name)} is wrong: ${read}. Correct the format.`);
    else if (kind === (read.hasDate ? "time" : "date")) {
      problems.push(
        `the format ${show(format)} of column ${show(name)} has ${read.hasDate ? "a" : "no"} date, but its kind is ${kind}. Use the kind ${read.hasDate ? "date" : "time"}.`,
      );
    }
  }
  if (order === undefined && kind === "ordinal") {
    problems.push(
      `column ${show(name)} is ordinal and needs the order of its categories. Pass { kind: "ordinal", order: ["low", "high"] }.`,
    );
  }
  if (order !== undefined) {
    if (kind !== undefined && kind !== "ordinal") {
      problems.push(
        `${where} has an order, which only ordinal columns have, but its kind is ${kind}. Remove the order or the kind.`,
      );
    }
    const isList =
      Array.isArray(order) && order.every((text) => typeof text === "string" && text.trim() === text && text !== "");
    if (!isList || order.length < 2 || new Set(order).size !== order.length) {
      problems.push(
        `the order of column ${show(name)} must be at least two distinct texts without spaces around them. Pass ["low", "high"], for example.`,
      );
    }
  }
}
