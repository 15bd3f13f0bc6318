// The ruler of learning rates names all of its zones, the setup lists the rules that end the run, a button looks at the state before, and
// the table of runs has the lowest held-out losses.
import { formatNumber } from "@downhill/plots/format";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { initialState, type LabState } from "../src/state/labState.ts";
import { makeSession } from "../src/worker/session.ts";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

test("the facts of a run have the stop rules of its training", () => {
  const withDescent = (change: Partial<LabState["descent"]>): LabState => ({
    ...initialState,
    descent: { ...initialState.descent, ...change },
  });
  const stopOf = (state: LabState) => makeSession().start(state, null).stop;
  const off = { remaining: undefined, gradient: undefined, change: undefined, validation: undefined };
  expect(stopOf(initialState)).toEqual({ ...off, remaining: 1e-9 });
  expect(stopOf(withDescent({ batchSize: 10 }))).toEqual(off);
  expect(stopOf(withDescent({ stopGradient: 1e-3, patience: 7 }))).toEqual({ ...off, gradient: 1e-3, validation: 7 });
});

describe.runIf(hasChromium)("the setup", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(hash: string): Promise<Page> {
    const page = await (await site.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`${site.address}${hash}`);
    await poll(() => page.locator(".counters .update").innerText()).not.toBe("–");
    return page;
  }
  const close = async (page: Page) => {
    expect(errors).toEqual([]);
    await page.context().close();
  };

  test("every zone of the ruler has its name, in the zone or under the axis", { timeout: TIMEOUT }, async () => {
    for (const hash of ["#1", "#1&d=line&m=linear", "#1&d=line&m=linear&b=8", "#1&d=xor&m=network", "#1&m=svm"]) {
      const page = await open(hash);
      const zones = await page
        .locator(".zones .zone")
        .evaluateAll((all) => all.map((zone) => [zone.title, zone.textContent]));
      const inside = zones.flatMap(([name, text]) => (text === "" ? [] : [name!]));
      const under = (await page.locator(".zone-names > span").allInnerTexts()).map((name) => name.trim());
      expect(zones.length, hash).toBeGreaterThan(0);
      expect([...inside, ...under].sort(), hash).toEqual(zones.map(([name]) => name!).sort());
      for (const [name, text] of zones) expect(["", name], hash).toContain(text);
      await close(page);
    }
  });

  test("the powers of ten are where the slider has them, and stay in the panel", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=line&m=linear&lr=0.02");
    const axis = (await page.locator(".powers").boundingBox())!;
    const slider = page.getByRole("slider", { name: "Learning rate, on a logarithmic axis" });
    const [low, high] = [Number(await slider.getAttribute("min")), Number(await slider.getAttribute("max"))];
    const shown = await page.locator(".powers span").evaluateAll((all) =>
      all.map((span) => {
        const { left, width, right } = span.getBoundingClientRect();
        const tick = (
          globalThis as unknown as { getComputedStyle(of: unknown, part: string): { left: string } }
        ).getComputedStyle(span, "::before");
        return { text: span.textContent!, left, right, tick: left + Number.parseFloat(tick.left), width };
      }),
    );
    expect(shown.length).toBeGreaterThan(3);
    for (const { text, left, right, tick } of shown) {
      const power = Math.round(low + ((tick - axis.x) / axis.width) * (high - low));
      expect(text).toBe(formatNumber(10 ** power, 1));
      expect(Math.abs(tick - axis.x - ((power - low) / (high - low)) * axis.width), text).toBeLessThan(1);
      expect([left >= axis.x - 1, right <= axis.x + axis.width + 1], text).toEqual([true, true]);
    }
    await close(page);
  });

  test("the rules that end the run are a list, which follows the settings", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&e=30");
    const rules = () => page.locator(".rules li").allInnerTexts();
    const always = "when a number is no longer finite, or the loss is a million times that at the start";
    await poll(rules).toEqual(["after 30 epochs", "when at most 1×10−9 of the loss can still be gained", always]);
    await page.locator("summary", { hasText: "Schedule, penalties, end" }).click();
    for (const [name, value] of [
      ["Stop at gradient", "0.001"],
      ["Patience", "3"],
      ["Epochs", "1"],
    ] as const) {
      await page.getByRole("textbox", { name }).fill(value);
      await page.keyboard.press("Enter");
    }
    await poll(rules).toEqual([
      "after 1 epoch",
      "when no entry of the gradient is larger than 0.001",
      "3 epochs after the lowest validation loss",
      always,
    ]);
    await close(page);
  });

  test("a run that overfits has its lowest held-out loss in the table of runs", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=moons,n:40,noise:0.6&m=network&o=adam&lr=0.1&at=150");
    await poll(() => page.locator(".counters .update").innerText()).toBe("150");
    await page.getByRole("button", { name: "Reset" }).click();
    const cell = page.locator('.runs tr:has(th:text-is("A")) td[data-name="Held-out loss"]');
    await poll(() => cell.innerText()).toMatch(/^[\d.]+\s+lowest: [\d.]+$/);
    const [last, lowest] = (await cell.innerText()).split(/\s+lowest: /).map(Number);
    expect(lowest!).toBeLessThan(last!);
    await close(page);
  });

  test("a run that overfits can end where its held-out loss was lowest, as a new run", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open(
      "#1&d=curve,n:24,degree:1,noise:0.8&m=network,hidden:32_16&o=adam&lr=0.1&l2=0&h=0.5&e=1000&at=150",
    );
    await poll(() => page.locator(".verdict .state b").innerText()).toBe("Overfitting");
    const [, epoch, lowest] = /lowest after epoch (\d+) \(([\d.]+)\)/.exec(
      await page.locator(".verdict .sentence").innerText(),
    )!;
    await page.getByRole("button", { name: `End the run after epoch ${epoch} (new run)` }).click();
    await poll(() => page.locator(".counters .update").innerText()).toBe("0");
    await page.getByRole("button", { name: "100", exact: true }).click();
    await poll(() => page.locator(".counters .update").innerText()).toBe(epoch);
    expect(await page.locator(".runs .present").innerText()).toContain(lowest);
    await close(page);
  });

  test("the button of the state before goes back one update at a time", { timeout: TIMEOUT }, async () => {
    const page = await open("#1");
    const before = page.getByRole("button", { name: "The state before" });
    const update = () => page.locator(".counters .update").innerText();
    await poll(update).toBe("0");
    expect(await before.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "10", exact: true }).click();
    await poll(update).toBe("10");
    for (const expected of ["9", "8"]) {
      await before.click();
      await poll(update).toBe(expected);
    }
    expect(await page.locator(".banner").innerText()).toBe("You see update 8.");
    await close(page);
  });
});
