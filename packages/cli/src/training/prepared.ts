import type {
  FittedClassifier,
  FittedFactorization,
  FittedRatingModel,
  FittedRegression,
  FittedTableModel,
  Note,
  Preparation,
} from "downhill";
import type { RowSplit } from "../model/splitRows.ts";
import type { TwoClasses } from "../model/twoClasses.ts";
import type { ModelName, Task } from "../options/modelNames.ts";
import type { ColumnSummary } from "./columnSummary.ts";
import type { Evaluable } from "./evaluable.ts";

/** The columns of a model of a table. */
export interface TableSpec {
  readonly target: string;
  /** The columns of the user that the model uses. */
  readonly features: readonly string[];
  /** What the preparation of the columns has learnt. */
  readonly preparation: Preparation;
  /** The names of the numbers that a column of the user becomes, without products with other columns. */
  numbersOf(column: string): readonly string[];
  /** The model of the table, from the model of its features. */
  fitted(model: FittedClassifier | FittedRegression): FittedTableModel;
}

/** The columns of a model, from its preparation. */
export const tableSpec = ({
  target,
  preparation,
  fitted,
}: Pick<TableSpec, "target" | "preparation" | "fitted">): TableSpec => ({
  target,
  preparation,
  features: preparation.columns.map(({ name }) => name),
  numbersOf: (column) =>
    preparation.features.filter(({ columns }) => columns.length === 1 && columns[0] === column).map(({ name }) => name),
  fitted,
});

/** The columns of a model of an svmlight file: they have numbers and no names. */
export interface SvmlightSpec {
  readonly target: typeof SVMLIGHT_TARGET;
  /** The number of the first column, 0 or 1. */
  readonly firstColumn: 0 | 1;
  readonly columns: number;
}

/** The name of the first number of a line in messages. */
export const SVMLIGHT_TARGET = "target";

/** The columns of a factorization. */
export interface RatingsSpec {
  readonly user: string;
  readonly item: string;
  /** Null for implicit feedback. */
  readonly rating: string | null;
  /** The model of the table, from the factorization. */
  fitted(model: FittedFactorization): FittedRatingModel;
}

/** A table that is ready for the training. */
export interface Prepared {
  /** A summary of the table; its cells are in `parts`. `columns` is empty without --report. */
  readonly table: {
    readonly rows: number;
    readonly columns: readonly ColumnSummary[];
    /** The kind of each column; empty for ratings. */
    readonly kinds: readonly Pick<ColumnSummary, "name" | "kind">[];
  };
  /** Decisions that were made, and warnings. */
  readonly notes: readonly Note[];
  readonly model: ModelName;
  readonly task: Task;
  /** The reason for the model, as a sentence. */
  readonly reason: string;
  /** The option that predicts numbers instead of classes, or classes instead of numbers; "" if it is not possible. */
  readonly otherwise: string;
  readonly parts: RowSplit;
  /** The two classes of the target; null for any other target. */
  readonly twoClasses: TwoClasses | null;
  readonly spec: DataSpec;
  /** The rows before they are prepared; null for ratings, and if no option needs them. */
  readonly evaluable: Evaluable | null;
}

export type DataSpec = TableSpec | SvmlightSpec | RatingsSpec;

/** Whether the columns are the named columns of a table with a target. */
export const isTableSpec = (spec: DataSpec): spec is TableSpec => "features" in spec;

/** Whether the columns are those of an svmlight file. */
export const isSvmlightSpec = (spec: DataSpec): spec is SvmlightSpec => "firstColumn" in spec;

/** A note about how the files of DATA were read. */
export const fileNote = (text: string): Note => ({ code: "file", column: null, text, level: "information" });
