import { DivergenceError } from "../core/check.ts";

/** An error as data: between threads errors lose their class, and the fields they have of their own. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly diverged?: Pick<DivergenceError, "what" | "update" | "learningRate" | "params" | "suggestedRate">;
}

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  if (!(error instanceof DivergenceError)) return { name, message };
  const { what, update, learningRate, params, suggestedRate } = error;
  return { name, message, diverged: { what, update, learningRate, params, suggestedRate } };
}

const classes: Readonly<Record<string, new (message: string) => Error>> = { TypeError, RangeError };

/** The error of its data: of the same class, with the same message. */
export function errorOf({ name, message, diverged }: ErrorData): Error {
  if (diverged === undefined) return new (classes[name] ?? Error)(message);
  const { what, update, learningRate, params, suggestedRate } = diverged;
  return new DivergenceError(what, update, learningRate, params, suggestedRate);
}
