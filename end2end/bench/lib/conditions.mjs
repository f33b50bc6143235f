// What is asked for. Drawn from hashes, so that every run asks the same.
import { createHash } from "node:crypto";

/** A number below `n` that follows from the words. */
export function drawn(n, ...words) {
  return Number(createHash("sha256").update(words.join("/")).digest().readBigUInt64LE() % BigInt(n));
}

/** 64 sets of three conditions: rooms, decoration, price in 万. */
export function three() {
  return Array.from({ length: 64 }, (_, n) => {
    const [rooms, decoration] = [1 + drawn(4, "rooms", n), ["rough", "simple", "fine", "luxury"][drawn(4, "decoration", n)]];
    const from = 150 + 25 * drawn(16, "price", n);
    return { rooms, decoration, price_min: from, price_max: from + 100 + 50 * drawn(6, "width", n) };
  });
}

export const query = (conditions) => new URLSearchParams(conditions).toString();

/** The same for PocketBase: the first page, newest first, without a count. */
export function asked(c) {
  const [min, max] = [c.price_min, c.price_max].map((wan) => wan * 1_000_000);
  const filter = `rooms=${c.rooms}&&decoration='${c.decoration}'&&price>=${min}&&price<=${max}`;
  const words = new URLSearchParams({ filter, sort: "-listed_on,-id", perPage: "24", skipTotal: "1" });
  return `/api/collections/homes/records?${words}`;
}

/** Sets of one to five conditions from whatever the gallery offers, most of them with results. */
export function random(facets, sets) {
  const fields = facets.groups
    .map(({ field, values }) => ({ field, values: values.filter(({ count }) => count > 0).map(({ value }) => value) }))
    .filter(({ values }) => values.length > 0);
  return Array.from({ length: sets }, (_, n) => {
    const words = new URLSearchParams();
    for (let k = 0; k <= drawn(5, "how many", n); k++) {
      const { field, values } = fields[drawn(fields.length, "field", n, k)];
      const value = values[drawn(values.length, "value", n, k)];
      // `-2000` and `90-120` are bands of a range, anything else is a choice.
      const band = /^(\d*)-(\d*)$/.exec(value);
      if (!band) words.set(field, value);
      if (band?.[1]) words.set(`${field}_min`, band[1]);
      if (band?.[2]) words.set(`${field}_max`, band[2]);
    }
    if (drawn(3, "price?", n) === 0) words.set("price_min", String(100 + 50 * drawn(10, "price", n)));
    return words.toString();
  });
}
