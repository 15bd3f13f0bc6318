// The rules for imports between files. The parser of rolldown, which the build uses too, reads the imports.

import { isBuiltin } from "node:module";
import { parseSync } from "rolldown/utils";

/** The folders of a package, from the lowest layer to the highest. A file may import from its own folder and lower layers. */
interface Layers {
  readonly order: readonly (readonly string[])[];
  /** Folders outside the layers. They import only the lowest layer, and only the folders in `importedBy` import them. */
  readonly outside?: { readonly folders: readonly string[]; readonly importedBy: readonly string[] };
  /**
   * For some folders, the files of the same folder that a file may import, or the folders in it (with "/" at the end); null means
   * all of them.
   */
  readonly neighbours?: Readonly<Record<string, (file: string) => readonly string[] | null>>;
}

/** A package and the rules for its imports. */
export interface Package {
  /** Path from the root of the repository. */
  readonly folder: string;
  /** The folders of its source files. */
  readonly sources: readonly string[];
  /** Whether it may import Node's modules, because it runs in Node only. */
  readonly node: boolean;
  readonly layers?: Layers;
  /** The files that may import a module whose path they compute. */
  readonly loads?: readonly string[];
}

/** A file directly in a source folder, such as index.ts, belongs to no layer and may import all files of its package. */
export const packages: readonly Package[] = [
  {
    folder: "packages/downhill",
    sources: ["src"],
    node: false,
    layers: {
      order: [
        ["core"],
        ["kernels"],
        ["losses", "predictors", "optimizers"],
        ["training"],
        ["diagnosis"],
        ["estimators"],
        ["tables"],
        ["evaluation", "exporting"],
        ["workers"],
      ],
      outside: {
        folders: ["data", "metrics"],
        importedBy: ["diagnosis", "estimators", "tables", "evaluation", "exporting"],
      },
      neighbours: {
        estimators: (file) => (file.includes("/") ? ["defaults/", "fit/", "fitted/", "ratings/", "saved/"] : null),
        losses: (file) => (file === "lossFromSpec.ts" ? null : ["loss.ts", "limitedSlope.ts"]),
        predictors: (file) => {
          if (file === "predictorFromSpec.ts") return null;
          const own = ["predictor.ts", file.replace(".ts", "Tangent.ts")];
          return file === "network.ts" ? [...own, "linear.ts"] : [...own, "sweepFields.ts"];
        },
        optimizers: (file) => {
          if (file === "optimizerFromSpec.ts") return null;
          const own =
            file === "automatic.ts" || file === "spectral.ts" ? ["firstRate.ts", "pairs.ts", "spectral.ts"] : [];
          return [
            ...own,
            "optimizer.ts",
            "metric.ts",
            "transform.ts",
            "descent.ts",
            "schedules.ts",
            "adam.ts",
            "spec.ts",
          ];
        },
      },
    },
  },
  {
    folder: "packages/plots",
    sources: ["src"],
    node: false,
    layers: {
      order: [["text"], ["geometry"], ["color"], ["data"], ["scene"], ["layout"], ["marks"], ["charts", "page"]],
      neighbours: { charts: () => [] },
    },
  },
  {
    folder: "packages/gallery",
    sources: ["src"],
    node: true,
    layers: { order: [["programs"], ["page"]] },
  },
  {
    folder: "packages/lab",
    sources: ["src"],
    node: false,
    layers: {
      order: [
        ["state"],
        ["files", "links", "missions"],
        ["exports"],
        ["training"],
        ["scenes"],
        ["panels"],
        ["worker"],
        ["page"],
      ],
    },
  },
  {
    folder: "packages/cli",
    sources: ["src"],
    node: true,
    layers: {
      order: [
        ["process"],
        ["terminal"],
        ["errors"],
        ["ranks"],
        ["options", "table/files"],
        ["table/cells"],
        ["table/csv"],
        ["table/query"],
        ["table"],
        ["model", "output", "completion"],
        ["lab"],
        ["stream", "diagnosis"],
        ["training"],
        ["checkpoint"],
        ["reporters", "report"],
        ["commands"],
      ],
    },
  },
  { folder: "packages/mpi", sources: ["src"], node: true },
  {
    folder: "bench",
    sources: ["src", "programs", "workloads"],
    node: true,
    loads: ["bench/src/machine/lab.ts", "bench/src/run/driver.ts", "bench/programs/onePrediction/exported.ts"],
  },
];

