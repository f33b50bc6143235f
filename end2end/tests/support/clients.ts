// Clients of the public site: their codes are read where a demo shows them, on the page of an administrator.
import type { Page } from "@playwright/test";
import { expect } from "./page";
import { enter } from "./people";

/** `138 **** 2041`. */
export function masked(phone: string): string {
  return `${phone.slice(0, 3)} **** ${phone.slice(7)}`;
}

/** The newest code that went to a number. `admin` is a page of an administrator. */
export async function codeFor(admin: Page, phone: string): Promise<string> {
  await admin.goto("/messages");
  const row = admin.locator("tbody tr", { hasText: masked(phone) }).first();
  await expect(row).toContainText("验证码");
  const [, code] = (await row.innerText()).match(/验证码 (\d{6})/) ?? [];
  expect(code, "the outbox of the demo shows the code").toBeTruthy();
  return code;
}

/** A page of an administrator in a browser of their own. */
export async function administrator(newVisitor: () => Promise<Page>): Promise<Page> {
  const admin = await newVisitor();
  await enter(admin, "tang");
  return admin;
}

/** Asks for a code and comes in with it. */
export async function comeIn(page: Page, admin: Page, phone: string): Promise<void> {
  await page.goto("/me/sign-in");
  await page.getByLabel("手机号", { exact: true }).fill(phone);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByText(`验证码已发送到 ${masked(phone)}`)).toBeVisible();
  await page.getByLabel("短信验证码").fill(await codeFor(admin, phone));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.locator("h1")).toHaveText(/我的|你好/);
}
