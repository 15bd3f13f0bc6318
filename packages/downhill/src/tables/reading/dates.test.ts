import fc from "fast-check";
import { expect, test } from "vitest";
import { type DateFormat, dateFormat, formatsOf } from "./dateFormat.ts";
import { hasZone, isoDate, isoText, isoTime, timeText } from "./dates.ts";

const moment = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

test("ISO dates agree with the engine's Date in UTC, from year 1 to 9999", () => {
  fc.assert(
    fc.property(moment, (date) => {
      const text = date.toISOString();
      expect(isoDate(text)).toBe(date.getTime());
      expect(isoDate(text.slice(0, 10))).toBe(Date.parse(text.slice(0, 10)));
      expect(isoDate(text.replace("T", " ").replace("Z", ""))).toBe(date.getTime());
      expect(isoDate(isoText(date.getTime()))).toBe(date.getTime());
    }),
  );
});

test.each([
  ["2020-01", "2020-01-01T00:00:00Z"],
  ["2020-02-29", "2020-02-29T00:00:00Z"],
  ["1969-12-31 23:59", "1969-12-31T23:59:00Z"],
  ["2020-01-31T09:30:00.25", "2020-01-31T09:30:00.250Z"],
  ["2020-01-31T09:30+02:00", "2020-01-31T07:30:00Z"],
  ["2020-01-31 09:30:00 -0730", "2020-01-31T17:00:00Z"],
  ["2020-01-31 09:30:00+02", "2020-01-31T07:30:00Z"],
  ["2020-01-31t09:30z", "2020-01-31T09:30:00Z"],
  ["2020-01-31 09:30:00 UTC", "2020-01-31T09:30:00Z"],
])("%s is %s", (text, iso) => expect(isoDate(text)).toBe(Date.parse(iso)));

test.each([
  "2019-02-29",
  "1900-02-29",
  "2020-13-01",
  "2020-00-01",
  "2020-04-31",
  "2020-01-01T24:00",
  "2020-01-01T10:60",
  "2020-1-1",
  "20200101",
  "2020",
  "2020-01-01+02:00",
  "01/02/2020",
])("%s is no ISO date", (text) => expect(isoDate(text)).toBeUndefined());

test("times of day", () => {
  expect(["9:30", "09:30:15", "23:59:59.5", "00:00"].map(isoTime)).toEqual([34_200_000, 34_215_000, 86_399_500, 0]);
  expect(["24:00", "9:3", "12:60", "-1:00", "16:9"].map(isoTime)).toEqual(Array(5).fill(undefined));
  expect([34_200_000, 86_399_500].map(timeText)).toEqual(["09:30:00", "23:59:59.500"]);
  expect(["2020-01-01", "2020-01-01T10:00", "2020-01-01T10:00Z", "2020-01-01 10:00-05"].map(hasZone)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

const read = (format: string, text: string) => {
  const value = (dateFormat(format) as DateFormat).read(text);
  return value === undefined ? undefined : new Date(value).toISOString();
};

test.each([
  ["%d/%m/%Y", "31/01/2020", "2020-01-31T00:00:00.000Z"],
  ["%d/%m/%Y", "1/2/2020", "2020-02-01T00:00:00.000Z"],
  ["%m/%d/%y", "12/31/69", "1969-12-31T00:00:00.000Z"],
  ["%m/%d/%y", "12/31/68", "2068-12-31T00:00:00.000Z"],
  ["%Y-%m-%d %H:%M", "2020-01-31 09:05", "2020-01-31T09:05:00.000Z"],
  ["%b %d %Y", "Jun 12 1998", "1998-06-12T00:00:00.000Z"],
  ["%B %d, %Y", "september 3, 2001", "2001-09-03T00:00:00.000Z"],
  ["%a, %d %b %Y %H:%M:%S %z", "Tue, 01 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
  ["%d/%m/%Y %H:%M %z", "01/07/2003 10:52 UTC", "2003-07-01T10:52:00.000Z"],
  ["%I:%M %p on %d.%m.%Y", "12:05 AM on 01.02.2000", "2000-02-01T00:05:00.000Z"],
  ["%Y%m%d%H%M%S", "20200131093005", "2020-01-31T09:30:05.000Z"],
  ["%Y-%j", "2020-366", "2020-12-31T00:00:00.000Z"],
  ["%s", "86400.5", "1970-01-02T00:00:00.500Z"],
  ["%S.%f %M %H %Y", "5.000001 4 3 1970", "1970-01-01T03:04:05.000Z"],
  ["%Y%%%m", "2020%02", "2020-02-01T00:00:00.000Z"],
])("%s reads %s", (format, text, iso) => expect(read(format, text)).toBe(iso));

test.each([
  ["%d/%m/%Y", "31/02/2020"],
  ["%d/%m/%Y", "01/31/2020"],
  ["%Y-%j", "2021-366"],
  ["%I %p %Y", "13 AM 2020"],
  ["%b %Y", "Foo 2020"],
  ["%d.%m.%Y", "31x01x2020"],
])("%s does not read %s", (format, text) => expect(read(format, text)).toBeUndefined());

test("a time of day has a format too", () => {
  expect((dateFormat("%I:%M %p") as DateFormat).read("1:30 PM")).toBe(48_600_000);
  expect((dateFormat("%I:%M %p") as DateFormat).hasDate).toBe(false);
});

test.each([
  ["%q", /the code %q is unknown; the codes are %Y %y/],
  ["%Y%", /the code % is unknown/],
  ["%constructor", /%c is unknown/],
  ["%d/%m", /a date needs a year/],
  ["%Y %d", /a day needs a month/],
  ["%Y %Y", /%Y occurs twice/],
  ["%Y %y", /only one of %Y, %y/],
  ["%I:%M", /need each other/],
  ["%s %Y", /must be the only code/],
  ["days", /a date needs %Y/],
  ["%Y-%m-%j", /%j cannot be/],
])("the format %s is wrong", (format, problem) => expect(dateFormat(format)).toMatch(problem));

test("the formats that read all texts", () => {
  expect(formatsOf(["31/01/2020", "01/02/2020"])).toEqual(["%d/%m/%Y"]);
  expect(formatsOf(["01/01/2020", "01/02/2020"])).toEqual(["%d/%m/%Y", "%m/%d/%Y"]);
  expect(formatsOf(["Jun 12 1998 10:15"])).toEqual(["%b %d %Y %H:%M"]);
  expect(formatsOf(["a", "b"])).toEqual([]);
});
