// Training does not hold up the page: at most one frame is requested at a time, and Pause has an effect during the fastest run. No test
// measures time: the tasks of more than 50 ms in 10 s of training are counted by `npm run bench -- --only lab`.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine

/** Counts the frames that the page has requested and not received. */
const count = `
  window.frames = { open: 0, most: 0, received: 0 };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    if (!this.isCounted) this.addEventListener("message", ({ data }) => {
      if (data.type !== "frame") return;
      window.frames.open--;
      window.frames.received++;
    });
    this.isCounted = true;
    if (message.type === "frame") window.frames.most = Math.max(window.frames.most, ++window.frames.open);
    post.call(this, message);
  };`;

describe.runIf(hasChromium)("a run at the highest speed", () => {
  const site = useSite();

  test("has at most one open request for a frame, and Pause ends it", { timeout: TIMEOUT }, async () => {
    const page = await site.browser.newPage();
    await page.addInitScript(count);
    await page.goto(`${site.address}#1&d=spiral&m=network&b=1&e=100000&lr=0.001`);
    const updates = async () => Number((await page.locator(".counters .update").innerText()).replaceAll(",", ""));
    await expect.poll(() => page.locator(".counters .update").innerText(), { timeout: 60_000 }).toBe("0");
    await page.getByRole("combobox", { name: "Speed" }).selectOption({ index: 5 });
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect.poll(() => page.evaluate("window.frames.received"), { timeout: 60_000 }).toBeGreaterThan(60);
    expect(await page.evaluate("window.frames.most")).toBe(1);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    const paused = await updates();
    expect(paused).toBeGreaterThan(100);
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await expect.poll(updates, { timeout: 60_000 }).toBe(paused + 1);
    await page.close();
  });

  test("does not take away what is being typed or dragged", { timeout: TIMEOUT }, async () => {
    const page = await site.browser.newPage();
    await page.addInitScript(count);
    await page.goto(`${site.address}#1&d=spiral&m=network&b=1&e=100000&lr=0.001`);
    for (const button of ["Step", "Reset", "Play"])
      await page.getByRole("button", { name: button, exact: true }).click();
    await page.locator("summary", { hasText: "Options of the data" }).click();
    const name = page.getByRole("textbox", { name: "Name of run A" });
    const rate = page.getByRole("textbox", { name: "Learning rate" });
    const points = page.getByRole("slider", { name: "Points, on a logarithmic axis" });
    const more = async (frames: number): Promise<void> => {
      const before = Number(await page.evaluate("window.frames.received"));
      await expect
        .poll(() => page.evaluate("window.frames.received"), { timeout: 60_000 })
        .toBeGreaterThan(before + frames);
    };
    await more(5);
    // A person still types or drags: no field has sent the event "change".
    for (const [field, text] of [
      [rate, "0.00"],
      [points, "7"],
    ] as const) {
      await field.evaluate((input: unknown, text) => {
        (input as { value: string }).value = text;
      }, text);
    }
    await name.fill("slow");
    await more(30);
    expect([await rate.inputValue(), await points.inputValue()]).toEqual(["0.00", "7"]);
    expect(await name.inputValue()).toBe("slow");
    await page.close();
  });
});
