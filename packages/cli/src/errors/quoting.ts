// Values and names as errors show them.

/** A value as an error shows it: text in quotes and cut to so many letters. */
export function show(value: unknown, most = 60): string {
  if (typeof value === "string") return JSON.stringify(value.length > most ? `${value.slice(0, most - 3)}…` : value);
  return String(value);
}

/** Some names as an error lists them: the first twelve. */
export function list(names: readonly unknown[], most = 12): string {
  const shown = names.slice(0, most).map(String).join(", ");
  return names.length > most ? `${shown}, … (${names.length})` : shown;
}
