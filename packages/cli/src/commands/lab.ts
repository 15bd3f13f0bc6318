// downhill lab: serves the page of the lab, or writes it into a directory.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatCount } from "@downhill/plots/format";
import { exitCodes } from "../errors/errors.ts";
import { openBrowser } from "../lab/openBrowser.ts";
import { type SiteFiles, siteFiles } from "../lab/siteFiles.ts";
import { serveSite } from "../lab/siteServer.ts";
import type { LabOptions } from "../options/otherOptions.ts";
import { checkDirectory } from "../output/checkDirectory.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Runs `downhill lab [DATA]`. */
export async function labCommand(
  data: string | undefined,
  { open = true, out, force = false }: LabOptions,
  terminal: Terminal,
): Promise<number> {
  const files = siteFiles(data);
  if (out !== undefined) return writeSite(files, out, force, terminal);
  await serveUntilInterrupt(files, { open, hash: "" }, terminal);
  return exitCodes.ok;
}

async function writeSite(files: SiteFiles, out: string, force: boolean, { stderr }: Terminal): Promise<number> {
  checkDirectory("lab", { directory: out, kind: "lab", force });
  // The page is written last, so that a page is there only with all its files.
  const paths = [...files.keys()].filter((path) => path !== "index.html");
  for (const path of [...paths, "index.html"]) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    await writeOutput(join(out, path), files.get(path)!());
  }
  stderr.line(
    `${formatCount(files.size)} files written to ${out}. Put them on any web server; a browser does not run them from a file: address.`,
  );
  return exitCodes.ok;
}

/** Serves the site until Ctrl-C, and opens it in the browser at a hash such as "#1&m=softmax". */
export async function serveUntilInterrupt(
  files: SiteFiles,
  { open, hash }: { readonly open: boolean; readonly hash: string },
  terminal: Terminal,
): Promise<void> {
  const { stdout, stderr } = terminal;
  const server = await serveSite(files);
  const address = `${server.address}${hash}`;
  const interrupted = new Promise<void>((resolve) => {
    const stop = terminal.onInterrupt(() => {
      stop();
      resolve();
    });
  });
  stdout.line(address);
  stderr.line("The lab is at this address. Your data stay on this computer. Press Ctrl-C to end.");
  if (open && !(await openBrowser(address, terminal.env))) {
    stderr.line(`The browser could not be opened. Open ${address} in a browser.`);
  }
  await interrupted;
  await server.close();
}
