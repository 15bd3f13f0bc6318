import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Short files with long tests, mostly of processes. They start first, so that none of them is the last one. */
const LONG = new RegExp(
  `(${[
    "/(docs|packages|api|realTables|engines|certificate|sweep\\.contract)",
    "/cli/test/(ranks|train|stream|checkpoint[.a-z]*|outputs[.a-z]*|exportSqlTables|threads)",
    "/lab/test/(page|pageStates|filePanel)",
    "/mpi/test/[^/]*",
    "/plots/test/layout",
  ].join("|")})\\.test\\.ts$`,
);

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Tests run the source files, so they need no build. Two exceptions: tests that start a process run the built command, and
// workers run from the bundles that the build makes.
export default defineConfig({
  resolve: {
    alias: {
      "@downhill/plots/format": source("packages/plots/src/text/format.ts"),
      "@downhill/plots/page": source("packages/plots/src/page/page.ts"),
      "@downhill/plots/zones": source("packages/plots/src/data/zones.ts"),
      "@downhill/plots": source("packages/plots/src/index.ts"),
      "@downhill/gallery": source("packages/gallery/src/index.ts"),
      "@downhill/mpi": source("packages/mpi/src/index.ts"),
      downhill: source("packages/downhill/src/index.ts"),
    },
  },
  test: {
    sequence: { sequencer: LongFilesFirst },
    // V8 counts WebAssembly memory as its own, so with its usual limit it collects all garbage twice in each second. Threads that help
    // it would take their time from the other worker.
    execArgv: ["--initial-old-space-size=512", "--single-threaded-gc"],
    maxWorkers: "100%", // one for each processor; by default one processor has none
    include: ["packages/*/{src,test}/**/*.test.ts", "test/**/*.test.ts", "bench/test/parts/*.test.ts"],
    // Files that share a process import the modules once, and the engine optimizes them once.
    isolate: false,
    setupFiles: ["test/sameGlobals.ts"],
    // Used by `npm run coverage`. The lower bounds are a few points below the coverage that the tests reach.
    coverage: {
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.generated.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        // Code of the library that runs in workers comes from bundles, so it is not counted; nor is that of packages/mpi, which
        // processes of mpirun run.
        "packages/downhill/src/**": { statements: 90, branches: 90, functions: 92, lines: 90 },
        "packages/plots/src/**": { statements: 98, branches: 95, functions: 99, lines: 98 },
        "packages/cli/src/**": { statements: 93, branches: 89, functions: 93, lines: 94 },
        "packages/gallery/src/**": { statements: 98, branches: 98, functions: 98, lines: 98 },
      },
    },
    testTimeout: 60_000, // long enough for a busy machine; only a test that hangs reaches it
  },
});
