// The page of `downhill lab` in Chromium: its first load, its cost per frame, and whether training holds up the page.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { inRepository } from "../inRepository.ts";
import type { Size } from "../workload.ts";
import { countInPage, countInWorker, type PageCounts, pageCounts, workerTurns } from "./labCounts.ts";

export interface Lab {
  /** All scripts and styles that the first picture needs, each compressed with gzip. Other parts load after it. */
  readonly gzipBytes: number;
  /** Seconds from the request of the page until its charts are drawn; the median of the loads. */
  readonly firstCharts: number;
  readonly frames: Frames;
  /** The same after `historyUpdates` updates. */
  readonly longHistory: Frames;
  readonly historyUpdates: number;
  readonly training: Training;
}

/** Training as fast as possible. */
interface Training {
  readonly seconds: number;
  /** Tasks of the main thread that took more than 50 ms. */
  readonly longTasks: number;
  /** Seconds of a turn of the worker: some updates, or the answer to a frame. The median and the 95th percentile. */
  readonly workerTurn: number;
  readonly slowWorkerTurn: number;
}

/** The cost of frames while four charts follow a run. */
interface Frames {
  /** Seconds of the main thread per frame. */
  readonly mainThread: number;
  /** Bytes that the worker sends with a frame. */
  readonly bytes: number;
}

export const labLimits = {
  gzipBytes: 90_000,
  firstCharts: 1,
  mainThread: 0.004,
  workerTurn: 0.008,
  frameBytes: 65_536,
};

interface Chromium {
  readonly hasChromium: boolean;
  launchChromium(): Promise<Browser>;
}

/** Measures the built page; null on a system for which the package has no Chromium. */
export async function measureLab(size: Size): Promise<Lab | null> {
  const module = pathToFileURL(inRepository("scripts/chromium.mjs")).href;
  const { hasChromium, launchChromium } = (await import(module)) as Chromium;
  if (!hasChromium) return null;
  const { address, close } = await serveLab();
  const browser = await launchChromium();
  try {
    const [rounds, seconds, historyUpdates] = size === "quick" ? [1, 2, 20_000] : [9, 10, 1_000_000];
    const loads = [];
    for (let i = 0; i < rounds; i++) loads.push(await loadOnce(browser, address));
    loads.sort((a, b) => a.firstCharts - b.firstCharts);
    const { gzipBytes, firstCharts } = loads[rounds >> 1]!;
    return { gzipBytes, firstCharts, historyUpdates, ...(await watchRun(browser, address, seconds, historyUpdates)) };
  } finally {
    await browser.close();
    close();
  }
}

/** Starts `downhill lab`. */
async function serveLab(): Promise<{ readonly address: string; close(): void }> {
  const command = inRepository("packages/cli/bin/downhill.js");
  const server = spawn(process.execPath, [command, "lab", "--no-open"], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (part) => (text += part));
  for (;;) {
    const address = /http:\/\/\S+?:\d+\//.exec(text)?.[0];
    if (address !== undefined) return { address, close: () => server.kill() };
    if (server.exitCode !== null) throw new Error(`bench: downhill lab ended before it served the page: ${text}`);
    await Promise.race([once(server.stdout, "data"), once(server.stderr, "data"), once(server, "exit")]);
  }
}

/** Four charts at 1440 × 900: the model, the losses, the loss surface and the step. */
async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(countInPage);
  await page.goto(address);
  await until(page, "window.counts.firstCharts !== null");
  return page;
}

/** Waits for a condition. The page's Content-Security-Policy does not allow Playwright's own function. */
async function until(page: Page, condition: string): Promise<void> {
  const began = performance.now();
  while (!(await page.evaluate(condition))) {
    if (performance.now() - began > 300_000) throw new Error(`bench: the lab did not reach ${condition} in 5 minutes.`);
    await page.waitForTimeout(50);
  }
}

async function loadOnce(browser: Browser, address: string): Promise<Pick<Lab, "gzipBytes" | "firstCharts">> {
  const page = await openPage(browser, address);
  const { firstCharts, firstFiles } = await pageCounts(page);
  const files = new Set(firstFiles);
  for (const worker of page.workers()) {
    files.add(worker.url());
    const names = await worker.evaluate('performance.getEntriesByType("resource").map(({ name }) => name)');
    for (const name of names as string[]) files.add(name);
  }
  let gzipBytes = 0;
  for (const file of files) {
    if (!/\.(js|css)$/.test(file)) continue;
    gzipBytes += gzipSync(new Uint8Array(await (await fetch(file)).arrayBuffer())).length;
  }
  await page.close();
  return { gzipBytes, firstCharts: firstCharts! };
}

async function watchRun(
  browser: Browser,
  address: string,
  seconds: number,
  historyUpdates: number,
): Promise<Pick<Lab, "frames" | "longHistory" | "training">> {
  // One row of 200 in an update, and a learning rate with which the run neither converges nor diverges.
  const page = await openPage(browser, `${address}#1&d=moons&m=logistic&b=1&e=1000000&lr=0.001`);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const speed = (name: string) => page.getByRole("combobox", { name: "Speed" }).selectOption({ label: name });
  await speed("1 update per frame");
  await button("Play").click();
  const frames = await framesOf(page, seconds);
  await speed("as fast as possible");
  await page.workers()[0]!.evaluate(countInWorker);
  const before = await pageCounts(page);
  await page.waitForTimeout(1000 * seconds);
  const longTasks = (await pageCounts(page)).longTasks - before.longTasks;
  const turns = (await workerTurns(page)).sort((a, b) => a - b);
  const turn = (share: number): number => turns[Math.floor(share * (turns.length - 1))]! / 1000;
  const training = { seconds, longTasks, workerTurn: turn(0.5), slowWorkerTurn: turn(0.95) };
  const updates = 'Number(document.querySelector(".counters .update").textContent.replace(/[^0-9]/g, ""))';
  await until(page, `${updates} >= ${historyUpdates}`);
  await speed("1 update per frame");
  const longHistory = await framesOf(page, seconds);
  await page.close();
  return { frames, longHistory, training };
}

/** The cost of the frames of some seconds. */
async function framesOf(page: Page, seconds: number): Promise<Frames> {
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async (): Promise<PageCounts & { tasks: number }> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return { ...(await pageCounts(page)), tasks: metrics.find(({ name }) => name === "TaskDuration")!.value };
  };
  const begin = await read();
  await page.waitForTimeout(1000 * seconds);
  const end = await read();
  await session.detach();
  const count = end.frames - begin.frames;
  if (count === 0) throw new Error("bench: the page of downhill lab drew no frame. Run it by hand to see why.");
  return { mainThread: (end.tasks - begin.tasks) / count, bytes: (end.bytes - begin.bytes) / count };
}
