// The encoding of a column, learnt from the training rows.
import { show } from "../../core/check.ts";
import { type CalendarPart, calendarParts, HOUR, putCalendarParts } from "../reading/calendar.ts";
import { isoText, timeText } from "../reading/dates.ts";
import type { ReadRule } from "../reading/readRule.ts";
import type { NumberValues } from "../reading/typedTable.ts";
import type { MissingRule } from "../tableOptions.ts";
import type { ColumnStatistics } from "./columnStatistics.ts";
import type { DateEncoding, DateLevel, Fill, NumberEncoding } from "./preparation.ts";

/** An encoding, and what it does with missing cells or rare categories, as a sentence. */
export interface LearnedEncoding<E> {
  readonly encoding: E;
  readonly note: string | null;
}

/** What an encoding is learnt from. */
export interface ColumnFacts {
  readonly rows: number;
  readonly read: ReadRule;
  /** The rule for missing cells. */
  readonly rule: MissingRule;
}

/** The encoding of numbers, booleans, ordinals or times. */
export function numberEncoding(
  column: NumberValues,
  statistics: ColumnStatistics,
  facts: ColumnFacts,
): LearnedEncoding<NumberEncoding> {
  const { fill, note } = learnFill(column, statistics, facts);
  if (fill === null || column.kind !== "time") return { encoding: { type: "number", fill }, note };
  return { encoding: { type: "number", fill: { ...fill, value: fill.value / HOUR } }, note };
}

/** The encoding of dates. */
export function dateEncoding(
  column: NumberValues,
  statistics: ColumnStatistics,
  facts: ColumnFacts,
): LearnedEncoding<DateEncoding> {
  const { fill, note } = learnFill(column, statistics, facts);
  const values = partValues(column, facts.rows);
  const varies = (part: CalendarPart): boolean => values[calendarParts.indexOf(part)]!.size > 1;
  // The weekday of the first day of a month or of a year means nothing.
  const varying = calendarParts.filter((part) => varies(part) && (part !== "weekday" || varies("day")));
  const whole = fill === null ? null : { ...fill, value: Math.floor(fill.value) };
  return {
    encoding: {
      type: "date",
      origin: statistics.smallest,
      parts: ["elapsed", ...varying],
      levels: levelsOf(values, varying, facts.rows),
      fill: whole,
    },
    note,
  };
}

/** The number of rows of each value of each calendar part. */
function partValues({ values, start, step }: NumberValues, rows: number): Map<number, number>[] {
  const counts = calendarParts.map(() => new Map<number, number>());
  const own = new Float64Array(calendarParts.length);
  for (let row = 0, at = start; row < rows; row++, at += step) {
    const milliseconds = values[at]!;
    if (Number.isNaN(milliseconds)) continue;
    putCalendarParts(milliseconds, own);
    for (let part = 0; part < own.length; part++)
      counts[part]!.set(own[part]!, (counts[part]!.get(own[part]!) ?? 0) + 1);
  }
  return counts;
}

const ROWS_PER_LEVEL = 20;
const LOWEST_COUNT = 2;

/** The levels of parts with enough rows for each value. */
function levelsOf(values: readonly Map<number, number>[], varying: readonly CalendarPart[], rows: number): DateLevel[] {
  const isAnnual = varying.length === 1 && varying[0] === "year";
  const seasonal: readonly CalendarPart[] = isAnnual ? ["year"] : ["month", "weekday", "hour"];
  return varying
    .filter((part) => seasonal.includes(part))
    .flatMap((part): DateLevel[] => {
      const counts = values[calendarParts.indexOf(part)]!;
      if (counts.size * ROWS_PER_LEVEL > rows) return [];
      const frequent = [...counts].filter(([, count]) => count >= LOWEST_COUNT).map(([value]) => value);
      return frequent.sort((a, b) => a - b).map((value) => ({ part, value }));
    });
}

function learnFill(
  column: NumberValues,
  statistics: ColumnStatistics,
  facts: ColumnFacts,
): { readonly fill: Fill | null; readonly note: string | null } {
  const { rule, rows } = facts;
  if (rule === "leaveOut" || rule === "error") return { fill: null, note: null };
  const { missing } = statistics;
  const { value, name } = replacement(column, statistics, facts);
  const indicator = missing > 0 && typeof rule === "string";
  if (missing === 0) return { fill: { value, indicator }, note: null };
  const further = indicator ? `, and the column ${show(`${column.name} is missing`)} is 1 there` : "";
  return {
    fill: { value, indicator },
    note: `${missing} of ${rows} cells of ${show(column.name)} are missing: the ${name} ${shownValue(value, facts.read)} replaces them${further}`,
  };
}

/** A value as the cells of its column have it. */
function shownValue(value: number, { kind, order }: ReadRule): string {
  if (kind === "boolean") return value === 1 ? "true" : "false";
  if (kind === "date") return isoText(Math.floor(value));
  if (kind === "time") return timeText(Math.floor(value));
  return kind === "ordinal" && Number.isInteger(value) ? show(order![value]) : String(value);
}

function replacement(
  column: NumberValues,
  { mean, median }: ColumnStatistics,
  { rule, rows }: ColumnFacts,
): { readonly value: number; readonly name: string } {
  if (typeof rule === "object") {
    return { value: Number(rule.constant) + 0, name: "constant" };
  }
  if (rule === "mean") return { value: mean, name: "mean" };
  if (rule === "mostFrequent") return { value: mostFrequent(column, rows), name: "most frequent value" };
  return { value: median, name: "median" };
}

/** The most frequent value, the lowest if there are several. */
function mostFrequent({ values, start, step }: NumberValues, rows: number): number {
  const counts = new Map<number, number>();
  for (let row = 0, at = start; row < rows; row++, at += step) {
    const x = values[at]!;
    if (!Number.isNaN(x)) counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  let [value, most] = [Number.NaN, 0];
  for (const [x, count] of counts) if (count > most || (count === most && x < value)) [value, most] = [x + 0, count];
  return value;
}
