import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

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
  worker: { format: "es" },
});
