// The settings: of this browser, and for administrators of the firm.
import { expect, test } from "../support/page";
import { enter, signIn } from "../support/people";

test("the page after signing in is chosen", { tag: ["@phone", "@no-js", "@desktop"] }, async ({ page }) => {
  await enter(page, "lin");
  await page.goto("/settings");
  await expect(page.locator("form[action='/api/settings/change_firm']")).toHaveCount(0);
  await page.locator("button[name=start][value=staff]").click();
  await expect(page.locator("button[name=start][value=staff]")).toHaveAttribute("aria-pressed", "true");
  await signIn(page, "lin");
  await expect(page).toHaveURL(/\/staff$/);
});

test.describe("what is refused", () => {
  test.use({ expectedComplaints: /422/ });

  test("an administrator is told of a number out of range, with what was typed", { tag: ["@no-js", "@desktop"] }, async ({ page }) => {
    await enter(page, "tang");
    await page.goto("/settings");
    await page.locator("[name=reveal_hour]").fill("101");
    await page.locator("form[action='/api/settings/change_firm'] button").click();
    await expect(page.locator("[name=reveal_hour]")).toHaveValue("101");
    await expect(page.locator("[name=reveal_hour]")).toHaveAttribute("aria-invalid", "true");
  });
});
