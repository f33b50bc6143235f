// The palette: pages, people and homes by what one types.
import { expect, test } from "../support/page";
import { homeHref, listings } from "../support/firm";
import { enter } from "../support/people";

test("a home is found by its code and by its community, and Enter waits for the answer", async ({ page, request }) => {
  const [home] = (await listings(request)).items;
  await enter(page, "lin");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(home.community.name);
  const homes = page.locator("#palette [data-kind=homes]");
  await expect(homes.getByRole("link").first()).toContainText(home.community.name);
  expect(await homes.getByRole("link").count()).toBeLessThanOrEqual(6);
  await page.locator("#palette input").fill(home.code.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${homeHref(home.code)}$`));
});

test("nothing found is said, a server that fails is said, Escape closes", { tag: ["@phone", "@desktop"] }, async ({ page }) => {
  await enter(page, "lin");
  await page.getByRole("button", { name: "跳转（Ctrl+K）" }).click();
  await page.locator("#palette input").fill("qqzzxxq");
  await expect(page.locator("#palette [role=status]")).toContainText("没有找到");
  await page.route("**/api/v1/listings**", (route) => route.fulfill({ status: 200, body: "no JSON" }));
  await page.locator("#palette input").fill("qqzzxxqq");
  await expect(page.locator("#palette [role=status]")).toContainText("没有回答");
  await page.keyboard.press("Escape");
  await expect(page.locator("#palette")).toBeHidden();
});
