// The panel of an opened file in Chromium: repairs, Cancel, a sample, pasted text, odd names; without a fault that axe finds.
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { siteFiles } from "../../cli/src/lab/siteFiles.ts";
import { serveSite } from "../../cli/src/lab/siteServer.ts";
import { Scratch } from "../../cli/test/world.ts";
import { faults } from "./faults.ts";
import { chooseData, type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 20_000 });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const panel = (page: Page, expected: string | RegExp): Promise<void> =>
  poll(async () => (await page.locator("section.file").allInnerTexts()).join(" ")).toMatch(expected);
const note = (page: Page, expected: RegExp): Promise<void> =>
  poll(async () => (await page.locator(".note").allInnerTexts()).join(" ")).toMatch(expected);
const rowsOf = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join("\n");

const hostile = `"<img src=x onerror=alert(1)> ${"long ".repeat(30)}"`;
const ages = `age,${hostile},name,y\n${rowsOf(60, (i) => `${i === 4 ? "n/k" : i === 20 ? "abc" : i % 23},${i % 7},word${i},${(i * 7) % 50}.5`)}\n`;

describe.runIf(hasChromium)("the panel of an opened file", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(width = 1440): Promise<Page> {
    const context = await site.browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("dialog", () => errors.push("a name was run as a program"));
    await page.goto(`${site.address}#1`);
    return page;
  }

  const choose = (page: Page, name: string, content: string): Promise<void> =>
    page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

  async function check(page: Page): Promise<void> {
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  }

  afterAll(() => {
    expect(errors).toEqual([]);
  });

  test.each([1440, 390])(
    "texts in a column of numbers have repairs, at %i pixels",
    { timeout: TIMEOUT },
    async (width) => {
      const page = await open(width);
      await choose(page, `${"long name ".repeat(9)}.csv`, ages);
      await panel(page, "Repair the column age to use this data: see “Cells that cannot be read”.");
      expect(await button(page, "Use this data").isDisabled()).toBe(true);
      expect(await page.locator(".preview .unused").count()).toBe(1); // the names, which are free text
      await check(page);
      await button(page, "Read as missing: n/k, abc").first().click();
      await panel(page, "Missing cells: n/k, abc");
      await panel(page, "Used: 60 of 60 rows, and 2 columns to predict y.");
      await button(page, "Read this text again").click();
      await panel(page, "Repair the column age");
      await button(page, "Read as categories").first().click();
      await panel(page, "Used: 60 of 60 rows, and 2 columns to predict y.");
      expect(await page.getByRole("combobox", { name: "Read age as" }).inputValue()).toBe("category");
      await page.getByRole("combobox", { name: "Read age as" }).selectOption("");
      await panel(page, "Repair the column age");
      await button(page, "Leave out").first().click();
      await panel(page, "Used: 60 of 60 rows, and 1 column to predict y.");
      await check(page);
      await button(page, "Use this data").click();
      await note(page, /60 rows and 4 columns.* Used: 60 of 60 rows, and 1 column to predict y\./);
      await poll(() => page.locator("section.file").count()).toBe(0);
      await page.context().close();
    },
  );

  test("lines with other numbers of cells have repairs", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await choose(page, "t.csv", `a,b\n1,2\n3\n4,5,6\n${rowsOf(9, (i) => `${i},${i % 4}.5`)}\n`);
    await panel(page, /t\.csv cannot be used\s+t\.csv:3 has 1 cell instead of 2; see also line 4\./);
    await check(page);
    await button(page, "Fill and cut these lines").click();
    await panel(page, "t.csv: 12 rows, 2 columns");
    await page.getByText("How the file is read").click();
    await page.getByRole("combobox", { name: "Lines with other numbers of cells" }).selectOption("error");
    await panel(page, "t.csv cannot be used");
    await button(page, "Leave these lines out").click();
    await panel(page, "t.csv: 10 rows, 2 columns");
    await page.keyboard.press("Escape");
    await poll(() => page.locator("section.file").count()).toBe(0);
    expect(await page.evaluate("document.activeElement.id")).toBe("file");
    await page.context().close();
  });

  test("a large file: Cancel while it is read; then a sample that can be changed", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await poll(() => page.locator(".counters .update").innerText()).toBe("0");
    const large = `x,y\n${rowsOf(200_001, (i) => `${i % 1000}.5,${i % 10}`)}\n`;
    await choose(page, "large.csv", large);
    await panel(page, /Reading large\.csv, \d+ %/);
    await button(page, "Cancel").click();
    await poll(() => page.locator("section.file").count()).toBe(0);
    await choose(page, "large.csv", large);
    await panel(page, "A random sample of 20,000 of 200,001 rows is used.");
    await panel(page, "Used: 20,000 of 20,000 rows, and 1 column to predict y.");
    await check(page);
    await page.getByText("How the file is read").click();
    const sample = page.getByRole("spinbutton", { name: "Rows that are used, of 200,001" });
    await sample.fill("500");
    await sample.press("Enter");
    await panel(page, "A random sample of 500 of 200,001 rows is used.");
    await button(page, "Use this data").click();
    await note(page, /A random sample of 500 rows is used\./);
    await poll(() => page.evaluate("location.hash")).toMatch(/sample:500/);
    await page.context().close();
  });

  test("the file of the command is used at once, with a note; one with problems is shown", {
    timeout: TIMEOUT,
  }, async () => {
    const scratch = new Scratch();
    for (const [content, name] of [
      [`x;y\n${rowsOf(60, (i) => `${i % 7};${(i * 3) % 11},5`)}\n`, "good <b>.csv"],
      [ages, "bad.csv"],
    ] as const) {
      const server = await serveSite(siteFiles(scratch.file(name, content)));
      const page = await open();
      await page.goto(server.address);
      if (name === "bad.csv") await panel(page, "Repair the column age to use this data");
      else {
        await note(
          page,
          /good <b>\.csv was read as text with semicolons between the cells, with 60 rows and 2 columns\./,
        );
        await poll(() => page.locator(".fact").first().innerText()).toMatch(
          /^45 training rows, 15 held out; features x\./,
        );
        expect(await page.locator("section.file").count()).toBe(0);
      }
      await check(page);
      await page.context().close();
      await server.close();
    }
    scratch.remove();
  });

  test("Undo brings back the data, the settings and the run before, with the keyboard, and says so", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    const counter = (name: string): Promise<string> => page.locator(`.counters .${name}`).innerText();
    const update = (count: string): Promise<void> => poll(() => counter("update")).toBe(count);
    await poll(() => button(page, "Step").isEnabled()).toBe(true);
    await button(page, "10").click();
    await update("10");
    await page.getByRole("textbox", { name: "Learning rate" }).fill("0.7");
    await page.keyboard.press("Enter");
    await button(page, "10").click();
    await update("20");
    const hash = (): Promise<string> => page.evaluate("location.hash");
    await poll(hash).toBe("#1&lr=0.7");
    const loss = await page.locator(".counters").innerText();
    await choose(page, "small.csv", `x,y\n${rowsOf(30, (i) => `${i},${(i * 7) % 11}`)}\n`);
    await panel(page, "small.csv: 30 rows, 2 columns");
    await button(page, "Use this data").click();
    await note(page, /small\.csv was read as .* The settings changed: this is new run B\. Run A is kept\./);
    await poll(() => page.locator("#status").innerText()).toMatch(/this is new run B\. Run A is kept\.$/);
    await update("0");
    await button(page, "Step").click();
    await update("1");
    await check(page);
    await button(page, "Undo: back to the data before").focus();
    await page.keyboard.press("Enter");
    await update("20");
    expect(await page.locator(".counters").innerText()).toBe(loss);
    await poll(hash).toBe("#1&lr=0.7");
    await poll(() => page.locator("#status").innerText()).toBe(
      "The data, the settings and the run before the file are back.",
    );
    expect(await page.locator(".runs tbody tr th").allInnerTexts()).toEqual(["A (now)", "B"]);
    expect(await page.getByRole("button", { name: /^Undo/ }).count()).toBe(0);
    await button(page, "Reset").click();
    await button(page, "10").click();
    await update("10");
    await choose(page, "small.csv", `x,y\n${rowsOf(30, (i) => `${i},${(i * 7) % 11}`)}\n`);
    await button(page, "Use this data").click();
    await button(page, "Undo: back to the data before").waitFor();
    await page.locator(".note").getByRole("button", { name: "Close this note" }).click();
    expect(await page.getByRole("button", { name: /^Undo/ }).count()).toBe(0);
    await page.context().close();
  });

  test("a run that cannot start on a file does not go on with the run before", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await choose(page, "small.csv", "only,y\n1,2\n3,4\n");
    await panel(page, "small.csv: 2 rows, 2 columns");
    await button(page, "Use this data").click();
    await poll(async () => (await page.locator(".failure").allInnerTexts()).join(" ")).toMatch(
      /There must be a column that the model/,
    );
    expect(await button(page, "Step").isDisabled()).toBe(true);
    expect(await page.evaluate(`document.querySelector('lab-chart[name="model"]').scene === null`)).toBe(true);
    expect(await page.locator("#blocked").innerText()).toMatch(
      /^The run cannot be played now\. The message on the page says why\.$/,
    );
    await check(page);
    await chooseData(page, "moons");
    await poll(() => button(page, "Step").isEnabled()).toBe(true);
    await poll(() => page.evaluate(`document.querySelector('lab-chart[name="model"]').scene === null`)).toBe(false);
    await choose(page, "one.csv", "only\n1\n2\n");
    await panel(page, "one.csv: 2 rows, 1 column");
    await page.context().close();
  });

  test("a table that was copied in a spreadsheet", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await poll(() => page.locator(".counters .update").innerText()).toBe("0");
    const paste = (text: string) =>
      page.evaluate(
        `{ const data = new DataTransfer(); data.setData("text/plain", ${JSON.stringify(text)});
           document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true })); }`,
      );
    await paste("one line, which is not a table");
    await paste(`x\ty\r\n${rowsOf(20, (i) => `${i % 9}\t${i % 2 === 0 ? "yes" : "no"}`)}`);
    await panel(page, "pasted.tsv: 20 rows, 2 columns");
    await panel(page, "Suggested model: logistic regression");
    await button(page, "Use this data").click();
    await note(page, /pasted\.tsv was read as text with tabs between the cells, with 20 rows and 2 columns\./);
    await page.context().close();
  });
});
