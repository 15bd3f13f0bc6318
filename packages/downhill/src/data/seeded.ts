import { type Random, random } from "../core/random.ts";

/** A number, for a stream of the function's own; or a stream, drawn from where it stands. */
export type Seed = number | Random;

/** The stream a function draws from: for a number the fork named for its use, so that equal seeds share no draws. */
export const seeded = (seed: Seed, use: string): Random => (typeof seed === "number" ? random(seed).fork(use) : seed);
