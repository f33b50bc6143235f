// Pages that are not there, and a network that is not.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { choice, expectCount, expectSameDocument, markDocument, opener } from "../support/gallery";
import { GALLERY, homeHref, listings } from "../support/firm";

test.describe("what is not there", () => {
  test.use({ expectedComplaints: /status of 404/ });

  test("answers 404 with a page that helps", { tag: ["@desktop", "@no-js"] }, async ({ page, request }) => {
    const [home] = (await listings(request)).items;
    const codes = ["FY-209901-0001", "FY-1", "%F0%9F%8F%A0"].map(homeHref);
    const places = ["/atlantis/listings", "/SHANGHAI/listings", `/ningbo/listings/${home.code}`];
    for (const href of [...codes, ...places, "/nowhere/at/all", "/ui", "/pkg/none.js"]) {
      const answer = await page.goto(href);
      expect(answer?.status(), href).toBe(404);
      await expect(page.getByRole("heading", { level: 1 }), href).toHaveText("没有这个页面");
      await expect(page.locator("main")).toContainText("请检查地址，或回到房源列表");
      await expect(page).toHaveTitle("没有这个页面 · 门牌");
      await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
    }
    await page.getByRole("link", { name: "回到房源列表" }).click();
    await expectCount(page, (await listings(request, "/")).total);
  });

  test("the page for it is accessible", { tag: ["@desktop", "@phone"] }, async ({ page }) => {
    await page.goto("/nowhere");
    await expectAccessibleInBothSchemes(page);
  });
});

test.describe("without a network", () => {
  test.use({ expectedComplaints: /ERR_INTERNET_DISCONNECTED/ });

  test("a choice says that nothing was updated and can be tried again", async ({ page, context, request }) => {
    const two = await listings(request, `${GALLERY}?rooms=2`);
    await page.goto(GALLERY);
    await markDocument(page);
    await opener(page, "户型").click();
    await context.setOffline(true);
    await choice(page, "rooms", "2").press("Space");
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("没有更新：网络没有应答");
    await expect(page).toHaveURL(GALLERY);
    await expect(page.locator("article").first()).toBeVisible();
    await context.setOffline(false);
    await alert.getByRole("button", { name: "再试一次" }).click();
    await expectCount(page, two.total);
    await expect(alert).toHaveCount(0);
    await expectSameDocument(page);
  });
});
