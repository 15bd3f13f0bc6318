// The data of the built page in Chromium: tables, links that name a file, and the file of downhill lab DATA.
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { siteFiles } from "../../cli/src/lab/siteFiles.ts";
import { serveSite } from "../../cli/src/lab/siteServer.ts";
import { Scratch } from "../../cli/test/world.ts";
import { chooseData, type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine

describe.runIf(hasChromium)("the data of the page", () => {
  const scratch = new Scratch();
  const site = useSite();
  const errors: string[] = [];

  async function open(address = site.address): Promise<Page> {
    const page = await (await site.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(address);
    return page;
  }

  const fact = (page: Page) =>
    page.locator('section[aria-labelledby="data-title"] .fact:not(.formulas .fact)').first().innerText();
  const notes = (page: Page) => page.locator(".note").innerText();
  const stepped = async (page: Page) => {
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await expect.poll(() => page.locator(".counters .update").innerText(), { timeout: 60_000 }).toBe("1");
  };
  const close = async (page: Page) => {
    expect(errors).toEqual([]);
    await page.context().close();
  };

  afterAll(() => {
    scratch.remove();
  });

  test("a table of the page trains, also from a link", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await chooseData(page, "iris");
    await expect.poll(() => fact(page), { timeout: 60_000 }).toContain("112 training rows, 38 held out");
    expect(await notes(page)).toContain(
      "The model has changed too, because these data have more than two classes to predict.",
    );
    await stepped(page);
    await page.waitForFunction(`location.hash.includes("d=iris")`);
    const again = await open(page.url());
    await expect.poll(() => fact(again), { timeout: 60_000 }).toContain("112 training rows, 38 held out");
    await again.context().close();
    await close(page);
  });

  test("other data or another model begin a new run: a note names both runs, and is announced once", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await expect.poll(() => fact(page), { timeout: 60_000 }).toContain("150 training rows");
    await page.evaluate(`{
      window.heard = [];
      const status = document.querySelector("#status");
      new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { characterData: true, childList: true, subtree: true });
    }`);
    const heard = async (): Promise<string[]> =>
      (await page.evaluate<string[]>("window.heard")).filter((text) => text.includes("The settings changed"));
    await page.getByRole("radio", { name: /^Neural network/ }).check();
    await expect.poll(() => fact(page), { timeout: 60_000 }).toContain("150 training rows");
    expect(await page.locator(".note").count()).toBe(0); // the run before had not begun
    await stepped(page);
    await chooseData(page, "circles");
    const first = "The settings changed: this is new run B. Run A is kept.";
    await expect.poll(() => notes(page), { timeout: 60_000 }).toBe(first);
    await expect.poll(() => page.locator(".counters .update").innerText(), { timeout: 60_000 }).toBe("0");
    await stepped(page);
    await page.locator("summary", { hasText: "Options of the model" }).click();
    await page.locator("#field-network-hidden").fill("4");
    await page.keyboard.press("Enter");
    const second = "The settings changed: this is new run C. Run B is kept.";
    await expect.poll(() => notes(page), { timeout: 20_000 }).toBe(second);
    await expect
      .poll(() => page.locator(".runs tbody tr th").allInnerTexts(), { timeout: 20_000 })
      .toEqual(["C (now)", "A", "B"]);
    await page.waitForTimeout(1000); // for a second announcement, which must not come
    expect(await heard()).toEqual([first, second]);
    await close(page);
  });

  test("a link that names a file asks for it", { timeout: TIMEOUT }, async () => {
    const page = await open(`${site.address}#1&m=linear&d=file,name:prices.csv,sha256:ab,target:price`);
    await expect
      .poll(() => page.locator(".failure").innerText(), { timeout: 60_000 })
      .toContain("This run needs the file prices.csv. Open it");
    await close(page);
  });

  test("downhill lab DATA opens the file, under its Content-Security-Policy", { timeout: TIMEOUT }, async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i / 10},${(i * i) / 100}`);
    const server = await serveSite(siteFiles(scratch.file("my prices, ä.csv", `size,price\n${rows.join("\n")}\n`)));
    const page = await open(server.address);
    await expect.poll(() => fact(page), { timeout: 60_000 }).toContain("30 training rows, 10 held out; features size");
    expect(await notes(page)).toContain("The model has changed too, because these data have numbers to predict.");
    await stepped(page);
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    await close(page);
    await server.close();
  });
});
