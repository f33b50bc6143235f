// What clients agreed to, as people of the firm see it.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { enter, number } from "../support/people";

test("a consent given with a request to sell is seen by client service, with a masked number", {
  tag: ["@phone", "@tablet", "@desktop"],
}, async ({ page, newVisitor }) => {
  const phone = number();
  const seller = await newVisitor();
  await seller.goto("/sell?city=shanghai&community=不在册小区&area=88");
  await seller.getByLabel("怎么称呼").fill("王");
  await seller.getByLabel("手机号", { exact: true }).fill(phone);
  await seller.getByRole("checkbox").check();
  await seller.getByRole("button", { name: "请联系我" }).click();
  await expect(seller.locator(".banner--ok")).toContainText("收到了");
  await enter(page, "yuan");
  await page.goto("/consents");
  await expect(page.getByRole("heading", { level: 1, name: "客户的同意" })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  const row = page.getByRole("row").filter({ hasText: `${phone.slice(0, 3)} **** ${phone.slice(7)}` });
  await expect(row).toContainText("卖房请求，号码未验证");
  await expect(row).toContainText("有效");
  expect(await page.content()).not.toContain(phone);
  await page.getByRole("link", { name: "营销" }).click();
  await expect(page).toHaveURL(/purpose=marketing$/);
  await enter(page, "lin");
  expect((await page.request.get("/consents")).status()).toBe(403);
});
