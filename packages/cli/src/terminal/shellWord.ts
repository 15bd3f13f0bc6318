import { hasHidden, visible } from "./text.ts";

/**
 * An argument as a shell takes it: as it is, in double quotes, or, where those would change it, in single ones. One with
 * characters that are not shown is written with their codes, as Bash and Zsh read them: $'\U0000001b'.
 */
export function shellWord(word: string): string {
  if (/^[\w./:=,@%+-]+$/.test(word)) return word;
  if (hasHidden(word)) return `$'${[...word].map(inCode).join("")}'`;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

function inCode(character: string): string {
  if (/[\\']/.test(character)) return `\\${character}`;
  if (visible(character) === character) return character;
  return `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`;
}
