// The problems of a table, by their kinds, with what the page can do about each; and what would be used.
import { formatCount } from "@downhill/plots/format";
import {
  type CellTable,
  type Dialect,
  inspectTable,
  matrixFactorization,
  type Note,
  ratingModel,
  readTrainingTable,
} from "downhill";
import { ratingColumns, tableOptionsOf } from "../state/tableColumns.ts";
import type { FileData } from "./fileData.ts";
import type { ReadTable } from "./readTable.ts";
import type { Repair } from "./repairs.ts";

/** A sentence about a column. A repair in it is a button. */
export interface FileProblem {
  readonly column: string;
  readonly parts: readonly (string | Repair)[];
  /** The first lines with the problem, where they are known. */
  readonly lines: readonly number[];
}

/** The problems of one kind. */
export interface ProblemKind {
  readonly title: string;
  readonly isWarning: boolean;
  readonly problems: readonly FileProblem[];
}

/** The problems of a table, and what would be used. */
export interface FileReport {
  readonly kinds: readonly ProblemKind[];
  /** "482 of 500 rows, and 2 of 3 columns to predict price"; null if the table cannot be used. */
  readonly use: string | null;
  /** Why the table cannot be used. */
  readonly stop: FileProblem["parts"];
  /** Columns that the user has not left out, but that the reading does not use. */
  readonly unused: readonly string[];
}

const titles: Readonly<Record<string, string>> = {
  "wrong-cells": "Cells that cannot be read",
  "possible-leak": "Columns that may contain what is to be predicted",
  identifier: "Columns like row numbers",
  constant: "Columns with one value",
  duplicate: "Equal columns",
  "all-missing": "Empty columns",
  "free-text": "Columns of free text",
  "other-cells": "Columns of lists and other cells",
  "date-format": "Columns with dates in a format of their own",
  "mixed-text": "Columns of numbers and text",
  outliers: "Columns with outliers",
  "similar-categories": "Similar categories",
};
const OTHER = "How cells were read";

/** The problems of a table with the choices of the user. */
export function fileReport(read: ReadTable, data: FileData): FileReport {
  const { table, lines } = read;
  const options = { ...tableOptionsOf(data, [...table.columns.keys()]), dialect: pageDialect(lines) };
  const { target, ...others } = options;
  const { columns } = inspectTable(
    table,
    data.holds === "ratings" ? { dialect: options.dialect, na: data.na } : options,
  );
  const kinds = new Map<string, { isWarning: boolean; problems: FileProblem[] }>();
  for (const { notes } of columns) {
    for (const { code, column, text, level } of notes) {
      const title = titles[code] ?? OTHER;
      const kind = kinds.get(title) ?? { isWarning: level === "warning", problems: [] };
      kinds.set(title, kind);
      const parts = partsOf(`${capitalized(text)}.`);
      kind.problems.push({ column: column ?? "", parts, lines: linesOf(read, column, parts) });
    }
  }
  const sorted = [...kinds].sort(([, a], [, b]) => Number(b.isWarning) - Number(a.isWarning));
  const features = columns.filter(({ role }) => role === "feature");
  const { use, stop } = useOf(table, data, { target, ...others }, features.filter(({ used }) => used).length);
  const all = sorted.map(([title, kind]) => ({ title, ...kind }));
  const isLeftOut = ({ used, notes }: (typeof features)[number]): boolean =>
    !used && notes.every(({ code }) => code !== "wrong-cells");
  const unused = data.holds === "ratings" ? [] : features.filter(isLeftOut).map(({ name }) => name);
  return { kinds: all, use, stop: shortStop(all, stop), unused };
}

/** The reason for which the table cannot be used; if it is one of the problems, a reference to it. */
function shortStop(kinds: readonly ProblemKind[], stop: FileProblem["parts"]): FileProblem["parts"] {
  const text = (parts: FileProblem["parts"]): string => JSON.stringify(parts).toLowerCase();
  for (const { title, problems } of kinds) {
    const same = problems.find(({ parts }) => text(parts) === text(stop));
    if (same !== undefined) return [`Repair the column ${same.column} to use this data: see “${title}”.`];
  }
  return stop;
}

/** What would be used, or why the table cannot be used. */
function useOf(
  table: CellTable,
  data: FileData,
  options: Parameters<typeof readTrainingTable>[1],
  features: number,
): Pick<FileReport, "use" | "stop"> {
  try {
    if (data.holds === "ratings") {
      const { users } = ratingModel(matrixFactorization(), {
        ...ratingColumns(data),
        ...{ na: data.na, dialect: options.dialect! },
      }).trainingData(table);
      return { use: `${formatCount(users.length)} of ${formatCount(table.rows)} ratings`, stop: [] };
    }
    const { y } = readTrainingTable(table, options);
    const classes = new Set<unknown>(y).size;
    if (classes < 2)
      return { use: null, stop: [`All rows have the same ${data.target}, so there is nothing to learn.`] };
    if (features === 0) return { use: null, stop: ["There is no column to predict from. Use another column."] };
    const columns = `${features} ${features === 1 ? "column" : "columns"}`;
    return {
      use: `${formatCount(y.length)} of ${formatCount(table.rows)} rows, and ${columns} to predict ${data.target}`,
      stop: [],
    };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    return { use: null, stop: partsOf(capitalized(error.message.replace(/^the table: /, ""))) };
  }
}

const MARK = "\u0001"; // around a repair in a sentence of the library

/** The words of the page: options are buttons, and rows are lines of the file. */
const pageDialect = (lines: Uint32Array): Dialect => ({
  functionName: "the table",
  locate: (row) => `line ${lines[row] ?? row + 1}`,
  column: (name, option, value) => {
    if (option !== "kind") return `the option ${option}:${value} of the command`;
    return marked({ label: `Read as ${kindNames[value] ?? value}`, kind: [name, value] });
  },
  ignore: (...names) =>
    names
      .map((name) => marked({ label: names.length === 1 ? "Leave out" : `Leave out ${name}`, leaveOut: name }))
      .join(" "),
  option: (name, ...values) =>
    name === "na"
      ? marked({ label: `Read as missing: ${values.join(", ")}`, na: values })
      : `${name} ${values.join(", ")}`,
});

const kindNames: Readonly<Record<string, string>> = {
  number: "numbers",
  category: "categories",
  boolean: "true and false",
  date: "dates",
  time: "times of day",
};

const marked = (repair: Repair): string => `${MARK}${JSON.stringify(repair)}${MARK}`;

/** The parts of a sentence: texts, and repairs. */
const partsOf = (text: string): (string | Repair)[] =>
  text.split(MARK).map((part, i) => (i % 2 === 1 ? (JSON.parse(part) as Repair) : part));

const capitalized = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

const SHOWN = 3; // lines

/** The first lines whose cells a repair would read as missing. */
function linesOf({ table, lines }: ReadTable, column: Note["column"], parts: FileProblem["parts"]): number[] {
  const na = parts.flatMap((part) => (typeof part === "string" ? [] : (part.na ?? [])));
  const cells = column === null ? undefined : table.columns.get(column);
  if (na.length === 0 || cells?.type !== "text") return [];
  const wrong = new Set(na);
  const isWrong = cells.texts.map((text) => wrong.has(text.trim()));
  const found: number[] = [];
  for (let row = 0; row < table.rows && found.length < SHOWN; row++) {
    if (isWrong[cells.codes[row]!]) found.push(lines[row]!);
  }
  return found;
}
