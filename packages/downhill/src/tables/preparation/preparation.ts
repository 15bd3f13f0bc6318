// What is learnt from the training rows, as JSON. With it, any rows of the user become the numbers that the model was trained on.
import type { ReadRule } from "../reading/readRule.ts";

/** What replaces a missing cell of a column of numbers. Null: a missing cell is an error. */
export interface Fill {
  readonly value: number;
  /** Whether a further column is 1 where the cell was missing, and 0 elsewhere. */
  readonly indicator: boolean;
}

/** The part of a date that is a feature. */
export type DatePart = "elapsed" | "year" | "month" | "day" | "weekday" | "hour";

/** How a column of the user becomes features. */
export type Encoding =
  /** One feature: the number; a boolean as 0 or 1; an ordinal as its position; a time as the hours since midnight. */
  | { readonly type: "number"; readonly fill: Fill | null }
  /**
   * One feature of 0 and 1 for each category, then for the other category, then for missing cells. A category that is none of
   * these is all zeros.
   */
  | {
      readonly type: "oneHot";
      readonly categories: readonly string[];
      /** Whether there is a feature for all other categories. */
      readonly other: boolean;
      /** "feature": missing cells have a feature of their own; "zeros": all zeros; text: they are this category; null: an error. */
      readonly missing: "feature" | "zeros" | { readonly category: string } | null;
    }
  /** One feature for each part. "elapsed" counts days since the origin; the weekday is 1 for Monday. */
  | { readonly type: "date"; readonly origin: number; readonly parts: readonly DatePart[]; readonly fill: Fill | null };

/** A column of the user that the model uses. */
export interface PreparedColumn {
  readonly name: string;
  readonly read: ReadRule;
  readonly encoding: Encoding;
}

/** Further features of one or two features. */
export type Expansion =
  /** The products of two features by their positions; a square has the same position twice. */
  | { readonly type: "quadratic"; readonly products: readonly (readonly [number, number])[] }
  /** The natural cubic splines of features, with the knots of each; the feature itself remains the linear part. */
  | {
      readonly type: "splines";
      readonly splines: readonly { readonly feature: number; readonly knots: readonly number[] }[];
    };

/** A feature: a column of the numbers that the model is trained on. */
export interface Feature {
  /** Its name, such as "age", "sex=male", "age is missing", "joined year". */
  readonly name: string;
  /** The user's columns that it is computed from. */
  readonly columns: readonly string[];
}

/** How the rows of the user become the rows of the model. JSON. */
export interface Preparation {
  /** The columns in the order of their names by code points, so that the order of the source has no effect. */
  readonly columns: readonly PreparedColumn[];
  /** How the target is read. */
  readonly target: { readonly name: string; readonly read: ReadRule };
  readonly unseen: "other" | "error";
  readonly expansion: Expansion | null;
  readonly features: readonly Feature[];
  /** The mean of each feature over the training rows. */
  readonly means: readonly number[];
}
