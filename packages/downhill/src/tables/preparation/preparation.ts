// What is learnt from the training rows, as JSON. With it, any rows of the user become the numbers that the model was trained on.
import type { CalendarPart } from "../reading/calendar.ts";
import type { ReadRule } from "../reading/readRule.ts";

/** What replaces a missing cell of a column of numbers. */
export interface Fill {
  /** In the unit of the feature; milliseconds since 1970-01-01T00:00 for a date. */
  readonly value: number;
  /** Whether a further feature is 1 where the cell was missing, and 0 elsewhere. */
  readonly indicator: boolean;
}

/**
 * The part of a date that is a feature: "elapsed" counts days since the origin; the month is from 1 to 12, the day from 1 to 31, the
 * weekday from 1 (Monday) to 7, the hour from 0 to 23.
 */
export type DatePart = "elapsed" | CalendarPart;

/** One feature: the number; a boolean as 0 or 1; an ordinal as its position; a time as the hours since midnight. */
export interface NumberEncoding {
  readonly type: "number";
  /** Null: a missing cell is an error. */
  readonly fill: Fill | null;
}

/**
 * One feature of 0 and 1 for each category, then for the rare categories, then for missing cells. A category that is none of
 * these is all zeros.
 */
export interface OneHotEncoding {
  readonly type: "oneHot";
  /** The categories that have a feature of their own, ordered by code points. */
  readonly categories: readonly string[];
  /**
   * The other categories of the training rows, ordered by code points. If there are some, one feature is 1 for each category that is
   * not in `categories`, also for categories that the training rows do not have.
   */
  readonly rare: readonly string[];
  /** "feature": missing cells have a feature of their own; "zeros": all zeros; text: they are this category; null: an error. */
  readonly missing: "feature" | "zeros" | { readonly category: string } | null;
}

/** A value of a calendar part, such as month 3. */
export interface DateLevel {
  readonly part: CalendarPart;
  readonly value: number;
}

/** One feature for each part of a date, then one feature of 0 and 1 for each level. */
export interface DateEncoding {
  readonly type: "date";
  /** The first date of the training rows, in milliseconds since 1970-01-01T00:00. */
  readonly origin: number;
  /** The parts that differ among the training rows; the weekday only if the day of the month differs too. */
  readonly parts: readonly DatePart[];
  /**
   * The values of months, weekdays and hours (of years, if nothing else differs) where the training rows have at least 20 rows per
   * value. With them a linear model can learn seasons, in which a part is not simply better the later it is.
   */
  readonly levels: readonly DateLevel[];
  /** Null: a missing cell is an error. */
  readonly fill: Fill | null;
}

/** One feature for each bucket: how many words of the text the hash puts into this bucket. */
export interface WordsEncoding {
  readonly type: "words";
  /** A power of two. */
  readonly buckets: number;
  /** Seed of the hash. */
  readonly seed: number;
  /** The text that replaces a missing cell; "" has no words. Null: a missing cell is an error. */
  readonly missing: string | null;
}

/** How a column of the user becomes features. The indicator of a fill is the last feature of its column. */
export type Encoding = NumberEncoding | OneHotEncoding | DateEncoding | WordsEncoding;

/** A column of the user that the model uses. */
export interface PreparedColumn {
  readonly name: string;
  readonly read: ReadRule;
  readonly encoding: Encoding;
}

/** A column of the user whose values are not words. */
export interface DenseColumn extends PreparedColumn {
  readonly read: ReadRule & { readonly kind: Exclude<ReadRule["kind"], "words"> };
  readonly encoding: Exclude<Encoding, WordsEncoding>;
}

/** Products of two features by their positions; a square has the same position twice. */
export interface QuadraticExpansion {
  readonly type: "quadratic";
  /** For [i, j], with the means of the two features over the training rows: (xᵢ − meanᵢ) · (xⱼ − meanⱼ). */
  readonly products: readonly (readonly [number, number])[];
}

/**
 * The natural cubic spline of a feature with the knots k₁ < … < k_m. The feature itself remains the linear part. Further features
 * are, for j = 1 … m − 2, with p(t) = max(0, t)³:
 *
 *     [p(t − k_j) − p(t − k_{m−1}) · (k_m − k_j) / (k_m − k_{m−1})] / (k_m − k₁)² + slope_j · max(0, x − k_m)
 *
 * where t = min(x, k_m), and slope_j is the slope at k_m: 3 · (k_m − k_j) · (k_{m−1} − k_j) / (k_m − k₁)². So the curve has no bend
 * at k₁ and k_m, and is a straight line beyond them.
 *
 * Source: Hastie, Tibshirani and Friedman, “The Elements of Statistical Learning”, 2009, section 5.2.1; the factor is Harrell's.
 */
export interface Spline {
  /** The position of the feature. */
  readonly feature: number;
  readonly knots: readonly number[];
}

/** The splines of several features, in the order of their positions. */
export interface SplineExpansion {
  readonly type: "splines";
  readonly splines: readonly Spline[];
}

/** Further features, which follow the features of the columns. */
export type Expansion = QuadraticExpansion | SplineExpansion;

/** A feature: a column of the numbers that the model is trained on, or the columns of all buckets of a text. */
export interface Feature {
  /**
   * Its name, such as "age", "sex=male", "sex is rare", "age is missing", "joined year", "age × height", "age²", "age spline 1", "text: 65536
   * words by hash".
   */
  readonly name: string;
  /** The user's columns that it is computed from. */
  readonly columns: readonly string[];
  /** The number of columns of the words of a text, one for each bucket; one column without it. */
  readonly buckets?: number;
}

/** How the rows of the user become the rows of the model. JSON. */
export interface Preparation {
  /** The columns in the order of their names by code points, so that the order of the source has no effect. */
  readonly columns: readonly PreparedColumn[];
  /** How the target is read. */
  readonly target: {
    /** The name of the column. */
    readonly name: string;
    /** How its cells are read. */
    readonly read: ReadRule;
  };
  /** An unseen category: "other" encodes it like a rare category, or as zeros if there are none; "error" throws. */
  readonly unseen: "other" | "error";
  /** Further features, such as splines; null for none. */
  readonly expansion: Expansion | null;
  /** The features in the order of the matrix; those of words are the last ones. With words the matrix is sparse. */
  readonly features: readonly Feature[];
  /** The mean of each feature over the training rows; 0 for words. */
  readonly means: readonly number[];
}

/** A preparation of columns without words. */
export interface DensePreparation extends Preparation {
  readonly columns: readonly DenseColumn[];
}
