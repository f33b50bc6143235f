// What protects a visitor: headers on every answer, a policy with a fresh nonce, no writing from elsewhere.
import { expect, test } from "../support/page";
import { expectCount, opener } from "../support/gallery";
import { GALLERY, homeHref, listings } from "../support/firm";

test("every kind of answer carries the headers, every page a nonce of its own", async ({ request }) => {
  const [home] = (await listings(request)).items;
  const pages = [GALLERY, GALLERY, homeHref(home.code), "/nowhere"];
  const api = ["/api/v1/listings", "/api/v1/listings?colour=red"];
  const files = [`/pictures/${home.code}/plan.svg`, "/icons.svg", "/favicon.svg"];
  const nonces: string[] = [];
  for (const href of [...pages, ...api, ...files]) {
    const headers = (await request.get(href)).headers();
    expect(headers, href).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers["content-security-policy"]).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/);
    if (headers["content-type"].startsWith("text/html")) {
      nonces.push(/'nonce-([^']{16,})'/.exec(headers["content-security-policy"])?.[1] ?? "none");
      expect(headers.vary).toMatch(/cookie/i);
      expect(headers.vary).toMatch(/accept-language/i);
      // A cookie is one person's: what brings one is not kept in between.
      expect(headers["cache-control"], href).toBe(headers["set-cookie"] ? "private, no-cache" : "no-cache");
    }
  }
  expect(new Set(nonces).size).toBe(pages.length);
  expect(nonces).not.toContain("none");
});

test("scripts run under the policy on every visit and after going on", async ({ page, request }) => {
  const two = await listings(request, `${GALLERY}?rooms=2`);
  for (let visit = 1; visit <= 3; visit++) {
    await page.goto(GALLERY);
    await expect.poll(() => page.evaluate(() => "__hydrateIsland" in window)).toBe(true);
    await opener(page, "户型").click();
    await page.locator("label.chip", { hasText: "2 室" }).click();
    await expectCount(page, two.total);
    await page.locator("article h3 a").first().click();
    await expect(page.locator("#history")).toBeVisible();
  }
  const attributes = await page.locator("*").evaluateAll((all) => all.flatMap((e) => e.getAttributeNames()));
  expect(attributes.filter((name) => /^(on|style$)/.test(name))).toEqual([]);
});

test.describe("from another site", () => {
  test.use({ expectedComplaints: /status of 403|WebSocket connection/ });

  test("nothing is written and no live channel opens", async ({ page, context, baseURL }) => {
    const own = new URL(baseURL ?? "");
    const elsewhere = new URL(own);
    elsewhere.hostname = own.hostname === "localhost" ? "127.0.0.1" : "localhost";
    const body = `<!doctype html><html lang="en"><title>trap</title><link rel="icon" href="data:,">
      <form method="post" action="${own.origin}/preferences">
        <input name="lang" value="en"><button>go</button>
      </form></html>`;
    await context.route(`${elsewhere.origin}/trap`, (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(GALLERY);
    await page.goto(`${elsewhere.origin}/trap`);
    const closed = await page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => resolve("open");
          socket.onerror = () => resolve("refused");
        }),
      `${own.origin.replace("http", "ws")}/live`,
    );
    expect(closed).toBe("refused");
    const answer = page.waitForResponse(`${own.origin}/preferences`);
    await page.getByRole("button", { name: "go" }).click();
    expect((await answer).status()).toBe(403);
    await page.goto(GALLERY);
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  });
});

test("a preference never leads to another site, and odd ones are refused", async ({ request, baseURL }) => {
  const headers = { origin: baseURL ?? "" };
  const post = (form: Record<string, string>) => request.post("/preferences", { form, headers, maxRedirects: 0 });
  const kept = await post({ lang: "en", back: `${GALLERY}?rooms=2` });
  expect([kept.status(), kept.headers().location]).toEqual([303, `${GALLERY}?rooms=2`]);
  expect(kept.headers()["set-cookie"]).toMatch(/^lang=en; Path=\/;.*SameSite=Lax; HttpOnly$/);
  for (const back of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
    expect((await post({ theme: "dark", back })).headers().location, back).toBe("/");
  }
  for (const form of ["lang=klingon", "theme=pink", "lang=en&theme=dark", "sound=loud"]) {
    const refused = await post(Object.fromEntries(new URLSearchParams(form)));
    expect(refused.status(), form).toBe(422);
    expect(refused.headers()["set-cookie"]).toBeUndefined();
  }
});
