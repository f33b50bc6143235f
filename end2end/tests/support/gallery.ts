// Where things stand on a gallery page.
import type { Locator, Page } from "@playwright/test";
import { expect } from "./page";

/** The homes on the page, in order. */
export function codes(page: Page, cards = "[data-region=results] article"): Promise<string[]> {
  return page.locator(cards).evaluateAll((all) => all.map((card) => card.getAttribute("data-code") ?? ""));
}

/** Waits until the heading says so many. */
export async function expectCount(page: Page, count: number): Promise<void> {
  await expect(page.locator("h1 [data-count]")).toHaveText(new RegExp(`^${count} `));
}

/** A panel of the form, by the words on its button. */
export function panel(page: Page, label: string): Locator {
  const words = page.locator("summary > span", { hasText: new RegExp(`^${label}$`) });
  return page.locator("details.fmenu").filter({ has: words });
}

/** The button that opens a panel. */
export function opener(page: Page, label: string): Locator {
  return panel(page, label).locator("summary");
}

/** Both typed ends of a range and its lower thumb. */
export function ends(page: Page, name: string): { least: Locator; most: Locator; thumb: Locator } {
  const typed = page.locator("[name]");
  return {
    least: page.getByLabel(`最低${name}`).and(typed),
    most: page.getByLabel(`最高${name}`).and(typed),
    thumb: page.getByLabel(`最低${name}`).and(page.locator("[type=range]")),
  };
}

/** One choice among the chips of the form. */
export function choice(page: Page, field: string, value: string): Locator {
  return page.locator(`[data-region=choices] input[name="${field}"][value="${value}"]`);
}

/** The conditions in force, in words. */
export function applied(page: Page): Locator {
  return page.locator(".gal-on .chip");
}

/** Marks the document, so that `expectSameDocument` notices a full load. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { __same: 1 }));
}

/** Fails if the browser has loaded a document since `markDocument`. */
export async function expectSameDocument(page: Page): Promise<void> {
  expect(await page.evaluate(() => "__same" in window), "no full load").toBe(true);
}
