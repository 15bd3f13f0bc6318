/** Some rows of the data: order[from] … order[to − 1], or rows from … to − 1 if `order` is null. */
export interface Rows {
  /** Indices of rows, stored in the arena of the run, where kernels can read them; null for the order of the data. */
  readonly order: Uint32Array | null;
  /** The first position. */
  readonly from: number;
  /** The position after the last one. */
  readonly to: number;
}

/** Rows 0 … n − 1 in the order of the data. */
export const allRows = (n: number): Rows => ({ order: null, from: 0, to: n });
