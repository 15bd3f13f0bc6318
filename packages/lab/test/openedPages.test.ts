// Files that are opened on the built page: saved runs, and tables with odd names.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { siteFiles } from "../../cli/src/lab/siteFiles.ts";
import { serveSite } from "../../cli/src/lab/siteServer.ts";
import { dataset, downhill, Scratch } from "../../cli/test/world.ts";
import { faults } from "./faults.ts";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 20_000 });
const update = (page: Page, count: string): Promise<void> =>
  poll(() => page.locator(".counters .update").innerText()).toBe(count);
const note = (page: Page, text: string | RegExp): Promise<void> =>
  poll(async () => (await page.locator(".note").allInnerTexts()).join(" ")).toMatch(text);

describe.runIf(hasChromium)("opened files", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(hash = "", width = 1440): Promise<Page> {
    const context = await site.browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`${site.address}${hash}`);
    return page;
  }

  /** Opens a file with the field of the page. */
  const choose = (page: Page, name: string, content: string | Buffer): Promise<void> =>
    page.locator("#file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

  async function savedRun(page: Page): Promise<Buffer> {
    await page.getByText("Share", { exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the run" }).click(),
    ]);
    return readFileSync((await file.path())!);
  }

  afterAll(() => {
    expect(errors).toEqual([]);
  });

  test("a saved run is computed again, and its loss is compared", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&m=network&d=spiral&b=16&at=57");
    await update(page, "57");
    const run = await savedRun(page);
    await page.context().close();
    const other = await open();
    await update(other, "0");
    await choose(other, "mine.json", run);
    await note(
      other,
      /The run of mine\.json was computed again: 57 updates, and the loss is the same to the last bit\./,
    );
    await poll(() => other.evaluate("location.hash")).toMatch(/m=network/);
    const { result, ...rest } = JSON.parse(run.toString("utf8"));
    await choose(other, "wrong.json", JSON.stringify({ ...rest, result: { ...result, loss: 0.5 } }));
    await note(other, /This is not the run of wrong\.json: it ended after 57 updates with the loss 0\.5, and/);
    await choose(other, "damaged.json", JSON.stringify({ ...rest, state: { ...rest.state, heldOut: 5 } }));
    await note(other, /damaged\.json: heldOut must be a number from 0 to 0\.9, got 5\./);
    await other.context().close();
  });

  test("a run on a file of the user asks for the file, and rejects another one", { timeout: TIMEOUT }, async () => {
    const name = `${"long name ".repeat(12)}<img src=x onerror=alert(1)>.csv`;
    const label = "<script>alert(1)</script>";
    const table = (shift: number) =>
      `${label},b,${"very long column ".repeat(8)},kind\n${Array.from({ length: 60 }, (_, i) => `${(i % 7) + shift},${(i * 5) % 9},${i},"${label}${i % 12}"`).join("\n")}\n`;
    const page = await open();
    await update(page, "0");
    await choose(page, name, table(0));
    await page.getByRole("button", { name: "Use this data" }).click();
    await update(page, "0");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    const run = await savedRun(page);
    expect(run.toString("utf8")).toContain(createHash("sha256").update(table(0)).digest("hex"));
    expect(await page.locator("img, main script").count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.context().close();
    const other = await open();
    await update(other, "0");
    await choose(other, "run.json", run);
    await poll(() => other.locator(".failure").innerText()).toMatch(/The data are missing\..*long name/s);
    await choose(other, name, table(1));
    await note(other, /is not the file long name .* of the link or of the saved run/);
    await choose(other, "run.json", run);
    await poll(() => other.locator(".failure").innerText()).toContain("The data are missing.");
    await choose(other, "renamed.csv", table(0));
    await note(
      other,
      /The run of run\.json was computed again: 10 updates, and the loss is the same to the last bit\./,
    );
    await other.context().close();
  });

  test("the run of a report is computed again when its data are opened", { timeout: TIMEOUT }, async () => {
    const scratch = new Scratch();
    const report = scratch.at("report.html");
    const train = ["train", dataset("iris"), "--target", "species", "--epochs", "7", "--no-save", "--force"];
    const written = async (...options: readonly string[]): Promise<string> => {
      expect((await downhill([...train, "--report", report, ...options])).stderr).not.toContain("✖");
      return readFileSync(report, "utf8");
    };
    const page = await open();
    await update(page, "0");
    const text = await written();
    await choose(page, "report.html", text);
    await poll(() => page.locator(".failure").innerText()).toMatch(/The data are missing\..*iris\.csv/s);
    await choose(page, "iris.csv", readFileSync(dataset("iris")));
    await note(
      page,
      /The run of report\.html was computed again: \d+ updates, and the loss is the same to the last bit\./,
    );
    await choose(page, "other.html", await written("--missing", "median"));
    await note(page, "The run of other.html has an option or data that this page does not have.");
    scratch.remove();
    await choose(page, "old.html", text.replace(/,"lab":"[^"]*"/, ""));
    await note(page, "old.html was written by an earlier version of downhill. Write it again with the command in it.");
    const hostile = '<script>document.title = 1</script><img src="x" onerror="document.title = 1">';
    for (const run of [
      "",
      '<script id="run" type="application/json">{"format":</script>',
      '<script id="run">null</script>',
    ]) {
      await choose(page, "page.html", `<!doctype html>${hostile}${run}`);
      await note(page, "page.html is a page without a run.");
    }
    await choose(page, "link.html", text.replace(/"lab":"[^"]*"/, '"lab":"#9&m=nothing"'));
    await note(page, "The link has version 9, and this page reads version 1.");
    expect(await page.title()).toBe("Downhill lab");
    await page.context().close();
  });

  test("a link hides parts, locks the settings, and begins a mission", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&mission=goldilocks&hide=setup+surface+runs&embed=1&lock=1", 1024);
    await update(page, "0");
    expect(await page.locator(".example h2").innerText()).toContain("Mission: Not too small, not too large");
    expect(await page.locator("#setup, .surface, .runs, .tagline").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Setup" }).count()).toBe(0);
    expect(await page.locator(".step lab-chart").count()).toBe(1);
    const address = await page.getByRole("link", { name: "Open in a page of its own" }).getAttribute("href");
    expect(address).toMatch(/#1&mission=goldilocks&hide=setup\+surface\+runs&lock=1$/);
    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a,b\\n1,2\\n3,4\\n"], "t.csv"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }`);
    await note(page, "The settings of this page are locked by its link.");
    await page.getByRole("button", { name: "100", exact: true }).click();
    await update(page, "50");
    await page.context().close();
    const embedded = await open("#1&embed=1", 1024);
    await update(embedded, "0");
    await embedded.getByRole("button", { name: "Setup", exact: true }).click();
    await embedded.getByRole("textbox", { name: "Learning rate" }).fill("0.25");
    await embedded.keyboard.press("Enter");
    await poll(() => embedded.evaluate("location.hash")).toMatch(/lr=0\.25/);
    await embedded.context().close();
    const unknown = await open("#1&mission=nothing");
    await note(unknown, "There is no mission nothing.");
    await unknown.context().close();
  });

  test("the dialog of links makes a link that hides, locks and begins with a mission", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&d=circles&lr=0.5&at=7", 390);
    await update(page, "7");
    await page.getByText("Share", { exact: true }).click();
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = page.getByRole("textbox", { name: "The link" });
    await poll(() => link.inputValue()).toMatch(/#1&d=circles&lr=0\.5$/);
    expect(await faults(page)).toEqual([]);
    await page.getByRole("checkbox", { name: "Show the run after 7 updates, as it is now" }).check();
    await page.getByRole("checkbox", { name: "this step" }).check();
    await page.getByRole("checkbox", { name: "Lock the settings" }).check();
    await poll(() => link.inputValue()).toMatch(/&at=7.*&hide=step&lock=on$/);
    const made = await open(new URL(await link.inputValue()).hash);
    await update(made, "7");
    expect(await made.locator(".step lab-chart").count()).toBe(0);
    expect(await made.getByRole("textbox", { name: "Learning rate" }).isDisabled()).toBe(true);
    await made.context().close();
    await page.getByRole("checkbox", { name: "Without the header" }).check();
    await page.getByRole("combobox", { name: "Begin with the mission" }).selectOption("ravine");
    await poll(() => link.inputValue()).toMatch(/#1&mission=ravine&hide=step&embed=on&lock=on$/);
    await poll(() => page.getByRole("textbox", { name: "HTML" }).inputValue()).toMatch(
      /^<iframe src="http.*&amp;embed=on&amp;lock=on"/,
    );
    await page.getByRole("button", { name: "Copy the link" }).click();
    await poll(() => page.locator("#link-dialog [role=status]").innerText()).toMatch(
      /^(Copied|Select the text and copy it)\.$/,
    );
    await page.keyboard.press("Escape");
    await poll(() => page.evaluate("document.activeElement?.id")).toBe("share");
    expect(await page.locator("#link-dialog").count()).toBe(0);
    await page.context().close();
  });

  test("the page of a command opens its finished run", { timeout: TIMEOUT }, async () => {
    const data = Buffer.from(`x;y\n${Array.from({ length: 60 }, (_, i) => `${i % 7};${(i * 3) % 11},5`).join("\n")}\n`);
    const folder = mkdtempSync(join(tmpdir(), "opened-"));
    writeFileSync(join(folder, "a b.csv"), data);
    const server = await serveSite(siteFiles(join(folder, "a b.csv")));
    const sha256 = createHash("sha256").update(data).digest("hex");
    const page = await open();
    await page.goto(`${server.address}#1&m=linear&d=file,name:a%20b.csv,sha256:${sha256},target:y,rows:60&at=12`);
    await update(page, "12");
    expect(await page.locator(".failure, .file").count()).toBe(0);
    expect(await page.locator(".fact").first().innerText()).toContain("45 training rows, 15 held out; features x.");
    await page.context().close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test("the page works without a network after its first picture, and says if a part could not be loaded", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await update(page, "0");
    await poll(() => page.locator("header li").count()).toBeGreaterThan(20); // the examples are there, so all parts are
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("heading", { name: "How this page works" }).waitFor();
    await page.getByText("Share", { exact: true }).click();
    await page.getByRole("button", { name: "Make a link…" }).click();
    await page.getByRole("dialog", { name: "Make a link" }).waitFor();
    await page.context().close();

    const context = await site.browser.newContext();
    const broken = await context.newPage();
    broken.on("pageerror", ({ message }) => errors.push(message));
    await broken.route("**/laterParts*.js", (route) => route.abort());
    await broken.goto(site.address);
    await note(broken, "A part of this page could not be loaded. Load the page again.");
    await broken.getByText("Share", { exact: true }).click();
    await broken.getByRole("button", { name: "Make a link…" }).click();
    await broken.getByRole("button", { name: "Play", exact: true }).click();
    await poll(() => broken.locator(".counters .update").innerText()).not.toBe("0");
    await context.close();
  });

  test("settings that contradict each other have no run, and other settings have one", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&d=line");
    const failure = page.locator(".failure");
    await poll(() => failure.innerText()).toContain("The model logistic cannot learn from numbers. Choose linear,");
    await page.getByText("Share", { exact: true }).click();
    expect(await page.getByRole("button", { name: "Copy as TypeScript" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: /Linear regression/ }).check();
    await update(page, "0");
    expect(await failure.count()).toBe(0);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await update(page, "1");
    await page.context().close();
  });

  test("a worker that fails is reported, and the run can start again", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await update(page, "0");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    await page.workers()[0]!.evaluate(() =>
      setTimeout(() => {
        throw new Error("out of memory");
      }),
    );
    await poll(() => page.locator(".failure").innerText()).toContain("The training has stopped.");
    await page.getByRole("button", { name: "Start again" }).click();
    await update(page, "0");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    expect(await page.locator(".failure").count()).toBe(0);
    await page.context().close();
  });
});
