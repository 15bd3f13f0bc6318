// The value of a cell as SQL: NULL for a missing cell, and Infinity for a cell that the rule cannot read.
import type { NumberFormat, ReadRule } from "../../tables/reading/readRule.ts";
import { falseWords, trueWords } from "../../tables/reading/truthText.ts";
import { missingNumbers } from "../missingMarks.ts";
import { caseText, isOneOf, nameText, numberText, quoted } from "./sqlText.ts";

const UNREADABLE = "CAST('Infinity' AS DOUBLE PRECISION)";

/** The text of a cell without spaces around it. */
export const trimmed = (name: string): string => `TRIM(CAST(${nameText(name)} AS VARCHAR))`;

/** Whether a cell is missing: NULL, NaN, an empty text, or one of the marks. */
export const isMissing = (name: string, { missing }: ReadRule): string =>
  `${nameText(name)} IS NULL OR ${isOneOf(`LOWER(${trimmed(name)})`, [...new Set(["", "nan", ...missing])])}`;

/** The number of a cell: of a number, a boolean (0 or 1) or an ordinal (its position). */
export function numberCell(name: string, read: ReadRule): string {
  const missing = [isMissing(name, read), "NULL"] as const;
  if (read.kind === "boolean") {
    const lower = `LOWER(${trimmed(name)})`;
    const [yes, no] = [isOneOf(lower, [...trueWords, "1.0"]), isOneOf(lower, [...falseWords, "0.0"])];
    return caseText([missing, [yes, "1e0"], [no, "0e0"]], UNREADABLE);
  }
  if (read.kind === "ordinal") {
    const positions = (read.order ?? []).map(
      (text, i) => [`${trimmed(name)} = ${quoted(text)}`, numberText(i)] as const,
    );
    return caseText([missing, ...positions], UNREADABLE);
  }
  const number =
    read.numbers === undefined
      ? caseText([missing], `CAST(${nameText(name)} AS DOUBLE PRECISION)`)
      : formattedNumber(name, read.numbers, missing);
  return missingNumbers(read).reduce((value, mark) => `NULLIF(${value}, ${finiteText(mark)})`, number);
}

const finiteText = (value: number): string =>
  Number.isFinite(value) ? numberText(value) : `CAST('${value}' AS DOUBLE PRECISION)`;

/** The number of a text such as "$1,234.50". A text in another format is unreadable. */
function formattedNumber(
  name: string,
  { decimal, group, unit }: NumberFormat,
  missing: readonly [string, string],
): string {
  const replaced = (text: string, from: string, to: string): string =>
    `REPLACE(${text}, ${quoted(from)}, ${quoted(to)})`;
  // A number in parentheses is negative; typographic signs and spaces become plain ones.
  let text = trimmed(name);
  for (const [from, to] of [
    ["(", "-"],
    [")", ""],
    ["−", "-"],
    ["\u00a0", " "],
    ["\u2009", " "],
    ["\u202f", " "],
    ["’", "'"],
  ] as const) {
    text = replaced(text, from, to);
  }
  if (unit !== "") text = replaced(text, unit, "");
  text = group === " " ? `TRIM(${replaced(text, "- ", "-")})` : replaced(text, " ", "");
  const digits =
    group === "" ? "[0-9]+" : group === "_" ? "[0-9]+(_[0-9]+)*" : `([0-9]+|[1-9][0-9]{0,2}([${group}][0-9]{3})+)`;
  const pattern = `[-+]?(${digits}([${decimal}][0-9]*)?|[${decimal}][0-9]+)([eE][-+]?[0-9]+)?`;
  const plain = decimal === "," ? replaced(ungrouped(text), ",", ".") : ungrouped(text);
  return caseText(
    [missing, [`${text} SIMILAR TO ${quoted(pattern)}`, `CAST(${plain} AS DOUBLE PRECISION)`]],
    UNREADABLE,
  );

  function ungrouped(grouped: string): string {
    return group === "" ? grouped : replaced(grouped, group, "");
  }
}
