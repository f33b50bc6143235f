// The order of the homes.
import { expect, test } from "../support/page";
import { codes, expectSameDocument, markDocument } from "../support/gallery";
import { GALLERY, everyHome, type Card } from "../support/firm";

/** What each order goes by; it rises. */
const ORDERS: Record<string, (home: Card) => number> = {
  newest: ({ listed_on }) => -Date.parse(listed_on),
  price: ({ price }) => price,
  "-price": ({ price }) => -price,
  unit: ({ unit_price }) => unit_price,
  "-unit": ({ unit_price }) => -unit_price,
  area: ({ area_built }) => area_built,
  "-area": ({ area_built }) => -area_built,
  // Whole percents, and homes that cannot be compared come last.
  cut: ({ first_price, price }) => -Math.floor(Math.max(0, (first_price - price) / first_price) * 100 + 1e-9),
  value: ({ versus_median }) => versus_median ?? Infinity,
};

test("every order that is offered puts all homes in that order", async ({ page, request }) => {
  await page.goto(GALLERY);
  const options = page.locator("#sort option");
  const offered = await options.evaluateAll((all) => all.map((option) => option.getAttribute("value") ?? ""));
  expect(offered.sort()).toEqual(Object.keys(ORDERS).sort());
  const all = (await everyHome(request)).map(({ code }) => code).sort();
  for (const [sort, key] of Object.entries(ORDERS)) {
    const homes = await everyHome(request, `${GALLERY}?sort=${sort}`);
    expect(homes.map(({ code }) => code).sort(), sort).toEqual(all);
    const keys = homes.map(key);
    expect(keys, sort).toEqual([...keys].sort((a, b) => (a === b ? 0 : a - b)));
  }
});

test("choosing an order shows it at once and keeps the conditions", async ({ page, request }) => {
  await page.goto(`${GALLERY}?rooms=2`);
  await markDocument(page);
  for (const sort of ["price", "-area", "cut"]) {
    await page.getByLabel("排序").selectOption(sort);
    await expect(page).toHaveURL(new RegExp(`rooms=2.*sort=${sort}(&|$)`));
    const homes = await everyHome(request, `${GALLERY}?rooms=2&sort=${sort}`);
    await expect.poll(() => codes(page)).toEqual(homes.slice(0, 24).map(({ code }) => code));
  }
  await expect(page.getByLabel("排序")).toHaveValue("cut");
  await expectSameDocument(page);
});
