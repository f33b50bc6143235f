// Public pages of guests are kept on the server and told from newer ones by their tag.
import { expect, test } from "../support/page";
import { CITY, GALLERY, homeHref, listings } from "../support/firm";

const nonce = (html: string) => /nonce="([^"]+)"/.exec(html)?.[1];

test("a page is made once, and everybody gets a nonce of their own", async ({ request }) => {
  const [first, second] = [await request.get(`${GALLERY}?rooms=2`), await request.get(`${GALLERY}?rooms=2`)];
  expect(second.headers().etag).toBe(first.headers().etag);
  const [a, b] = [await first.text(), await second.text()];
  expect(nonce(a)).not.toBe(nonce(b));
  expect(b.replaceAll(nonce(b) ?? "", "")).toBe(a.replaceAll(nonce(a) ?? "", ""));
  expect(second.headers()["content-security-policy"]).toContain(`'nonce-${nonce(b)}'`);
});

test("whoever has the page is told so without a policy, which would shut out its scripts", async ({ request }) => {
  const first = await request.get(GALLERY);
  const again = await request.get(GALLERY, { headers: { "if-none-match": first.headers().etag } });
  expect(again.status()).toBe(304);
  expect(again.headers()["content-security-policy"]).toBeUndefined();
  const other = await request.get(GALLERY, { headers: { "if-none-match": first.headers().etag, "accept-language": "en" } });
  expect(other.status()).toBe(200);
});

test("a page made for one person has no tag", async ({ page, request }) => {
  await page.goto(GALLERY);
  await page.locator("article form[data-keep] button[name=favourite]").first().click();
  await expect(page.locator("article form[data-keep] button[name=favourite]").first()).toHaveAttribute("aria-pressed", "true");
  // The button is pressed before the server has answered.
  await expect.poll(async () => (await page.request.get(GALLERY)).headers().etag).toBeUndefined();
  expect((await request.get(GALLERY, { headers: { cookie: "session=x" } })).headers().etag).toBeUndefined();
});

test("every public page without anything typed is kept, in each language", async ({ request }) => {
  const [home] = (await listings(request)).items;
  const own = homeHref(home.code);
  const paths = ["/", GALLERY, `${GALLERY}?view=map`, own, `${own}/bill`, `${own}/tour`, `/${CITY}/sold`, `/${CITY}/communities/${home.community.slug}`];
  const tags = new Set<string>();
  for (const path of paths) {
    for (const language of ["zh-CN", "en"]) {
      const ask = (more = {}) => request.get(path, { headers: { "accept-language": language, ...more } });
      const [first, second] = [await ask(), await ask()];
      expect(first.status(), path).toBe(200);
      const { etag } = first.headers();
      expect(second.headers().etag, path).toBe(etag);
      expect((await ask({ "if-none-match": etag })).status(), path).toBe(304);
      tags.add(etag);
    }
  }
  expect(tags.size).toBe(2 * paths.length);
  for (const path of [`${own}?cash=100`, `${own}/bill?years=20`, "/sell", "/saved", "/compare"]) {
    expect((await request.get(path)).headers().etag, path).toBeUndefined();
  }
});

test("a kept page comes compressed as the browser wants it, whole each time", async ({ request }) => {
  const plain = await (await request.get(GALLERY, { headers: { "accept-encoding": "identity" } })).text();
  for (const coding of ["br", "gzip"]) {
    for (let time = 0; time < 2; time++) {
      const answer = await request.get(GALLERY, { headers: { "accept-encoding": coding } });
      expect(answer.headers()["content-encoding"]).toBe(coding);
      const html = await answer.text();
      expect(html.replaceAll(nonce(html) ?? "", "")).toBe(plain.replaceAll(nonce(plain) ?? "", ""));
    }
  }
});

test("a guest who has only looked at homes shares the kept page and still has what was seen", async ({ page, request }) => {
  const [home] = (await listings(request)).items;
  const kept = (await request.get(homeHref(home.code))).headers();
  expect(kept["set-cookie"]).toContain("saved=");
  expect(kept["cache-control"]).toBe("private, no-cache");
  await page.goto(homeHref(home.code));
  expect((await page.request.get(GALLERY)).headers().etag).toBeDefined();
  await page.goto("/saved");
  await expect(page.locator(`article[data-code="${home.code}"]`)).toHaveCount(1);
});
