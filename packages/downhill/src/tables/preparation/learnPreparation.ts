import { InputRangeError } from "../../core/check.ts";
import { byCodePoints } from "../../core/codePoints.ts";
import { columnOptions } from "../reading/columnOptions.ts";
import { type ColumnHead, partsOf, type TextHead, type TypedRows } from "../reading/typedParts.ts";
import type { CategoryValues, LeftOut, Note, NumberValues } from "../reading/typedTable.ts";
import type { Dialect, TableOptions } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { type ColumnStatistics, statisticsOfTable } from "./columnStatistics.ts";
import { baseMeans, featureMeans } from "./featureMeans.ts";
import { columnsWithoutWords, featuresOfAll } from "./featureNames.ts";
import { type CategoryCounts, categoryEncoding, countCategories } from "./learnCategories.ts";
import { dateEncoding, numberEncoding } from "./learnEncoding.ts";
import { learnExpansion } from "./learnExpansion.ts";
import { wordsEncoding } from "./learnWords.ts";
import { missingRuleOf } from "./missingRule.ts";
import type { Preparation, PreparedColumn } from "./preparation.ts";
import { uselessColumns } from "./uselessColumns.ts";
import { uncentredWarnings } from "./warnings/uncentredWarnings.ts";
import { warningsOf } from "./warnings/warnings.ts";

/** What is learnt from the training rows. */
export interface LearnedPreparation {
  readonly preparation: Preparation;
  /** Decisions and warnings. The columns that are left out have notes too. */
  readonly notes: readonly Note[];
  readonly leftOut: readonly LeftOut[];
  /** Whether the columns of numbers that are used have no missing and no infinite cell in the training rows. */
  readonly finite: boolean;
}

/** The options of a table, with the words of its messages. */
export type LearningOptions = TableOptions & {
  readonly dialect: Dialect;
  /** Whether the target has classes; this decides which warnings apply [unless the target is a number]. */
  readonly classes?: boolean;
};

/** The options that warnings need; without a target there are only warnings about single columns. */
export type WarningOptions = Pick<LearningOptions, "dialect" | "classes"> & { readonly target?: string };

/** A column with what the decisions need to know of it. */
export type Summary =
  | { readonly column: Pick<NumberValues, "name" | "kind">; readonly statistics: ColumnStatistics }
  | { readonly column: TextHead; readonly counts: CategoryCounts };

/**
 * Learns from the training rows how the columns become features: what replaces missing cells, which categories have features, which
 * parts of dates vary, which columns are of no use. The result does not depend on the order of the columns.
 *
 * @param typed  the training rows, in memory or in parts, with the same result
 * @throws RangeError for options that do not fit the columns, for missing cells where they are errors, and if no column is of use
 */
export function learnPreparation(typed: TypedRows, options: LearningOptions): LearnedPreparation {
  const { target, group, weight, ignore = [], dialect, unseen = "other" } = options;
  const others = new Set([target, group, weight, ...ignore]);
  const columns = typed.columns.filter(({ name }) => !others.has(name)).sort((a, b) => byCodePoints(a.name, b.name));
  const summaries = summariesOf(columns, typed);
  const leftOut = uselessColumns(summaries, typed, options);
  const useless = new Set(leftOut.map(({ name }) => name));
  const used = summaries.filter(({ column }) => !useless.has(column.name));
  const notes: Note[] = leftOut.map(({ note }) => note);
  const prepared = prepareColumns(used, typed, options, notes);
  if (prepared.length === 0) {
    const reasons = [...typed.leftOut, ...leftOut].map(({ note }) => ` ${note.text}.`).join("");
    const mayHaveDates = typed.leftOut.some(({ note }) => note.level === "warning");
    throw new InputRangeError(
      `${dialect.functionName}: there must be a column that the model can learn from, but there is none.${reasons} ` +
        `${mayHaveDates ? "Do this for a column, or add" : "Add"} another column.`,
    );
  }
  const dense = columnsWithoutWords(prepared);
  const ofDense = used.filter(({ column }) => column.kind !== "words");
  const means = baseMeans(dense, ofDense, typed, dialect);
  const expansion = learnExpansion(options.expand, ofDense, dense, typed, notes);
  const features = featuresOfAll(prepared, expansion);
  if (expansion !== null) means.push(...featureMeans(dense, typed, dialect, { expansion, means: [...means] }));
  means.push(...new Array<number>(prepared.length - dense.length).fill(0));
  if (dense.length < prepared.length) notes.push(...uncentredWarnings(ofDense));
  notes.push(...warningsOf(ofDense, typed, options));
  const read = typed.rules.get(target)!;
  return {
    preparation: { columns: prepared, target: { name: target, read }, unseen, expansion, features, means },
    notes,
    leftOut,
    finite: used.every((summary) => "counts" in summary || isComplete(summary.statistics)),
  };
}

const isComplete = ({ missing, smallest, largest }: ColumnStatistics): boolean =>
  missing === 0 && smallest > -Infinity && largest < Infinity;

/** The columns with their statistics and counts. */
export function summariesOf(columns: readonly ColumnHead[], table: TypedRows): Summary[] {
  const numbers = columns.filter((column) => !("texts" in column)).map(({ name }) => name);
  const statistics = statisticsOfTable(table, numbers);
  return columns.map((column): Summary => {
    if (!("texts" in column)) return { column, statistics: statistics[numbers.indexOf(column.name)]! };
    return { column, counts: countCategories(column.texts, categoryParts(table, column.name)) };
  });
}

function* categoryParts(table: TypedRows, name: string): Generator<CategoryValues, void> {
  for (const { columns } of partsOf<CategoryValues>(table, [name])) yield columns[0]!;
}

const MAX_CATEGORIES = 64;

function prepareColumns(
  summaries: readonly Summary[],
  table: TypedRows,
  options: LearningOptions,
  notes: Note[],
): PreparedColumn[] {
  const { rows, rules } = table;
  const problems: string[] = [];
  const prepared = summaries.map((summary): PreparedColumn => {
    const { name } = summary.column;
    const read = rules.get(name)!;
    const facts = { table, rows, read, rule: missingRuleOf(name, read, options, problems) };
    const { encoding, note } = learn();
    if (note !== null) notes.push({ code: "encoding", column: name, text: note, level: "information" });
    return { name, read, encoding };

    function learn() {
      if ("counts" in summary) {
        if (summary.column.kind === "words")
          return wordsEncoding(summary.column, summary.counts, facts, columnOptions(options, name));
        return categoryEncoding(summary.column, summary.counts, {
          ...facts,
          maxCategories: columnOptions(options, name).maxCategories ?? MAX_CATEGORIES,
        });
      }
      const { column, statistics } = summary;
      return column.kind === "date"
        ? dateEncoding(column, statistics, facts)
        : numberEncoding(column, statistics, facts);
    }
  });
  throwProblems(options.dialect.functionName, problems);
  return prepared;
}
