// Conditions: chosen, typed or said in words, with scripts and without.
import { expect, test } from "../support/page";
import { applied, choice, codes, ends, opener, panel } from "../support/gallery";
import { expectCount, expectSameDocument, markDocument } from "../support/gallery";
import { GALLERY, NOTHING_FITS, choices, everyHome, listings } from "../support/firm";

test("a choice answers at once in the same document, and the way back undoes it", async ({ page, request }) => {
  const [bare, two] = await Promise.all([listings(request), listings(request, `${GALLERY}?rooms=2`)]);
  await page.goto(GALLERY);
  await markDocument(page);
  await opener(page, "户型").press("Enter");
  await choice(page, "rooms", "2").press("Space");
  await expect(page).toHaveURL(/[?&]rooms=2(&|$)/);
  await expectCount(page, two.total);
  expect(await codes(page)).toEqual(two.items.map(({ code }) => code));
  await expect(applied(page)).toHaveText(["2 室"]);
  await expect(page.locator("#announce")).toHaveText(`${two.total} 套`);
  // What the person holds stays: the panel is open, the focus where it was.
  await expect(panel(page, "户型")).toHaveAttribute("open");
  await expect(choice(page, "rooms", "2")).toBeFocused();

  const lift = choices(two, "elevator").find(({ value }) => value === "yes");
  await page.locator(".gal-quick label", { hasText: "有电梯" }).click();
  await expect(page).toHaveURL(/elevator=yes/);
  await expectCount(page, lift?.count ?? 0);
  await expect(applied(page)).toHaveText(["2 室", "有电梯"]);

  await page.getByRole("link", { name: "移除 2 室" }).click();
  await expect(applied(page)).toHaveText(["有电梯"]);
  await page.goBack();
  await expect(applied(page)).toHaveText(["2 室", "有电梯"]);
  await page.goBack();
  await expectCount(page, two.total);
  await page.goBack();
  await expect(page).toHaveURL(GALLERY);
  await expectCount(page, bare.total);
  await expect(applied(page)).toHaveCount(0);
  await expect(choice(page, "rooms", "2")).not.toBeChecked();
  await page.goForward();
  await expectCount(page, two.total);
  await expectSameDocument(page);
});

test("a metro line is a choice with a count, a chip, and a word to type", { tag: ["@phone", "@no-js"] }, async ({ page, request }) => {
  const bare = await listings(request);
  const line = choices(bare, "line").find(({ count }) => count > 0 && count < bare.total);
  expect(line, "the demo has metro lines").toBeDefined();
  const { value, name = "", count } = line!;
  await page.goto(`${GALLERY}?line=${value}`);
  await expectCount(page, count);
  await expect(applied(page)).toHaveText([name]);
  await expect(choice(page, "line", value)).toBeChecked();
  await page.goto(`${GALLERY}?q=${encodeURIComponent(name.replace(" ", ""))}`);
  await expectCount(page, count);
  await expect(applied(page)).toHaveText([name]);
  await page.goto(`${GALLERY}?line=99haoxian`);
  await expectCount(page, 0);
});

test("without scripts the form's buttons and links do the same", { tag: "@no-js" }, async ({ page, request }) => {
  await page.goto(GALLERY);
  await opener(page, "户型").click();
  await panel(page, "户型").locator("label", { hasText: "2 室" }).click();
  await panel(page, "户型").locator("label", { hasText: "3 室" }).click();
  await page.getByRole("button", { name: "找房" }).click();
  const both = await listings(request, `${GALLERY}?rooms=2,3`);
  await expectCount(page, both.total);
  expect(await codes(page)).toEqual(both.items.map(({ code }) => code));
  await expect(applied(page)).toHaveText(["2 室", "3 室"]);
  await expect(choice(page, "rooms", "3")).toBeChecked();

  await opener(page, "总价").click();
  await ends(page, "总价").least.fill("300");
  await panel(page, "总价").getByRole("button", { name: /^查看/ }).click();
  const priced = await listings(request, `${GALLERY}?rooms=2,3&price_min=300`);
  await expectCount(page, priced.total);

  await page.getByRole("link", { name: "移除 2 室" }).click();
  const three = await listings(request, `${GALLERY}?rooms=3&price_min=300`);
  await expectCount(page, three.total);

  await page.getByLabel("排序", { exact: true }).selectOption("price");
  await page.getByRole("button", { name: "排序" }).click();
  const cheap = (await listings(request, `${GALLERY}?rooms=3&price_min=300&sort=price`)).items;
  expect(await codes(page)).toEqual(cheap.map(({ code }) => code));

  await page.getByRole("link", { name: "全部清除" }).first().click();
  await expectCount(page, (await listings(request)).total);
  await page.getByRole("link", { name: "下一页" }).click();
  await expect(page.getByRole("navigation", { name: "分页" })).toContainText("第 25–");
});

