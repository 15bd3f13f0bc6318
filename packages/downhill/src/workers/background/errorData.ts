import { InputRangeError, InputTypeError } from "../../core/check.ts";
import { DivergenceError } from "../../core/divergenceError.ts";

/** An error as data, because an error that is sent to another thread loses its class and its own fields. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  /** Whether it is an InputTypeError or an InputRangeError: the caller passed something wrong. */
  readonly input?: boolean;
  readonly diverged?: Pick<DivergenceError, "what" | "update" | "learningRate" | "params" | "suggestedRate">;
}

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  if (error instanceof InputRangeError || error instanceof InputTypeError) return { name, message, input: true };
  if (!(error instanceof DivergenceError)) return { name, message };
  const { what, update, learningRate, params, suggestedRate } = error;
  return { name, message, diverged: { what, update, learningRate, params, suggestedRate } };
}

type Classes = Readonly<Record<string, new (message: string) => Error>>;
const inputErrors: Classes = { TypeError: InputTypeError, RangeError: InputRangeError };
const otherErrors: Classes = { TypeError, RangeError };

/** Makes the error again, with the same class and message. */
export function errorOf({ name, message, input, diverged }: ErrorData): Error {
  if (diverged === undefined) return new ((input ? inputErrors : otherErrors)[name] ?? Error)(message);
  const { what, update, learningRate, params, suggestedRate } = diverged;
  return new DivergenceError(what, update, learningRate, params, suggestedRate);
}
