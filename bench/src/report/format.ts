// Numbers as text, with three digits.

/** "12.3 ms" */
export function formatTime(seconds: number): string {
  if (seconds >= 1) return `${threeDigits(seconds)} s`;
  if (seconds >= 1e-3) return `${threeDigits(1e3 * seconds)} ms`;
  return `${threeDigits(1e6 * seconds)} µs`;
}

/** "589 MB" */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${threeDigits(bytes / 1e9)} GB`;
  return bytes >= 1e6 ? `${threeDigits(bytes / 1e6)} MB` : `${threeDigits(bytes / 1e3)} kB`;
}

/** "0.42", "12.3", "123" */
export function threeDigits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** "1e−9", "−3e−6", "0" */
export const formatDifference = (value: number): string =>
  value === 0 ? "0" : value.toExponential(0).replaceAll("-", "−");

/** "71 %" */
export const formatPercent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** "2,000,000" */
export const formatCount = (count: number): string => count.toLocaleString("en-US");
