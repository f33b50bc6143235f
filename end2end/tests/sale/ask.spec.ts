// Somebody wants to sell.
import { everyHome } from "../support/firm";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";

test("homes alike give a range, then an agent is asked to call @everywhere", async ({ page, request, javaScriptEnabled }) => {
  const homes = await everyHome(request);
  const counts = new Map<string, number>();
  for (const { community } of homes) counts.set(community.name, (counts.get(community.name) ?? 0) + 1);
  const [name] = [...counts].sort((a, b) => b[1] - a[1])[0];
  const home = homes.find(({ community }) => community.name === name)!;
  await page.goto("/");
  const nav = page.locator("nav.main, nav.foot-nav").filter({ visible: true }).first();
  await nav.getByRole("link", { name: "我要卖房" }).click();
  await expect(page).toHaveURL(/\/sell/);
  await page.getByLabel("小区").fill(name);
  await page.getByLabel("建筑面积").fill(String(home.area_built / 100));
  await page.getByRole("button", { name: "看看能卖多少" }).click();
  await expect(page.locator("#range")).toBeVisible();
  await expect(page.locator("article").first()).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessibleInBothSchemes(page);
  await page.getByLabel("怎么称呼").fill("林");
  await page.getByLabel("手机号", { exact: true }).fill("12345678901");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "请联系我" }).click();
  await expect(page.locator("#request .error, #request [role=alert], #request .field")).toContainText(["请填 11 位手机号"]);
  expect(page.url()).not.toContain("12345678901");
  await page.getByLabel("怎么称呼").fill("林");
  await page.getByLabel("手机号", { exact: true }).fill("138 1234 5678");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "请联系我" }).click();
  await expect(page.locator(".banner--ok")).toContainText("收到了");
  expect(page.url()).not.toContain("138");
});

test("a community nobody knows is said, with what may have been meant", async ({ page, request }) => {
  const [home] = await everyHome(request);
  const part = home.community.name.slice(0, 2);
  await page.goto(`/sell?city=shanghai&community=${encodeURIComponent(part)}&area=90`);
  await expect(page.locator(".banner--warn")).toContainText(`没有找到小区“${part}”`);
  await page.goto("/sell?city=nowhere&community=x&area=90");
  await expect(page.locator("h1")).toBeVisible();
});
