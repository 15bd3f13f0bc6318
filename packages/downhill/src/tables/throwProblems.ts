import { InputRangeError } from "../core/check.ts";

/** @throws RangeError with all problems, one per line, if there are some */
export function throwProblems(functionName: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new InputRangeError(problems.map((text) => `${functionName}: ${text}`).join("\n"));
}
