// Chromium from its npm package, for the tests, the bench and the pictures of the lab.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Whether the package has a Chromium for this system. */
export const hasChromium = process.platform === "linux" && process.arch === "x64";

const root = fileURLToPath(new URL("../", import.meta.url));
const cache = join(root, "node_modules/.cache");
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = join(cache, `chromium-${devDependencies["@sparticuz/chromium"]}`);

// The package unpacks its files into the folder of temporary files.
const unpack = "import('@sparticuz/chromium').then((packed) => packed.default.executablePath())";

/** Unpacks Chromium, if this is not done yet. Processes that unpack it at the same time do not disturb each other. */
function unpackOnce() {
  if (existsSync(folder)) return;
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(join(cache, "unpacking-"));
  // For this platform the package includes NSS, which a small machine lacks.
  const env = { ...process.env, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
  execFileSync(process.execPath, ["--eval", unpack], { cwd: cache, env });
  try {
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

/**
 * The file that tells Chromium where its fonts are. The package's own file names only folders such as /tmp/fonts, and without a font
 * Chromium ends at the first text.
 */
function fontsFile() {
  const file = join(folder, "fonts.conf");
  if (existsSync(file)) return file;
  const own = `${file}.${process.pid}`; // processes that write it at the same time do not disturb each other
  writeFileSync(
    own,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`,
  );
  renameSync(own, file);
  return file;
}

/** Starts Chromium. Without a graphics card, its emulation of one would take a fifth of the processor time of a page. */
export async function launchChromium() {
  unpackOnce();
  const { chromium } = await import("playwright-core");
  const libraries = [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontsFile() };
  return chromium.launch({ executablePath: join(folder, "chromium"), env, args: ["--disable-gpu"] });
}
