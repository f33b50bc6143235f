// The whole site by keyboard.
import { expect, test } from "../support/page";
import { opener, panel } from "../support/gallery";
import { GALLERY } from "../support/firm";

test("a slash goes to the search, from anywhere but a field", async ({ page }) => {
  await page.goto(GALLERY);
  const search = page.getByRole("searchbox", { name: "搜索" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await expect(search).toHaveValue("");
  await page.keyboard.type("a/b");
  await expect(search).toHaveValue("a/b");
  await page.getByRole("link", { name: "跳到内容" }).focus();
  await page.keyboard.press("/");
  await page.keyboard.type("c");
  await expect(search).toHaveValue("c");
});

test("Escape, another panel and a press elsewhere close a panel; Escape gives the focus back", async ({ page }) => {
  await page.goto(GALLERY);
  await opener(page, "户型").focus();
  await page.keyboard.press("Enter");
  await expect(panel(page, "户型")).toHaveAttribute("open");
  await page.keyboard.press("Tab");
  await expect(panel(page, "户型").locator("input:focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panel(page, "户型")).not.toHaveAttribute("open");
  await expect(opener(page, "户型")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(panel(page, "户型")).toHaveAttribute("open");
  await opener(page, "更多").click();
  await expect(panel(page, "户型")).not.toHaveAttribute("open");
  await page.locator("h1").click({ position: { x: 1, y: 1 }, force: true });
  await expect(panel(page, "更多")).not.toHaveAttribute("open");
});

test("the first stop leads past the head, and every stop can be seen", async ({ page }) => {
  await page.goto(GALLERY);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "跳到内容" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  for (let stop = 1; stop <= 12; stop++) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement;
      // A field in a chip or a frame shows its focus by that.
      const frame = focused.closest("label, .input") ?? focused;
      const look = () => {
        document.getAnimations().forEach((animation) => animation.finish());
        const { outline, boxShadow } = getComputedStyle(frame);
        return `${outline} ${boxShadow}`;
      };
      const [marked, width] = [look(), frame.getBoundingClientRect().width];
      focused.blur();
      const trouble = [
        focused.closest("main") ? "" : "outside main",
        width > 8 ? "" : "too small to be seen",
        marked !== look() ? "" : "looks as without focus",
      ];
      return { stop: focused.outerHTML.slice(0, 80), trouble: trouble.filter((text) => text !== "") };
    });
    expect(shown.trouble, `stop ${stop}: ${shown.stop}`).toEqual([]);
  }
});
