// Rows 1 to 5 and 15: what a reader waits for.
import { asked, drawn, query, random, three } from "../lib/conditions.mjs";
import { Visitor, spread, wrk } from "../lib/load.mjs";
import { flat, floorsOn, folder, menpaiOn, pocketbaseOn } from "../lib/stock.mjs";

const GALLERY = "/shanghai/listings";
const API = "/api/v1/listings?city=shanghai";
/** A cookie the server does not know: whoever has one gets a page of their own, drawn anew. */
const UNKEPT = "Cookie: bench=1";
const rate = ({ rps, perCpu, p50, p99 }) => ({ rps, perCpu, p50, p99 });

/** Rows 1 and 2, one server after the other, the same conditions in the same order. */
export async function throughput({ seconds, port, sizes }, row) {
  const sets = three();
  const found = {};
  const measured = async (name, server, paths, header) => {
    found[name] = rate(await wrk(server, paths, seconds, header));
    console.log(`   ${name}: ${found[name].rps.toFixed(0)} a second, ${found[name].perCpu.toFixed(0)} for each second of work`);
  };
  const floors = await floorsOn(await flat("100k"));
  await measured("S", floors, ["/static"]);
  await measured("FL", floors, sets.map((set) => `/page?${query(set)}`));
  await floors.stop();
  const pocketbase = await pocketbaseOn("100k", port);
  await measured("PB", pocketbase, sets.map(asked));
  await pocketbase.stop();
  for (const size of sizes.filter((size) => size !== "10k")) {
    const menpai = await menpaiOn(await folder(size));
    await measured(`page ${size}`, menpai, sets.map((set) => `${GALLERY}?${query(set)}`), UNKEPT);
    if (size === "100k") {
      await measured("json 100k", menpai, sets.map((set) => `${API}&${query(set)}`));
      const visitor = new Visitor(menpai.origin);
      const { headers } = await visitor.get(GALLERY);
      visitor.close();
      const tag = headers.etag;
      if (!tag) throw new Error("the gallery has no tag");
      await measured("kept", menpai, [GALLERY], "Accept-Encoding: br");
      await measured("unchanged", menpai, [GALLERY], `If-None-Match: ${tag}`);
    }
    await menpai.stop();
  }
  const ratio = (a, b) => found[a].perCpu / found[b].perCpu;
  row(1, "page with three conditions, facets and total, 100k homes ÷ bare page (FL)", ratio("page 100k", "FL"), ">=", 0.25, found);
  row(1, "the same as JSON ÷ PocketBase (PB)", ratio("json 100k", "PB"), ">=", 2);
  row(1, "p99 ÷ p50 of the page", found["page 100k"].p99 / found["page 100k"].p50, "<=", 5);
  if (found["page 1m"]) row(1, "page of 1M homes ÷ page of 100k", ratio("page 1m", "page 100k"), ">=", 0.8);
  row(2, "gallery kept as bytes, brotli ÷ static file of 14 kB (S)", ratio("kept", "S"), ">=", 0.5);
  row(2, "gallery unchanged since (304) ÷ S", ratio("unchanged", "S"), ">=", 0.5);
}

/** Rows 3, 4, 5 and 15, one visitor. */
export async function latency({ sizes }, row) {
  const largest = sizes.at(-1);
  const facets = {};
  const pages = {};
  for (const size of sizes) {
    const menpai = await menpaiOn(await folder(size));
    const visitor = new Visitor(menpai.origin);
    const unkept = { cookie: UNKEPT.replace("Cookie: ", "") };
    const first = JSON.parse((await visitor.get(API)).body);
    const sets = random(first.facets, 200).map((words) => `${API}&${words}`);
    const all = await visitor.time(sets);
    facets[size] = all.p50;
    const [home] = first.items;
    const reads = {
      gallery: [GALLERY],
      "three conditions": three().slice(0, 16).map((set) => `${GALLERY}?${query(set)}`),
      "page 20": [`${GALLERY}?${await twentieth(visitor)}`],
      home: [`${GALLERY}/${home.code}`],
      map: [`${GALLERY}?view=map`],
    };
    pages[size] = {};
    for (const [name, paths] of Object.entries(reads)) pages[size][name] = (await visitor.time(paths, 9, unkept)).p50;
    if (size === largest) {
      row(3, `200 random sets, ${size}, p50 ms`, all.p50, "<=", 3, all);
      row(3, `200 random sets, ${size}, p95 ms`, all.p95, "<=", 10);
      row(3, `200 random sets, ${size}, worst ms`, all.worst, "<=", 50);
      await counts(size, menpai, visitor, row);
      await words(size, menpai, visitor, row);
    }
    visitor.close();
    await menpai.stop();
  }
  for (const [less, more] of sizes.slice(1).map((size, at) => [sizes[at], size])) {
    if (less === "100k") row(4, `random sets with facets, p50 ${more} ÷ ${less}`, facets[more] / facets[less], "<=", 2, facets);
    for (const name of Object.keys(pages[less])) {
      row(15, `${name}, p50 ${more} ÷ ${less}`, pages[more][name] / pages[less][name], "<=", 1.5, { less: pages[less][name], more: pages[more][name] });
    }
  }
}

