import type { CalendarPart } from "../../tables/reading/calendar.ts";
import { DAY, HOUR } from "../../tables/reading/calendar.ts";
import type { Arithmetic } from "./arithmetic.ts";
import type { Value } from "./graph.ts";

/**
 * The calendar parts of times in milliseconds, by the steps of `putCalendarParts`.
 *
 * Source: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, 2013.
 */
export function addCalendar(math: Arithmetic, milliseconds: Value): Record<CalendarPart, Value> {
  const { add, subtract, multiply, divide, floor, atLeast } = math;
  const quotient = (a: Value, b: number): Value => floor(divide(a, b));
  const days = quotient(milliseconds, DAY);
  const fromEra = add(days, 719_468); // days since 0000-03-01
  const era = quotient(fromEra, 146_097); // of 400 years
  const dayOfEra = subtract(fromEra, multiply(era, 146_097));
  const leap = add(subtract(quotient(dayOfEra, 36_524), quotient(dayOfEra, 1460)), dayOfEra);
  const yearOfEra = quotient(subtract(leap, quotient(dayOfEra, 146_096)), 365);
  const daysOfYears = subtract(add(multiply(yearOfEra, 365), quotient(yearOfEra, 4)), quotient(yearOfEra, 100));
  const dayOfYear = subtract(dayOfEra, daysOfYears);
  const fromMarch = quotient(add(multiply(dayOfYear, 5), 2), 153);
  const isNextYear = atLeast(fromMarch, 10); // January and February
  const weekday = add(days, 3); // 1970-01-01 was a Thursday
  return {
    year: add(add(yearOfEra, multiply(era, 400)), isNextYear),
    month: subtract(add(fromMarch, 3), multiply(isNextYear, 12)),
    day: add(subtract(dayOfYear, quotient(add(multiply(fromMarch, 153), 2), 5)), 1),
    weekday: add(subtract(weekday, multiply(quotient(weekday, 7), 7)), 1),
    hour: quotient(subtract(milliseconds, multiply(days, DAY)), HOUR),
  };
}
