// Pictures of homes: drawings that are safe to open, and the large view over the page.
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "../support/page";
import { homeHref, listings, type Card } from "../support/firm";

async function picturedHome(request: APIRequestContext): Promise<Card> {
  const { items } = await listings(request);
  return items.reduce((most, home) => (home.media.length > most.media.length ? home : most));
}

test("every picture of a home is a drawing that can do nothing", async ({ page, request }) => {
  const home = await picturedHome(request);
  await page.goto(homeHref(home.code));
  const hrefs = await page.locator(".pics-run a[data-shot]").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  const keys = home.media.map(({ picture, nth }) => (nth ? `${picture}-${nth}` : picture));
  expect(hrefs).toEqual(keys.map((key) => `/pictures/${home.code}/${key}.svg`));
  for (const href of hrefs) {
    const answer = await request.get(href);
    expect(answer.status(), href).toBe(200);
    expect(answer.headers(), href).toMatchObject({
      "content-type": "image/svg+xml; charset=utf-8",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "cache-control": expect.stringContaining("public"),
    });
    const drawing = await page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
      const all = [...root.querySelectorAll("*")];
      return {
        root: root.localName,
        broken: root.querySelector("parsererror") !== null,
        active: all.map((e) => e.localName).filter((name) => /^(script|foreignObject|image|animate|set|a)$/.test(name)),
        handlers: all.flatMap((e) => e.getAttributeNames()).filter((name) => /^on|^style$/.test(name)),
        outside: all.map((e) => e.getAttribute("href") ?? "#").filter((target) => !target.startsWith("#")),
        shapes: all.length,
      };
    }, await answer.text());
    expect(drawing, href).toMatchObject({ root: "svg", broken: false, active: [], handlers: [], outside: [] });
    expect(drawing.shapes).toBeGreaterThan(10);
  }
  for (const strange of ["living-9", "plan.svg", "../../etc/passwd", "%2e%2e%2fsecret", "living-0"]) {
    expect((await request.get(`/pictures/${home.code}/${strange}.svg`)).status(), strange).toBe(404);
  }
});

test("the large view opens by press and by key, turns, and gives the focus back", async ({ page, request }) => {
  const home = await picturedHome(request);
  const count = home.media.length;
  await page.goto(homeHref(home.code));
  const shots = page.locator(".pics-run a[data-shot]");
  const view = page.locator("dialog.lb");
  const place = view.locator(".lb-count");

  // Until its island is awake a press opens the picture itself in a tab; here it only does nothing.
  await page.evaluate(() => {
    const hold = (event: Event) => event.preventDefault();
    addEventListener("click", hold, true);
    Object.assign(window, { __letGo: () => removeEventListener("click", hold, true) });
  });
  await expect(async () => {
    await shots.first().click();
    await expect(view).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.evaluate(() => (window as unknown as { __letGo: () => void }).__letGo());
  await page.keyboard.press("Escape");
  await expect(view).toBeHidden();

  await shots.nth(1).click();
  await expect(view).toBeVisible();
  await expect(place).toHaveText(`2 / ${count}`);
  await page.keyboard.press("ArrowRight");
  await expect(place).toHaveText(`3 / ${count}`);
  for (const now of [2, 1, count]) {
    await page.keyboard.press("ArrowLeft");
    await expect(place).toHaveText(`${now} / ${count}`);
  }
  const large = view.locator(".lb-stage img");
  await expect(large).toHaveAttribute("src", new RegExp(`/${home.media[count - 1].picture}(-\\d)?\\.svg$`));
  await expect.poll(() => large.evaluate((e) => (e as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await view.getByRole("button", { name: "下一张" }).click();
  await expect(place).toHaveText(`1 / ${count}`);
  await page.keyboard.press("Escape");
  await expect(view).toBeHidden();
  await expect(shots.nth(1)).toBeFocused();

  await shots.nth(2).focus();
  await page.keyboard.press("Enter");
  await expect(place).toHaveText(`3 / ${count}`);
  await view.locator(".lb-strip button").first().click();
  await expect(place).toHaveText(`1 / ${count}`);
  await view.getByRole("button", { name: "关闭" }).click();
  await expect(view).toBeHidden();
  await expect(shots.nth(2)).toBeFocused();
  expect(page.context().pages(), "nothing opened a tab").toHaveLength(1);
});

test("the large view works on a page one navigated to", async ({ page, request }) => {
  const { items } = await listings(request);
  await page.goto(homeHref(items[0].code));
  const next = page.locator("main > section article h3 a").first();
  const title = (await next.innerText()).trim();
  await next.click();
  await expect(page.locator("h1")).toContainText(title);
  await page.evaluate(() => addEventListener("click", (event) => event.preventDefault(), true));
  const view = page.locator("dialog.lb");
  await expect(async () => {
    await page.locator(".pics-run a[data-shot]").first().click();
    await expect(view).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(view.locator(".lb-stage img")).toHaveAttribute("alt", new RegExp(title.split(" ")[0]));
  await page.keyboard.press("ArrowRight");
  await expect(view.locator(".lb-count")).toHaveText(/^2 \/ /);
});
