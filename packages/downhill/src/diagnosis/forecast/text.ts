/** A number with at most three digits: 0.0125, 2.5e-6, 13300, 1.2e7. */
export function short(x: number): string {
  const rounded = Number(x.toPrecision(3));
  if (rounded === 0 || (Math.abs(rounded) >= 1e-3 && Math.abs(rounded) < 1e6)) return String(rounded);
  return rounded.toExponential().replace("+", "");
}

export const epochsText = (epochs: number): string => (epochs === 1 ? "1 epoch" : `${epochs} epochs`);
