import { cosine, type Schedule } from "../../optimizers/schedules.ts";

/**
 * A learning rate that is constant in the first half of the updates, and falls along a cosine in the second half. The constant half
 * moves far in flat directions; the second half removes the noise of the batches.
 */
export const lateCosine = (rate: number, updates: number): Schedule =>
  cosine(rate, { updates, constant: Math.floor(updates / 2) });
