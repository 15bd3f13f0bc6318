// Function calls whose results differ between engines or between days.

/** The functions of Math that have the same bits in all engines. */
const EXACT =
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(" ");

const TOKENS = /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** The source without comments and quoted text; templates stay, because they contain code. */
const bare = (source: string): string =>
  source.replace(TOKENS, (token) => (token.startsWith("/") ? " " : token.startsWith("`") ? token : '""'));

/** The calls in a source whose results differ between engines or from day to day. */
export function unsteady(source: string): string[] {
  const code = bare(source);
  const taken = /\{([^{}]*)\}\s*=\s*Math\b/g;
  const names = [...code.matchAll(taken)].flatMap(([, list = ""]) =>
    list.split(",").map((name) => name.split(":")[0]!.trim()),
  );
  const called = [...code.replace(taken, "").matchAll(/\b(?:Native)?Mathf?\b(?:\s*\??\.\s*(\w+))?/g)];
  const wrong = [...names, ...called.map(([all, name]) => name ?? all)].filter(
    (name) => !EXACT.includes(name) && name !== "",
  );
  const others = code.match(/(?<![/*])\*\*(?![/*])|\bDate(?=\s*[.(])|\bperformance\b|\bhrtime\b|\bcrypto\b/g) ?? [];
  return [...wrong.map((name) => (/^(Native)?Mathf?$/.test(name) ? name : `Math.${name}`)), ...others];
}
