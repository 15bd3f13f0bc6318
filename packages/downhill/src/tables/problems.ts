import { InputTypeError } from "../core/check.ts";

/** Collects problems, so that a user can correct all of them at once. */
export interface Problems {
  /** Adds a problem, as sentences without the name of the function. */
  add(text: string): void;
  /** @throws TypeError with all problems that were added, one per line */
  throwAll(): void;
}

/** A collector without problems. */
export function problemsOf(functionName: string): Problems {
  const texts: string[] = [];
  return {
    add: (text) => void texts.push(`${functionName}: ${text}`),
    throwAll() {
      if (texts.length > 0) throw new InputTypeError(texts.join("\n"));
    },
  };
}
