// What search engines, feed readers and chats find.
import { CITY, GALLERY, everyHome, homeHref, listings } from "../support/firm";
import { expect, test } from "../support/page";

test("robots lead to an index that lists every home once", async ({ request, baseURL }) => {
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  const index = await (await request.get("/sitemap.xml")).text();
  const parts = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address);
  expect(parts.length).toBeGreaterThan(1);
  const found: string[] = [];
  for (const part of parts) {
    const answer = await request.get(part);
    expect(answer.status(), part).toBe(200);
    expect(answer.headers()["content-type"]).toContain("xml");
    found.push(...[...(await answer.text()).matchAll(/listings\/(FY-[\d-]+)<\/loc><lastmod>\d{4}-\d\d-\d\d</g)].map(([, code]) => code));
  }
  expect(found.sort()).toEqual((await everyHome(request)).map(({ code }) => code).sort());
  expect((await request.get(`/sitemaps/${CITY}/nowhere-1.xml`)).status()).toBe(404);
});

test("every search is a feed of its own", async ({ page, request }) => {
  await page.goto(`${GALLERY}?rooms=2&sort=price`);
  const href = await page.locator('head link[rel="alternate"]').getAttribute("href");
  expect(href).toMatch(/\/feed\.xml\?rooms=2$/);
  const answer = await request.get(href!);
  expect(answer.headers()["content-type"]).toContain("application/atom+xml");
  const feed = await answer.text();
  const { items } = await listings(request, `${GALLERY}?rooms=2`);
  for (const { code } of items.slice(0, 5)) expect(feed).toContain(homeHref(code));
  const wellFormed = await page.evaluate((xml) => !new DOMParser().parseFromString(xml, "text/xml").querySelector("parsererror"), feed);
  expect(wellFormed).toBe(true);
});

test("a home says what it is to machines and has a picture with its price", async ({ page, request, baseURL }) => {
  const { items } = await listings(request);
  const home = items[0];
  await page.goto(homeHref(home.code));
  const { "@graph": graph } = JSON.parse(await page.locator('script[type="application/ld+json"]').innerText());
  const [listing, crumbs] = graph;
  expect(listing).toMatchObject({
    "@type": "RealEstateListing",
    offers: { price: home.price / 100, priceCurrency: "CNY" },
    about: { "@type": "Apartment", floorSize: { value: home.area_built / 100, unitCode: "MTK" } },
  });
  expect(crumbs["@type"]).toBe("BreadcrumbList");
  expect(crumbs.itemListElement).toHaveLength(4);
  const picture = await page.locator('meta[property="og:image"]').getAttribute("content");
  expect(picture).toContain(`${baseURL}/share/${home.code}.png`);
  const answer = await request.get(picture!);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cross-origin-resource-policy"]).toBe("cross-origin");
  const png = await answer.body();
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  expect((await request.get("/share/FY-209901-0001.png")).status()).toBe(404);
});
