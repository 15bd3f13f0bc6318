import { scriptWith } from "./script.ts";

export const make = scriptWith("c");
