// The handbook: from every page to its task, and found by its words.
import { readdirSync } from "node:fs";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { enter } from "../support/people";

test("a page leads to its own task, with a picture of the product @everywhere", async ({ page }) => {
  await enter(page, "gu");
  await page.goto("/staff/chart");
  await page.getByRole("link", { name: "这一页怎么用" }).click();
  await expect(page).toHaveURL(/\/help\/organisation-chart$/);
  const picture = page.getByRole("img", { name: "画面：组织架构" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(960);
});

test("every picture there is belongs to a task and is served", async ({ page, request }) => {
  await enter(page, "gu");
  for (const lang of ["zh-CN", "en"]) {
    const files = readdirSync(`${import.meta.dirname}/../../../style/public/handbook/${lang}`);
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      expect((await request.get(`/handbook/${lang}/${file}`)).headers()["content-type"], file).toBe("image/webp");
      expect((await page.request.get(`/help/${file.replace(".webp", "")}`)).status(), file).toBe(200);
    }
  }
});

test("the handbook is searched by words of the task, in both languages @phone @tablet", async ({ page }) => {
  await enter(page, "gu");
  await page.goto("/help");
  await page.getByRole("searchbox").fill("恢复码");
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("link", { name: "两步验证" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "两步验证" })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  await page.goto("/help?lang=en&q=zebra crossing");
  await expect(page.getByText(/没有|Not in the handbook/).first()).toBeVisible();
});
