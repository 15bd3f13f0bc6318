// Pieces of SQL that DuckDB and PostgreSQL read in the same way.
import type { Label } from "../../core/label.ts";

/** A name in quotes. */
export const nameText = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text in quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A number with an exponent, which DuckDB reads as float64; a negative number is in parentheses. */
export function numberText(value: number): string {
  const text = value.toExponential().replace("e+", "e");
  return value < 0 || Object.is(value, -0) ? `(${text})` : text;
}

/** A class as a literal. */
export function labelText(label: Label): string {
  if (typeof label === "string") return quoted(label);
  if (typeof label === "boolean") return label ? "TRUE" : "FALSE";
  return Number.isSafeInteger(label) ? String(label) : numberText(label);
}

/** Values with names. */
export type NamedValues = readonly (readonly [name: string, value: string])[];

/**
 * An expression that computes values once, and gives them names for another expression.
 *
 * @param before  values that these values contain by their names
 */
export function withNames(values: NamedValues, expression: string, before: NamedValues = []): string {
  const listed = (list: NamedValues): string => list.map(([name, value]) => `${value} AS ${name}`).join(", ");
  const source = before.length === 0 ? "" : ` FROM (SELECT ${listed(before)}) AS features`;
  return `(SELECT ${expression} FROM (SELECT ${listed(values)}${source}) AS scores)`;
}

/** CASE with its cases; a row without a case has the value `otherwise`, or NULL. */
export const caseText = (cases: readonly (readonly [condition: string, value: string])[], otherwise?: string): string =>
  `CASE ${cases.map(([condition, value]) => `WHEN ${condition} THEN ${value} `).join("")}${
    otherwise === undefined ? "" : `ELSE ${otherwise} `
  }END`;

/** Whether a value is one of some texts. */
export const isOneOf = (value: string, texts: readonly string[]): string =>
  texts.length === 1 ? `${value} = ${quoted(texts[0]!)}` : `${value} IN (${texts.map(quoted).join(", ")})`;
