// A fitted factorization of a table: the columns of its ratings, and the factorization.

import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import type {
  FittedFactorization,
  Recommendation,
  RecommendOptions,
  SimilarItem,
} from "../../estimators/ratings/factorization.ts";
import { frame, type SavedBody } from "../../estimators/saved/savedFile.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { Note } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { type RatingColumns, type RatingRows, readMoreRatings, readPairs } from "./ratingRows.ts";

/** A fitted rating model as data. */
export interface RatingModelData {
  /** The columns of the table, and how they are read. */
  readonly columns: RatingColumns;
  /** Sentences about decisions that were made, and warnings. */
  readonly notes: readonly Note[];
  /** Facts about the training rows. */
  readonly training: {
    /** The number of rows that were read. */
    readonly rows: number;
    /** The number of rows that were left out, because a cell is missing. */
    readonly leftOut: number;
  };
  /** The factorization. Its users and items are texts. */
  readonly model: FittedFactorization;
}

/** A user and an item per row, as texts. */
export interface UsersAndItems {
  /** The users. */
  readonly users: string[];
  /** The items. */
  readonly items: string[];
}

/** A fitted factorization of a table. It is immutable. */
export interface FittedRatingModel extends RatingModelData {
  /** The kind of the model. */
  readonly kind: "ratings";
  /**
   * The predicted rating of each row, which has a user and an item; with implicit feedback the score. An unknown or missing user or
   * item adds nothing to the mean.
   */
  predict(rows: TableData): Float64Array;
  /** The items with the highest predicted ratings for a user; see `FittedFactorization`. 7 and "7" are the same user. */
  recommend(user: Label, options?: RecommendOptions): Recommendation[];
  /** The recommendations for each of many users, in the order of the users. */
  recommendEach(users: ArrayLike<Label>, options?: RecommendOptions): Recommendation[][];
  /** The items whose factors are the most similar to those of an item, the most similar first. */
  similarItems(item: Label, options?: { readonly top?: number }): SimilarItem[];
  /** A model that also knows the new users of these rows, without another training; see `FittedFactorization`. */
  foldIn(rows: TableData, dialect?: Dialect): FittedRatingModel;
  /** The ratings of other rows, for `rankingScores` and other scores. Rows with a missing cell are left out. */
  testData(rows: TableData, dialect?: Dialect): RatingRows;
  /** The user and the item of each row; an empty text if the cell is missing. */
  pairs(rows: TableData, dialect?: Dialect): UsersAndItems;
  /** The model as data for JSON.stringify. `load` makes the model of it again. */
  toJSON(): unknown;
  /** The content of `toJSON()` with its long lists as texts in pieces, for `savedPieces`. */
  saved(): SavedBody;
}

/** The fitted model of data. */
export function fittedRatingModel({ columns, notes, training, model }: RatingModelData): FittedRatingModel {
  const data: RatingModelData = { ...frozenCopy({ columns, notes, training }), model };
  const bodyWith = (inner: SavedBody): SavedBody => ({ kind: "ratings", columns, notes, training, model: inner });
  const pairs = (rows: TableData, dialect = libraryDialect("predict")) => readPairs(rows, columns, dialect);
  return {
    kind: "ratings",
    ...data,
    predict(rows) {
      const { users, items } = pairs(rows);
      return model.predict(users, items);
    },
    recommend: (user, options) => model.recommend(String(user), options),
    recommendEach: (users, options) => model.recommendEach(Array.from(users, String), options),
    similarItems: (item, options) => model.similarItems(String(item), options),
    foldIn(rows, dialect = libraryDialect("foldIn")) {
      const { users, items, ratings } = readMoreRatings(rows, columns, dialect);
      return fittedRatingModel({ ...data, model: model.foldIn({ users, items, ...(ratings && { ratings }) }) });
    },
    testData: (rows, dialect = libraryDialect("testData")) => readMoreRatings(rows, columns, dialect),
    pairs,
    toJSON: () => frame(bodyWith((model.toJSON() as { readonly body: SavedBody }).body)),
    saved: () => bodyWith(model.saved()),
  };
}
