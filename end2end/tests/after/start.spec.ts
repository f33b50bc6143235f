// The page after signing in is kept with the account: it changes where everybody arrives who signs in as the same person.
import { expect, test } from "../support/page";
import { signIn } from "../support/people";

for (const [login, javaScriptEnabled] of [["lin", true], ["zhou", false]] as const) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("the page after signing in is chosen, and holds on every device", async ({ page, newVisitor }) => {
      await signIn(page, login);
      await expect(page).toHaveURL(/\/home$/);
      await page.goto("/settings");
      await expect(page.locator("form[action='/api/settings/change_firm']")).toHaveCount(0);
      await page.locator("button[name=start][value=staff]").click();
      await expect(page.locator("button[name=start][value=staff]")).toHaveAttribute("aria-pressed", "true");
      const elsewhere = await newVisitor();
      await signIn(elsewhere, login);
      await expect(elsewhere).toHaveURL(/\/staff$/);
      await page.locator("button[name=start][value=home]").click();
      await expect(page.locator("button[name=start][value=home]")).toHaveAttribute("aria-pressed", "true");
    });
  });
}
