// Values and lists of values in error messages.

/** A value in a message: text in quotes, and shortened to `max` characters. */
export function show(value: unknown, max = 60): string {
  if (typeof value === "string") return JSON.stringify(value.length > max ? `${value.slice(0, max - 3)}…` : value);
  return String(value);
}

/** Values in a message: the first twelve, and their number if there are more. */
export function list(values: readonly unknown[], max = 12): string {
  const shown = values.slice(0, max).map(String).join(", ");
  return values.length > max ? `${shown}, … (${values.length})` : shown;
}
