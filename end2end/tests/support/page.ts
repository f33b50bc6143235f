// The `test` of every browser test: it fails when a page complains, whatever else the test looks at.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

export { expect };

type Fixtures = {
  /** Complaints that this test provokes on purpose: `test.use({ expectedComplaints: /404/ })`. */
  expectedComplaints: RegExp | null;
  /** What the pages of the test complained about so far. */
  complaints: string[];
  /** Opens a page of another person: own cookies, same rules. Options as for a browser context. */
  newVisitor: (options?: BrowserContextOptions) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  expectedComplaints: [null, { option: true }],

  complaints: async ({ expectedComplaints }, use) => {
    const complaints: string[] = [];
    await use(complaints);
    const unexpected = complaints.filter((complaint) => !expectedComplaints?.test(complaint));
    expect(unexpected, "pages must not complain").toEqual([]);
  },

  context: async ({ context, baseURL, complaints }, use) => {
    await listen(context, baseURL, complaints);
    await use(context);
  },

  newVisitor: async ({ browser, baseURL, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await listen(context, baseURL, complaints);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** `expectAccessible` in light and dark colours. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page);
  }
}

/** Fails on violations of WCAG that axe-core calls serious or critical. Needs scripts to run in the page. */
export async function expectAccessible(page: Page): Promise<void> {
  // A page that is being brought up to date is drawn paler.
  await expect(page.locator("[data-waiting]")).toHaveCount(0);
  await page.evaluate(settled);
  // By evaluation, because the content security policy rightly refuses a script tag of ours.
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  const grave = results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(grave, `accessibility of ${page.url()}`).toEqual([]);
}

/** Until colours on their way to others have arrived: axe would measure them half way. */
async function settled(): Promise<void> {
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Writes down every console error, uncaught error, violated policy and failed answer of our own server. */
async function listen(context: BrowserContext, baseURL: string | undefined, complaints: string[]): Promise<void> {
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 500 && response.url().startsWith(baseURL ?? "")) {
      complaints.push(`answer: ${response.status()} ${response.request().method()} ${response.url()}`);
    }
  });
  // Chromium reports most violations as console errors too; this one also hears report-only policies.
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      console.error(`policy: ${effectiveDirective} refused ${blockedURI}`);
    });
  });
}
