import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import library from "../downhill/package.json" with { type: "json" };

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./", // the page works in any folder of a server
  // These browsers have light-dark(); for older ones it would become a form that ignores the theme of the page.
  build: {
    outDir: "dist/site",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
  },
  define: { VERSION: JSON.stringify(library.version) },
  worker: { format: "es" },
});
