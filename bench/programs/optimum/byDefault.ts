import { fitting } from "./fit.ts";

export const make = fitting("its end");