test("a typed price range holds, whatever answers arrive while one types", async ({ page, request }) => {
  await page.goto(GALLERY);
  await markDocument(page);
  await opener(page, "总价").click();
  const { least, most } = ends(page, "总价");
  await least.fill("300");
  await least.press("Tab");
  await expect(most).toBeFocused();
  await most.pressSequentially("5");
  await expect(page).toHaveURL(/price_min=300/);
  await expect(most).toBeFocused();
  await most.pressSequentially("00");
  await most.press("Enter");
  await expect(page).toHaveURL(/price_min=300&price_max=500/);
  await expect(applied(page)).toHaveText(["300–500 万"]);
  await expect(opener(page, "总价")).toContainText("300–500 万");
  await expect(panel(page, "总价")).not.toHaveAttribute("open");
  const homes = await everyHome(request, `${GALLERY}?price_min=300&price_max=500`);
  await expectCount(page, homes.length);
  for (const { price } of homes) expect(price / 1_000_000).toBe(Math.min(500, Math.max(300, price / 1_000_000)));
  await expectSameDocument(page);
});

test("a thumb of the slider writes the number it stands for, step by step", async ({ page }) => {
  await page.goto(GALLERY);
  await markDocument(page);
  await opener(page, "总价").click();
  const { least: typed, thumb } = ends(page, "总价");
  let before = 0;
  for (let step = 1; step <= 3; step++) {
    await thumb.press("ArrowRight");
    await expect(typed).toHaveValue(await thumb.inputValue());
    const now = Number(await typed.inputValue());
    expect(now).toBeGreaterThan(before);
    await expect(page).toHaveURL(new RegExp(`price_min=${now}(&|$)`));
    await expect(applied(page)).toHaveText([`≥ ${now} 万`]);
    await expect(thumb).toBeFocused();
    before = now;
  }
  await expectSameDocument(page);
});

test("a phrase becomes conditions that can be taken away one by one", async ({ page, request }) => {
  const districts = choices(await listings(request), "district").filter(({ count }) => count > 0);
  const { name = "", value } = districts.find(({ name = "" }) => /^..区$/.test(name)) ?? districts[0];
  await page.goto(GALLERY);
  const search = page.getByRole("searchbox", { name: "搜索" });
  await search.fill(`${name.slice(0, 2)} 两居 300-800万 满五`);
  await search.press("Enter");
  await expect(applied(page)).toHaveText([name, "300–800 万", "2 室", "满五"]);
  const meant = `district=${value}&rooms=2&price_min=300&price_max=800&tag=over_five`;
  const found = await listings(request, `${GALLERY}?${meant}`);
  await expectCount(page, found.total);
  // What has been understood is no longer text: a condition that is taken away must not come back with it.
  await expect(search).toHaveValue("");
  await page.locator(".gal-quick label", { hasText: "有电梯" }).click();
  await expect(applied(page)).toHaveText([name, "300–800 万", "2 室", "有电梯", "满五"]);
  await page.getByRole("link", { name: "移除 2 室" }).click();
  await expect(applied(page)).toHaveText([name, "300–800 万", "有电梯", "满五"]);
});

