// Names, texts and paths as SQL writes them.

/** A text as SQL writes it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as SQL writes it. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The path of one file, for DuckDB's readers. They take every path for a pattern, so that data[1].csv would read
 * data1.csv; a letter in brackets stands for itself. A path that looks like an address on the net is made a local one.
 * A backslash ends a bracket, so it becomes "any letter": the caller sees to it that one file answers to the path.
 */
export function exactPath(path: string): string {
  const local = /^[a-z][a-z0-9+.-]+:/i.test(path) || path.startsWith("~") ? `./${path}` : path;
  return isPattern(local) ? local.replace(/[*?[]/g, "[$&]").replaceAll("\\", "?") : local;
}

/** Whether a path holds letters that DuckDB reads as a pattern. */
export const isPattern = (path: string): boolean => /[*?[]/.test(path);
