// The gallery of the data: its pictures are those of the data, and it is used by the pointer, by the keyboard and in a locked page.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TableData } from "downhill";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { readTable } from "../src/files/readTable.ts";
import { generatedData, tableData, withData } from "../src/page/changes.ts";
import { generators, type TableName, tables } from "../src/state/dataFields.ts";
import { columnNames, type LabRun, labRun, type RatingRun, type TableRun } from "../src/state/labRun.ts";
import { initialState, type LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { type Page, type Site, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const site = fileURLToPath(new URL("../dist/site/", import.meta.url));
const names = [...Object.keys(generators), ...Object.keys(tables)];

/** The pictures by their names, without the names. */
const pictures = new Map(
  [...readFileSync(`${site}thumbnails.svg`, "utf8").matchAll(/<symbol id="(\w+)"[^>]*>(.*)<\/symbol>/g)].map(
    ([, name, content]) => [name!, content!] as const,
  ),
);

/** The run on all rows of the data with their first options. */
async function runOf(name: string): Promise<LabRun> {
  const isTable = Object.hasOwn(tables, name);
  const data = isTable ? tableData(name as TableName) : generatedData(name as keyof typeof generators);
  const state: LabState = withData({ ...initialState, heldOut: 0 }, data).state;
  return labRun(state, ownTable(state) ?? (await tableOf(name)));
}

async function tableOf(name: string): Promise<TableData> {
  const { table } = await readTable(readFileSync(`${site}tables/${name}.csv`), { name });
  return table!;
}

/** The size of the data as the gallery must name it. The features of a table are its columns; a run leaves constant ones out. */
async function sizeOf(name: string): Promise<string> {
  const run = await runOf(name);
  const isTable = Object.hasOwn(tables, name);
  if (run.holds !== "ratings") {
    const { rows } = run.train.X;
    const count = isTable ? columnNames(await tableOf(name)).length - 1 : run.features.length;
    return `${rows} rows, ${count} feature${count === 1 ? "" : "s"}`;
  }
  const { users, items, ratings } = run.train;
  return isTable
    ? `${ratings.length} ratings`
    : `${new Set(Array.from(users)).size} users, ${new Set(Array.from(items)).size} items`;
}

test("every generator and every table has a picture of its own", () => {
  expect([...pictures.keys()]).toEqual(names);
  expect(new Set(pictures.values()).size).toBe(names.length);
  for (const [name, picture] of pictures) expect(picture.match(/M/g)!.length, name).toBeGreaterThan(39);
});

test("the points of a picture are rows of the data: each is where its feature and its target are", async () => {
  const { train } = (await runOf("line")) as TableRun;
  const rows = Array.from({ length: 60 }, (_, k) => Math.floor((k * train.X.rows) / 60));
  const scaled = (values: readonly number[]): number[] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => (value - low) / (high - low));
  };
  const x = scaled(rows.map((row) => train.X.data[row]!));
  const y = scaled(rows.map((row) => Number(train.y[row])));
  const centers = [...pictures.get("line")!.matchAll(/M([\d.]+),([\d.]+)A1\.7,/g)].map(([, right, height]) => [
    Number(right) - 1.7,
    Number(height),
  ]);
  expect(centers).toHaveLength(60);
  for (const [k, [across, down]] of centers.entries()) {
    expect(Math.abs(across! - (4 + 40 * x[k]!)), `x of point ${k}`).toBeLessThan(0.51);
    expect(Math.abs(down! - (44 - 40 * y[k]!)), `y of point ${k}`).toBeLessThan(0.51);
  }
});

