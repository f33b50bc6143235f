// Notices by mail: an address, its link, and that it counts afterwards.
import { administrator } from "../support/clients";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { enter } from "../support/people";

test("an address counts once its link was opened and pressed", async ({ page, newVisitor }) => {
  await enter(page, "cao");
  await page.goto("/account");
  const card = page.locator("#notice-mail");
  const address = `cao.${Date.now()}@example.com`;
  await card.getByLabel("邮箱", { exact: true }).fill(address);
  await card.getByLabel("有新设备登录了你的账号").check();
  await card.getByRole("button", { name: "保存" }).click();
  await expect(card).toContainText("已发出确认信");
  await expect(card).toContainText("等待确认");
  await expect(card.getByLabel("有新设备登录了你的账号")).toBeChecked();
  const admin = await administrator(() => newVisitor());
  await admin.goto("/messages");
  const row = admin.locator("tbody tr", { hasText: "c***@example.com" }).first();
  const [, path] = (await row.innerText()).match(/(\/mail\/[\w-]{43})/) ?? [];
  expect(path, "the outbox of the demo shows the link").toBeTruthy();
  await page.goto(path);
  await expectAccessibleInBothSchemes(page);
  await page.getByRole("button", { name: "确认这是我的邮箱" }).click();
  await expect(page.getByText("邮箱已确认")).toBeVisible();
  await page.goto("/account");
  await expect(page.locator("#notice-mail")).toContainText("已确认");
  await expectAccessibleInBothSchemes(page);
});
