import { DivergenceError, InputRangeError, InputTypeError } from "../../core/check.ts";

/** An error as data: between threads errors lose their class, and the fields they have of their own. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  /** Whether it refuses what the caller passed. */
  readonly refusal?: boolean;
  readonly diverged?: Pick<DivergenceError, "what" | "update" | "learningRate" | "params" | "suggestedRate">;
}

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  if (error instanceof InputRangeError || error instanceof InputTypeError) return { name, message, refusal: true };
  if (!(error instanceof DivergenceError)) return { name, message };
  const { what, update, learningRate, params, suggestedRate } = error;
  return { name, message, diverged: { what, update, learningRate, params, suggestedRate } };
}

type Classes = Readonly<Record<string, new (message: string) => Error>>;
const refusals: Classes = { TypeError: InputTypeError, RangeError: InputRangeError };
const faults: Classes = { TypeError, RangeError };

/** The error of its data: of the same class, with the same message. */
export function errorOf({ name, message, refusal, diverged }: ErrorData): Error {
  if (diverged === undefined) return new ((refusal ? refusals : faults)[name] ?? Error)(message);
  const { what, update, learningRate, params, suggestedRate } = diverged;
  return new DivergenceError(what, update, learningRate, params, suggestedRate);
}
