import { nesterov } from "downhill";
import { numberOf } from "../../src/data/tables.ts";
import { fitting } from "./fit.ts";

/** At plain descent's 1/L, which is known for these data as they are. */
export const make = fitting("near", (job) => ({
  batchSize: "full",
  optimizer: nesterov(numberOf(job, "safeRate"), { decay: 0.9 }),
  epochs: 1000,
  standardize: false,
}));
