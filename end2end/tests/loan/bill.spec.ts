// The bill of a home: reckoned by the server, changed by a form, with or without scripts.
import { CITY, homeHref, listings } from "../support/firm";
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { expectSameDocument, markDocument } from "../support/gallery";
import type { APIRequestContext, Page } from "@playwright/test";

/** A home whose loan is larger than what the fund lends. */
async function dearHome(request: APIRequestContext) {
  const { items } = await listings(request, `/${CITY}/listings?sort=-price`);
  return items[0];
}

const month = (page: Page) => page.locator("#bill .pay b, .bill-page .pay b").first();

/** What the banks' formula gives, in yuan. */
function instalment(principal: number, percent: number, months = 360): number {
  const r = percent / 1200;
  const growth = (1 + r) ** months;
  return Math.round((principal * r * growth) / (growth - 1));
}

const yuan = (amount: number) => amount.toLocaleString("en-US");

test("the bill starts from the least down payment and follows every choice @everywhere", async ({ page, request, javaScriptEnabled }) => {
  const home = await dearHome(request);
  const price = home.price / 100;
  await page.goto(homeHref(home.code));
  await expect(month(page)).toContainText(yuan(instalment(Math.floor(price * 0.85), 3.5)));
  await expect(page.locator("#bill tfoot tr").last()).toContainText(((price * 0.165) / 10_000).toFixed(2).slice(0, 4));
  await markDocumentIf(javaScriptEnabled !== false, page);
  await page.locator("#bill").getByText("组合贷", { exact: true }).click();
  if (javaScriptEnabled === false) await page.getByRole("button", { name: "重算" }).click();
  await expect(page).toHaveURL(/loan=both.*#bill$/);
  const both = instalment(1_800_000, 2.6) + instalment(Math.floor(price * 0.85) - 1_800_000, 3.5);
  const shown = async () => Number((await month(page).innerText()).replace(/[^\d]/g, ""));
  await expect.poll(async () => Math.abs((await shown()) - both)).toBeLessThanOrEqual(1);
  await expect(page.locator("#bill .pay")).toContainText("公积金 180 万 2.60%");
  if (javaScriptEnabled !== false) await expectSameDocument(page);
});

async function markDocumentIf(scripts: boolean, page: Page): Promise<void> {
  if (scripts) await markDocument(page);
}

test("the down payment is set with the keyboard and the price beside it follows", async ({ page, request }) => {
  const home = await dearHome(request);
  await page.goto(homeHref(home.code));
  const slider = page.locator("#bill input[type=range]");
  await slider.focus();
  await page.keyboard.press("End");
  await expect(page.locator("#bill output[for=down]")).toHaveText("100%");
  await expect(page.locator("#bill .pay")).toContainText("全款购买");
  await expect(page.locator("[data-region=bill-glance]")).toContainText("月供约 0 元");
  await expect(slider).toBeFocused();
});

test("a million over thirty years: the plan, an early payment and the table to take along", async ({ page, request }) => {
  const home = await dearHome(request);
  await page.goto(`${homeHref(home.code)}/bill?early=50&early_after=5`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("总账单");
  const columns = page.locator("#early .two > div");
  await expect(columns).toHaveCount(2);
  await expect(columns.first()).toContainText("月供不变，缩短年限");
  await expect(columns.first().locator("dd").nth(2)).not.toHaveText("0 个月");
  await page.locator(".plan-months summary").click();
  await expect(page.locator(".plan-months tbody tr")).toHaveCount(360);
  await expect(page.locator(".plan-months tbody tr").last().locator("td").last()).toHaveText("0.00");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载表格" }).click()]);
  expect(download.suggestedFilename()).toBe(`bill-${home.code}.csv`);
  const csv = await (await request.get(`${homeHref(home.code)}/bill.csv`)).body();
  expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(csv.toString("utf8").split("\r\n").filter((line) => /^\d+,/.test(line))).toHaveLength(360);
});

test("both pages are accessible and fit @touch @desktop", async ({ page, request }) => {
  const home = await dearHome(request);
  for (const path of [homeHref(home.code), `${homeHref(home.code)}/bill?loan=both&early=50&early_after=5`]) {
    await page.goto(path);
    await expectAccessibleInBothSchemes(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});
