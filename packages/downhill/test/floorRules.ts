// The rules of the house that can be read off a source: who may import whom, and which functions may not be called.

/** The floors of the library's src/, lowest first; data and metrics stand beside them. */
const FLOORS = [
  ["core"],
  ["kernels"],
  ["losses", "predictors", "optimizers"],
  ["training", "diagnosis"],
  ["estimators"],
  ["workers"],
];
const BESIDE = ["data", "metrics"];

/** Within these folders a file may import only these of its neighbours; null for all. */
const NEIGHBOURS: Readonly<Record<string, (file: string) => readonly string[] | null>> = {
  losses: (file) => (file === "lossFromSpec.ts" ? null : ["loss.ts"]),
  predictors: (file) =>
    file === "predictorFromSpec.ts" ? null : file === "network.ts" ? ["predictor.ts", "linear.ts"] : ["predictor.ts"],
  optimizers: (file) =>
    file === "optimizerFromSpec.ts"
      ? null
      : ["optimizer.ts", "transform.ts", "descent.ts", "schedules.ts", "adam.ts", "spec.ts"],
};

/** What engines agree on to the last bit; everything else of Math they may differ in. */
const EXACT =
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(" ");

/** An import or export from elsewhere. */
interface Reference {
  readonly from: string;
  readonly typesOnly: boolean;
}

const TOKENS = /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** The source without comments, and where asked without quoted text. */
const bare = (source: string, { quotes }: { quotes: boolean }): string =>
  source.replace(TOKENS, (token) => (token.startsWith("/") ? " " : quotes || token.startsWith("`") ? token : '""'));

export function references(source: string): Reference[] {
  const code = bare(source, { quotes: true });
  const clause = /\b(?:import|export)\b(\s+type\b)?([^;"'`]*?)\bfrom\s*["']([^"']+)["']/g;
  const found = [...code.matchAll(clause)].map(([, type, names = "", from = ""]) => {
    const list = names.match(/^\s*\{([\s\S]*)\}\s*$/)?.[1]?.split(",") ?? [names];
    const named = list.map((name) => name.trim()).filter((name) => name !== "");
    return { from, typesOnly: type !== undefined || named.every((name) => name.startsWith("type ")) };
  });
  const loaded = /\b(?:import|require)\s*(?:\(\s*)?["'`]([^"'`]+)["'`]/g;
  return [...found, ...[...code.matchAll(loaded)].map(([, from = ""]) => ({ from, typesOnly: false }))];
}

/** A path of the library's src/ in its parts: the folder right below src (empty for src itself) and the rest. */
function placed(path: string): [folder: string, file: string] {
  const at = path.indexOf("/");
  return at < 0 ? ["", path] : [path.slice(0, at), path.slice(at + 1)];
}

const resolved = (path: string, from: string): string => new URL(from, `file:///${path}`).pathname.slice(1);

/** Why a file of the library may not import another, both below src/; null where it may. */
function forbidden(path: string, other: string): string | null {
  const [[folder, file], [target, neighbour]] = [placed(path), placed(other)];
  const [floor, below] = [folder, target].map((name) => FLOORS.findIndex((names) => names.includes(name))) as [
    number,
    number,
  ];
  if (folder === "") return null;
  if (floor < 0 && !BESIDE.includes(folder)) return `${folder}/ stands on no floor`;
  if (folder === target) {
    const may = NEIGHBOURS[folder]?.(file) ?? null;
    return may === null || may.includes(neighbour)
      ? null
      : `${folder}/${file} may not import its neighbour ${neighbour}`;
  }
  if (BESIDE.includes(folder)) return target === "core" ? null : `${folder}/ may import core/ only, not ${other}`;
  if (BESIDE.includes(target)) return folder === "estimators" ? null : `${folder}/ may not import ${other}`;
  return below >= 0 && below < floor ? null : `${folder}/ may not import ${other}: it is on no floor below`;
}

/** All that is wrong with the imports of a file of any package; `path` counts from the root of the repository. */
export function wrongImports(path: string, source: string): string[] {
  const wrong: string[] = [];
  const [, home = ""] = path.match(/^((?:packages|examples)\/[^/]+)\//) ?? [];
  for (const { from, typesOnly } of references(source)) {
    if (from.startsWith(".")) {
      if (!from.endsWith(".ts")) wrong.push(`${from} must end in .ts`);
      const other = resolved(path, from);
      const why = other.startsWith(`${home}/src/`) ? null : `${from} lies outside of ${home}/src`;
      if (why !== null) wrong.push(why);
      else if (home === "packages/downhill") {
        const [one, two] = [path, other].map((name) => name.slice("packages/downhill/src/".length));
        const reason = forbidden(one!, two!);
        if (reason !== null) wrong.push(reason);
      }
    } else if (home === "packages/downhill") wrong.push(`downhill may import no package, not ${from}`);
    else if (/^(@downhill\/)?(cli|lab)(\/|$)|^@downhill\/(cli|lab)/.test(from))
      wrong.push(`nothing may import ${from}`);
    else if (home === "packages/plots") {
      if (/^downhill(\/|$)/.test(from) ? !typesOnly : !/^d3-/.test(from)) {
        wrong.push(`plots may import types of downhill and d3 modules, not ${from}`);
      }
    }
  }
  return wrong;
}

/** The calls in a source whose results differ between engines or from day to day. */
export function unsteady(source: string): string[] {
  const code = bare(source, { quotes: false });
  const taken = /\{([^{}]*)\}\s*=\s*Math\b/g;
  const names = [...code.matchAll(taken)].flatMap(([, list = ""]) =>
    list.split(",").map((name) => name.split(":")[0]!.trim()),
  );
  const called = [...code.replace(taken, "").matchAll(/\b(?:Native)?Mathf?\b(?:\s*\??\.\s*(\w+))?/g)];
  const wrong = [...names, ...called.map(([all, name]) => name ?? all)].filter(
    (name) => !EXACT.includes(name) && name !== "",
  );
  const others = code.match(/\*\*|\bDate\b|\bperformance\b|\bhrtime\b|\bcrypto\b/g) ?? [];
  return [...wrong.map((name) => (/^(Native)?Mathf?$/.test(name) ? name : `Math.${name}`)), ...others];
}
