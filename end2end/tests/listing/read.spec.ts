// The page of one home.
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { codes, expectCount, expectSameDocument, markDocument } from "../support/gallery";
import { CITY, GALLERY, homeHref, listings, type Card } from "../support/firm";

const everyScreen = { tag: ["@desktop", "@touch"] };

/** A home with a price that was cut. */
async function cutHome(request: APIRequestContext): Promise<Card> {
  const { items } = await listings(request, `${GALLERY}?tag=cut`);
  expect(items.length).toBeGreaterThan(0);
  return items[0];
}

/** What stands beside a name in a list of facts. */
function fact(facts: Locator, name: string): Locator {
  return facts.locator("> div", { has: facts.page().locator(`dt:text-is("${name}")`) }).locator("dd").first();
}

/** The rows of the price history: day, price in 万, change. */
function history(page: Page): Promise<{ day: string; price: number; change: string }[]> {
  return page.locator(".chart-rows tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const [day = "", price = "", change = ""] = [...row.children].map((cell) => cell.textContent ?? "");
      return { day, price: parseFloat(price.replaceAll(",", "")), change };
    }),
  );
}

test("a home's page opens from its card, on every screen, and leads back", everyScreen, async ({ page }) => {
  await page.goto(GALLERY);
  await markDocument(page);
  const [code] = await codes(page);
  const title = (await page.locator("article h3").first().innerText()).trim();
  await page.locator("article h3 a").first().click();
  await expect(page).toHaveURL(homeHref(code));
  await expect(page.locator("h1")).toContainText(title);
  await expect(page.locator("h1")).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(`^${title} .* · 门牌$`));
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${homeHref(code)}$`));
  await expectAccessibleInBothSchemes(page);
  await page.goBack();
  await expect(page.locator("article").first()).toHaveAttribute("data-code", code);
  await expectSameDocument(page);
});

test("each fact is told or listed among the unknown", { tag: "@everywhere" }, async ({ page, request }) => {
  const { items } = await listings(request);
  const home = items.find(({ area_inner }) => area_inner === null) ?? items[0];
  expect((await page.goto(homeHref(home.code)))?.status()).toBe(200);
  const known = await page.locator("#facts .facts dt").allInnerTexts();
  const summary = page.locator("details.unknown summary");
  await summary.click();
  const unknown = await page.locator("details.unknown li").allInnerTexts();
  await expect(summary).toHaveText(`还不知道的 ${unknown.length} 件事`);
  expect(unknown).toContain("套内面积");
  expect(new Set([...known, ...unknown]).size).toBe(known.length + unknown.length);
  expect(known.length + unknown.length).toBeGreaterThanOrEqual(20);
  const facts = page.locator("#facts .facts");
  await expect(fact(facts, "房源编号")).toHaveText(home.code);
  await expect(fact(facts, "建筑面积")).toContainText(String(home.area_built / 100));
  await expect(fact(facts, "挂牌时间")).toContainText(home.listed_on);
});

test("every price of the past stands in the rows, in the drawing and in its sentence", async ({ page, request }) => {
  const home = await cutHome(request);
  await page.goto(homeHref(home.code));
  await page.getByText("每一次变动").click();
  const rows = await history(page);
  const days = rows.map(({ day }) => day);
  expect(days).toEqual([...days].sort());
  expect(rows.at(-1)?.price).toBe(home.price / 1_000_000);
  expect(rows.map(({ price }) => price)).toContain(home.first_price / 1_000_000);
  const began = rows.filter(({ change }) => change === "挂牌");
  expect(rows[0].change).toBe("挂牌");
  for (const [nth, { price, change }] of rows.entries()) {
    const by = parseFloat(change.replace("−", "-").replaceAll(",", ""));
    if (change !== "挂牌") expect(by).toBeCloseTo(price - rows[nth - 1].price, 2);
  }
  // The last price is drawn twice: on its day and today.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format();
  await expect(page.locator("#history .chart circle.pt")).toHaveCount(rows.length + (days.at(-1)! < today ? 1 : 0));
  const sentence = page.getByRole("img", { name: /^挂牌价从/ });
  await expect(sentence).toHaveAttribute("aria-label", new RegExp(`共 ${rows.length - began.length} 次变动$`));
  const figures = page.locator("#history .minis");
  await expect(fact(figures, "调价")).toContainText(`${rows.length - began.length} 次`);
  await expect(fact(figures, "挂牌次数")).toHaveText(String(began.length));
  await expect(page.locator(".side-card data")).toHaveAttribute("value", String(home.price / 100));
  const first = (home.first_price / 1_000_000).toLocaleString("en");
  await expect(page.locator(".side-card s")).toContainText(`原价 ${first} 万`);
});

test("similar homes are others on sale, and the crumbs lead to galleries around and to the community", async ({ page, request }) => {
  const home = await cutHome(request);
  await page.goto(homeHref(home.code));
  const similar = await codes(page, "main > section article");
  expect(similar.length).toBeGreaterThan(0);
  expect(new Set([...similar, home.code]).size).toBe(similar.length + 1);
  for (const code of similar) expect((await request.get(homeHref(code))).status(), code).toBe(200);

  const crumbs = page.getByRole("navigation", { name: "位置" });
  await expect(crumbs.getByRole("listitem").last()).toHaveText(home.code);
  const places = ["上海", home.district.name, home.circle.name];
  for (const [nth, place] of places.entries()) {
    await crumbs.getByRole("link").nth(nth).click();
    await expect(page.locator("h1")).toContainText(`${place}在售二手房`);
    const found = await listings(request, page.url().replace(/^https?:\/\/[^/]+/, ""));
    await expectCount(page, found.total);
    expect(found.total).toBeGreaterThan(0);
    await page.goBack();
    await expect(page).toHaveURL(homeHref(home.code));
    await expect(crumbs.getByRole("link")).toHaveCount(places.length + 1);
  }
  await crumbs.getByRole("link").last().click();
  await expect(page).toHaveURL(`/${CITY}/communities/${home.community.slug}`);
  await page.goBack();
  await page.getByRole("link", { name: "看这个小区的在售房源" }).click();
  await expectCount(page, (await listings(request, `${GALLERY}?community=${home.community.slug}`)).total);
});

test("search engines read the offer", async ({ page, request, baseURL }) => {
  const home = await cutHome(request);
  await page.goto(homeHref(home.code));
  const told = JSON.parse(await page.locator('script[type="application/ld+json"]').innerText());
  expect(told["@context"]).toBe("https://schema.org");
  expect(told["@graph"][0]).toMatchObject({
    "@type": "RealEstateListing",
    url: `${baseURL}${homeHref(home.code)}`,
    datePosted: home.listed_on,
    offers: { price: home.price / 100, priceCurrency: "CNY", availability: "https://schema.org/InStock" },
    about: { floorSize: { value: home.area_built / 100, unitCode: "MTK" }, address: { addressLocality: "上海" } },
  });
  await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", new RegExp(home.community.name));
  const picture = new RegExp(`^${baseURL}/share/${home.code}\\.png`);
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute("content", picture);
});

test("on paper there is the home and its address, nothing to press", async ({ page, request }) => {
  const home = await cutHome(request);
  await page.emulateMedia({ media: "print" });
  await page.goto(homeHref(home.code));
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("#facts .facts")).toBeVisible();
  await expect(page.locator("#history .chart")).toBeVisible();
  await expect(page.locator(".lst-foot")).toBeVisible();
  await expect(page.locator(".lst-foot")).toContainText(`/${CITY}/listings/${home.code} · 打印于`);
  for (const chrome of [".site-head", ".site-foot", ".side-acts"]) {
    await expect(page.locator(chrome), chrome).toBeHidden();
  }
  await expect(page.getByRole("button")).toHaveCount(0);
  await page.goto(GALLERY);
  await expect(page.locator("article").first()).toBeVisible();
  for (const chrome of [".site-head", ".site-foot", ".gal-find", ".gal-head form", ".pager"]) {
    await expect(page.locator(chrome), chrome).toBeHidden();
  }
});
