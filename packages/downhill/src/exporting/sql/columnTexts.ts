// The features of the columns of the user as SQL.
import { InputTypeError, show } from "../../core/check.ts";
import type {
  DateEncoding,
  DatePart,
  DensePreparation,
  Fill,
  OneHotEncoding,
  Preparation,
  PreparedColumn,
} from "../../tables/preparation/preparation.ts";
import { calendarParts, DAY, putCalendarParts } from "../../tables/reading/calendar.ts";
import { isMissing, numberCell, trimmed } from "./cellText.ts";
import { caseText, isOneOf, nameText, numberText } from "./sqlText.ts";

/** A column whose features are numbers, one expression for each. */
export interface NumberTexts {
  readonly features: readonly string[];
}

/** A column of categories. A feature of −1 means that all features are 0; null means that the model cannot predict the row. */
export interface CategoryTexts {
  readonly width: number;
  /** The condition of each case, and the feature that is 1 in this case. */
  readonly cases: readonly (readonly [condition: string, feature: number | null])[];
  /** The feature for all other rows. */
  readonly otherwise: number | null;
}

/** The features of each column. Throws TypeError for a column that SQL cannot read. */
export const columnTexts = ({ columns, unseen }: DensePreparation): (NumberTexts | CategoryTexts)[] =>
  columns.map((column) => {
    const { name, read, encoding } = column;
    if (encoding.type === "oneHot") return categories(column, encoding, unseen);
    if (encoding.type === "date") return dates(column, encoding);
    const cell = read.kind === "time" ? time(column) : numberCell(name, read);
    return { features: [filled(cell, encoding.fill?.value), ...indicator(column, encoding.fill)] };
  });

const filled = (value: string, fill: number | undefined): string =>
  fill === undefined ? value : `COALESCE(${value}, ${numberText(fill)})`;

/** 1 for a missing cell. */
function indicator({ name, read }: PreparedColumn, fill: Fill | null): string[] {
  if (!fill?.indicator) return [];
  const isTime = read.kind === "date" || read.kind === "time";
  return [caseText([[isTime ? isMissing(name, read) : `${numberCell(name, read)} IS NULL`, "1e0"]], "0e0")];
}

/** A cell as a type of SQL; NULL if it is missing. */
const typedCell = (name: string, read: PreparedColumn["read"], type: string): string =>
  caseText([[isMissing(name, read), "NULL"]], `CAST(${nameText(name)} AS ${type})`);

function requireIso({ name, read }: PreparedColumn): void {
  if (read.dates === undefined) return;
  throw new InputTypeError(
    `exportSql: column ${show(name)} must have dates and times of ISO 8601, but it has the format ${read.dates}, which standard ` +
      "SQL cannot read. Convert the column to ISO 8601 before the training, or use exportJs.",
  );
}

/** The hours since midnight. */
function time(column: PreparedColumn): string {
  requireIso(column);
  return `EXTRACT(EPOCH FROM ${typedCell(column.name, column.read, "TIME")}) / 3600e0`;
}

const fields: Readonly<Record<Exclude<DatePart, "elapsed">, string>> = {
  year: "YEAR",
  month: "MONTH",
  day: "DAY",
  weekday: "ISODOW",
  hour: "HOUR",
};

function dates(column: PreparedColumn, { origin, parts, fill }: DateEncoding): NumberTexts {
  requireIso(column);
  const cell = typedCell(column.name, column.read, "TIMESTAMP");
  const ofFill = new Float64Array(calendarParts.length);
  if (fill !== null) putCalendarParts(fill.value, ofFill);
  const features = parts.map((part) =>
    part === "elapsed"
      ? filled(
          `(EXTRACT(EPOCH FROM ${cell}) - ${numberText(origin / 1000)}) / 86400e0`,
          fill === null ? undefined : (fill.value - origin) / DAY,
        )
      : filled(
          `EXTRACT(${fields[part]} FROM ${cell})`,
          fill === null ? undefined : ofFill[calendarParts.indexOf(part)],
        ),
  );
  return { features: [...features, ...indicator(column, fill)] };
}

function categories(
  { name, read }: PreparedColumn,
  { categories: known, rare, missing }: OneHotEncoding,
  unseen: Preparation["unseen"],
): CategoryTexts {
  const hasRare = rare.length > 0;
  const width = known.length + Number(hasRare) + Number(missing === "feature");
  const others = hasRare ? known.length : -1;
  const text = trimmed(name);
  const cases: [condition: string, feature: number | null][] = [[isMissing(name, read), missingFeature()]];
  for (const [feature, category] of known.entries()) cases.push([isOneOf(text, spellings(category)), feature]);
  if (unseen === "error" && hasRare) cases.push([isOneOf(text, rare.flatMap(spellings)), others]);
  return { width, cases, otherwise: unseen === "error" ? null : others };

  function missingFeature(): number | null {
    if (missing === null) return null;
    if (missing === "feature") return width - 1;
    if (missing === "zeros") return -1;
    const position = known.indexOf(missing.category);
    return position < 0 ? others : position;
  }
}

/** A category as text, and an integer also with the decimals that a column of float64 has. */
const spellings = (category: string): string[] =>
  /^-?\d{1,15}$/.test(category) ? [category, `${category}.0`] : [category];
