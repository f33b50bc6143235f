// Coming in as a buyer or seller, on two devices, and what is theirs.
import { GALLERY, homeHref, listings } from "../support/firm";
import { administrator, codeFor, comeIn, masked } from "../support/clients";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { number } from "../support/people";

test("a guest's favourites go into the account and appear on another device @everywhere", async ({ page, request, newVisitor, javaScriptEnabled }) => {
  const { items } = await listings(request);
  await page.goto(homeHref(items[0].code));
  await page.locator('.side-acts button[name="favourite"]').click();
  const phone = number();
  const admin = await administrator(() => newVisitor());
  await comeIn(page, admin, phone);
  await expect(page.locator("main")).toContainText(masked(phone));
  await expect(page.locator("main")).toContainText("收藏了 1 套房");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  // The cookie of the guest is gone; what is kept now is in the account.
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("saved");
  await page.goto(GALLERY);
  await expect(page.locator(".saved-link .count")).toHaveText("1");
  await page.goto(homeHref(items[1].code));
  await page.locator('.side-acts button[name="favourite"]').click();
  await expect(page.locator(".saved-link .count")).toHaveText("2");
});

test.describe("what is refused", () => {
  test.use({ expectedComplaints: /409|422|429/ });

  test("a wrong code keeps the number and says what to do, and another is not sent within a minute @everywhere", async ({ page, newVisitor }) => {
    const phone = number();
    await page.goto("/me/sign-in");
    await page.getByLabel("手机号", { exact: true }).fill("12345");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "发送验证码" }).click();
    await expect(page.locator(".field .error")).toContainText("格式不对");
    await page.getByLabel("手机号", { exact: true }).fill(phone);
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "发送验证码" }).click();
    const admin = await administrator(() => newVisitor());
    const code = await codeFor(admin, phone);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    await page.getByLabel("短信验证码").fill(wrong);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("验证码不对");
    expect(page.url()).not.toContain(phone);
    await page.getByRole("button", { name: "重新发送验证码" }).click();
    await expect(page.getByRole("alert")).toContainText(/请等 \d+ 秒/);
    // The code that was sent is still good.
    await page.getByLabel("短信验证码").fill(code);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.locator("main")).toContainText(masked(phone));
  });
});

test("two devices keep the same homes, and one signs the other out", async ({ page, request, newVisitor }) => {
  test.setTimeout(150_000);
  const [phone, admin] = [number(), await administrator(() => newVisitor())];
  await comeIn(page, admin, phone);
  const { items } = await listings(request);
  await page.goto(homeHref(items[2].code));
  await page.locator('.side-acts button[name="favourite"]').click();
  await expect(page.locator(".saved-link .count")).toHaveText("1");
  const other = await newVisitor();
  // Another code to the same number is sent after a minute.
  await page.waitForTimeout(61_000);
  await comeIn(other, admin, phone);
  await expect(other.locator("main")).toContainText("收藏了 1 套房");
  await other.getByRole("button", { name: "退出其他所有设备" }).click();
  await expect(other.locator(".banner--ok")).toContainText("设备已退出");
  await page.goto("/me");
  await expect(page).toHaveURL(/\/me\/sign-in/);
  expect(await other.evaluate(() => document.cookie)).not.toContain("client");
});

test("consents are asked for one by one and withdrawn at once @everywhere", async ({ page, newVisitor }) => {
  const [phone, admin] = [number(), await administrator(() => newVisitor())];
  await comeIn(page, admin, phone);
  const marketing = page.locator("#consent li", { hasText: "营销消息" });
  await expect(marketing).toContainText("没有同意过");
  await marketing.getByRole("button").click();
  await expect(page.locator("#consent li", { hasText: "营销消息" })).toContainText(/同意（第 1 版）/);
  await page.locator("#consent li", { hasText: "营销消息" }).getByRole("button").click();
  await expect(page.locator("#consent li", { hasText: "营销消息" })).toContainText("不同意");
  await page.getByRole("link", { name: "营销消息" }).click();
  await expect(page.locator("h1")).toHaveText("营销消息");
  await expect(page.locator("main")).toContainText("第 1 版");
});

test("the copy opens, and a deleted account is gone", async ({ page, newVisitor }) => {
  const [phone, admin] = [number(), await administrator(() => newVisitor())];
  await comeIn(page, admin, phone);
  await page.getByLabel("怎么称呼").fill("欧阳𠮷");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.locator("h1")).toHaveText("你好，欧阳𠮷");
  const copy = await page.request.get("/me/copy.zip");
  const packed = (await copy.body()).toString("utf8");
  expect(packed).toContain(`+86${phone}`);
  expect(packed).toContain("index.html");
  expect(packed).toContain("欧阳𠮷");
  await page.getByRole("link", { name: "注销账号" }).click();
  await expectAccessibleInBothSchemes(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "注销并删除" }).click();
  await expect(page.getByText("账号已注销，个人信息已删除。")).toBeVisible();
  await page.goto("/me");
  await expect(page).toHaveURL(/\/me\/sign-in/);
});

test("a client never reaches the desk", async ({ page, newVisitor }) => {
  const admin = await administrator(() => newVisitor());
  await comeIn(page, admin, number());
  for (const path of ["/home", "/staff", "/messages", "/audit", "/account"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  }
});

test("the door can be used by everybody", { tag: ["@phone", "@tablet", "@desktop"] }, async ({ page }) => {
  await page.goto("/me/sign-in");
  await expectAccessibleInBothSchemes(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.goto("/terms/service");
  await expectAccessibleInBothSchemes(page);
});
