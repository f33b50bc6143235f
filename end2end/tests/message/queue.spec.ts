// The queue of outgoing messages, for administrators alone.
import { administrator, codeFor } from "../support/clients";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { enter, number } from "../support/people";

test("a demo shows administrators what nobody sends, with numbers masked", { tag: ["@everywhere", "@desktop"] }, async ({ page, newVisitor, javaScriptEnabled }) => {
  const phone = number();
  await page.goto("/me/sign-in");
  await page.getByLabel("手机号", { exact: true }).fill(phone);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByLabel("短信验证码")).toBeVisible();
  const admin = await administrator(() => newVisitor());
  expect(await codeFor(admin, phone)).toMatch(/^\d{6}$/);
  expect(await admin.content()).not.toContain(phone);
  await expect(admin.locator("main")).toContainText("演示发件箱");
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(admin);
  await admin.getByRole("link", { name: "只看失败" }).click();
  await expect(admin.locator("main")).toContainText("没有消息");
});

test.describe("others", () => {
  test.use({ expectedComplaints: /403/ });

  test("an agent does not see the queue", async ({ page }) => {
    await enter(page, "lin");
    const answer = await page.goto("/messages");
    expect(answer?.status()).toBe(403);
  });
});
