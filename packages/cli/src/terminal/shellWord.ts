import { hasHidden, visible } from "./text.ts";

/**
 * An argument as a user can type it in a shell: unquoted, in double quotes, or in single quotes if double quotes would change
 * it. Characters that are not visible are written as codes that Bash and Zsh understand: $'\U0000001b'.
 */
export function shellWord(word: string): string {
  if (/^[\w./:=,@%+-]+$/.test(word)) return word;
  if (hasHidden(word)) return `$'${[...word].map(escaped).join("")}'`;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

function escaped(character: string): string {
  if (/[\\']/.test(character)) return `\\${character}`;
  if (visible(character) === character) return character;
  return `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`;
}