test("the picture of a table with classes has a colour and a shape for each class, and that of ratings a cell for each", async () => {
  for (const [name, classes] of [
    ["iris", 3],
    ["digits", 10],
    ["moons", 2],
  ] as const)
    expect(new Set(pictures.get(name)!.match(/fill="[^"]+"/g)).size, name).toBe(Math.min(7, classes));
  for (const name of ["ratings", "article_ratings"]) {
    const { train } = (await runOf(name)) as RatingRun;
    expect(pictures.get(name)!.match(/M/g), name).toHaveLength(train.ratings.length);
  }
});

describe.runIf(hasChromium)("the gallery", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(hash: string, options: Parameters<Site["browser"]["newContext"]>[0] = {}): Promise<Page> {
    const page = await (
      await site.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    ).newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${site.address}${hash}`);
    await expect.poll(() => page.locator(".counters .update").innerText(), { timeout: 60_000 }).toBe("0");
    return page;
  }
  const summary = (page: Page) => page.locator("#data > summary");
  const isOpen = (page: Page) => page.evaluate(`document.getElementById("data").open`);
  const focused = (page: Page) => page.evaluate(`document.activeElement.value ?? document.activeElement.localName`);
  const dataOf = (page: Page) => page.evaluate(`/[&]d=([^&,]+)/.exec(location.hash)?.[1] ?? "moons"`);
  const close = async (page: Page) => {
    expect(errors).toEqual([]);
    await page.context().close();
  };

  test("names each choice with its size, and shows the picture of the present one", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=iris&m=softmax");
    expect(await summary(page).innerText()).toMatch(/Iris flowers$/);
    expect(await summary(page).locator("use").getAttribute("href")).toBe("thumbnails.svg#iris");
    await summary(page).click();
    for (const name of names) {
      const tile = page.locator(`#data label:has(input[value="${name}"])`);
      const size = await sizeOf(name);
      expect((await tile.locator("small").innerText()).replace("\u00a0", " "), name).toBe(size);
      expect(
        await tile
          .locator("use")
          .evaluate((use) => (use as unknown as { getBBox(): { width: number } }).getBBox().width),
        name,
      ).toBeGreaterThan(20);
    }
    expect(await page.locator("#data input:checked").getAttribute("value")).toBe("iris");
    await close(page);
  });

  test("a press chooses and closes it; the arrow keys choose, and Escape closes it", { timeout: TIMEOUT }, async () => {
    const page = await open("#1");
    await summary(page).click();
    await page.getByText("Circles", { exact: true }).click();
    await expect.poll(() => dataOf(page)).toBe("circles");
    expect([await isOpen(page), await focused(page)]).toEqual([false, "summary"]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect([await isOpen(page), await focused(page)]).toEqual([true, "circles"]);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => dataOf(page)).toBe("xor");
    expect([await isOpen(page), await focused(page)]).toEqual([true, "xor"]);
    await page.keyboard.press("Escape");
    expect([await isOpen(page), await focused(page)]).toEqual([false, "summary"]);
    expect(await summary(page).innerText()).toMatch(/Four squares \(XOR\)$/);
    await close(page);
  });

  test("a locked page shows it, and it cannot choose", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=line&m=linear&lock=1");
    await summary(page).click();
    expect(await page.locator("#data input:enabled").count()).toBe(0);
    expect(await page.locator("#data input:checked").getAttribute("value")).toBe("line");
    await close(page);
  });

  test("fits a phone, has the colours of the theme, and those of a system that chooses them", {
    timeout: TIMEOUT,
  }, async () => {
    const colors = async (options: Parameters<typeof open>[1]) => {
      const page = await open("#1", { ...options, viewport: { width: 390, height: 844 } });
      await page.locator('.tabs [data-tab="setup"]').click();
      await summary(page).click();
      const tiles = await page
        .locator(".tiles label")
        .evaluateAll((all) =>
          (all as unknown as { getBoundingClientRect(): { left: number; right: number; height: number } }[]).map(
            (tile) => tile.getBoundingClientRect(),
          ),
        );
      for (const { left, right, height } of tiles)
        expect([left >= 0, right <= 390, height >= 44]).toEqual([true, true, true]);
      const shot = await page.locator('#data label:has(input[value="circles"]) svg').screenshot();
      const found = await page.evaluate(`(async () => {
        const image = await createImageBitmap(await (await fetch("data:image/png;base64,${shot.toString("base64")}")).blob());
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const colors = new Map();
        for (let i = 0; i < data.length; i += 4) {
          const color = data.slice(i, i + 3).join();
          colors.set(color, (colors.get(color) ?? 0) + 1);
        }
        return [...colors].filter(([, count]) => count > 20).map(([color]) => color);
      })()`);
      await close(page);
      return found;
    };
    expect(await colors({ colorScheme: "light" })).toEqual(
      expect.arrayContaining(["255,255,255", "0,114,178", "213,94,0"]),
    );
    expect(await colors({ colorScheme: "dark" })).toEqual(
      expect.arrayContaining(["21,24,29", "86,180,233", "242,142,43"]),
    );
    const forced = await colors({ forcedColors: "active" });
    expect(forced).toEqual(expect.arrayContaining(["255,255,255", "0,0,0"]));
    expect(forced).not.toEqual(expect.arrayContaining(["0,114,178"]));
  });
});
