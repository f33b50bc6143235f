// Chinese and English, chosen by the browser's wish or by the person.
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../support/page";
import { expectCount } from "../support/gallery";
import { GALLERY, NOTHING_FITS, choices, everyHome, homeHref, listings } from "../support/firm";

for (const [tag, name] of [["@desktop", "with scripts"], ["@no-js", "without scripts"]]) {
  test(`a press on English changes every page and stays (${name})`, { tag }, async ({ page, request }) => {
    const { total, items } = await listings(request, `${GALLERY}?rooms=2`);
    await page.goto(`${GALLERY}?rooms=2`);
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page).toHaveURL(`${GALLERY}?rooms=2`);
    await expectCount(page, total);
    await expect(page.getByRole("button", { name: "English" })).toHaveAttribute("aria-pressed", "true");
    await page.locator("article h3 a").first().click();
    await expect(page).toHaveURL(homeHref(items[0].code));
    await expect(page.getByRole("heading", { name: "Price and history" })).toBeVisible();
    await page.getByRole("button", { name: "中文" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(page).toHaveURL(homeHref(items[0].code));
  });
}

test("the browser's wish counts until a person has chosen", async ({ request, newVisitor }) => {
  const page = await newVisitor({ locale: "en-GB" });
  await page.goto(GALLERY);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  const wishes = { "fr, en;q=0.5, zh;q=0.8": "zh-CN", "de, en-US;q=0.3": "en", de: "zh-CN", "": "zh-CN" };
  for (const [wish, lang] of Object.entries(wishes)) {
    const answer = await request.get(GALLERY, { headers: { "accept-language": wish } });
    expect(await answer.text(), wish).toContain(`<html lang="${lang}"`);
  }
});

test.describe("in English", () => {
  test.use({ locale: "en-US", expectedComplaints: /status of 404/ });

  test("no page says anything in Chinese but names", async ({ page, request }) => {
    const names = await placeNames(request);
    const { items } = await listings(request, `${GALLERY}?tag=cut`);
    const galleries = ["/", `${GALLERY}?rooms=2&elevator=yes&price_max=800`, NOTHING_FITS, `${GALLERY}?colour=red`];
    for (const href of [...galleries, homeHref(items[0].code), "/nowhere"]) {
      await page.goto(href);
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      expect(await chinese(page, names), href).toEqual([]);
      expect(await page.title(), href).toMatch(/ · Menpai$/);
    }
  });

  test("cities are offered by their English names", async ({ page }) => {
    await page.goto("/");
    await page.locator("details.fmenu summary").first().click();
    await expect(page.locator("details.fmenu").first().getByRole("link", { name: /^Shanghai/ })).toBeVisible();
  });

  test("the English gallery is accessible", { tag: ["@desktop", "@phone"] }, async ({ page }) => {
    await page.goto(`${GALLERY}?rooms=2`);
    await expectAccessible(page);
  });
});

/** Names of places, which are Chinese in every language; longer ones first, for they may hold others. */
async function placeNames(request: APIRequestContext): Promise<string[]> {
  const found = await listings(request, "/");
  const listed = ["city", "district", "circle", "community"].flatMap((field) => choices(found, field));
  const stations = (await everyHome(request)).map(({ metro }) => metro);
  const names = [...listed, ...stations].map((place) => place?.name ?? "").filter((name) => name !== "");
  return [...new Set(names)].sort((a, b) => b.length - a.length);
}

/** Texts of a page, seen or only heard, that hold Chinese once the names are taken out. */
async function chinese(page: Page, names: string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const spoken = ["aria-label", "title", "alt", "placeholder", "data-share", "content"];
    // Left out: the switch to Chinese, an example of a search, a school's name, and the seller's own words.
    const aside = 'script, [name=lang][value="zh-CN"], #q, .lrow-main';
    const titles = [...document.querySelectorAll("h2")];
    const own = titles.find(({ textContent }) => textContent === "Highlights")?.nextElementSibling;
    const texts: string[] = [];
    for (const e of document.querySelectorAll("*")) {
      if (e.closest(aside) || own?.contains(e)) continue;
      texts.push(...spoken.map((name) => e.getAttribute(name) ?? ""));
      texts.push(...[...e.childNodes].map((node) => (node instanceof Text ? node.data : "")));
    }
    return texts;
  });
  const rest = texts.map((text) => names.reduce((left, name) => left.replaceAll(name, ""), text));
  return rest.filter((text) => /\p{Script=Han}/u.test(text));
}
