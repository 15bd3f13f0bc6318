import type { Label } from "./label.ts";

/** Pairs of a user and an item: pair i is (users[i], items[i]). */
export interface Pairs {
  /** The user of each pair. */
  readonly users: ArrayLike<Label>;
  /** The item of each pair. */
  readonly items: ArrayLike<Label>;
}
