// The rules of `page.ts` bite: each of these tests is expected to fail.
import { expectAccessible, test } from "./page";

test.fail("a console error fails its test", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => console.error("provoked"));
});

test.fail("an uncaught error fails its test", async ({ page }) => {
  await page.goto("/");
  const heard = page.waitForEvent("pageerror");
  await page.evaluate(() => queueMicrotask(() => { throw new Error("provoked"); }));
  await heard;
});

test.fail("an error on another visitor's page fails its test", async ({ newVisitor }) => {
  const page = await newVisitor();
  await page.goto("/");
  await page.evaluate(() => console.error("provoked"));
});

test.fail("a field without a label fails its test", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("input")));
  await expectAccessible(page);
});
