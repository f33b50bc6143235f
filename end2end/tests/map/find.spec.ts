// The map beside the list.
import { CITY, GALLERY, everyHome, listings, choices } from "../support/firm";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { applied, codes, expectCount } from "../support/gallery";
import type { Page } from "@playwright/test";

const MAP = `${GALLERY}?view=map`;
const drawing = (page: Page) => page.locator("svg.mapart").filter({ visible: true });
const markers = (page: Page) => drawing(page).locator("a.bub");

test("districts lead to circles and those to communities, the list in step @everywhere", async ({ page, request, javaScriptEnabled }) => {
  const all = await listings(request);
  const districts = choices(all, "district").filter(({ count }) => count > 0);
  await page.goto(GALLERY);
  await page.getByRole("link", { name: "地图" }).click();
  await expect(page).toHaveURL(MAP);
  await expect(markers(page)).toHaveCount(districts.length);
  const first = [...districts].sort((a, b) => b.count - a.count)[0];
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  await page.locator(".map-areas summary").click();
  const row = page.locator(".map-areas tbody tr").first();
  await expect(row).toContainText(`${first.count} 套`);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/district=/);
  await expectCount(page, first.count);
  const circles = choices(await listings(request, `${GALLERY}?district=${first.value}`), "circle").filter(({ count }) => count > 0);
  const [circle] = [...circles].sort((a, b) => b.count - a.count);
  await expect(page.locator("[data-map-note]")).toContainText("板块");
  await markers(page).last().dispatchEvent("click");
  await expect(page).toHaveURL(/circle=/);
  await expect(page.locator("[data-map-note]")).toContainText("小区");
  const inCircle = (await everyHome(request, page.url().replace(/^.*?\/shanghai/, "/shanghai"))).map(({ code }) => code);
  expect((await codes(page)).every((code) => inCircle.includes(code))).toBe(true);
  expect(circle.count).toBeGreaterThan(0);
  await page.getByRole("link", { name: "上一级" }).click();
  await expect(page).not.toHaveURL(/circle=/);
});

test("a ring drawn by hand finds the homes inside it", async ({ page, request }) => {
  await page.goto(MAP);
  const before = (await listings(request)).total;
  await page.getByRole("button", { name: "画圈找房" }).click();
  const box = (await drawing(page).boundingBox())!;
  // Around the marker with most homes.
  const target = (await markers(page).last().boundingBox())!;
  const middle = [target.x + target.width / 2, target.y + target.height / 2];
  await page.mouse.move(middle[0] + 90, middle[1]);
  await page.mouse.down();
  for (let step = 1; step <= 24; step++) {
    const turn = (step / 24) * 2 * Math.PI;
    const y = Math.min(box.y + box.height - 4, Math.max(box.y + 4, middle[1] + 90 * Math.sin(turn)));
    await page.mouse.move(middle[0] + 90 * Math.cos(turn), y);
  }
  await page.mouse.up();
  await expect(page).toHaveURL(/shape=\d/);
  await expect(applied(page)).toContainText(["画的圈里"]);
  const { total } = await listings(request, page.url().replace(/^.*?\/shanghai/, "/shanghai"));
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(before);
  await expectCount(page, total);
  await expect(drawing(page).locator("polygon.map-ring")).toHaveCount(1);
  await page.getByRole("link", { name: "擦掉画的圈" }).click();
  await expectCount(page, before);
});

test("the same ring means the same homes to the API and the list", async ({ page, request }) => {
  const shape = "31.0_121.2~31.4_121.2~31.4_121.47~31.0_121.47";
  const west = await listings(request, `${GALLERY}?shape=${shape}`);
  const all = await listings(request);
  expect(west.total).toBeGreaterThan(0);
  expect(west.total).toBeLessThan(all.total);
  await page.goto(`${GALLERY}?shape=${shape}`);
  await expectCount(page, west.total);
  const nothing = await listings(request, `${GALLERY}?shape=10_10~10_11~11_11`);
  expect(nothing.total).toBe(0);
  expect((await request.get(`/api/v1/listings?city=${CITY}&shape=1_1`)).status()).toBe(422);
});

test("filters keep the map, and the map fits @touch @desktop", async ({ page }) => {
  await page.goto(`${MAP}&rooms=2`);
  await expect(drawing(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await markers(page).count()).toBeLessThanOrEqual(300);
  await page.locator(".gal-on").getByRole("link", { name: /^移除/ }).first().click();
  await expect(page).toHaveURL(MAP);
});
