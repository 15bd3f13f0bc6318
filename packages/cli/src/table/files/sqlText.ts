// Names, texts and paths in SQL.

/** A text in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name in SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The path of one file for DuckDB's readers, which read every path as a pattern: data[1].csv would read data1.csv. So each
 * special character is put in brackets. A backslash does not work there and becomes "any character", so the caller must
 * check that the pattern matches one file. A path that looks like a network address gets a "./" before it.
 */
export function exactPath(path: string): string {
  const local = /^[a-z][a-z0-9+.-]+:/i.test(path) || path.startsWith("~") ? `./${path}` : path;
  return isPattern(local) ? local.replace(/[*?[]/g, "[$&]").replaceAll("\\", "?") : local;
}

/** Whether a path contains characters of a pattern. */
export const isPattern = (path: string): boolean => /[*?[]/.test(path);
