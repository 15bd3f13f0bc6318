// The rule for the missing cells of a column: its own rule, the rule of the table where it fits the column, or the default.
import { show } from "../../core/check.ts";
import type { ColumnKind, ReadRule } from "../reading/readRule.ts";
import type { Dialect, MissingRule, TableOptions } from "../tableOptions.ts";

/** The name of the rule: "constant" for a constant. */
type RuleName = Exclude<MissingRule, object> | "constant";

const numberRules: readonly RuleName[] = ["median", "mean", "mostFrequent", "constant", "leaveOut", "error"];
const timeRules: readonly RuleName[] = ["median", "mean", "mostFrequent", "leaveOut", "error"];

/** The rules of each kind; the first is the default. */
const rulesOf: Readonly<Record<ColumnKind, readonly RuleName[]>> = {
  number: numberRules,
  ordinal: numberRules,
  date: timeRules,
  time: timeRules,
  boolean: ["mostFrequent", "constant", "leaveOut", "error"],
  category: ["category", "mostFrequent", "constant", "leaveOut", "error"],
};

/** The plural of what a column contains. */
export const contents: Readonly<Record<ColumnKind, string>> = {
  number: "numbers",
  ordinal: "ordered categories",
  date: "dates",
  time: "times",
  boolean: "booleans",
  category: "categories",
};

/**
 * The rule for the missing cells of a column. The rule of the table applies to the columns whose kind can have it.
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
  const [standard] = rules as readonly [MissingRule];
  if (own === undefined) return missing !== undefined && isRuleOf(read, missing) ? missing : standard;
  if (isRuleOf(read, own)) return own;
  const rule = typeof own === "object" ? `the constant ${show(own.constant)}` : `the rule ${show(own)}`;
  problems.push(
    `Missing cells of column ${show(name)}, which holds ${contents[kind]}, cannot have ${rule}; ` +
      `use ${rules.join(", ")}: ${dialect.column(name, "missing", standard as string)}.`,
  );
  return standard;
}

function isRuleOf({ kind, order }: ReadRule, rule: MissingRule): boolean {
  if (typeof rule !== "object") return rulesOf[kind].includes(rule);
  if (!rulesOf[kind].includes("constant")) return false;
  const { constant } = rule;
  if (kind === "category") return typeof constant === "string";
  if (kind === "ordinal") return order!.includes(constant as string);
  return kind === "boolean" ? constant === 0 || constant === 1 : Number.isFinite(constant);
}
