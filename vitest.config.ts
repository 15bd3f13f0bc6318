import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests run on the sources, never on an old build; only tests that start a process run the built one, and workers are
// bundled by the build.
export default defineConfig({
  resolve: {
    alias: {
      "@downhill/plots/format": source("packages/plots/src/text/format.ts"),
      "@downhill/plots/page": source("packages/plots/src/page/page.ts"),
      "@downhill/plots": source("packages/plots/src/index.ts"),
      "@downhill/gallery": source("packages/gallery/src/index.ts"),
      downhill: source("packages/downhill/src/index.ts"),
    },
  },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "test/**/*.test.ts", "bench/test/parts/*.test.ts"],
    // `npm run coverage` measures it: each package keeps a floor, a few points below what its tests reach.
    coverage: {
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.generated.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        // Of the library, what runs in workers is bundled for them and not counted.
        "packages/downhill/src/**": { statements: 90, branches: 90, functions: 92, lines: 90 },
        "packages/plots/src/**": { statements: 98, branches: 95, functions: 99, lines: 98 },
        "packages/cli/src/**": { statements: 93, branches: 89, functions: 93, lines: 94 },
        "packages/gallery/src/**": { statements: 98, branches: 98, functions: 98, lines: 98 },
      },
    },
    testTimeout: 60_000, // only a test that hangs ends so: a busy machine may be ten times slower
  },
});
