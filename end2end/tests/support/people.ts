// The people of the demo firm, and how they come in: as a person does, by the door.
import { appendFileSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect } from "./page";

export type Account = { role: string; login: string; password: string; name: string; code: string; store: string };

/** The demo account of a login, as `menpai demo --accounts` wrote it. */
export function account(login: string): Account {
  const accounts: Account[] = JSON.parse(readFileSync(`${process.env.MENPAI_DATA}.accounts.json`, "utf8"));
  const found = accounts.find((account) => account.login === login);
  if (!found) throw new Error(`the demo has no account ${login}`);
  return found;
}

/** Fills in the door and goes through. */
export async function signIn(page: Page, login: string, password = account(login).password): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Signs in and waits for the workbench. */
export async function enter(page: Page, login: string): Promise<Account> {
  await signIn(page, login);
  await expect(page).toHaveURL(/\/home$/);
  return account(login);
}

/** A mobile number nobody else has. What was typed must not be found anywhere afterwards: last/leaks.spec.ts. */
export function number(): string {
  const number = `139${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
  appendFileSync(typedNumbers(), `${number}\n`);
  return number;
}

/** The file of all numbers that the tests of this run have typed. */
export function typedNumbers(): string {
  return `${process.env.MENPAI_DATA}.typed`;
}

/** A strong password nobody else has. */
export function phrase(): string {
  return `plaza-cactus-${Math.random().toString(36).slice(2, 10)}-91`;
}
