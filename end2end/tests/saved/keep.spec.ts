// Favourites, homes seen and comparisons of somebody without an account.
import { GALLERY, homeHref, listings } from "../support/firm";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { expectSameDocument, markDocument } from "../support/gallery";
import type { Page } from "@playwright/test";

const card = (page: Page, code: string) => page.locator(`article[data-code="${code}"]`);
const heart = (page: Page, code: string) => card(page, code).locator('button[name="favourite"]');
const compare = (page: Page, code: string) => card(page, code).locator('button[name="compare"]');

test("a heart is kept, counted, listed and taken back @everywhere", async ({ page, request, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  const { items } = await listings(request);
  const [first, second] = items;
  await page.goto(GALLERY);
  if (scripts) await markDocument(page);
  await heart(page, first.code).click();
  await expect(heart(page, first.code)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".saved-link")).toHaveAccessibleName(/^收藏 1 ?套$/);
  await heart(page, second.code).click();
  await expect(page.locator(".saved-link")).toHaveAccessibleName(/^收藏 2 ?套$/);
  if (scripts) await expectSameDocument(page);
  await page.locator(".saved-link").click();
  await expect(page.locator("h1")).toContainText("2 套");
  await expect(page.locator("article")).toHaveCount(2);
  await heart(page, second.code).click();
  await expect(page.locator(".saved-link")).toHaveAccessibleName(/^收藏 1 ?套$/);
  await page.reload();
  await expect(page.locator("article")).toHaveCount(1);
});

test("homes that were opened are remembered, the last first @no-js @desktop", async ({ page, request }) => {
  const { items } = await listings(request);
  for (const { code } of items.slice(0, 3)) await page.goto(homeHref(code));
  await page.goto("/saved");
  const seen = await page.locator("section article").evaluateAll((all) => all.map((a) => a.getAttribute("data-code")));
  expect(seen).toEqual(items.slice(0, 3).map(({ code }) => code).reverse());
});

test("up to four homes stand side by side, a fifth is refused @everywhere", async ({ page, request, javaScriptEnabled }) => {
  // All of them held for five years, so that there is a row in which they do not differ.
  const { items } = await listings(request, `${GALLERY}?tag=over_five_only`);
  for (const [at, { code }] of items.slice(0, 4).entries()) {
    // On phones the button is on the home's own page; everybody may use that.
    await page.goto(homeHref(code));
    await page.locator('.side-acts button[name="compare"]').click();
    await expect(page.locator(".tray b")).toContainText(`${at + 1}/4`);
  }
  await page.goto(homeHref(items[4].code));
  await page.locator('.side-acts button[name="compare"]').click();
  await expect(page.locator(".banner--warn")).toContainText("最多对比 4 套");
  await expect(page.locator("thead th")).toHaveCount(4);
  const cheapest = [...items.slice(0, 4)].sort((a, b) => a.price - b.price)[0];
  const prices = page.locator("tbody tr").first();
  await expect(prices).toContainText("最优");
  await expect(prices.locator("td", { hasText: "最优" })).toContainText(String(cheapest.price / 1e6));
  const all = await page.locator("tbody tr").count();
  await page.getByRole("link", { name: "只看不同" }).click();
  await expect.poll(() => page.locator("tbody tr").count()).toBeLessThan(all);
  await expect(page.locator("tbody tr:not(.differs)")).toHaveCount(0);
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  await page.locator("thead button").first().click();
  await expect(page.locator("thead th")).toHaveCount(3);
});

test("a cookie that was tampered with is an empty one", async ({ page, context, request, baseURL }) => {
  const { items } = await listings(request);
  await page.goto(GALLERY);
  await heart(page, items[0].code).click();
  await expect(page.locator(".saved-link .count")).toHaveText("1");
  const saved = (await context.cookies()).find(({ name }) => name === "saved")!;
  expect(saved).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  const forged = saved.value.replace(/^[\d-]+/, items[1].code.slice(3));
  expect(forged).not.toBe(saved.value);
  await context.addCookies([{ name: "saved", value: forged, url: baseURL! }]);
  await page.goto("/saved");
  await expect(page.locator("article")).toHaveCount(0);
});

test("keys: f keeps the focused home, c puts it beside others, / searches", async ({ page, request }) => {
  const { items } = await listings(request);
  await page.goto(GALLERY);
  await card(page, items[1].code).locator("h3 a").focus();
  await page.keyboard.press("f");
  await expect(heart(page, items[1].code)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("c");
  await expect(compare(page, items[1].code)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".tray b")).toContainText("1/4");
  await page.keyboard.press("/");
  await page.keyboard.type("f");
  await expect(page.locator("[name=q]")).toHaveValue("f");
  await expect(heart(page, items[1].code)).toHaveAttribute("aria-pressed", "true");
});

test("a comparison can be shared and opened by anybody @touch @desktop", async ({ page, request }) => {
  const { items } = await listings(request);
  await page.goto(`/compare?homes=${items[0].code},${items[1].code},nonsense`);
  await expect(page.locator("thead th")).toHaveCount(2);
  await expect(page.locator("thead button")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
