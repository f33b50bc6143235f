// What the demo firm offers, asked over the public API: no test knows a home, a place or a figure by heart.
import type { APIRequestContext } from "@playwright/test";
import { expect } from "./page";

/** The city of the demo firm. */
export const CITY = "shanghai";
/** Its gallery. */
export const GALLERY = `/${CITY}/listings`;
/** Three conditions that no home of the demo meets together. */
export const NOTHING_FITS = `${GALLERY}?rooms=4&tag=new&price_max=200`;

type Place = { slug: string; name: string };

export type Card = {
  code: string;
  state: string;
  district: Place;
  circle: Place;
  community: Place;
  /** Prices in fen, areas in 0.01 ㎡. */
  price: number;
  first_price: number;
  unit_price: number;
  area_built: number;
  area_inner: number | null;
  listed_on: string;
  /** Per mille. */
  versus_median: number | null;
  metro: { name: string } | null;
  media: { picture: string; nth: number }[];
};

export type FacetValue = { value: string; name?: string; count: number };

export type Listings = {
  total: number;
  total_is_exact: boolean;
  facets: { groups: { field: string; values: FacetValue[] }[] };
  items: Card[];
  next: string | null;
};

/** What the API answers to the address of a gallery page. */
export async function listings(request: APIRequestContext, href = GALLERY): Promise<Listings> {
  const [path, query = ""] = href.split("?");
  const city = path === "/" ? "" : `city=${path.split("/")[1]}&`;
  const answer = await request.get(`/api/v1/listings?${city}${query}`);
  expect(answer.status(), href).toBe(200);
  return answer.json();
}

/** Every home of a gallery, page by page. */
export async function everyHome(request: APIRequestContext, href = GALLERY): Promise<Card[]> {
  const homes: Card[] = [];
  for (let next: string | null = href; next !== null; ) {
    const page: Listings = await listings(request, next);
    homes.push(...page.items);
    next = page.next && `/?${page.next}`;
  }
  return homes;
}

/** The choices of a field. */
export function choices({ facets }: Listings, field: string): FacetValue[] {
  return facets.groups.find((group) => group.field === field)?.values ?? [];
}

/** Address of a home. */
export function homeHref(code: string): string {
  return `${GALLERY}/${code}`;
}

/**
 * A home that was withdrawn and one that was sold. Nothing lists them, so the codes of the last months are tried:
 * what still has a page and is not on sale has been sold.
 */
export async function endedHomes(request: APIRequestContext): Promise<{ withdrawn: string; sold: string }> {
  const onSale = new Set((await everyHome(request)).map(({ code }) => code));
  const withdrawn: string[] = [];
  const sold: string[] = [];
  for (let ago = 0; ago < 14 && !(withdrawn.length && sold.length); ago++) {
    const codes = codesOfMonth(ago).filter((code) => !onSale.has(code));
    await Promise.all(
      codes.map(async (code) => {
        const status = (await request.get(homeHref(code))).status();
        if (status === 410) withdrawn.push(code);
        if (status === 200) sold.push(code);
      }),
    );
  }
  expect(withdrawn.length && sold.length, "the demo has a withdrawn and a sold home").toBeTruthy();
  return { withdrawn: withdrawn[0], sold: sold[0] };
}

function codesOfMonth(ago: number): string[] {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1));
  const stem = `FY-${month.getUTCFullYear()}${String(month.getUTCMonth() + 1).padStart(2, "0")}`;
  return Array.from({ length: 20 }, (_, n) => `${stem}-${String(n + 1).padStart(4, "0")}`);
}
