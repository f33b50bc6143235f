// The gallery as one comes upon it.
import { expect, expectAccessibleInBothSchemes, test } from "../support/page";
import { codes, expectCount, opener, panel } from "../support/gallery";
import { CITY, GALLERY, choices, everyHome, homeHref, listings } from "../support/firm";

const everyScreen = { tag: ["@desktop", "@touch"] };

test("the gallery opens whole, in both schemes, on every screen", everyScreen, async ({ page, request }) => {
  const { total, items } = await listings(request);
  const answer = await page.goto(GALLERY);
  expect(answer?.status()).toBe(200);
  await expect(page.locator("h1")).toHaveCount(1);
  await expectCount(page, total);
  expect(items.length).toBeGreaterThanOrEqual(12);
  expect(await codes(page)).toEqual(items.map(({ code }) => code));
  const hrefs = await page.locator("article h3 a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  expect(hrefs).toEqual(items.map(({ code }) => homeHref(code)));
  await expectAccessibleInBothSchemes(page);
});

test("an open panel of the form is accessible, in both schemes", async ({ page }) => {
  await page.goto(`${GALLERY}?rooms=2,3&price_max=800`);
  await opener(page, "更多").click();
  await expect(panel(page, "更多").locator(".menu-panel")).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});

test("the pictures of the first row load at once, the others when they come near", async ({ page }) => {
  await page.goto(GALLERY);
  const pictures = page.locator("article .home-photo img");
  const told = await pictures.evaluateAll((all) =>
    all.map((e) => ({
      top: e.closest("article")!.offsetTop,
      lazy: e.getAttribute("loading") === "lazy",
      urgent: e.getAttribute("fetchpriority") === "high",
      sized: e.hasAttribute("width") && e.hasAttribute("height"),
      alt: e.getAttribute("alt") ?? "",
    })),
  );
  for (const { top, lazy, urgent, sized, alt } of told) {
    const first = top === told[0].top;
    expect([lazy, urgent, sized]).toEqual([!first, first, true]);
    expect(alt).toMatch(/，/);
  }
  await pictures.last().scrollIntoViewIfNeeded();
  const drawn = (nth: number) => pictures.nth(nth).evaluate((e) => (e as HTMLImageElement).naturalWidth);
  await expect.poll(() => drawn(0)).toBeGreaterThan(0);
  await expect.poll(() => drawn(told.length - 1)).toBeGreaterThan(0);
});

// "" is everything; the other has values chosen in some of the fields that are counted.
for (const query of ["", "rooms=2,3&elevator=yes&price_max=800"]) {
  test(`every choice says how many homes it leads to (${query || "all"})`, async ({ page, request }) => {
    const found = await listings(request, `${GALLERY}?${query}`);
    await page.goto(`${GALLERY}?${query}`);
    const chips = await page.locator("label.chip").evaluateAll((all) =>
      all.map((chip) => {
        const { name, value, disabled, checked } = chip.querySelector("input")!;
        return { name, value, disabled, checked, count: Number(chip.querySelector(".count")?.textContent) };
      }),
    );
    const bands = await page.locator("a.chip").evaluateAll((all) =>
      all.map((chip) => {
        const least = chip.parentElement?.parentElement?.querySelector("input[name$=_min]")?.getAttribute("name");
        return {
          field: (least ?? "").replace("_min", ""),
          href: chip.getAttribute("href") ?? "",
          count: Number(chip.querySelector(".count")?.textContent),
          current: chip.hasAttribute("aria-current"),
        };
      }),
    );
    expect(chips.length + bands.length).toBeGreaterThan(100);

    for (const { name, value, count, disabled, checked } of chips) {
      const told = choices(found, name).find((choice) => choice.value === value);
      expect([name, value, count, disabled]).toEqual([name, value, told?.count, count === 0 && !checked]);
    }
    // The numbers keep their word: what the choice leads to has that many homes.
    const one = new URLSearchParams(query);
    for (const { name, value, count } of chips.filter(({ name }) => name !== "tag")) {
      one.set(name, value);
      expect([name, value, (await listings(request, `${GALLERY}?${one}`)).total]).toEqual([name, value, count]);
      one.set(name, new URLSearchParams(query).get(name) ?? "");
    }
    for (const { field, href, count, current } of bands) {
      const range = new URLSearchParams(href.split("?")[1]);
      const band = ["min", "max"].map((end) => range.get(`${field}_${end}`) ?? "").join("-");
      const told = choices(found, field).find(({ value }) => value === band);
      if (!current) expect([href, count, (await listings(request, href)).total]).toEqual([href, told?.count, count]);
    }
  });
}

test("the home page shows the homes of all cities and leads to each", async ({ page, request }) => {
  const everywhere = await listings(request, "/");
  const here = choices(everywhere, "city").find(({ value }) => value === CITY);
  await page.goto("/");
  await expectCount(page, everywhere.total);
  await opener(page, "区域").click();
  await page.getByRole("link", { name: /^上海/ }).click();
  await expect(page).toHaveURL(GALLERY);
  await expectCount(page, here?.count ?? 0);
  await expect(page.locator("h1")).toContainText("上海");
});

test("the pager walks through all homes once, forward and back", async ({ page, request }) => {
  const all = (await everyHome(request)).map(({ code }) => code);
  await page.goto(GALLERY);
  const pager = page.getByRole("navigation", { name: "分页" });
  const pages: string[][] = [await codes(page)];
  while (pages.flat().length < all.length) {
    await pager.getByRole("link", { name: "下一页" }).click();
    await expect.poll(async () => (await codes(page))[0]).toBe(all[pages.flat().length]);
    pages.push(await codes(page));
    const from = pages.slice(0, -1).flat().length;
    await expect(pager).toContainText(`第 ${from + 1}–${from + pages.at(-1)!.length} 套，共 ${all.length} 套`);
  }
  expect(pages.flat()).toEqual(all);
  expect(pages.length).toBeGreaterThan(2);
  await expect(pager.getByRole("link", { name: "下一页" })).toHaveCount(0);
  for (const shown of pages.slice(0, -1).reverse()) {
    await pager.getByRole("link", { name: "上一页" }).click();
    await expect.poll(() => codes(page)).toEqual(shown);
  }
  await expect(pager.getByRole("link", { name: "上一页" })).toHaveCount(0);
});
