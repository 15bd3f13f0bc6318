// A small picture of a quantity over two features, as plain data.

/** A small picture. */
export interface Thumbnail {
  readonly id: string;
  readonly name: string;
  /** The values of the cells from the lower left corner on, from 0 to 255; 128 is 0 for a unit. */
  readonly levels: Uint8Array;
  /** The lowest and the highest value. */
  readonly range: readonly [number, number];
  /** Whether a ReLU unit is 0 for every training row, so that it does not learn. */
  readonly isDead: boolean;
}

/** The cells of a small picture in each direction. */
export const THUMBNAIL_CELLS = 24;
