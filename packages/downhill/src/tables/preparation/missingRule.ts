// The rule for the missing cells of a column: its own rule, the rule of the table where it fits the column, or the default.
import { show } from "../../core/check.ts";
import { alternatives } from "../reading/decideText.ts";
import { type ColumnKind, isTextKind, type ReadRule } from "../reading/readRule.ts";
import { textReader } from "../reading/valuesOf.ts";
import type { Dialect, MissingRule, TableOptions } from "../tableOptions.ts";

/** The name of the rule: "constant" for a constant. */
type RuleName = Exclude<MissingRule, object> | "constant";

const numberRules: readonly RuleName[] = ["median", "mean", "mostFrequent", "constant", "leaveOut", "error"];

/** The rules of each kind; the first is the default. */
const rulesOf: Readonly<Record<ColumnKind, readonly RuleName[]>> = {
  number: numberRules,
  ordinal: numberRules,
  date: numberRules,
  time: numberRules,
  boolean: ["mostFrequent", "constant", "leaveOut", "error"],
  category: ["category", "mostFrequent", "constant", "leaveOut", "error"],
  words: ["constant", "leaveOut", "error"],
};

/** The plural of what a column contains. */
export const contents: Readonly<Record<ColumnKind, string>> = {
  number: "numbers",
  ordinal: "ordered categories",
  date: "dates",
  time: "times",
  boolean: "booleans",
  category: "categories",
  words: "texts",
};

/**
 * The rule for the missing cells of a column. The rule of the table applies to the columns whose kind can have it. A constant is
 * the value of the cells as the column has it: a category, or a number (true is 1, dates and times are milliseconds).
 *
 * @param problems  gets a sentence if the column's own rule does not fit its kind
 */
export function missingRuleOf(
  name: string,
  read: ReadRule,
  { columns = {}, missing, dialect }: TableOptions & { readonly dialect: Dialect },
  problems: string[],
): MissingRule {
  const options = Object.hasOwn(columns, name) ? columns[name]! : {};
  const own = typeof options === "object" ? options.missing : undefined;
  const { kind } = read;
  const rules = rulesOf[kind];
  const [first] = rules as readonly [MissingRule];
  const standard = kind === "words" ? { constant: "" } : first;
  if (own === undefined) {
    const isNumber = typeof missing === "object" && typeof missing.constant === "number";
    return (missing !== undefined && !(isNumber && isTextKind(kind)) && ruleFor(read, missing)) || standard;
  }
  const rule = ruleFor(read, own);
  if (rule !== undefined) return rule;
  const wrong =
    typeof own === "object"
      ? `the constant ${show(own.constant)}; it must be ${needed(read)}`
      : `the rule ${show(own)}; use ${rules.join(", ")}: ${dialect.column(name, "missing", kind === "words" ? "leaveOut" : (standard as string))}`;
  problems.push(`missing cells of column ${show(name)}, which holds ${contents[kind]}, cannot have ${wrong}.`);
  return standard;
}

/** The constant that a column of this kind needs. */
function needed({ kind, dates, order = [] }: ReadRule): string {
  if (kind === "ordinal") return alternatives(order.map(show));
  if (kind === "boolean") return "true or false";
  if (kind === "number") return "a number";
  const what = kind === "date" ? "a date" : "a time";
  return dates === undefined
    ? `${what} such as ${kind === "date" ? "2020-01-31" : "09:30"}`
    : `${what} of the format ${dates}`;
}

/** The rule as a column of this kind has it; undefined if it cannot have the rule. */
function ruleFor(read: ReadRule, rule: MissingRule): MissingRule | undefined {
  if (typeof rule !== "object") return rulesOf[read.kind].includes(rule) ? rule : undefined;
  const { constant } = rule;
  if (isTextKind(read.kind)) return { constant: String(constant) };
  const value = read.kind === "number" ? numberFrom(constant) : textReader(read)(String(constant));
  return value === undefined ? undefined : { constant: value };
}

function numberFrom(constant: number | string): number | undefined {
  const value = typeof constant === "string" && constant.trim() === "" ? Number.NaN : Number(constant);
  return Number.isFinite(value) ? value : undefined;
}
