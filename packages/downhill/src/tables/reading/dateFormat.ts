// Dates and times in a format of codes such as %d/%m/%Y. The codes are those of strptime in C and Python.
import { DAY } from "./calendar.ts";
import { daysTo, offsetOf, timeOf } from "./dates.ts";

/** A format of dates or times of day, ready to read texts. */
export interface DateFormat {
  /** Milliseconds since 1970-01-01T00:00, or since midnight if the format has no date; undefined for other text. */
  read(text: string): number | undefined;
  /** Whether the format has a date. */
  readonly hasDate: boolean;
}

const months = "january february march april may june july august september october november december".split(" ");
const weekdays = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const shorten = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const anyOf = (names: readonly string[]): string => `(${names.join("|")})`;

const patterns: Readonly<Record<string, string>> = {
  Y: "(\\d{4})",
  y: "(\\d{2})",
  m: "(\\d{1,2})",
  d: "(\\d{1,2})",
  j: "(\\d{1,3})",
  b: anyOf(shorten(months)),
  B: anyOf(months),
  a: anyOf(shorten(weekdays)),
  A: anyOf(weekdays),
  H: "(\\d{1,2})",
  I: "(\\d{1,2})",
  M: "(\\d{1,2})",
  S: "(\\d{1,2})",
  f: "(\\d{1,9})",
  p: "(am|pm)",
  z: "(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)",
  s: "(-?\\d{1,12}(?:\\.\\d{1,9})?)",
};

/** The codes of a format, with their meaning. */
export const dateCodes: Readonly<Record<string, string>> = {
  "%Y": "year with 4 digits",
  "%y": "year with 2 digits: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068",
  "%m": "month from 1 to 12",
  "%d": "day of the month",
  "%j": "day of the year",
  "%b": "month in English with 3 letters, such as Jan",
  "%B": "month in English, such as January",
  "%a": "weekday in English with 3 letters",
  "%A": "weekday in English",
  "%H": "hour from 0 to 23",
  "%I": "hour from 1 to 12, with %p",
  "%M": "minute",
  "%S": "second",
  "%f": "fraction of a second, 1 to 9 digits",
  "%p": "AM or PM",
  "%z": "time zone such as Z, UTC or +02:00",
  "%s": "seconds since 1970-01-01T00:00 UTC",
  "%%": "a percent sign",
};

/** A format, or a sentence that says what is wrong with it. */
export function dateFormat(format: string): DateFormat | string {
  const codes: string[] = [];
  let source = "";
  for (const [part] of format.matchAll(/%.?|\s+|[^%\s]+/gsu)) {
    if (part === "%%") source += "%";
    else if (!part.startsWith("%")) source += /^\s/.test(part) ? "\\s+" : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    else {
      const pattern = patterns[part.slice(1)];
      if (pattern === undefined || !Object.hasOwn(patterns, part.slice(1))) {
        return `the code ${part} is unknown; the codes are ${Object.keys(dateCodes).join(" ")}`;
      }
      if (codes.includes(part.slice(1))) return `the code ${part} occurs twice`;
      codes.push(part.slice(1));
      source += pattern;
    }
  }
  const problem = problemIn(new Set(codes));
  if (problem !== undefined) return problem;
  const pattern = new RegExp(`^${source}$`, "iu");
  const hasDate = codes.some((code) => "Yys".includes(code));
  return {
    hasDate,
    read(text) {
      const found = pattern.exec(text);
      if (found === null) return undefined;
      return millisecondsOf(new Map(codes.map((code, i) => [code, found[i + 1]!.toLowerCase()])), hasDate);
    },
  };
}

function problemIn(codes: ReadonlySet<string>): string | undefined {
  const has = (...some: readonly string[]): boolean => some.some((code) => codes.has(code));
  if (has("s")) return codes.size === 1 ? undefined : "the code %s must be the only code";
  if (has("I") !== has("p")) return "the codes %I and %p need each other";
  if (has("m", "d", "j", "b", "B", "a", "A") && !has("Y", "y")) return "a date needs a year, %Y or %y";
  if (!has("Y", "y", "H", "I")) return "a date needs %Y or %y, and a time needs %H or %I";
  const clashes = [
    ["Y", "y"],
    ["m", "b", "B"],
    ["H", "I"],
  ].find((group) => group.filter((code) => codes.has(code)).length > 1);
  if (clashes !== undefined) return `only one of ${clashes.map((code) => `%${code}`).join(", ")} is allowed`;
  if (has("j") && has("m", "b", "B", "d")) return "%j cannot be together with a month or a day of the month";
  if (has("d") && !has("m", "b", "B")) return "a day needs a month: %m, %b or %B";
  return undefined;
}

function millisecondsOf(found: ReadonlyMap<string, string>, hasDate: boolean): number | undefined {
  const number = (code: string, missing: number): number => Number(found.get(code) ?? missing);
  if (found.has("s")) return number("s", 0) * 1000;
  const time = timeOf(hourOf(found), number("M", 0), number("S", 0), found.get("f"));
  if (time === undefined) return undefined;
  const offset = found.has("z") ? offsetOf(found.get("z")!) : 0;
  if (offset === undefined) return undefined;
  if (!hasDate) return time;
  const short = number("y", 0);
  const year = found.has("Y") ? number("Y", 0) : short + (short < 69 ? 2000 : 1900);
  const days = found.has("j") ? dayOfYear(year, number("j", 1)) : daysTo(year, monthOf(found), number("d", 1));
  return days === undefined ? undefined : days * DAY + time - offset;
}

/** The hour; 99 for a wrong hour of the 12-hour clock. */
function hourOf(found: ReadonlyMap<string, string>): number {
  if (!found.has("I")) return Number(found.get("H") ?? 0);
  const hour = Number(found.get("I"));
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (found.get("p") === "pm" ? 12 : 0);
}

function monthOf(found: ReadonlyMap<string, string>): number {
  const name = found.get("b") ?? found.get("B");
  if (name === undefined) return Number(found.get("m") ?? 1);
  return months.findIndex((month) => month.startsWith(name)) + 1;
}

function dayOfYear(year: number, day: number): number | undefined {
  const first = daysTo(year, 1, 1)!;
  return day >= 1 && first + day <= daysTo(year + 1, 1, 1)! ? first + day - 1 : undefined;
}

const suggested = [
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d.%m.%Y",
  "%d-%m-%Y",
  "%m-%d-%Y",
  "%Y/%m/%d",
  "%Y-%m-%d",
  "%Y.%m.%d",
  "%d/%m/%y",
  "%m/%d/%y",
  "%b %d %Y",
  "%b %d, %Y",
  "%B %d, %Y",
  "%d %b %Y",
  "%d %B %Y",
  "%d-%b-%Y",
  "%d-%b-%y",
  "%a, %d %b %Y",
];
const times = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];

const timesOfDay = ["%I:%M %p", "%I:%M%p", "%I:%M:%S %p", "%I %p", "%I%p"];

/** The common formats that read all these texts. */
export function formatsOf(texts: readonly string[]): string[] {
  const [first] = texts;
  if (first === undefined || !/\d/.test(first)) return [];
  return times
    .flatMap((time) => suggested.map((date) => date + time))
    .concat(timesOfDay)
    .filter((format) => {
      const { read } = dateFormat(format) as DateFormat;
      return texts.every((text) => read(text) !== undefined);
    });
}
