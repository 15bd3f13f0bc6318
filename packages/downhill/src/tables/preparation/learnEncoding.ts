// The encoding of a column, learnt from the training rows.
import { InputRangeError, show } from "../../core/check.ts";
import { type CalendarPart, calendarParts, HOUR, putCalendarParts } from "../reading/calendar.ts";
import { isoText, timeText } from "../reading/dates.ts";
import type { ReadRule } from "../reading/readRule.ts";
import { eachNumber, isInParts, type TypedRows } from "../reading/typedParts.ts";
import type { NumberValues } from "../reading/typedTable.ts";
import type { MissingRule } from "../tableOptions.ts";
import type { ColumnStatistics } from "./columnStatistics.ts";
import type { DateEncoding, DateLevel, Fill, NumberEncoding } from "./preparation.ts";

/** A column of numbers without its values. */
type NumberHead = Pick<NumberValues, "name" | "kind">;

/** An encoding, and what it does with missing cells or rare categories, as a sentence. */
export interface LearnedEncoding<E> {
  readonly encoding: E;
  readonly note: string | null;
}

/** What an encoding is learnt from. */
export interface ColumnFacts {
  readonly table: TypedRows;
  readonly rows: number;
  readonly read: ReadRule;
  /** The rule for missing cells. */
  readonly rule: MissingRule;
}

/** The encoding of numbers, booleans, ordinals or times. */
export function numberEncoding(
  column: NumberHead,
  statistics: ColumnStatistics,
  facts: ColumnFacts,
): LearnedEncoding<NumberEncoding> {
  const { fill, note } = learnFill(column, statistics, facts);
  if (fill === null || column.kind !== "time") return { encoding: { type: "number", fill }, note };
  return { encoding: { type: "number", fill: { ...fill, value: fill.value / HOUR } }, note };
}

/** The encoding of dates. */
export function dateEncoding(
  column: NumberHead,
  statistics: ColumnStatistics,
  facts: ColumnFacts,
): LearnedEncoding<DateEncoding> {
  const { fill, note } = learnFill(column, statistics, facts);
  const values = partValues(column, facts.table);
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
function partValues({ name }: NumberHead, table: TypedRows): Map<number, number>[] {
  const counts = calendarParts.map(() => new Map<number, number>());
  const own = new Float64Array(calendarParts.length);
  eachNumber(table, name, (milliseconds) => {
    if (Number.isNaN(milliseconds)) return;
    putCalendarParts(milliseconds, own);
    for (let part = 0; part < own.length; part++)
      counts[part]!.set(own[part]!, (counts[part]!.get(own[part]!) ?? 0) + 1);
  });
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
  column: NumberHead,
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
  column: NumberHead,
  { mean, median }: ColumnStatistics,
  { rule, table }: ColumnFacts,
): { readonly value: number; readonly name: string } {
  if (typeof rule === "object") {
    return { value: Number(rule.constant) + 0, name: "constant" };
  }
  if (rule === "mean") return { value: mean, name: "mean" };
  if (rule === "mostFrequent") return { value: mostFrequent(column, table), name: "most frequent value" };
  return { value: median, name: "median" };
}

const MAX_VALUES = 1_000_000; // different values of a column in parts whose most frequent value is needed

/** The most frequent value, the lowest if there are several. */
function mostFrequent({ name }: NumberHead, table: TypedRows): number {
  const counts = new Map<number, number>();
  eachNumber(table, name, (x) => {
    if (Number.isNaN(x)) return;
    counts.set(x, (counts.get(x) ?? 0) + 1);
    if (counts.size <= MAX_VALUES || !isInParts(table)) return;
    throw new InputRangeError(
      `column ${show(name)} has more than ${MAX_VALUES} different values, too many to find the most frequent one in parts of the ` +
        "table. Use the rule median or mean for its missing cells.",
    );
  });
  let [value, most] = [Number.NaN, 0];
  for (const [x, count] of counts) if (count > most || (count === most && x < value)) [value, most] = [x + 0, count];
  return value;
}
