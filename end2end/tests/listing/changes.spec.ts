// Changes by a command of the terminal, seen by pages that are open meanwhile.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/page";
import { expectSameDocument, markDocument } from "../support/gallery";
import { GALLERY, homeHref, type Card } from "../support/firm";
import { OwnFirm } from "../support/server";

let firm: OwnFirm;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  firm = await OwnFirm.start();
});
test.afterAll(() => firm.stop());

/** Opens an address and waits until the page listens. */
async function open(page: Page, href: string): Promise<Page> {
  const listens = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
  await page.goto(href);
  await listens;
  await markDocument(page);
  return page;
}

async function homes(page: Page): Promise<Card[]> {
  const answer = await page.request.get(`${firm.origin}/api/v1/listings?city=shanghai`);
  return (await answer.json()).items;
}

const wan = (fen: number) => (fen / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 2 });

test("a new price is on an open gallery and on the home's own open page", async ({ newVisitor, playwright, launchOptions }) => {
  const other = await playwright.chromium.launch(launchOptions);
  const gallery = await open(await newVisitor({ baseURL: firm.origin }), GALLERY);
  const [home] = await homes(gallery);
  const page = await open(await other.newPage({ baseURL: firm.origin, locale: "zh-CN" }), homeHref(home.code));
  const rows = page.locator(".chart-rows tbody tr");
  const before = await rows.count();
  const price = home.price - 3_000_000;
  const card = gallery.locator(`article[data-code="${home.code}"]`);
  await expect(card).toContainText(wan(home.price));

  await firm.run("reprice", home.code, `${wan(price).replace(",", "")}万`, "--reason", "业主来电");
  await expect(page.locator(".side-card")).toContainText(wan(price));
  await expect(card).toContainText(wan(price));
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.filter({ hasText: wan(price) })).toHaveCount(1);
  await expectSameDocument(gallery);
  await expectSameDocument(page);
  await other.close();
});

test("a new price is on the next page that is asked for, and on an open one soon after", async ({ newVisitor }) => {
  const gallery = await open(await newVisitor({ baseURL: firm.origin }), GALLERY);
  const [home] = await homes(gallery);
  const card = gallery.locator(`article[data-code="${home.code}"]`);
  for (let time = 1; time <= 5; time++) {
    const price = home.price + time * 1_000_000;
    // Kept as it was, then asked for right after the command has ended.
    await gallery.request.get(homeHref(home.code));
    await firm.run("reprice", home.code, `${wan(price).replace(",", "")}万`);
    expect(await (await gallery.request.get(homeHref(home.code))).text()).toContain(`value="${price / 100}"`);
    await expect(card).toContainText(wan(price));
  }
});

test("a change while a page is on its way is on it too", async ({ newVisitor }) => {
  const page = await newVisitor({ baseURL: firm.origin });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const [home] = await homes(page);
  await page.goto(homeHref(home.code), { waitUntil: "commit" });
  await expect(page.locator(".side-card")).toContainText(wan(home.price));
  const price = home.price - 2_000_000;
  await firm.run("reprice", home.code, `${wan(price).replace(",", "")}万`);
  await expect(page.locator(".side-card")).toContainText(wan(home.price));
  release();
  await expect(page.locator(".side-card")).toContainText(wan(price));
});

test("a withdrawn home leaves the open gallery and answers 410", async ({ newVisitor }) => {
  const gallery = await open(await newVisitor({ baseURL: firm.origin }), GALLERY);
  const home = (await homes(gallery)).find((card) => card.state === "active");
  if (!home) throw new Error("no home is on sale");
  const card = gallery.locator(`article[data-code="${home.code}"]`);
  await expect(card).toHaveCount(1);
  await firm.run("state", home.code, "withdrawn", "--reason", "业主改为自住");
  await expect(card).toHaveCount(0);
  await expectSameDocument(gallery);
  expect((await gallery.request.get(homeHref(home.code))).status()).toBe(410);
  await expect(firm.run("state", home.code, "active")).rejects.toThrow("is withdrawn and cannot become active");
  await expect(firm.run("reprice", "FY-209901-0001", "239万")).rejects.toThrow("there is no listing");
});
