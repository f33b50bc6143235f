// Photos, films and the plan on the page of a home; files as they are served.
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "../support/page";
import { everyHome, homeHref, type Card } from "../support/firm";

type Photo = { small: string; medium: string; large: string };
type Pictured = Card & { media: { picture: string; nth: number; photo?: Photo }[] };

/** A demo home with photos. */
async function photographed(request: APIRequestContext): Promise<Pictured> {
  const homes = (await everyHome(request)) as Pictured[];
  const films: Pictured[] = [];
  for (const home of homes.filter((home) => home.media[0]?.photo)) {
    if ((await (await request.get(homeHref(home.code))).text()).includes("<video")) films.push(home);
  }
  expect(films.length, "the demo has homes with photos and a film").toBeGreaterThan(0);
  return films[0];
}

test("photos come in three widths with a fixed size and a placeholder, the first at once, the rest later", { tag: ["@desktop", "@phone"] }, async ({ page, request }) => {
  const home = await photographed(request);
  await page.goto(homeHref(home.code));
  const images = page.locator(".pics-run .pic .photo > img:not(.ph)");
  const first = images.first();
  await expect(first).toHaveAttribute("srcset", /\/files\/[0-9a-f]{64}\.jpg 320w, .* 800w, .* 1200w/);
  await expect(first).toHaveAttribute("sizes", /vw/);
  for (const [name, value] of [["width", "640"], ["height", "480"]]) await expect(first).toHaveAttribute(name, value);
  await expect(first).toHaveAttribute("fetchpriority", "high");
  await expect(images.nth(3)).toHaveAttribute("loading", "lazy");
  await expect(page.locator(".pics-run .pic .ph").first()).toHaveAttribute("src", /^data:image\/png;base64,/);
  expect(await first.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBeGreaterThan(300);
});

test("the large view goes room by room", { tag: "@desktop" }, async ({ page, request }) => {
  const home = await photographed(request);
  await page.goto(homeHref(home.code));
  const view = page.locator("dialog.lb");
  await expect(async () => {
    await page.locator(".pics-run .pic").first().click({ timeout: 1000 });
    await expect(view).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(view.locator(".lb-room").first()).toHaveText("客厅");
  expect(await view.locator(".lb-room").count()).toBeGreaterThan(2);
});

test("a room of the plan opens its photo; by keyboard, too", { tag: "@desktop" }, async ({ page, request }) => {
  const home = await photographed(request);
  await page.goto(homeHref(home.code));
  const room = page.locator("#plan a").filter({ has: page.locator("rect") }).nth(1);
  const shot = Number(await room.getAttribute("data-shot"));
  const view = page.locator("dialog.lb");
  await expect(async () => {
    await room.focus();
    await page.keyboard.press("Enter");
    await expect(view).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(view.locator(".lb-count")).toContainText(`${shot + 1} /`);
});

test("a room of the plan leads to its photo in the row", { tag: "@no-js" }, async ({ page, request }) => {
  const home = await photographed(request);
  await page.goto(homeHref(home.code));
  const room = page.locator("#plan a").first();
  const to = (await room.getAttribute("href")) ?? "";
  await room.click();
  await expect(page).toHaveURL(new RegExp(`${to}$`));
  await expect(page.locator(to)).toBeVisible();
});

test("a film loads nothing before it plays, and can be wound", { tag: "@desktop" }, async ({ page, request }) => {
  const home = await photographed(request);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.headers().range ?? ""}`));
  await page.goto(homeHref(home.code));
  const film = page.locator("#films video");
  for (const [name, value] of [["preload", "none"], ["width", "640"], ["height", "480"]]) await expect(film).toHaveAttribute(name, value);
  await expect(film).toHaveAttribute("poster", /\/files\/[0-9a-f]{64}\.jpg/);
  expect(asked.filter((one) => one.includes(".mp4"))).toEqual([]);
  const at = await film.evaluate(async (video: HTMLVideoElement) => {
    video.muted = true;
    const once = (name: string) => new Promise((done, fail) => { video.addEventListener(name, done, { once: true }); video.addEventListener("error", fail, { once: true }); });
    const ready = once("loadedmetadata");
    video.load();
    video.preload = "auto";
    await ready;
    const sought = once("seeked");
    video.currentTime = video.duration - 1;
    await sought;
    return { at: video.currentTime, of: video.duration, width: video.videoWidth };
  });
  expect(at.of).toBeGreaterThan(4);
  expect(at.at).toBeCloseTo(at.of - 1, 0);
  expect(at.width).toBe(640);
  expect(asked.some((one) => one.includes(".mp4") && one.includes("bytes=")), asked.join("\n")).toBeTruthy();
});

test("files are sandboxed, kept for good, and given in parts", async ({ request }) => {
  const home = await photographed(request);
  const html = await (await request.get(homeHref(home.code))).text();
  const film = html.match(/\/files\/[0-9a-f]{64}\.mp4/)?.[0] ?? "";
  const whole = await request.get(film);
  const size = (await whole.body()).length;
  expect(whole.headers()).toMatchObject({
    "content-type": "video/mp4",
    "accept-ranges": "bytes",
    "content-length": String(size),
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "content-disposition": expect.stringContaining("inline"),
  });
  expect(whole.headers()["content-encoding"]).toBeUndefined();
  const etag = whole.headers().etag;
  const ask = (headers: Record<string, string>) => request.get(film, { headers });
  const part = await ask({ range: "bytes=100-199" });
  expect([part.status(), part.headers()["content-range"], (await part.body()).length]).toEqual([206, `bytes 100-199/${size}`, 100]);
  expect((await part.body()).equals((await whole.body()).subarray(100, 200))).toBeTruthy();
  const tail = await ask({ range: "bytes=-10" });
  expect([tail.status(), tail.headers()["content-range"]]).toEqual([206, `bytes ${size - 10}-${size - 1}/${size}`]);
  const outside = await ask({ range: `bytes=${size}-` });
  expect([outside.status(), outside.headers()["content-range"]]).toEqual([416, `bytes */${size}`]);
  expect((await ask({ range: "bytes=0-9", "if-range": '"other"' })).status()).toBe(200);
  expect((await ask({ range: "bytes=0-9", "if-range": etag })).status()).toBe(206);
  expect((await ask({ "if-none-match": etag })).status()).toBe(304);
  for (const wrong of ["/files/x.jpg", "/files/..%2f..%2fkey", `/files/${"0".repeat(64)}.jpg`, film.replace(".mp4", ".jpg")]) {
    expect((await request.get(wrong)).status(), wrong).toBe(404);
  }
});
