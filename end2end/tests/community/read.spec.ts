// Communities and homes sold.
import { CITY, GALLERY, everyHome, homeHref, listings } from "../support/firm";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { expectCount } from "../support/gallery";

test("a home leads to its community, which says how many it counted @everywhere", async ({ page, request, javaScriptEnabled }) => {
  const homes = await everyHome(request);
  const counts = new Map<string, number>();
  for (const { community } of homes) counts.set(community.slug, (counts.get(community.slug) ?? 0) + 1);
  const [slug, n] = [...counts].sort((a, b) => b[1] - a[1])[0];
  const home = homes.find(({ community }) => community.slug === slug)!;
  await page.goto(homeHref(home.code));
  await page.locator("#near").getByRole("link", { name: home.community.name, exact: true }).click();
  await expect(page).toHaveURL(`/${CITY}/communities/${slug}`);
  await expect(page.locator("h1")).toHaveText(home.community.name);
  await expect(page.locator(".key")).toContainText(`n=${n}`);
  await expect(page.locator(".key")).toContainText(`${n} 套`);
  const here = homes.filter(({ community }) => community.slug === slug);
  const average = Math.round(here.reduce((s, h) => s + h.price, 0) / here.reduce((s, h) => s + h.area_built, 0));
  await expect(page.locator(".key")).toContainText(average.toLocaleString("en-US"));
  await page.locator("#trend summary").click();
  await expect(page.locator("#trend tbody tr").first()).toContainText(String(n));
  await expect(page.locator("#near .lrow").first()).toContainText(/\d+ m$/);
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  await page.locator("main .two .lrow a").first().click();
  await expect(page).toHaveURL(/rooms=\d/);
  const rooms = new URL(page.url()).searchParams.get("rooms")!;
  await expectCount(page, (await listings(request, `${GALLERY}?community=${slug}&rooms=${rooms}`)).total);
});

test("homes sold stand in a list with what they were asked for @everywhere", async ({ page, javaScriptEnabled }) => {
  await page.goto(`/${CITY}/sold`);
  await expect(page.locator("tbody tr").first()).toContainText("万");
  const all = await page.locator("tbody tr").count();
  const n = Number(/(\d+) 套/.exec(await page.locator(".minis").innerText())?.[1]);
  expect(n).toBeGreaterThan(0);
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  await page.locator("tbody th a").first().click();
  await expect(page.locator("main")).toContainText("已成交");
  await page.goBack();
  await page.locator(".sold-places a").nth(1).click();
  await expect(page).toHaveURL(/district=/);
  expect(await page.locator("tbody tr").count()).toBeLessThanOrEqual(all);
});

test.describe("what is not there", () => {
  test.use({ expectedComplaints: /status of 404/ });
  test("an unknown community or page answers 404", async ({ request }) => {
    for (const path of [`/${CITY}/communities/nowhere`, `/${CITY}/sold?page=999`, "/atlantis/sold"]) {
      expect((await request.get(path)).status(), path).toBe(404);
    }
  });
});
