// Light and dark.
import { expect, test } from "../support/page";
import { GALLERY } from "../support/firm";

const tag = ["@desktop", "@no-js"];

test("a chosen theme is in the page as it arrives and outranks the system", { tag }, async ({ page }) => {
  const html = page.locator("html");
  const ground = () => html.evaluate((e) => getComputedStyle(e).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${GALLERY}?rooms=2`);
  await expect(html).not.toHaveAttribute("data-theme");
  const light = await ground();
  await page.getByRole("button", { name: "深色" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(page).toHaveURL(`${GALLERY}?rooms=2`);
  expect(await (await page.request.get(GALLERY)).text()).toMatch(/<html lang="zh-CN"[^>]* data-theme="dark"/);
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.getByRole("button", { name: "浅色" }).click();
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).toBe(light);
  await page.getByRole("button", { name: "跟随系统" }).click();
  await expect(html).not.toHaveAttribute("data-theme");
  expect(await ground()).toBe(dark);
});
