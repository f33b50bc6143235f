// The door: in, out, and what it says to whoever may not come in.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { account, enter, signIn } from "../support/people";

test.describe("what is refused", () => {
  test.use({ expectedComplaints: /401|429/ });

  test("a wrong password keeps the account and says what to do", { tag: ["@everywhere", "@desktop"] }, async ({ page }) => {
    await signIn(page, "nobody.here", "not-the-password-1");
    await expect(page.getByRole("alert")).toContainText("账号或密码不对");
    await expect(page.getByLabel("账号")).toHaveValue("nobody.here");
    await expect(page.getByLabel("密码", { exact: true })).toHaveValue("");
    expect(await page.content()).not.toContain("not-the-password-1");
  });

  test("after five failures the door tells how long to wait", async ({ page }) => {
    for (let n = 0; n < 6; n++) await signIn(page, "somebody.else", "not-the-password-1");
    await expect(page.getByRole("alert")).toContainText(/请等 \d+ 秒/);
  });
});

test("who signs in returns to the page they asked for", { tag: ["@everywhere", "@desktop"] }, async ({ page }) => {
  await page.goto("/staff?q=lzx");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const { login, password } = account("lin");
  await page.getByLabel("账号").fill(login.toUpperCase());
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page).toHaveURL(/\/staff\?q=lzx$/);
  await expect(page.locator("main").getByRole("link", { name: "林知夏" })).toBeVisible();
});

test("signing out closes every page, also by the back button", async ({ page }) => {
  await enter(page, "cao");
  await page.goto("/account");
  await page.locator("main").getByRole("button", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("已退出登录。")).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the session cookie is out of reach of scripts, and nothing is kept by caches", async ({ page }) => {
  await enter(page, "chen");
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
  const answer = await page.request.get("/home");
  expect(answer.headers()["cache-control"]).toBe("no-store, private");
});

test("the next page is always one of ours", async ({ page }) => {
  await page.goto("/sign-in?next=//evil.example/x");
  const { login, password } = account("cao");
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/home$/);
});

test("the door can be used by everybody", { tag: ["@phone", "@tablet", "@desktop"] }, async ({ page }) => {
  await page.goto("/sign-in");
  await expectAccessibleInBothSchemes(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
