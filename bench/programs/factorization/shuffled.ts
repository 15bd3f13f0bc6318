import { visiting } from "./downhill.ts";

export const make = visiting("shuffled");
