// A role that must have a second factor: it holds for the whole firm while the test runs.
import { createHmac } from "node:crypto";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { enter, signIn } from "../support/people";

/** What an authenticator app shows now for a secret in base 32 (RFC 6238). */
function code(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(step).digest();
  const at = hash[19]! & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("whoever owes a second factor sets it up before anything else", async ({ page, newVisitor }) => {
  const admin = await newVisitor();
  await enter(admin, "tang");
  const save = async (box: (role: string) => Promise<void>) => {
    await admin.goto("/settings");
    await box("service");
    await admin.locator("[name=second_days]").fill("0");
    await admin.locator("form[action='/api/settings/change_firm'] button").click();
    await expect(admin.getByText("公司设置已保存")).toBeVisible();
  };
  const role = (name: string) => admin.locator(`input[name="second_roles[]"][value=${name}]`);
  await save((name) => role(name).check());
  try {
    await signIn(page, "yuan");
    await expect(page).toHaveURL(/\/account\/second-factor\?next=%2Fhome$/);
    await expect(page.getByText("你的岗位必须开启两步验证")).toBeVisible();
    await expectAccessibleInBothSchemes(page);
    for (const path of ["/home", "/staff", "/notices", "/account"]) {
      await page.goto(path);
      await expect(page, path).toHaveURL(/\/account\/second-factor/);
    }
    const asked = await page.request.post("/api/identity/read_notices", {
      form: { id: "1" }, headers: { Origin: new URL(page.url()).origin },
    });
    expect(asked.status()).toBe(409);
    const secret = await page.locator(".dk-secret").innerText();
    await page.getByLabel("验证码").fill(code(secret));
    await page.getByRole("button", { name: "开启", exact: true }).click();
    await expect(page.getByText("两步验证已开启")).toBeVisible();
    await page.goto("/home");
    await expect(page).toHaveURL(/\/home$/);
  } finally {
    await save((name) => role(name).uncheck());
  }
});
