// People: finding, entering, changing, letting leave; and what a role does not see.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { account, enter, number } from "../support/people";

test("a record is entered with hiring date, schooling and skills, and changed", { tag: ["@everywhere", "@desktop"] }, async ({ page }) => {
  await enter(page, "he");
  await page.goto("/staff/new");
  const name = `白${Math.random().toString(36).slice(2, 8)}`;
  const phone = number();
  await page.getByLabel("姓名", { exact: true }).fill(name);
  await page.getByLabel("岗位", { exact: true }).fill("经纪人");
  await page.getByLabel("门店").selectOption({ label: "张杨路店" });
  await page.getByLabel("小组").fill("三组");
  await page.getByLabel("直属上级").fill(account("gu").code);
  await page.getByLabel("入职日期").fill("2026-11-02");
  await page.getByLabel("手机").fill(phone);
  await page.getByLabel("学历").selectOption({ label: "本科" });
  await page.getByLabel("专长").fill("学区、置换");
  await page.getByLabel("工作经历").fill("2019–2022 甲酒店 前厅\n2022–2026 乙公司 顾问");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const main = page.locator("main");
  for (const text of ["2026-11-02", "本科", "学区、置换", "三组", "顾清和", "2022–2026 乙公司 顾问"]) {
    await expect(main.getByText(text, { exact: true }).first()).toBeVisible();
  }
  await expect(main).toContainText(`${phone.slice(0, 3)} **** ${phone.slice(7)}`);
  expect(await page.content(), "the number is not in the page").not.toContain(phone);
  await page.getByRole("link", { name: "修改档案" }).click();
  await page.getByLabel("岗位", { exact: true }).fill("高级经纪人");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(main.getByText("已保存。")).toBeVisible();
  await expect(main).toContainText("高级经纪人");
  await expect(main, "an empty number stays as it is").toContainText(`**** ${phone.slice(7)}`);
});

test.describe("what is refused", () => {
  test.use({ expectedComplaints: /403|404|409|422/ });

  test("what was typed stays, and every fault stands at its field", { tag: ["@everywhere", "@desktop"] }, async ({ page }) => {
    await enter(page, "he");
    await page.goto("/staff/new");
    await page.getByLabel("姓名", { exact: true }).fill("林\u202e知");
    await page.getByLabel("岗位", { exact: true }).fill("长".repeat(60));
    await page.getByLabel("门店").selectOption({ label: "金桥店" });
    await page.getByLabel("手机").fill("12345");
    await page.getByLabel("身份证号").fill("110105194912310021");
    await page.getByRole("button", { name: "保存" }).click();
    await expect(page.getByRole("alert")).toContainText("有几项填得不对");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(4);
    await expect(page.getByLabel("岗位", { exact: true })).toHaveValue("长".repeat(60));
    await expect(page.getByLabel("手机")).toHaveValue("12345");
  });

  test("two people change one record: the second sees it and loses nothing", async ({ page, newVisitor }) => {
    await enter(page, "he");
    const other = await newVisitor();
    await enter(other, "tang");
    const { code } = account("yuan");
    await page.goto(`/staff/${code}/edit`);
    await other.goto(`/staff/${code}/edit`);
    await page.getByLabel("专长").fill("投诉处理、回访");
    await page.getByRole("button", { name: "保存" }).click();
    await expect(page.getByText("已保存。")).toBeVisible();
    await other.getByLabel("专长").fill("外语");
    await other.getByRole("button", { name: "保存" }).click();
    await expect(other.getByRole("alert")).toContainText("另一个人刚改过");
    await expect(other.getByLabel("专长")).toHaveValue("外语");
  });

  test("somebody of another store is like nobody", async ({ page }) => {
    await enter(page, "lin");
    await page.goto("/staff");
    await expect(page.locator("main")).not.toContainText("周牧");
    for (const code of [account("zhou").code, "YG-9999"]) {
      expect((await page.goto(`/staff/${code}`))?.status()).toBe(404);
    }
    for (const path of ["/staff/new", "/audit"]) expect((await page.goto(path))?.status(), path).toBe(403);
    await page.goto("/home");
    await expect(page.locator("nav.rail").getByRole("link", { name: "审计" })).toHaveCount(0);
  });
});

