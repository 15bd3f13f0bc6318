/** Numbers by the names that the article gives them; a table is flat, row by row. */
export type Named = Readonly<Record<string, number | ArrayLike<number>>>;

/** What a program did, in the article's names and layout. */
export interface Program<Name extends string> {
  readonly program: Name;
  readonly epochs: number;
  readonly data: Named;
  readonly start: Named;
  /** The parameters after the last epoch. */
  readonly params: Named;
  /** What the article plots, one number per epoch; the first article plots no loss, so its mean squared error. */
  readonly losses: Float64Array;
}