/** An import, or an export from another module. An import of types only does not exist when the code runs. */
export interface Import {
  readonly from: string;
  readonly typesOnly: boolean;
}

/** The static and dynamic imports of a file. If the file computes a path, the import has the code of the path. */
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
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start, end));
  const literal = dynamic.map((code) => ({
    from: /^(["'])([^"'\\]*)\1$/.exec(code)?.[2] ?? `import(${code})`,
    typesOnly: false,
  }));
  return [...imported, ...exported, ...literal];
}

/** The path of the file that a relative import names. */
export const resolved = (path: string, from: string): string => new URL(from, `file:///${path}`).pathname.slice(1);

/** The package that a file belongs to. */
export const packageOf = (path: string): Package =>
  packages.find(({ folder, sources }) => sources.some((source) => path.startsWith(`${folder}/${source}/`)))!;

/**
 * The folder and the rest of a path below the source folder; the folder is empty for a file directly in the source folder.
 * A folder inside another one counts as a folder only if the layers name it.
 */
function folderAndFile({ folder, sources, layers }: Package, path: string): [folder: string, file: string] {
  const root = sources.map((source) => `${folder}/${source}/`).find((each) => path.startsWith(each))!;
  const inner = path.slice(root.length);
  const nested = (layers?.order.flat() ?? []).find((layer) => layer.includes("/") && inner.startsWith(`${layer}/`));
  const at = nested?.length ?? inner.indexOf("/");
  return at < 0 ? ["", inner] : [inner.slice(0, at), inner.slice(at + 1)];
}

/**
 * The imports of a file that break a rule, one sentence each.
 *
 * @param path  from the root of the repository
 * @param dependencies  the `dependencies` in the package.json of the file's package
 */
export function wrongImports(path: string, source: string, dependencies: readonly string[]): string[] {
  const ownPackage = packageOf(path);
  return importsOf(path, source).flatMap(({ from }) => wrongImport(ownPackage, path, from, dependencies) ?? []);
}

function wrongImport(own: Package, path: string, from: string, dependencies: readonly string[]): string | null {
  if (from.startsWith("import(")) return own.loads?.includes(path) ? null : `the path in ${from} must be a literal`;
  if (!from.startsWith(".")) {
    if (isBuiltin(from)) {
      if (!own.node) return `${own.folder} must run without Node, and may not import ${from}`;
      return from.startsWith("node:") ? null : `${from} must be written node:${from}`;
    }
    const name = from
      .split("/")
      .slice(0, from.startsWith("@") ? 2 : 1)
      .join("/");
    return dependencies.includes(name) ? null : `${own.folder} does not declare ${name} as a dependency`;
  }
  if (!from.endsWith(".ts")) return `${from} must end in .ts`;
  const other = resolved(path, from);
  if (!own.sources.some((source) => other.startsWith(`${own.folder}/${source}/`)))
    return `${from} is outside the sources of ${own.folder}`;
  return own.layers === undefined ? null : wrongLayer(own.layers, folderAndFile(own, path), folderAndFile(own, other));
}

function wrongLayer(
  { order, outside, neighbours }: Layers,
  [folder, file]: readonly [string, string],
  [target, other]: readonly [string, string],
): string | null {
  if (folder === "") return null;
  const isOutside = (name: string): boolean => outside?.folders.includes(name) ?? false;
  const layerOf = (name: string): number => order.findIndex((folders) => folders.includes(name));
  const to = target === "" ? other : `${target}/${other}`;
  if (layerOf(folder) < 0 && !isOutside(folder)) return `${folder}/ belongs to no layer`;
  if (folder === target) {
    const may = neighbours?.[folder]?.(file) ?? null;
    const allowed = (name: string): boolean => (name.endsWith("/") ? other.startsWith(name) : other === name);
    return may === null || may.some(allowed) ? null : `${folder}/${file} may not import its neighbour ${other}`;
  }
  if (isOutside(folder))
    return layerOf(target) === 0 ? null : `${folder}/ may import ${order[0]!.join("/, ")}/ only, not ${to}`;
  if (isOutside(target)) return outside!.importedBy.includes(folder) ? null : `${folder}/ may not import ${to}`;
  if (layerOf(target) >= 0 && layerOf(target) < layerOf(folder)) return null;
  return `${folder}/ may not import ${to}, which is not in a lower layer`;
}

/** The files of an import cycle, or null when there is none. */
export function findCycle(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const other of imports.get(file) ?? []) {
      const cycle = visit(other, [...path, file]);
      if (cycle !== null) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const cycle = visit(file, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
