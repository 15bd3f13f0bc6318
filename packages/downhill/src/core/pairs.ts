import type { Label } from "./label.ts";

/** One entry per rating: whose it is, and of what. */
export interface Pairs {
  readonly users: ArrayLike<Label>;
  readonly items: ArrayLike<Label>;
}
