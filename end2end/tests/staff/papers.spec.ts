// Papers on a record: put there by HR, read by the person, deleted; and nobody else's business.
import { readFileSync } from "node:fs";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { account, enter } from "../support/people";

const pdf = () => Buffer.from(`%PDF-1.7\n${Math.random()}\n%%EOF\n`);

test("a paper is added, opened by the person and by HR, and deleted", { tag: ["@desktop", "@phone", "@no-js"] }, async ({ page, newVisitor }) => {
  const { code } = account("lin");
  const name = `劳动合同${Math.random().toString(36).slice(2, 7)}`;
  const bytes = pdf();
  await enter(page, "he");
  await page.goto(`/staff/${code}`);
  await page.getByLabel("种类").selectOption({ label: "合同" });
  await page.locator("input[name=file]").setInputFiles({ name: `${name}.pdf`, mimeType: "application/pdf", buffer: bytes });
  await page.getByRole("button", { name: "添加附件" }).click();
  await expect(page.locator("main")).toContainText("收下了 1 个文件");
  const link = page.getByRole("link", { name });
  await expect(link).toBeVisible();
  expect(page.url(), "its name is in no address").not.toContain(encodeURIComponent(name));
  const own = await newVisitor();
  await enter(own, "lin");
  await own.goto(`/staff/${code}`);
  const download = own.waitForEvent("download");
  await own.getByRole("link", { name }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(new RegExp(`^${code}-\\d+\\.pdf$`));
  expect(readFileSync(await file.path()).equals(bytes)).toBeTruthy();
  await expect(own.getByRole("button", { name: "添加附件" })).toHaveCount(0);
  const item = page.locator("li.lrow").filter({ hasText: name });
  await item.getByText("删除", { exact: true }).click();
  await item.getByRole("button", { name: "确认删除" }).click();
  await expect(page.locator("main")).toContainText("附件已删除。");
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test.describe("what is refused", () => {
  test.use({ expectedComplaints: /404/ });

  test("what is no paper is told with the reason, and a foreign one is like none", { tag: "@desktop" }, async ({ page }) => {
    const { code } = account("lin");
    await enter(page, "he");
    await page.goto(`/staff/${code}`);
    await page.locator("input[name=file]").setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html><script>alert(1)</script>") });
    await page.getByRole("button", { name: "添加附件" }).click();
    await expect(page.locator("main")).toContainText("没有收下");
    await expectAccessibleInBothSchemes(page);
    const answers = [`/staff/${code}/papers/1`, "/staff/YG-9999/papers/1", `/staff/${code}/papers/x`].map((path) => page.request.get(path));
    expect((await Promise.all(answers)).map((answer) => answer.status())).toEqual([404, 404, 404]);
  });
});