async function twentieth(visitor) {
  let words = "";
  for (let page = 1; page < 20; page++) {
    const { next } = JSON.parse((await visitor.get(`/api/v1/listings?${words || "city=shanghai"}`)).body);
    if (!next) break;
    words = next;
  }
  return words.replace("city=shanghai&", "");
}

/** Row 4: everything beside the page against three live counts of SQLite. */
async function counts(size, menpai, visitor, row) {
  const narrow = three().slice(0, 24);
  const wide = narrow.map(({ price_min }) => ({ price_min, price_max: 100_000 }));
  const floors = await floorsOn(await flat(size));
  const other = new Visitor(floors.origin);
  for (const [name, sets] of [["a price from on", wide], ["three conditions and an index for them", narrow]]) {
    const live = await other.time(sets.map((set) => `/facets?${query(set)}`), 1);
    const own = await visitor.time(sets.map((set) => `${API}&${query(set)}`), 3);
    const what = `three live GROUP BYs of SQLite ÷ JSON with every facet, ${size}, ${name}`;
    row(4, what, live.p50 / own.p50, ">=", 20, { live, own });
  }
  other.close();
  await floors.stop();
}

/** Row 5: words of two to four characters from names of communities, against a plain scan of the names. */
async function words(size, menpai, visitor, row) {
  const names = new Set();
  for (let n = 0; names.size < 120 && n < 120; n++) {
    const path = `${API}&price_min=${100 + 10 * n}&sort=price`;
    for (const { community } of JSON.parse((await visitor.get(path)).body).items) names.add(community.name);
  }
  const terms = new Set();
  for (let n = 0; terms.size < 200 && n < 2_000; n++) {
    const name = [...names][drawn(names.size, "name", n)];
    const length = Math.min(2 + drawn(3, "length", n), name.length);
    terms.add(name.substr(drawn(name.length - length + 1, "from", n), length));
  }
  const floors = await floorsOn(await flat(size));
  const other = new Visitor(floors.origin);
  const times = [];
  let [wanted, found] = [0, 0];
  const missed = [];
  for (const term of terms) {
    const q = encodeURIComponent(term);
    const path = `${API}&q=${q}`;
    await visitor.get(path);
    const answer = await visitor.get(path);
    times.push(answer.ms);
    const { total, items } = JSON.parse(answer.body);
    const codes = (await other.get(`/scan?q=${q}`)).body.split("\n").filter(Boolean);
    if (codes.length > 100) {
      // Too many to compare one by one: a search must find at least as many.
      wanted += 1;
      found += Number(total >= codes.length);
      if (total < codes.length) missed.push(`${term}: ${total} of more than 100`);
      continue;
    }
    const seen = new Set(items.map(({ code }) => code));
    for (let next = JSON.parse(answer.body).next; next && seen.size < 2_000; ) {
      const page = JSON.parse((await visitor.get(`/api/v1/listings?${next}`)).body);
      for (const { code } of page.items) seen.add(code);
      next = page.next;
    }
    wanted += codes.length;
    const hits = codes.filter((code) => seen.has(code)).length;
    found += hits;
    if (hits < codes.length) missed.push(`${term}: ${hits} of ${codes.length}, ${total} in all`);
  }
  other.close();
  await floors.stop();
  const all = spread(times);
  row(5, `Chinese words, ${size}, p95 ms`, all.p95, "<=", 10, all);
  row(5, `recall against a plain scan, ${terms.size} words`, found / wanted, ">=", 1, { wanted, found, missed });
  if (missed.length) console.log(`   missed: ${missed.join("; ")}`);
}
