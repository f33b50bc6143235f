// The settings of the firm; what is kept with the account is in after/start.spec.ts.
import { expect, test } from "../support/page";
import { enter } from "../support/people";

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
