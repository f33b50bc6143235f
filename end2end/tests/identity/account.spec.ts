// One's own account: devices, password, second factor, the copy of one's data.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/page";
import { account, enter, phrase, signIn } from "../support/people";

/** A code is good for its thirty seconds and once: waits for the next one. */
const nextCode = (page: Page) => page.waitForTimeout(30_250 - (Date.now() % 30_000));

/** The code an authenticator shows for a secret in base 32, now (RFC 6238). */
function code(secret: string): string {
  const bits = [...secret.replace(/\s/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("another device is signed out within five seconds, its live connection too", async ({ page, newVisitor }) => {
  await enter(page, "zhou");
  const other = await newVisitor();
  await enter(other, "zhou");
  const closed = other.evaluate(
    () =>
      new Promise<number>((done) => {
        const socket = new WebSocket(`ws://${location.host}/live`);
        socket.onclose = (event) => done(event.code);
      }),
  );
  await page.goto("/account");
  const began = Date.now();
  await page.getByRole("button", { name: "退出其他所有设备" }).click();
  await expect(page.getByRole("status").filter({ hasText: "设备已退出" })).toBeVisible();
  expect(await closed).toBe(4401);
  expect(Date.now() - began).toBeLessThan(5_000);
  await other.goto("/home");
  await expect(other).toHaveURL(/\/sign-in/);
});

test.describe("with refusals", () => {
  test.use({ expectedComplaints: /401|409|422/ });

  test("an invited person chooses a password, turns the second factor on, and comes in with both", async ({ page, newVisitor }) => {
    test.setTimeout(180_000);
    // Somebody new, so that no other test meets a second factor.
    const admin = await newVisitor();
    await enter(admin, "tang");
    await admin.goto("/staff/new");
    const name = `秦${Math.random().toString(36).slice(2, 8)}`;
    await admin.getByLabel("姓名", { exact: true }).fill(name);
    await admin.getByLabel("岗位", { exact: true }).fill("经纪人");
    await admin.getByLabel("门店").selectOption({ label: "张杨路店" });
    await admin.getByRole("button", { name: "保存" }).click();
    await expect(admin.getByRole("heading", { level: 1, name })).toBeVisible();
    const login = `qin.${Math.random().toString(36).slice(2, 8)}`;
    await admin.getByLabel("登录账号").fill(login);
    await admin.getByRole("button", { name: "开账号并生成邀请链接" }).click();
    const link = await admin.getByRole("link", { name: /\/link\// }).getAttribute("href");

    await page.goto(link ?? "");
    await expect(page.getByRole("heading", { name: `${name}，欢迎加入` })).toBeVisible();
    await page.getByLabel("新密码").fill("1234567890");
    await page.getByRole("button", { name: "设置密码并登录" }).click();
    await expect(page.getByText("太容易被猜到")).toBeVisible();
    const password = phrase();
    await page.getByLabel("新密码").fill(password);
    await page.getByRole("button", { name: "设置密码并登录" }).click();
    await expect(page).toHaveURL(/\/home$/);

    await page.goto("/account/second-factor");
    const secret = await page.locator(".dk-secret").innerText();
    await page.getByLabel("验证码").fill("000000");
    await page.getByRole("button", { name: "开启", exact: true }).click();
    await expect(page.getByText("不对，请核对后再输入")).toBeVisible();
    await nextCode(page);
    await page.getByLabel("验证码").fill(code(secret));
    await page.getByRole("button", { name: "开启", exact: true }).click();
    const codes = await page.locator(".dk-codes li").allInnerTexts();
    expect(codes).toHaveLength(10);

    await page.context().clearCookies();
    await signIn(page, login, password);
    await expect(page).toHaveURL(/\/sign-in\/code/);
    await page.goto("/home");
    await expect(page, "half a sign-in opens nothing").toHaveURL(/\/sign-in\?/);
    await signIn(page, login, password);
    await nextCode(page);
    await page.getByLabel("验证码").fill(code(secret));
    await page.getByRole("button", { name: "验证并登录" }).click();
    await expect(page).toHaveURL(/\/home$/);

    await page.context().clearCookies();
    await signIn(page, login, password);
    await page.getByLabel("验证码").fill(codes[0].toUpperCase());
    await page.getByRole("button", { name: "验证并登录" }).click();
    await expect(page).toHaveURL(/\/home$/);
    await page.goto("/account");
    await expect(page.getByText("还剩 9 个恢复码")).toBeVisible();

    // What is sensitive asks for both again.
    await page.goto("/confirm?next=/account");
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByLabel("验证码").fill(codes[0]);
    await page.getByRole("button", { name: "验证", exact: true }).click();
    await expect(page.getByText("不对，请核对后再输入"), "a recovery code is good once").toBeVisible();
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByLabel("验证码").fill(codes[1]);
    await page.getByRole("button", { name: "验证", exact: true }).click();
    await expect(page).toHaveURL(/\/account$/);
  });

  test("a form sent after the session has ended is kept and sent again", async ({ page, newVisitor }) => {
    await enter(page, "he");
    await page.goto("/staff/new");
    await page.getByLabel("姓名", { exact: true }).fill("林𠮷");
    await page.context().clearCookies();
    await page.getByLabel("岗位", { exact: true }).fill("见习经纪人");
    await page.getByLabel("门店").selectOption({ label: "金桥店" });
    await page.getByRole("button", { name: "保存" }).click();
    await expect(page.getByRole("heading", { name: "登录已结束" })).toBeVisible();
    const tab = await page.context().newPage();
    await signIn(tab, "he", account("he").password);
    await expect(tab).toHaveURL(/\/home$/);
    await page.getByRole("button", { name: "已登录，再发送一次" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "林𠮷" })).toBeVisible();
    await (await newVisitor()).close();
  });
});

test("the copy of one's data asks for nothing more right after signing in", async ({ page }) => {
  await enter(page, "lin");
  const answer = await page.request.get("/account/copy.zip");
  expect(answer.headers()["content-disposition"]).toContain("attachment");
  // What is packed is not pressed: its text stands in the file.
  const packed = (await answer.body()).toString("utf8");
  expect(packed).toContain("data.json");
  expect(packed).toContain("<dt>档案</dt>");
  expect(packed).toMatch(/"phone": "\+861\d{10}"/);
});
