// What is sent twice is done once: a double press, a form that is sent again, a program that tries again.
import { expect, test } from "../support/page";
import { enter } from "../support/people";

const fresh = (stem: string) => `${stem}${Math.random().toString(36).slice(2, 8)}`;

test.describe("forms", () => {
  test.use({ expectedComplaints: /409|422/ });

  test("a record that is sent twice at once is one person", { tag: ["@desktop", "@no-js"] }, async ({ page }) => {
    await enter(page, "he");
    await page.goto("/staff/new");
    const name = fresh("秦");
    await page.getByLabel("姓名", { exact: true }).fill(name);
    await page.getByLabel("岗位", { exact: true }).fill("经纪人");
    await page.getByLabel("门店").selectOption({ label: "张杨路店" });
    await page.getByRole("button", { name: "保存" }).click({ clickCount: 2 });
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.goto(`/staff?q=${encodeURIComponent(name)}`);
    await expect(page.locator("main").getByRole("link", { name })).toHaveCount(1);
  });

  test("a key that is shown once is the same one when the form is sent again", async ({ page }) => {
    await enter(page, "tang");
    await page.goto("/keys");
    const name = fresh("官网");
    await page.getByLabel("用途").fill(name);
    await page.getByLabel(/读通讯录/).check();
    const once = await page.locator("input[name=once]").inputValue();
    await page.getByRole("button", { name: "生成密钥" }).click();
    const key = await page.locator(".dk-secret code").innerText();
    expect(key).toMatch(/^mp_/);
    const form = { once, back: "/keys", name, days: "90", "rights[]": "staff:read" };
    const headers = { accept: "text/html", origin: new URL(page.url()).origin };
    const again = await page.request.post("/api/identity/make_key", { form, headers });
    expect(await again.text()).toContain(key);
    const other = await page.request.post("/api/identity/make_key", { form: { ...form, days: "9" }, headers });
    expect(other.status()).toBe(422);
    expect(await other.text()).toContain("这张表单已经提交过");
    await page.goto("/keys");
    await expect(page.getByText(name)).toHaveCount(1);
  });
});

test("a program hands in a request to sell, once under its key", async ({ page, request }) => {
  await enter(page, "tang");
  await page.goto("/keys");
  await page.getByLabel("用途").fill(fresh("官网"));
  await page.getByLabel(/提交卖房需求/).check();
  await page.getByRole("button", { name: "生成密钥" }).click();
  const key = await page.locator(".dk-secret code").innerText();
  const sale = { city: "shanghai", community: fresh("某小区"), area: 89.5, rooms: 3, name: "林女士", phone: "13812345678", consent: true };
  const send = (data: object, once: string, bearer = key) =>
    request.post("/api/v1/sales", { data, headers: { authorization: `Bearer ${bearer}`, "idempotency-key": once } });
  const once = fresh("a-key-for-one-request-");
  const first = await send(sale, once);
  expect(first.status()).toBe(201);
  const again = await send(sale, once);
  expect([again.status(), await again.json()]).toEqual([201, await first.json()]);
  const other = await send({ ...sale, area: 90 }, once);
  expect([other.status(), (await other.json()).type]).toEqual([422, "urn:menpai:error:key_used"]);
  expect(other.headers()["content-type"]).toBe("application/problem+json");
  expect((await send(sale, "")).status()).toBe(422);
  expect((await send({ ...sale, consent: false }, fresh("a-key-for-one-request-"))).status()).toBe(422);
  expect((await send(sale, fresh("a-key-for-one-request-"), `mp_${"A".repeat(43)}`)).status()).toBe(401);
});