test("the initials of a community's pinyin find it", async ({ page, request }) => {
  const communities = choices(await listings(request), "community");
  const spelt = communities.map(({ value, name = "", count }) => ({ value, name, count, initials: initials(name) }));
  // A character may be read in two ways: only names whose slug agrees, and that are alone with their initials.
  const agrees = (slug: string, own: string) => new RegExp(`^${[...own].join("[a-z]*")}[a-z]*$`).test(slug);
  const alone = (own: string) => spelt.filter(({ initials }) => initials === own).length === 1;
  const found = spelt.find(({ value, initials }) => agrees(value, initials) && alone(initials));
  expect(found).toBeDefined();
  await page.goto(GALLERY);
  await page.getByRole("searchbox", { name: "搜索" }).fill(found!.initials);
  await page.getByRole("button", { name: "找房" }).click();
  await expectCount(page, found!.count);
  for (const title of await page.locator("article h3").allInnerTexts()) expect(title).toContain(found!.name);
  await expect(page.locator("h1")).toContainText(found!.name);
});

test("where nothing fits, each change that is proposed brings what it promises", async ({ page, request }) => {
  expect((await listings(request, NOTHING_FITS)).total).toBe(0);
  await page.goto(NOTHING_FITS);
  await expect(page.getByRole("heading", { name: /这 3 个条件合在一起/ })).toBeVisible();
  const proposals = page.locator(".relax a");
  const promised = await proposals.evaluateAll((all) =>
    all.map((a) => ({
      href: a.getAttribute("href") ?? "",
      gain: Number(/\+(\d+) 套/.exec(a.textContent ?? "")?.[1]),
    })),
  );
  expect(promised.length).toBeGreaterThan(0);
  for (const { href, gain } of promised) {
    expect(gain).toBeGreaterThan(0);
    expect((await listings(request, href)).total, href).toBe(gain);
  }
  await proposals.first().click();
  await expectCount(page, promised[0].gain);
  await page.goBack();
  await page.locator(".none").getByRole("link", { name: "全部清除" }).click();
  await expect(page).toHaveURL(GALLERY);
});

test("what is not understood is said and changes nothing", { tag: "@everywhere" }, async ({ page, request }) => {
  const { total } = await listings(request, `${GALLERY}?rooms=2`);
  await page.goto(`${GALLERY}?decoration=gold&colour=red&rooms=2&price_min=cheap&utm_source=letter`);
  const banner = page.locator(".banner--warn");
  const said = "有 3 个条件没有看懂，先按其余条件找：decoration=gold, colour=red, price_min=cheap";
  await expect(banner).toHaveText(said);
  await expectCount(page, total);
  await page.goto(`${GALLERY}?rooms=2&q=${encodeURIComponent("火星路<b>")}`);
  await expect(banner).toContainText("没有认出“火星路<b>”");
  await expectCount(page, total);
});

test("on a phone all conditions lie in a sheet that opens by finger", { tag: "@phone" }, async ({ page, request }) => {
  const two = await listings(request, `${GALLERY}?rooms=2`);
  await page.goto(GALLERY);
  const sheet = page.locator(".gal-filters");
  await expect(sheet).toBeHidden();
  await page.locator("label[for=all-filters]").tap();
  await expect(sheet).toBeVisible();
  await opener(page, "户型").tap();
  await panel(page, "户型").locator("label", { hasText: "2 室" }).tap();
  const show = sheet.locator(".gal-filters-foot").getByRole("button");
  await expect(show).toHaveText(`查看 ${two.total} 套`);
  await expect(panel(page, "户型")).toHaveAttribute("open");
  await show.tap();
  await expect(sheet).toBeHidden();
  await expectCount(page, two.total);
  await expect(page.locator("label[for=all-filters] b")).toHaveText("1");
});

test("the sheet opens and closes by keyboard", { tag: "@phone" }, async ({ page }) => {
  await page.goto(GALLERY);
  const sheet = page.locator(".gal-filters");
  const toggle = page.getByRole("checkbox", { name: "筛选" });
  await page.getByRole("searchbox", { name: "搜索" }).focus();
  await page.keyboard.press("Tab");
  await expect(toggle).toBeFocused();
  await page.keyboard.press("Space");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(opener(page, "区域")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(sheet).toBeHidden();
});

/** First letters of the pinyin of a Chinese name, by the places of its characters in the dictionary's order. */
function initials(name: string): string {
  const order = new Intl.Collator("zh-CN-u-co-pinyin");
  const firsts = [..."阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀"];
  const place = (c: string) => firsts.filter((first) => order.compare(first, c) <= 0).length - 1;
  return [...name].map((c) => "abcdefghjklmnopqrstwxyz"[place(c)]).join("");
}
