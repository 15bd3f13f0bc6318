// Numbers as people and programs write them: 1.5, 1,5, 1,234.5, 1.234,5, 40%, $1.50, (3), 1_000, 1e3. All cells of a column
// must have the same format.

import type { NumberFormat } from "./readRule.ts";

/** The format of programs: 1.5 and 1e3. */
export const plainFormat: NumberFormat = { decimal: ".", group: "", unit: "" };

/** Whether a format is the plain format. */
export const isPlain = ({ decimal, group, unit }: NumberFormat): boolean =>
  decimal === "." && group === "" && unit === "";

/** Whether a value from a model file is a format. */
export function isFormat(value: unknown): value is NumberFormat {
  if (typeof value !== "object" || value === null) return false;
  const { decimal, group, unit } = value as Record<string, unknown>;
  if (typeof decimal !== "string" || typeof group !== "string" || typeof unit !== "string") return false;
  const marks = [".", ","].includes(decimal) && ["", ",", ".", " ", "'", "_"].includes(group);
  return marks && decimal !== group && unitOnly.test(unit);
}

/** A number as text, without its sign and unit. */
interface NumberParts {
  readonly negative: boolean;
  readonly unit: string;
  /** The digits with the marks between them, and the exponent. */
  readonly body: string;
}

// The codes of the most traded currencies (ISO 4217).
const codes =
  "AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KRW|MXN|NOK|NZD|PLN|RUB|SEK|SGD|THB|TRY|TWD|USD|ZAR";
const unitSign = `%|\\p{Sc}|${codes}`;
const unitOnly = new RegExp(`^(?:${unitSign})?$`, "u");
const shape = new RegExp(
  `^([(])?([+\\-\\u2212])? ?(${unitSign})? ?([+\\-\\u2212])?([\\d.,'_ ]*\\d[\\d.,'_ ]*?(?:[eE][+-]?\\d+)?) ?(${unitSign})?([)])?$`,
  "u",
);

const MAX_LENGTH = 400; // a float64 has at most 325 digits

function partsOf(text: string): NumberParts | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const tidy = text
    .trim()
    .replace(/[\u00a0\u2009\u202f]/g, " ")
    .replaceAll("\u2019", "'");
  const found = shape.exec(tidy);
  if (found === null) return undefined;
  const [, open, outer, before = "", inner, body = "", behind = "", close] = found;
  const bracketed = open !== undefined;
  const signs = Number(outer !== undefined) + Number(inner !== undefined) + Number(bracketed);
  if (bracketed !== (close !== undefined) || signs > 1 || (before !== "" && behind !== "")) return undefined;
  return {
    negative: bracketed || [outer, inner].some((sign) => sign === "-" || sign === "\u2212"),
    unit: before + behind,
    body,
  };
}

/** Whether a text is a number in any format. */
export const looksLikeNumber = (text: string): boolean => partsOf(text) !== undefined;

/** The number of a text in a format; undefined if the text has another format, or the number is too large for a float64. */
export function numberOf(text: string, { decimal, group, unit }: NumberFormat): number | undefined {
  const parts = partsOf(text);
  if (parts === undefined || parts.unit !== unit) return undefined;
  const body = group === "" ? parts.body : ungrouped(parts.body, decimal, group);
  if (body === undefined) return undefined;
  const digits = decimal === "," ? (body.includes(".") ? "" : body.replace(",", ".")) : body;
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return undefined;
  const size = Number(digits);
  if (size === Infinity) return undefined;
  return parts.negative ? -size : size;
}

/** 1234.5 for 1,234.5. A number without groups is unchanged. undefined if a group does not have three digits. */
function ungrouped(body: string, decimal: string, group: string): string | undefined {
  if (!body.includes(group)) return body;
  const [integerPart = "", ...rest] = body.split(decimal);
  const groups = integerPart.split(group);
  const fits =
    group === "_"
      ? groups.every((each) => /^\d+$/.test(each))
      : /^[1-9]\d{0,2}$/.test(groups[0]!) && groups.slice(1).every((each) => /^\d{3}$/.test(each));
  return fits ? [groups.join(""), ...rest].join(decimal) : undefined;
}

/** The format of all texts in a column. */
export interface FormatFound {
  readonly format: NumberFormat;
  /** The mark with two possible meanings: 1,234 is 1234 or 1.234. */
  readonly ambiguous?: "comma" | "point";
}

/**
 * The format of the numbers in a column; undefined if no format reads all texts.
 *
 * A point is a decimal point if that reads all texts. Exception: in a file with semicolons as delimiters, points separate
 * thousands if each point is before three digits and some texts have no point (9.830 beside 983). If each comma is before
 * three digits, it is a decimal comma in a file with semicolons, and separates thousands in any other file.
 */
export function formatOf(texts: Iterable<string>, semicolons: boolean): FormatFound | undefined {
  const all = [...texts];
  const first = all.length === 0 ? undefined : partsOf(all[0]!);
  if (first === undefined) return undefined;
  const marks = new Set<string>();
  for (const text of all) {
    const parts = partsOf(text);
    if (parts === undefined) return undefined;
    for (const [mark] of parts.body.matchAll(/[.,'_ ]/g)) marks.add(mark);
  }
  const reads = (decimal: "." | ",", group: string): NumberFormat | undefined => {
    const format = { decimal, group, unit: first.unit };
    return all.every((text) => numberOf(text, format) !== undefined) ? format : undefined;
  };
  const separate = ["'", "_", " "].find((mark) => marks.has(mark));
  if (separate !== undefined) {
    const format = reads(".", separate) ?? reads(",", separate);
    return format && { format };
  }
  const points = reads(".", "");
  if (points !== undefined) {
    const thousands = semicolons && marks.has(".") ? reads(",", ".") : undefined;
    if (thousands === undefined) return { format: points };
    return { format: all.every((text) => text.includes(".")) ? points : thousands, ambiguous: "point" };
  }
  const thousands = reads(".", ",");
  const commas = reads(",", "") ?? reads(",", ".");
  const format = semicolons ? (commas ?? thousands) : (thousands ?? commas);
  if (format === undefined) return undefined;
  return thousands !== undefined && commas !== undefined ? { format, ambiguous: "comma" } : { format };
}

/** Whether a text is "NaN", an infinity, or a number too large for a float64: 1e400. */
export const isNotFinite = (text: string): boolean =>
  /^[+-]?(?:nan|inf|infinity)$/i.test(text.trim()) ||
  (/^[+-]?[\d.]+(?:e\+?\d+)?$/i.test(text.trim()) && tooLarge(text));

const tooLarge = (text: string): boolean => Math.abs(Number(text)) === Infinity;

/** Whether a text is a whole number with a leading zero, such as a code: 007, 00. */
export const hasLeadingZero = (text: string): boolean => /^[+-]?0\d+$/.test(text.trim());

/** Whether a text is a whole number that a float64 cannot represent exactly. */
export function isTooLong(text: string): boolean {
  const digits = /^([+-]?\d{16,})(?:\.0*)?$/.exec(text.trim().replaceAll("_", ""))?.[1];
  if (digits === undefined) return false;
  const value = Number(digits);
  return !Number.isFinite(value) || BigInt(value) !== BigInt(digits);
}
