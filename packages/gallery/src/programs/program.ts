import type { FitParts } from "downhill";

/** Numbers under the names that the article uses. A table is one flat list, row by row. */
export type NamedNumbers = Readonly<Record<string, number | ArrayLike<number>>>;

/** The result of one program, with the article's names and layout. */
export interface Program<Name extends string> {
  readonly program: Name;
  readonly epochs: number;
  readonly data: NamedNumbers;
  /** The parameters before the first step. */
  readonly start: NamedNumbers;
  /** The parameters after the last epoch. */
  readonly params: NamedNumbers;
  /** The problem, the optimizer and the options of the training. */
  readonly fit: FitParts;
  /** The loss per epoch that the article plots. The first article plots no loss; its program has the mean squared error. */
  readonly losses: Float64Array;
}
