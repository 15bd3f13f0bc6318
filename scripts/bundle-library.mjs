// Puts the compiled library's modules into one file, dist/bundle/index.js, and what it loads later into others beside it:
// to load 140 files takes Node longer than to run what is in them. Run by `npm run build`, after tsc.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const dist = fileURLToPath(new URL("../packages/downhill/dist/", import.meta.url));
const build = await rolldown({ input: `${dist}index.js` });
await build.write({ dir: `${dist}bundle`, chunkFileNames: "[name].js", cleanDir: true });
await build.close();
