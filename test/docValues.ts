// The code blocks of a page, and the values that the page writes behind a line of code: `model.stopped; // "converged"`.

/** A fenced code block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced code blocks of a Markdown text that name their language. */
export const fencedBlocks = (page: string): Block[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language: language!, text: text! }));

/** A line of code whose comment begins with a value. */
export interface Claim {
  readonly expression: string;
  readonly value: unknown;
}

/** Matches a line that is one expression, followed by a comment. */
const commented =
  /^(?!\s*(?:const|let|var|import|export|for|if|while|return|throw|function|class|\/\/|[})\]]))\s*([^;]+); \/\/ (.+)$/;

/**
 * The claim of a line, or null when its comment does not begin with a value in JSON. The value ends at a comma, at a semicolon
 * or at the end of the line.
 */
export function claimOf(line: string): Claim | null {
  const [, expression, comment = ""] = commented.exec(line) ?? [];
  if (expression === undefined) return null;
  const ends = [...comment.matchAll(/[,;] |$/g)].map(({ index }) => index).reverse();
  for (const end of ends) {
    try {
      return { expression, value: JSON.parse(comment.slice(0, end)) as unknown };
    } catch {
      // not JSON; a shorter part may be
    }
  }
  return null;
}

/** Replaces each claim of the block by a call of `claimed`, which the first line imports. Line numbers stay the same. */
export function withClaims(block: string): { readonly text: string; readonly claims: readonly Claim[] } {
  const claims: Claim[] = [];
  const lines = block.split("\n").map((line) => {
    const claim = claimOf(line);
    if (claim === null) return line;
    claims.push(claim);
    return `claimed(${claim.expression}, ${JSON.stringify(claim.value)}); // ${line.trim()}`;
  });
  const text = claims.length === 0 ? block : `import { claimed } from "./claimed.ts"; ${lines.join("\n")}`;
  return { text, claims };
}

/** The module with `claimed`, which throws unless both values are equal. A typed array is equal to a list of its numbers. */
export const claimedModule = `import { deepStrictEqual } from "node:assert";
export function claimed(value: unknown, expected: unknown): void {
  deepStrictEqual(ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value, expected);
}
`;
