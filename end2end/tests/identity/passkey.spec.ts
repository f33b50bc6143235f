// Passkeys, with a device of Chromium's own. They belong to a name, so the site is asked for by `localhost`.
import type { CDPSession, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../support/page";
import { account } from "../support/people";

const localhost = (baseURL: string | undefined) => (baseURL ?? "").replace("127.0.0.1", "localhost");

/** A device that verifies its owner, as a phone does. */
async function device(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

async function enterByPassword(page: Page, site: string, login: string): Promise<void> {
  await page.goto(`${site}/sign-in`);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(account(login).password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page).toHaveURL(/\/home$/);
}

test("a passkey is added, signs in without a password, confirms, and is removed", { tag: ["@desktop", "@phone"] }, async ({ page, baseURL }, { project }) => {
  const site = localhost(baseURL);
  const login = project.name === "phone" ? "yuan" : "shen";
  await enterByPassword(page, site, login);
  const { cdp, id } = await device(page);
  await page.goto(`${site}/account`);
  const card = page.locator("#passkeys");
  await card.getByLabel("给它起个名字").fill(`测试 ${project.name}`);
  await card.getByRole("button", { name: "添加通行密钥" }).click();
  await expect(page.getByText("通行密钥已添加。")).toBeVisible();
  await expect(card.getByRole("listitem").filter({ hasText: `测试 ${project.name}` })).toContainText("还没有用过");
  await expectAccessible(page);
  expect((await cdp.send("WebAuthn.getCredentials", { authenticatorId: id })).credentials).toHaveLength(1);

  // The same device is not taken twice.
  await card.getByLabel("给它起个名字").fill("又一个");
  await card.getByRole("button", { name: "添加通行密钥" }).click();
  await expect(card.getByText("没有添加")).toBeVisible();

  await page.context().clearCookies();
  await page.goto(`${site}/sign-in?next=/account`);
  // Where the device answers by itself the field has offered it already.
  await page.getByRole("button", { name: "用通行密钥登录" }).click({ timeout: 3_000 }).catch(() => undefined);
  await expect(page).toHaveURL(`${site}/account`);
  await expect(card.getByRole("listitem")).toContainText("最近使用");

  await page.goto(`${site}/confirm?next=/staff`);
  await page.getByRole("button", { name: "用通行密钥验证" }).click();
  await expect(page).toHaveURL(`${site}/staff`);

  await page.goto(`${site}/notices`);
  await expect(page.getByText(`添加了通行密钥「测试 ${project.name}」`).first()).toBeVisible();
  await page.goto(`${site}/account`);
  await card.getByRole("button", { name: "删除" }).click();
  await expect(page.getByText("通行密钥已删除。")).toBeVisible();
  await expect(card.getByRole("listitem")).toHaveCount(0);
});

test("where the site has no name there is none, and the page says why", async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/sign-in`);
  await expect(page.getByRole("button", { name: "用通行密钥登录" })).toHaveCount(0);
  await page.getByLabel("账号").fill("cao");
  await page.getByLabel("密码", { exact: true }).fill(account("cao").password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/account");
  await expect(page.locator("#passkeys")).toContainText("用 IP 地址打开不行");
});

test("without scripts the door offers the password alone", { tag: ["@no-js"] }, async ({ page, baseURL }) => {
  await page.goto(`${localhost(baseURL)}/sign-in`);
  await expect(page.getByRole("button", { name: "用通行密钥登录" })).toBeHidden();
  await expect(page.getByRole("button", { name: "登录", exact: true })).toBeVisible();
});

test.describe("refusals", () => {
  test.use({ expectedComplaints: /409/ });

  test("a device that does not verify its owner opens nothing", async ({ page, baseURL }) => {
    const site = localhost(baseURL);
    await enterByPassword(page, site, "lu");
    const { cdp, id } = await device(page);
    await page.goto(`${site}/account`);
    const card = page.locator("#passkeys");
    await card.getByLabel("给它起个名字").fill("办公室");
    await card.getByRole("button", { name: "添加通行密钥" }).click();
    await expect(page.getByText("通行密钥已添加。")).toBeVisible();
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: false });
    await page.context().clearCookies();
    await page.goto(`${site}/sign-in`);
    await page.getByRole("button", { name: "用通行密钥登录" }).click();
    await expect(page.getByText("没有完成。可以再试一次，或改用密码。")).toBeVisible();
    await page.goto(`${site}/home`);
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
