// Engines other than Node that can run a module. The functions take a folder for temporary files, where the engine needs one.
import { execFile, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { launchChromium } from "../../../../scripts/chromium.mjs";
import { servePage } from "./page.ts";

/** The path of a command; undefined when it is not on the PATH. */
export function commandPath(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chromium from the npm package, controlled by Playwright; `policy` is the page's Content-Security-Policy. */
export async function chromium(module: string, policy?: string): Promise<string> {
  const page = await servePage(module, policy);
  const browser = await launchChromium();
  try {
    await (await browser.newPage()).goto(page.url);
    return await page.answer;
  } finally {
    await browser.close();
    page.close();
  }
}

/** A Firefox with a profile of its own, without a window. */
export async function firefox(command: string, module: string, folder: string): Promise<string> {
  const profile = join(folder, "profile");
  mkdirSync(profile);
  const page = await servePage(module);
  const args = ["--headless", "--no-remote", "--profile", profile, page.url];
  // If root starts Firefox, it does not accept the home folder of another user.
  const child = spawn(command, args, { env: { ...process.env, HOME: folder }, stdio: "ignore", detached: true });
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with code ${code} before it answered`)));
  });
  try {
    return await Promise.race([page.answer, ended]);
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL"); // its children too
    page.close();
  }
}

/** JavaScriptCore's shell. */
export async function javaScriptCore(command: string, module: string, folder: string): Promise<string> {
  writeFileSync(join(folder, "report.js"), module);
  writeFileSync(join(folder, "main.js"), 'import { report } from "./report.js";\nprint(report());\n');
  const { stdout } = await promisify(execFile)(command, ["-m", "main.js"], { cwd: folder, maxBuffer: 2 ** 28 });
  return stdout;
}
