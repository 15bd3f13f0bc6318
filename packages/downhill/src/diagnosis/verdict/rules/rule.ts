import type { RunView } from "../runView.ts";
import type { Verdict } from "../verdict.ts";

/** Returns the verdict if the rule holds at the end of the view, else null. */
export type Rule = (run: RunView) => Verdict | null;
