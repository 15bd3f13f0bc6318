// Chromium from its npm package, for every test that needs a browser.
import { vi } from "vitest";

/** Whether the package has a Chromium for this system. */
export const hasChromium = process.platform === "linux" && process.arch === "x64";

/** Starts Chromium; it unpacks its files into `folder`. */
export async function launchChromium(folder: string) {
  vi.stubEnv("TMPDIR", folder); // it unpacks its files there; in a shared folder it would use any file named chromium
  vi.stubEnv("AWS_LAMBDA_JS_RUNTIME", "nodejs20.x"); // for this platform the package includes NSS, which a small machine lacks
  for (const name of ["LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) vi.stubEnv(name, process.env[name]); // the package sets these
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const playwright = await import("playwright-core");
    return await playwright.chromium.launch({ executablePath: await packed.executablePath() });
  } finally {
    vi.unstubAllEnvs();
  }
}
