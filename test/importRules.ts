// Which file may import which. The parser of rolldown, which the build uses, reads the imports.

import { isBuiltin } from "node:module";
import { parseSync } from "rolldown/utils";

/** The folders of a package from the lowest layer up: a file imports from its own layer's folder and from lower layers. */
interface Layers {
  readonly order: readonly (readonly string[])[];
  /** Folders that import only the lowest layer, and that only these folders may import. */
  readonly beside?: { readonly folders: readonly string[]; readonly importedBy: readonly string[] };
  /** In these folders a file may import only the named ones of its neighbours; null: all of them. */
  readonly neighbours?: Readonly<Record<string, (file: string) => readonly string[] | null>>;
}

/** A package: its folder, the folders of its sources below that, and what it may import. */
export interface Package {
  readonly home: string;
  readonly sources: readonly string[];
  /** Whether it runs in Node alone, and so may import Node's own modules. */
  readonly node: boolean;
  readonly layers?: Layers;
  /** Files that load a module whose address they compute. */
  readonly loads?: readonly string[];
}

/** Files right below the sources, such as index.ts, put the others together and may import all of them. */
export const packages: readonly Package[] = [
  {
    home: "packages/downhill",
    sources: ["src"],
    node: false,
    layers: {
      order: [["core"], ["kernels"], ["losses", "predictors", "optimizers"], ["training"], ["estimators"], ["workers"]],
      beside: { folders: ["data", "metrics"], importedBy: ["estimators"] },
      neighbours: {
        losses: (file) => (file === "lossFromSpec.ts" ? null : ["loss.ts"]),
        predictors: (file) => {
          if (file === "predictorFromSpec.ts") return null;
          return file === "network.ts" ? ["predictor.ts", "linear.ts"] : ["predictor.ts"];
        },
        optimizers: (file) =>
          file === "optimizerFromSpec.ts"
            ? null
            : ["optimizer.ts", "transform.ts", "descent.ts", "schedules.ts", "adam.ts", "spec.ts"],
      },
    },
  },
  {
    home: "packages/plots",
    sources: ["src"],
    node: false,
    layers: {
      order: [["text"], ["geometry"], ["color"], ["data"], ["scene"], ["layout"], ["marks"], ["charts", "page"]],
      neighbours: { charts: () => [] },
    },
  },
  {
    home: "packages/gallery",
    sources: ["src"],
    node: true,
    layers: { order: [["programs"], ["page"]] },
  },
  {
    home: "packages/cli",
    sources: ["src"],
    node: true,
    layers: {
      order: [
        ["process"],
        ["terminal"],
        ["errors"],
        ["options", "table/columns", "table/files"],
        ["table/cells"],
        ["table/csv", "table/encoding"],
        ["table/query"],
        ["table"],
        ["model", "output", "completion"],
        ["training"],
        ["reporters", "report"],
        ["commands"],
      ],
    },
  },
  { home: "bench", sources: ["src", "programs", "workloads"], node: true, loads: ["bench/src/run/driver.ts"] },
];

/** An import or an export from elsewhere; types alone are gone when the code runs. */
export interface Import {
  readonly from: string;
  readonly typesOnly: boolean;
}

/** What a file imports or exports from elsewhere, at once or later. An address that is computed stands as its code. */
export function importsOf(path: string, source: string): Import[] {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    typesOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType }) => (moduleRequest ? [{ from: moduleRequest.value, typesOnly: isType }] : []));
  const later = module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start, end));
  const literal = later.map((code) => ({
    from: /^(["'])([^"'\\]*)\1$/.exec(code)?.[2] ?? `import(${code})`,
    typesOnly: false,
  }));
  return [...imported, ...exported, ...literal];
}

/** The path that a relative import names. */
export const resolved = (path: string, from: string): string => new URL(from, `file:///${path}`).pathname.slice(1);

/** The package that a file belongs to. */
export const packageOf = (path: string): Package =>
  packages.find(({ home, sources }) => sources.some((folder) => path.startsWith(`${home}/${folder}/`)))!;

/** A file of a package in its parts: its folder below the sources (empty for none) and the rest. A folder inside another is its own layer only if the package names it. */
function placed({ home, sources, layers }: Package, path: string): [folder: string, file: string] {
  const root = sources.map((folder) => `${home}/${folder}/`).find((each) => path.startsWith(each))!;
  const inner = path.slice(root.length);
  const nested = (layers?.order.flat() ?? []).find((folder) => folder.includes("/") && inner.startsWith(`${folder}/`));
  const at = nested?.length ?? inner.indexOf("/");
  return at < 0 ? ["", inner] : [inner.slice(0, at), inner.slice(at + 1)];
}

/**
 * Everything wrong with the imports of a file.
 *
 * @param path  counted from the root of the repository
 * @param dependencies  the names that the package.json of the file's package declares for running
 */
export function wrongImports(path: string, source: string, dependencies: readonly string[]): string[] {
  const own = packageOf(path);
  return importsOf(path, source).flatMap(({ from }) => wrongImport(own, path, from, dependencies) ?? []);
}

function wrongImport(own: Package, path: string, from: string, dependencies: readonly string[]): string | null {
  if (from.startsWith("import(")) return own.loads?.includes(path) ? null : `the address ${from} must be written out`;
  if (!from.startsWith(".")) {
    if (isBuiltin(from)) {
      if (!own.node) return `${own.home} must run without Node, and may not import ${from}`;
      return from.startsWith("node:") ? null : `${from} must be written node:${from}`;
    }
    const name = from
      .split("/")
      .slice(0, from.startsWith("@") ? 2 : 1)
      .join("/");
    return dependencies.includes(name) ? null : `${own.home} does not declare ${name} as a dependency`;
  }
  if (!from.endsWith(".ts")) return `${from} must end in .ts`;
  const other = resolved(path, from);
  if (!own.sources.some((folder) => other.startsWith(`${own.home}/${folder}/`)))
    return `${from} lies outside of the sources of ${own.home}`;
  return own.layers === undefined ? null : wrongLayer(own.layers, placed(own, path), placed(own, other));
}

function wrongLayer(
  { order, beside, neighbours }: Layers,
  [folder, file]: readonly [string, string],
  [target, other]: readonly [string, string],
): string | null {
  if (folder === "") return null;
  const isBeside = (name: string): boolean => beside?.folders.includes(name) ?? false;
  const layerOf = (name: string): number => order.findIndex((folders) => folders.includes(name));
  const to = target === "" ? other : `${target}/${other}`;
  if (layerOf(folder) < 0 && !isBeside(folder)) return `${folder}/ belongs to no layer`;
  if (folder === target) {
    const may = neighbours?.[folder]?.(file) ?? null;
    return may === null || may.includes(other) ? null : `${folder}/${file} may not import its neighbour ${other}`;
  }
  if (isBeside(folder))
    return layerOf(target) === 0 ? null : `${folder}/ may import ${order[0]!.join("/, ")}/ only, not ${to}`;
  if (isBeside(target)) return beside!.importedBy.includes(folder) ? null : `${folder}/ may not import ${to}`;
  if (layerOf(target) >= 0 && layerOf(target) < layerOf(folder)) return null;
  return `${folder}/ may not import ${to}: it is in no lower layer`;
}

/** The first circle of imports that is found, as the files on it; null when there is none. */
export function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const other of imports.get(file) ?? []) {
      const circle = visit(other, [...path, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== null) return circle;
  }
  return null;
}
