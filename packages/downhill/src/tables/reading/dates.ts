// Dates and times of day as ISO 8601 writes them, without the calendar of the engine.
import { DAY, putCalendarParts } from "./calendar.ts";

/** The days from 1970-01-01 to a date of the Gregorian calendar; undefined if there is no such date. */
export function daysTo(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const from = month > 2 ? year : year - 1; // a year from March on, so that its last day is the leap day
  const era = Math.floor(from / 400);
  const ofEra = from - 400 * era;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 146_097 * era + 365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The milliseconds from midnight to a time of day; undefined if there is no such time. */
export function timeOf(hour: number, minute: number, second = 0, fraction = ""): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // 9 digits are nanoseconds: one division gives the nearest float64.
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.padEnd(9, "0")) / 1e6;
}

/** The milliseconds of a zone such as Z, UTC, +02, +0200 or +02:00. */
export function offsetOf(zone: string): number | undefined {
  if (["Z", "UTC"].includes(zone.toUpperCase())) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const date =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?))?)?)?$/i;
const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;

/**
 * The milliseconds from 1970-01-01T00:00 to a date such as 2020-01, 2020-01-31, 2020-01-31 09:30 or 2020-01-31T09:30:00.5+02:00;
 * in UTC if the text has a zone. Undefined for any other text.
 */
export function isoDate(text: string): number | undefined {
  const found = date.exec(text);
  if (found === null) return undefined;
  const [, year, month, day = "1", hour = "0", minute = "0", second = "0", fraction, zone] = found;
  const days = daysTo(Number(year), Number(month), Number(day));
  const milliseconds = timeOf(Number(hour), Number(minute), Number(second), fraction);
  const offset = zone === undefined ? 0 : offsetOf(zone);
  if (days === undefined || milliseconds === undefined || offset === undefined) return undefined;
  return days * DAY + milliseconds - offset;
}

/** Whether a date of ISO 8601 has a time zone. */
export const hasZone = (text: string): boolean => /:.*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$/i.test(text);

/** The milliseconds from midnight to a time such as 9:30, 09:30 or 09:30:00.5; undefined for any other text. */
export function isoTime(text: string): number | undefined {
  const found = time.exec(text);
  if (found === null) return undefined;
  const [, hour, minute, second = "0", fraction] = found;
  return timeOf(Number(hour), Number(minute), Number(second), fraction);
}

/** The shortest text of ISO 8601 of a point in time: 2020-01-31, or 2020-01-31T09:30:00. */
export function isoText(milliseconds: number): string {
  const parts = new Float64Array(5);
  putCalendarParts(milliseconds, parts);
  const text = `${padded(parts[0]!, 4)}-${padded(parts[1]!, 2)}-${padded(parts[2]!, 2)}`;
  const rest = milliseconds - Math.floor(milliseconds / DAY) * DAY;
  return rest === 0 ? text : `${text}T${timeText(rest)}`;
}

/** A time of day as text, from its milliseconds since midnight: 09:30:00. */
export function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const rest = milliseconds - seconds * 1000;
  const fraction = rest === 0 ? "" : `.${padded(Math.floor(rest), 3)}`;
  return `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}${fraction}`;
}

const padded = (value: number, digits: number): string =>
  value < 0 ? `-${String(-value).padStart(digits, "0")}` : String(value).padStart(digits, "0");
