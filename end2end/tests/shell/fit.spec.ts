// Nothing is wider than the screen.
import { expect, test } from "../support/page";
import { GALLERY, NOTHING_FITS, everyHome, homeHref } from "../support/firm";

test.use({ expectedComplaints: /status of 404/ });

for (const locale of ["zh-CN", "en-US"]) {
  test(`no page scrolls sideways (${locale})`, { tag: "@touch" }, async ({ newVisitor, request }, { project }) => {
    const homes = await everyHome(request);
    const longest = homes.reduce((a, b) => (b.community.name.length > a.community.name.length ? b : a));
    const page = await newVisitor({ ...project.use, locale });
    for (const width of project.name === "phone" ? [360, 390] : [820, 1180]) {
      await page.setViewportSize({ width, height: 900 });
      const chosen = `${GALLERY}?rooms=2,3&price_min=100&price_max=900`;
      for (const href of [chosen, NOTHING_FITS, homeHref(longest.code), "/nowhere"]) {
        await page.goto(href);
        const wide = await page.evaluate(() => ({ page: document.documentElement.scrollWidth, screen: innerWidth }));
        expect(wide, `${href} at ${width}`).toEqual({ page: width, screen: width });
      }
    }
  });
}
