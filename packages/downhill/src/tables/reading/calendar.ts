// Parts of a date by the Gregorian calendar, without Date, which depends on the time zone.

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** Milliseconds of an hour. */
export const HOUR = 3_600_000;

/** The parts that are whole numbers. */
export type CalendarPart = "year" | "month" | "day" | "weekday" | "hour";

/** The calendar parts, in the order of their features. */
export const calendarParts: readonly CalendarPart[] = ["year", "month", "day", "weekday", "hour"];

/**
 * Puts the calendar parts of a time into `parts`, in the order of `calendarParts`.
 *
 * @param milliseconds  since 1970-01-01T00:00
 *
 * Source: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, 2013.
 */
export function putCalendarParts(milliseconds: number, parts: Float64Array): void {
  const days = Math.floor(milliseconds / DAY);
  const fromEra = days + 719_468; // days since 0000-03-01
  const era = Math.floor(fromEra / 146_097); // of 400 years
  const dayOfEra = fromEra - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  parts[0] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  parts[1] = month;
  parts[2] = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  parts[3] = ((((days + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
  parts[4] = Math.floor((milliseconds - days * DAY) / HOUR);
}
