const blocks = "▁▂▃▄▅▆▇█";

/** A list of numbers as a line of block characters of different heights. If there are more numbers than `width`, each block is the last number of its part. */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const count = Math.min(width, values.length);
  const shown = Array.from({ length: count }, (_, i) => values[Math.ceil(((i + 1) * values.length) / count) - 1]!);
  const finite = shown.filter(Number.isFinite);
  if (finite.length === 0) return "";
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  const height = (value: number) => (span === 0 ? 0 : Math.round(((value - low) / span) * (blocks.length - 1)));
  return shown.map((value) => (Number.isFinite(value) ? blocks[height(value)] : "!")).join("");
}
