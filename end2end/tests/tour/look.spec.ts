// Looking around in a home.
import { CITY, homeHref, listings } from "../support/firm";
import { expect, expectAccessible, test } from "../support/page";
import { enter } from "../support/people";
import { photo } from "../support/pictures";
import type { APIRequestContext } from "@playwright/test";

// A browser without a graphics card draws with its processor.
test.use({
  launchOptions: {
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
      "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  },
});

async function home(request: APIRequestContext) {
  const { items } = await listings(request);
  return items.find(({ media }) => media.filter(({ picture }) => picture === "bedroom").length > 1)!;
}

test("the view opens, turns with keys and leads from room to room", async ({ page, request }) => {
  const { code } = await home(request);
  await page.goto(homeHref(code));
  await page.getByRole("link", { name: "360°" }).click();
  await expect(page).toHaveURL(new RegExp(`${code}/tour$`));
  const view = page.locator("[data-pano]");
  await expect(view).toHaveAttribute("data-scene", /^room-/, { timeout: 15_000 });
  await expect(view.locator("canvas")).toBeVisible();
  expect((await view.boundingBox())!.height).toBeGreaterThan(300);
  const first = await view.getAttribute("data-scene");
  await page.locator('.pano-strip [data-room="room-kitchen"]').click();
  await expect(view).toHaveAttribute("data-scene", "room-kitchen", { timeout: 15_000 });
  await page.locator(`.tour-plan [data-room="${first}"]`).click();
  await expect(view).toHaveAttribute("data-scene", first!, { timeout: 15_000 });
  await expect(page.locator(".pano-strip [data-here]")).toHaveCount(1);
  await expectAccessible(page);
});

test("panoramas of a camera are the tour of their home", { tag: "@desktop" }, async ({ page, request }) => {
  const { code } = (await listings(request, "/shanghai/listings?sort=area")).items[9];
  await enter(page, "lin");
  await page.goto(`/photos/${code}`);
  for (const [nth, room] of ["客厅", "卧室 1", "厨房"].entries()) {
    await page.getByLabel("拍的是").first().selectOption({ label: room });
    await page.locator("input[name=file]").setInputFiles([await photo(page, `${room}.jpg`, 2400, 1200)]);
    await page.getByRole("button", { name: "上传" }).click();
    await expect(page.locator(".md-item")).toHaveCount(nth + 1);
  }
  await expect(page.getByRole("heading", { name: "3 张全景（360°）" })).toBeVisible();
  await page.goto(homeHref(code));
  await page.getByRole("link", { name: "360°" }).click();
  await expect(page.locator("main")).toContainText("实拍全景");
  const view = page.locator("[data-pano]");
  await expect(view).toHaveAttribute("data-scene", "room-living", { timeout: 15_000 });
  await page.locator('.pano-strip [data-room="room-kitchen"]').click();
  await expect(view).toHaveAttribute("data-scene", "room-kitchen", { timeout: 15_000 });
  await expect(page.locator(".pano-strip img[src^='/files/']")).toHaveCount(3);
});

test("without scripts the photos are the tour, and the plan leads to them @no-js", async ({ page, request }) => {
  const { code } = await home(request);
  await page.goto(`${homeHref(code)}/tour`);
  await expect(page.locator(".pano")).toBeHidden();
  await expect(page.locator(".pano-strip img").first()).toBeVisible();
  const href = await page.locator(".tour-plan a").first().getAttribute("href");
  await expect(page.locator(href!)).toBeVisible();
});

test("the page fits and its panoramas are pictures twice as wide as high @touch @desktop", async ({ page, request }) => {
  const { code } = await home(request);
  await page.goto(`${homeHref(code)}/tour`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const png = await (await request.get(`/pictures/${code}/living-360.png`)).body();
  expect(png.readUInt32BE(16)).toBe(2 * png.readUInt32BE(20));
  for (const absent of [`/pictures/${code}/facade-360.png`, `/pictures/${code}/living-9-360.png`, `/${CITY}/listings/FY-209901-0001/tour`]) {
    expect((await request.get(absent)).status(), absent).toBe(404);
  }
});
