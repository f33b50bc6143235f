// The JSON twin of the gallery.
import { expect, test } from "../support/page";
import { CITY, GALLERY, everyHome, listings } from "../support/firm";

test("it pages through every home once", async ({ request }) => {
  const { total, next } = await listings(request);
  expect(next).not.toBeNull();
  const homes = await everyHome(request);
  expect(homes).toHaveLength(total);
  expect(new Set(homes.map(({ code }) => code)).size).toBe(total);
});

test("it counts to the end when asked, and answers like the page", async ({ request }) => {
  const { total, items } = await listings(request, `${GALLERY}?rooms=2`);
  const exact = await request.get(`/api/v1/listings?city=${CITY}&rooms=2&exact=1`);
  expect(exact.headers()["content-type"]).toMatch(/^application\/json/);
  expect(await exact.json()).toMatchObject({ total_is_exact: true, total });
  const page = await (await request.get(`${GALLERY}?rooms=2`)).text();
  for (const { code } of items) expect(page).toContain(`data-code="${code}"`);
});

test("it refuses what it does not know and names it", async ({ request }) => {
  const refused = await request.get("/api/v1/listings?colour=red&rooms=two&decoration=gold");
  expect(refused.status()).toBe(422);
  expect(refused.headers()["content-type"]).toBe("application/problem+json");
  expect(await refused.json()).toMatchObject({
    type: "urn:menpai:error:invalid",
    status: 422,
    errors: [
      { field: "colour", problem: "unknown_field", value: "red" },
      { field: "rooms", problem: "malformed", value: "two" },
      { field: "decoration", problem: "unknown_value", value: "gold" },
    ],
  });
  const nowhere = await request.get("/api/v1/listings?city=atlantis");
  expect([nowhere.status(), nowhere.headers()["content-type"]]).toEqual([404, "application/problem+json"]);
});

test("it tells the public these facts of a home and no others", async ({ request }) => {
  const { items } = await listings(request);
  for (const home of items) expect(Object.keys(home).sort()).toEqual(PUBLIC);
});

const PUBLIC = [
  "any_time", "area_built", "area_inner", "built_year", "circle", "city", "code", "community", "days", "decoration",
  "district", "elevator", "facing", "first_price", "floor", "floor_band", "has_verify_code", "holding", "layout",
  "listed_on", "media", "metro", "only_home", "price", "state", "storeys", "unit_price", "unverified", "version",
  "versus_median",
];
