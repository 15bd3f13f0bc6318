// Changes of how a file is read or used, which the page offers as buttons.
import type { ReadingChoices } from "./readTable.ts";

/** A change with the text of its button. */
export interface Repair {
  readonly label: string;
  /** Choices of the reading that change. */
  readonly reading?: Partial<ReadingChoices>;
  /** Further texts that are missing cells. */
  readonly na?: readonly string[];
  /** A column, and the kind as which it is read. */
  readonly kind?: readonly [column: string, kind: string];
  /** A column that is not used. */
  readonly leaveOut?: string;
}