test("a number is shown for a reason, for a minute, under a watermark, and everybody can see that it was", async ({ page, newVisitor }) => {
  await enter(page, "gu");
  const { code } = account("chen");
  await page.goto(`/staff/${code}`);
  const phone = page.locator("dt", { hasText: "手机" }).locator("..");
  await phone.getByText("查看号码").click();
  await phone.getByLabel(/为什么要看/).fill("确认入职材料");
  await page.clock.install();
  await phone.getByRole("button", { name: "显示 60 秒" }).click();
  const shown = page.locator("[data-vanish]");
  await expect(shown).toContainText(/1\d\d \d{4} \d{4}/);
  await expect(shown).toContainText("顾清和 YG-");
  await expect(page, "reloading does not look again").toHaveURL(new RegExp(`/staff/${code}$`));
  await page.clock.runFor(61_000);
  await expect(shown).toHaveCount(0);
  const [owner, colleague] = [await newVisitor(), await newVisitor()];
  await enter(owner, "chen");
  await owner.goto("/reveals");
  await expect(owner.locator("main")).toContainText("顾清和 查看了 陈一诺 的手机");
  await expect(owner.locator("main")).toContainText("理由：确认入职材料");
  await enter(colleague, "lin");
  await colleague.goto(`/reveals?of=${code}`);
  await expect(colleague.locator("main")).toContainText("没有看号记录");
});

test("somebody is called by a number that is neither of the two, and can see that they were", {
  tag: ["@no-js", "@phone", "@desktop"],
}, async ({ page, newVisitor }) => {
  await enter(page, "lu");
  const { code } = account("zhou");
  await page.goto(`/staff/${code}`);
  const phone = page.locator("dt", { hasText: "手机" }).locator("..");
  await phone.getByRole("button", { name: "打电话" }).click();
  const dial = phone.getByRole("link", { name: /^\+999/ });
  await expect(dial).toHaveAttribute("href", /^tel:\+999\d{8}$/);
  await expect(phone).toContainText("分钟内");
  expect(await page.content(), "no number of a person").not.toMatch(/138 ?0016 ?\d{4}/);
  const number = await dial.textContent();
  await page.goto(`/staff/${code}`);
  await phone.getByRole("button", { name: "打电话" }).click();
  await expect(dial, "the same number while it lasts").toHaveText(number ?? "");
  await expect(page.getByRole("button", { name: "打电话" }), "of the identity number there is none").toHaveCount(0);
  const owner = await newVisitor();
  await enter(owner, "zhou");
  await owner.goto("/reveals");
  await expect(owner.locator("main")).toContainText(/用虚拟号给 周牧 打了电话/);
  await expect(owner.locator("main")).toContainText("没有显示号码");
});

test("whoever leaves is out at once", async ({ newVisitor }) => {
  const leaver = await newVisitor();
  await enter(leaver, "su");
  const hr = await newVisitor();
  await enter(hr, "he");
  const { code } = account("su");
  await hr.goto(`/staff/${code}/leave`);
  await expect(hr.locator("main")).toContainText("登录中的设备");
  await hr.getByRole("button", { name: "办理离职" }).click();
  await expect(hr.getByText(/已办理离职：0 人转给接手人，[1-9]\d* 个登录已结束/)).toBeVisible();
  await leaver.goto("/home");
  await expect(leaver).toHaveURL(/\/sign-in/);
});

test("the palette leads everywhere by keyboard", async ({ page }) => {
  await enter(page, "shen");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("审计");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("lzx");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/staff\/YG-\d+$/);
  await expect(page.getByRole("heading", { name: "林知夏" }).first()).toBeVisible();
});

for (const [login, paths] of [
  ["shen", ["/home", "/staff", "/staff/chart", "/stores", "/permissions", "/audit", "/reveals", "/notices", "/account"]],
  ["tang", ["/staff/new", "/stores", "/account/second-factor", "/confirm"]],
] as const) {
  test(`every page of ${login} fits and can be used by everybody`, { tag: ["@phone", "@tablet", "@desktop"] }, async ({ page }) => {
    test.slow();
    await enter(page, login);
    for (const path of [...paths, `/staff/${account("lin").code}`]) {
      await page.goto(path);
      await expectAccessibleInBothSchemes(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
    }
  });
}
