// What a page says of itself to browsers and search engines.
import { expect, test } from "../support/page";
import { GALLERY, NOTHING_FITS, everyHome, homeHref } from "../support/firm";

test("pages that are made at the same time each get their own head", async ({ request, baseURL }) => {
  const homes = (await everyHome(request)).slice(0, 40);
  const heads = await Promise.all(
    homes.map(async ({ code, community }) => {
      const page = await (await request.get(homeHref(code))).text();
      const head = page.slice(0, page.indexOf("</head>"));
      const all = (pattern: RegExp) => [...head.matchAll(pattern)].map(([, found]) => found);
      return {
        canonical: all(/<link[^>]* href="([^"]*)" rel="canonical"/g),
        described: all(/<meta name="description" content="([^"]*)"/g).map((text) => text.split(" ")[0]),
        titled: all(/<title>([^<]*)<\/title>/g).map((text) => text.split(" ")[0]),
        expected: { canonical: [baseURL + homeHref(code)], described: [community.name], titled: [community.name] },
      };
    }),
  );
  for (const { expected, ...head } of heads) expect(head).toEqual(expected);
});

test("a search has one address for search engines, whatever its order, page and words", async ({ page }) => {
  await page.goto(`${GALLERY}?q=${encodeURIComponent("两居")}&sort=price&utm_source=letter`);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${GALLERY}\\?rooms=2$`));
  await expect(page.locator("meta[name=robots]")).toHaveCount(0);
  await page.goto(NOTHING_FITS);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
});
