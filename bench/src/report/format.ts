// Numbers as the tables show them.

/** "12.3 ms", three digits. */
export function sayTime(seconds: number): string {
  if (seconds >= 1) return `${digits(seconds)} s`;
  if (seconds >= 1e-3) return `${digits(1e3 * seconds)} ms`;
  return `${digits(1e6 * seconds)} µs`;
}

export function sayBytes(bytes: number): string {
  if (bytes >= 1e9) return `${digits(bytes / 1e9)} GB`;
  return bytes >= 1e6 ? `${digits(bytes / 1e6)} MB` : `${digits(bytes / 1e3)} kB`;
}

/** Three digits, no exponent. */
export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** "1e-9", "−3e-6", "0". */
export const sayDifference = (value: number): string =>
  value === 0 ? "0" : value.toExponential(0).replaceAll("-", "−");

export const sayShare = (share: number): string => `${(100 * share).toFixed(0)} %`;
