// Keeping the photos of a home: adding with and without scripts, describing, ordering, removing; who may.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { GALLERY, homeHref, listings } from "../support/firm";
import { enter } from "../support/people";
import { photo } from "../support/pictures";

/** The n-th home of the list, each test one of its own. */
async function code(request: Parameters<typeof listings>[0], nth: number): Promise<string> {
  const { items } = await listings(request, `${GALLERY}?sort=area`);
  return items[nth].code;
}

test("photos are sent one by one with their progress, and open pages of the home show them", { tag: ["@desktop", "@phone", "@tablet"] }, async ({ page, request, newVisitor }, info) => {
  const home = await code(request, { desktop: 1, phone: 2, tablet: 3 }[info.project.name] ?? 4);
  const visitor = await newVisitor();
  await visitor.goto(homeHref(home));
  await enter(page, "lin");
  await page.goto(`/photos/${home}`);
  const files = [await photo(page, "客厅.jpg"), await photo(page, "small.jpg", 120, 120), await photo(page, "b.jpg")];
  await page.getByLabel("拍的是").first().selectOption({ label: "客厅" });
  await page.locator("input[name=file]").setInputFiles(files);
  await page.getByRole("button", { name: "上传" }).click();
  const sent = page.locator(".md-sent li");
  await expect(sent).toHaveCount(3);
  await expect(sent.nth(0)).toContainText("已收下");
  await expect(sent.nth(1)).toContainText("不到 200 像素");
  await expect(sent.nth(2)).toContainText("已收下");
  await expect(page.locator(".md-item")).toHaveCount(2);
  await expect(visitor.locator(".pic img[srcset]").first(), "the visitor’s page changed by itself").toBeVisible({ timeout: 10_000 });
  await expect(visitor.locator(".pic img[srcset]")).toHaveCount(2);
  await expectAccessibleInBothSchemes(page);
});

test("a photo is described, moved by keyboard, made the cover and removed", { tag: "@desktop" }, async ({ page, request }) => {
  const home = await code(request, 5);
  await enter(page, "gu");
  await page.goto(`/photos/${home}`);
  await page.locator("input[name=file]").setInputFiles([await photo(page, "a.jpg"), await photo(page, "b.jpg"), await photo(page, "c.jpg")]);
  await page.getByRole("button", { name: "上传" }).click();
  const items = page.locator(".md-item");
  await expect(items).toHaveCount(3);
  const ids = () => items.evaluateAll((all) => all.map((item) => item.id)).catch((): string[] => []);
  await expect.poll(async () => (await ids()).length).toBe(3);
  const [a, b, c] = await ids();
  await page.locator(`#${c}`).getByRole("button", { name: "前移" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(ids).toEqual([a, c, b]);
  await page.locator(`#${b}`).getByRole("button", { name: "设为封面" }).click();
  await expect.poll(ids).toEqual([b, a, c]);
  const item = page.locator(`#${c}`);
  await item.getByLabel("拍的是").selectOption({ label: "卧室 2" });
  await item.getByLabel("说明").fill("次卧，朝南");
  await item.getByLabel("说明").press("Enter");
  await expect(page.getByText("已保存，打开着的房源页面会自动更新。")).toBeVisible();
  await expect(page.locator(`#${c}`).getByLabel("说明")).toHaveValue("次卧，朝南");
  await page.locator(`#${a}`).getByText("删除", { exact: true }).click();
  await page.locator(`#${a}`).getByRole("button", { name: "确认删除" }).click();
  await expect.poll(ids).toEqual([b, c]);
  await page.goto(homeHref(home));
  await expect(page.locator(".pics-run .pic:not(#pic-plan)")).toHaveCount(2);
});

test("a plain form sends all at once and says what became of each", { tag: "@no-js" }, async ({ page, request, context }) => {
  const home = await code(request, 6);
  await enter(page, "lin");
  await page.goto(`/photos/${home}`);
  const drawing = await (await context.browser()!.newContext()).newPage();
  const good = await photo(drawing, "good.jpg");
  const bad = { name: "x.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") };
  await page.locator("input[name=file]").setInputFiles([good, bad]);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.getByText("收下了 1 个文件")).toBeVisible();
  await expect(page.locator("main")).toContainText("x.jpg");
  await expect(page.locator("main")).toContainText("不是照片或视频，没有收下");
  await page.locator("input[name=file]").setInputFiles([good]);
  await page.getByRole("button", { name: "上传" }).click();
  await expect(page.locator("main")).toContainText("没有重复添加");
  await expect(page.locator(".md-item")).toHaveCount(1);
});

test.describe("who may not", () => {
  test.use({ expectedComplaints: /403|404/ });

  test("is told so, and has no way there", { tag: "@desktop" }, async ({ page, request }) => {
    const home = await code(request, 7);
    await enter(page, "he");
    await expect(page.locator("nav.rail").getByRole("link", { name: "照片" })).toHaveCount(0);
    expect((await page.goto(`/photos/${home}`))?.status()).toBe(403);
    const sent = await page.request.post(`/photos/${home}`, { multipart: { file: { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("x") } }, headers: { origin: new URL(page.url()).origin } });
    expect(sent.status()).toBe(403);
  });
});
