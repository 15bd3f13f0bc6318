import { type Random, random } from "../core/random.ts";

/** A seed, from which a function makes a stream of its own, or a stream, from which it draws its next numbers. */
export type Seed = number | Random;

/** The stream for a use. A number is forked by the name of the use, so functions with equal seeds draw different numbers. */
export const seeded = (seed: Seed, use: string): Random => (typeof seed === "number" ? random(seed).fork(use) : seed);
