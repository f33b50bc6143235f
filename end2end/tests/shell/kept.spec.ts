// Gallery pages of guests are kept on the server and told from newer ones by their tag.
import { expect, test } from "../support/page";
import { GALLERY } from "../support/firm";

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
  expect((await page.request.get(GALLERY)).headers().etag).toBeUndefined();
  expect((await request.get(GALLERY, { headers: { cookie: "session=x" } })).headers().etag).toBeUndefined();
});
