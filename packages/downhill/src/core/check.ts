// The error sentences: `<who>: <argument> must <rule>, got <value>. <What to do.>`
import type { Vector } from "./vector.ts";

/**
 * The code of every error by which this library refuses what it was given. An error without it, in a call of the library,
 * is a fault of the library.
 */
const REFUSAL = "DOWNHILL_INPUT";

/** An argument of the wrong size or value. */
export class InputRangeError extends RangeError {
  get code(): string {
    return REFUSAL;
  }
}

/** An argument of the wrong kind. */
export class InputTypeError extends TypeError {
  get code(): string {
    return REFUSAL;
  }
}

/** A value as an error shows it: short, and telling text from number. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (value !== null && typeof value === "object") return "an object";
  return String(value);
}

/** @throws RangeError unless value is a whole number ≥ least. */
export function requireSize(functionName: string, name: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least) {
    throw new InputRangeError(
      `${functionName}: ${name} must be a whole number of at least ${least}, got ${show(value)}. Correct it.`,
    );
  }
}

/** @throws RangeError unless value is a finite number. */
export function requireNumber(functionName: string, name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new InputRangeError(`${functionName}: ${name} must be a finite number, got ${show(value)}. Correct it.`);
  }
}

/** @throws RangeError unless value is finite and > 0. */
export function requirePositive(functionName: string, name: string, value: number): void {
  if (typeof value !== "number" || !(value > 0 && value < Infinity)) {
    throw new InputRangeError(
      `${functionName}: ${name} must be a finite number above 0, got ${show(value)}. Correct it.`,
    );
  }
}

/** @throws RangeError unless value is finite and ≥ 0. */
export function requireNonNegative(functionName: string, name: string, value: number): void {
  if (typeof value !== "number" || !(value >= 0 && value < Infinity)) {
    throw new InputRangeError(
      `${functionName}: ${name} must be a finite number of at least 0, got ${show(value)}. Correct it.`,
    );
  }
}

/** @throws RangeError unless low ≤ value < high. */
export function requireWithin(functionName: string, name: string, value: number, low: number, high: number): void {
  if (typeof value !== "number" || !(value >= low && value < high)) {
    throw new InputRangeError(
      `${functionName}: ${name} must be at least ${low} and below ${high}, got ${show(value)}. Correct it.`,
    );
  }
}

/** @throws TypeError unless value is one of the choices. */
export function requireOneOf(functionName: string, name: string, value: unknown, choices: readonly string[]): void {
  if (typeof value !== "string" || !choices.includes(value)) {
    throw new InputTypeError(
      `${functionName}: ${name} must be one of ${choices.join(", ")}, got ${show(value)}. Choose one of these.`,
    );
  }
}

/** @throws TypeError when options holds a name that is not known: an option is never accepted and ignored. */
export function requireKnown(functionName: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new InputTypeError(
        `${functionName}: option must be one of ${known.join(", ")}, got ${show(name)}. Check its spelling.`,
      );
    }
  }
}

/** Whether no entry is NaN or infinite: times 0, those alone are not 0. */
function allFinite(numbers: Vector): boolean {
  let [a, b, c, d] = [0, 0, 0, 0]; // four sums, since one alone would wait for each addition
  let i = 0;
  for (; i + 4 <= numbers.length; i += 4) {
    a += numbers[i]! * 0;
    b += numbers[i + 1]! * 0;
    c += numbers[i + 2]! * 0;
    d += numbers[i + 3]! * 0;
  }
  for (; i < numbers.length; i++) a += numbers[i]! * 0;
  return a + b + c + d === 0;
}

/** @throws RangeError at the first entry that is NaN or infinite, naming its row (and column where there are several). */
export function requireFinite(functionName: string, name: string, numbers: Vector, columns = 1): void {
  if (allFinite(numbers)) return;
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  const where = columns > 1 ? `row ${Math.floor(at / columns)}, column ${at % columns}` : `row ${at}`;
  throw new InputRangeError(
    `${functionName}: ${name} must hold finite numbers, got ${numbers[at]} at ${where}. Remove the row or supply the value.`,
  );
}

/** @throws RangeError at the first number that a float32 cannot hold, naming its row. */
export function requireFloat32(functionName: string, name: string, numbers: Vector): void {
  const at = numbers.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  throw new InputRangeError(
    `${functionName}: ${name} must be numbers that float32 holds, as X is of float32, got ${numbers[at]} at row ${at}. ` +
      "Rescale them, or give X as a Float64Array.",
  );
}

/**
 * A run whose loss is no longer a finite number, or which ended far above its start.
 *
 * `update` is the number of updates that were done when this was detected, and `learningRate` is the rate of the last of them.
 * `params` are the last saved parameters with a finite loss: those before that update, or those at the start of its epoch if an
 * update writes only the parameters of a small batch; if the run ended far above its start, those at its end.
 */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  /** What went wrong, without the advice: "the loss became Infinity". */
  readonly what: string;
  readonly update: number;
  readonly learningRate: number;
  readonly params: Vector;
  /** A constant rate at which the same optimizer descends on the same data; undefined where no bound is known. */
  readonly suggestedRate: number | undefined;

  constructor(what: string, update: number, learningRate: number, params: Vector, suggestedRate?: number) {
    const lower =
      suggestedRate === undefined
        ? "Lower the learning rate or standardize the columns of X."
        : `Use a learning rate of ${suggestedRate} or lower, or leave the optimizer out.`;
    super(
      learningRate > 0
        ? `train: ${what} at update ${update} (learning rate ${learningRate}). ${lower}`
        : `train: ${what} at the start, before any update. Start from other parameters, or multiply inputs and targets ` +
            "by constants, so that losses and gradients are finite.",
    );
    this.what = what;
    this.update = update;
    this.learningRate = learningRate;
    this.params = params;
    this.suggestedRate = suggestedRate;
  }

  /** The same error with a rate to use instead. */
  suggesting(rate: number | undefined): DivergenceError {
    return new DivergenceError(this.what, this.update, this.learningRate, this.params, rate);
  }
}
