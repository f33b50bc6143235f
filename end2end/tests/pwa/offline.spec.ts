// The site on a phone's home screen, and without a network.
import { GALLERY, homeHref, listings } from "../support/firm";
import { expect, test } from "../support/page";

test.use({ serviceWorkers: "allow", expectedComplaints: /ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket/ });

test("homes that were seen and the favourites open without a network, others say so", async ({ page, context, request }) => {
  const { items } = await listings(request);
  await page.goto(GALLERY);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(homeHref(items[0].code));
  await page.locator('.side-acts button[name="favourite"]').click();
  await expect(page.locator(".saved-link .count")).toHaveText("1");
  await page.goto("/saved");
  await expect(page.locator("article")).toHaveCount(2);
  await context.setOffline(true);
  await page.goto(homeHref(items[0].code));
  await expect(page.locator("h1")).toContainText(items[0].community.name);
  // Styles of this very page are there, not those of another build.
  expect(await page.locator("h1").evaluate((title) => getComputedStyle(title).fontSize)).not.toBe("32px");
  await page.goto("/saved");
  await expect(page.locator("article").first()).toBeVisible();
  await page.goto(`${GALLERY}?rooms=2`);
  await expect(page.getByRole("heading", { name: "现在没有网络" })).toBeVisible();
  await context.setOffline(false);
  await page.goto(`${GALLERY}?rooms=2`);
  await expect(page.locator("article").first()).toBeVisible();
});

test("it can be installed", async ({ page, request }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(href!);
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ start_url: "/", display: "standalone" });
  for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
  const worker = await request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toBe("no-cache");
  expect(worker.headers()["content-security-policy"]).toContain("connect-src 'self'");
});

test("? lists the keys and arrows move between homes", async ({ page }) => {
  await page.goto(GALLERY);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "键盘快捷键" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  const links = page.locator("article h3 a");
  await links.nth(0).focus();
  await page.keyboard.press("ArrowRight");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(5)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(links.nth(0)).toBeFocused();
});
