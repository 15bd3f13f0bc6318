/**
 * Which examples: the positions `from` (included) to `to` (excluded) of a visiting order.
 * `order` null is the identity: then the rows are contiguous and nothing needs gathering.
 * An order lies in the run's arena, so that kernels can read it.
 */
export interface Rows {
  readonly order: Uint32Array | null;
  readonly from: number;
  readonly to: number;
}

/** Rows 0 … n−1 in their own order. */
export const allRows = (n: number): Rows => ({ order: null, from: 0, to: n });
