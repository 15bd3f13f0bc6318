// The Chromium that comes from npm, for every test that needs a browser.
import { vi } from "vitest";

/** Whether there is one for this system. */
export const hasChromium = process.platform === "linux" && process.arch === "x64";

/** Starts it; `folder` is for what it unpacks. */
export async function launchChromium(folder: string) {
  vi.stubEnv("TMPDIR", folder); // it unpacks there, and would take whatever is called chromium there for itself
  vi.stubEnv("AWS_LAMBDA_JS_RUNTIME", "nodejs20.x"); // for this platform it brings NSS, which a small machine lacks
  for (const name of ["LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) vi.stubEnv(name, process.env[name]); // it sets them
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const playwright = await import("playwright-core");
    return await playwright.chromium.launch({ executablePath: await packed.executablePath() });
  } finally {
    vi.unstubAllEnvs();
  }
}
