import { show } from "../../core/check.ts";
import type { Dialect } from "../tableOptions.ts";
import { alternatives } from "./decideText.ts";
import type { ColumnKind, ReadRule } from "./readRule.ts";
import type { Misfits } from "./valuesOf.ts";

const kindNames: Readonly<Record<ColumnKind, string>> = {
  number: "numbers",
  boolean: "true and false",
  category: "categories",
  ordinal: "categories of its order",
  date: "dates",
  time: "times of day",
  words: "texts",
};

/** Where cells were read: in the training rows by the decided kind or a requested one, or later by the rule of a model. */
export type ReadingTime = "decided" | "requested" | "later";

/** The sentences about cells that a rule cannot read: what is needed, what came and where, and what the user can do. */
export function misfitText(
  name: string,
  {
    misfits,
    rule,
    dialect,
    time,
    role,
  }: {
    readonly misfits: Misfits;
    readonly rule: ReadRule;
    readonly dialect: Dialect;
    readonly time: ReadingTime;
    /** The role of the column in the table, if it is not a feature. */
    readonly role?: "target" | "group" | "weight" | "rating" | undefined;
  },
): string {
  const { count, row, texts, contents, infinite } = misfits;
  const needed = `column ${show(name)} must contain ${needs(rule)}${time === "later" ? ", as in the training rows" : ""}, but `;
  if (contents !== undefined) {
    const remedy =
      time === "later"
        ? "Pass such cells"
        : contents === "numbers"
          ? formatAdvice(name, rule, dialect)
          : "Choose another kind";
    return `${needed}it contains ${contents}. ${remedy}.`;
  }
  const what = infinite ? "finite" : isNot(rule, count > 1);
  const cells = count === 1 ? `1 cell is not ${what}: ` : `${count} cells are not ${what}; the first is `;
  const first = `${infinite ? texts[0] : show(texts[0])} at ${dialect.locate(row)}`;
  const advice = [count === 1 ? "correct the cell" : "correct the cells"];
  if (time !== "later") {
    if (count > 0 && texts.length <= 3 && role !== "weight")
      advice.push(`read ${count === 1 ? "it" : "them"} as missing with ${dialect.option("na", ...texts)}`);
    if (role === "weight" || role === "rating") advice.push("choose another column");
    else if (!infinite) advice.push(`read the column as categories with ${dialect.column(name, "kind", "category")}`);
    if (time === "decided") advice.push(`leave the column out with ${dialect.ignore(name)}`);
  }
  const sentence = alternatives(advice);
  return `${needed}${cells}${first}. ${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}

const needs = ({ kind, dates, order = [] }: ReadRule): string => {
  if (kind === "ordinal") return `the categories ${alternatives(order.map(show)).replace(" or ", " and ")}`;
  return `${kindNames[kind]}${dates === undefined ? "" : ` of the format ${dates}`}`;
};

/** The word for one cell, and for several. */
function isNot({ kind, dates, numbers }: ReadRule, several: boolean): string {
  if (kind === "ordinal") return "one of these";
  if (kind === "boolean") return "true or false";
  const example =
    dates !== undefined ? "" : kind === "date" ? " such as 2020-01-31" : kind === "time" ? " such as 09:30" : "";
  const same = kind === "number" && numbers !== undefined ? " in the same format" : "";
  const one = kind === "number" ? "a number" : kind === "date" ? "a date" : "a time of day";
  return (several ? kindNames[kind] : one) + example + same;
}

const formatAdvice = (name: string, { kind }: ReadRule, dialect: Dialect): string =>
  kind === "date"
    ? `Set the format of the numbers, such as ${dialect.column(name, "format", "%Y%m%d")} or ${dialect.column(name, "format", "%s")}`
    : "Choose another kind";
