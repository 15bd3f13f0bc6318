// The built page on a server of this test, and a browser that opens it.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../../../scripts/chromium.mjs";

const folder = fileURLToPath(new URL("../dist/site/", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".csv": "text/csv",
  ".svg": "image/svg+xml",
};

/** A browser with the page's address. */
export interface Site {
  readonly browser: Awaited<ReturnType<typeof launchChromium>>;
  readonly address: string;
  close(): Promise<void>;
}

export type Page = Awaited<ReturnType<Site["browser"]["newPage"]>>;

/** Opens the gallery of the data and chooses there, by the name of a generator or of a table, or "drawn". */
export async function chooseData(page: Page, name: string): Promise<void> {
  await page.locator("#data > summary").click();
  await page.locator(`#data input[value="${name}"]`).check();
}

/** The built page, served from a sub-path as a static host does, and Chromium, for the tests of a file or of a group. */
export function useSite(): Pick<Site, "browser" | "address"> {
  let site: Site | undefined;
  beforeAll(async () => {
    site = await openSite();
  }, START);
  afterAll(() => site?.close());
  return {
    get browser() {
      return site!.browser;
    },
    get address() {
      return site!.address;
    },
  };
}

const START = 180_000; // milliseconds, for a browser's start on a busy machine

async function openSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://localhost").pathname.replace(/^\/some\/path\//, "");
    const file = join(folder, normalize(path === "" ? "index.html" : path));
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchChromium();
  return {
    browser,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path/`,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
