/** The progress of reading and preparing a table in parts. */
export interface RowProgress {
  /** So many rows of DATA have been read. */
  read(rows: number): void;
  /** A pass over the rows begins. */
  begin(): void;
  /** The pass has reached this row of `total`. */
  pass(rows: number, total: number): void;
  /** Clears what is drawn. */
  end(): void;
}
