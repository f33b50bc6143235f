// Homes that are no longer on sale.
import { expect, test } from "../support/page";
import { codes, expectCount } from "../support/gallery";
import { GALLERY, endedHomes, everyHome, homeHref, listings } from "../support/firm";

test.describe("with the browser's own complaint about the status", () => {
  test.use({ expectedComplaints: /status of (410|404)/ });

  const tag = ["@desktop", "@no-js"];

  test("a withdrawn home is gone and leads on; a sold one stays as a record", { tag }, async ({ page, request }) => {
    const { withdrawn, sold } = await endedHomes(request);
    const gone = await page.goto(homeHref(withdrawn));
    expect(gone?.status()).toBe(410);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("这套房已撤下");
    await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
    await page.locator("main").getByRole("link").click();
    await expectCount(page, (await listings(request, "/")).total);

    expect((await page.goto(homeHref(sold)))?.status()).toBe(200);
    await expect(page.locator(".banner").first()).toContainText("这套房已成交");
    await expect(page.locator(".side-card")).toContainText("已成交");
    const graph = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "")["@graph"];
    const offer = graph.find((part: { offers?: unknown }) => part.offers);
    expect(offer.offers.availability).toBe("https://schema.org/SoldOut");
    await expect(page.locator(".chart-rows tbody tr").first()).toBeAttached();

    const onSale = (await everyHome(request)).map(({ code }) => code);
    expect(onSale).not.toContain(withdrawn);
    expect(onSale).not.toContain(sold);
    expect(await codes(page)).toEqual([]);
    expect((await request.get(`/pictures/${withdrawn}/plan.svg`)).status()).toBe(404);
  });
});

test("a page of results that has become empty leads back", async ({ page, request }) => {
  const last = await listings(request, `${GALLERY}?sort=price`);
  expect(last.total).toBeGreaterThan(0);
  await page.goto(`${GALLERY}?sort=price&after=${Number.MAX_SAFE_INTEGER}_1_${last.total}`);
  await expectCount(page, last.total);
  await page.getByRole("link", { name: "上一页" }).click();
  const dearest = (await everyHome(request, `${GALLERY}?sort=price`)).slice(-24);
  await expect.poll(() => codes(page)).toEqual(dearest.map(({ code }) => code));
});
