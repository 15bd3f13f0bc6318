import type { Dialect } from "../tableOptions.ts";
import type { Note } from "./typedTable.ts";

/** The facts that the decision about a column needs besides its cells. */
export interface DecisionFacts {
  /** The name of the column as sentences show it. */
  readonly shown: string;
  /** Whether a target needs the column: its words other than "true" and "false" are the names of classes. */
  readonly isTarget: boolean;
  /** Whether the source is a file with semicolons as delimiters. */
  readonly semicolons: boolean;
  /** The texts of the option `na`, in lower case. */
  readonly na: readonly string[];
  readonly dialect: Dialect;
}

/** A note about a column. */
export const noteOn = (column: string, code: string, text: string, level: Note["level"] = "information"): Note => ({
  code,
  column,
  text,
  level,
});
