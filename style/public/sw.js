// Homes that were looked at, and the favourites, without a network. Pages come from the network whenever there is one.
//
// A page names its own files by their hashes, and each is kept under its own address: an old page never gets a new
// module, nor a new page an old one.
const PAGES = 'pages-1';
const FILES = 'files-1';
const MOST = { [PAGES]: 40, [FILES]: 240 };
const OFFLINE = '/offline';

addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const page = await fetch(OFFLINE, { headers: { accept: 'text/html' } });
      if (!page.ok) return;
      const text = await page.clone().text();
      await (await caches.open(PAGES)).put(OFFLINE, page);
      const named = [...text.matchAll(/(?:href|src)="(\/(?:pkg\/|icons\.svg|favicon)[^"#]*)/g)].map(([, path]) => path);
      await (await caches.open(FILES)).addAll([...new Set([...named, '/icons.svg'])]);
    })().catch(() => {}),
  );
  skipWaiting();
});

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (!(name in MOST)) await caches.delete(name);
      await clients.claim();
    })(),
  );
});

// Only what a guest may see without signing in, and only what says so itself.
const keepable = (answer) => answer.ok && answer.type === 'basic' && !/no-store/.test(answer.headers.get('cache-control') || '');
const isHome = (path) => /^\/[a-z0-9-]+\/listings\/FY-[\d-]+$/.test(path);

async function keep(cache, key, answer) {
  const kept = await caches.open(cache);
  await kept.delete(key);
  await kept.put(key, answer);
  const keys = await kept.keys();
  for (const old of keys.filter((k) => !k.url.endsWith(OFFLINE)).slice(0, Math.max(0, keys.length - MOST[cache]))) await kept.delete(old);
}

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    if ((isHome(url.pathname) || url.pathname === '/saved') && keepable(answer) && !answer.redirected) {
      event.waitUntil(keep(PAGES, url.pathname, answer.clone()).catch(() => {}));
    }
    return answer;
  } catch (error) {
    const kept = await caches.match(url.pathname, { cacheName: PAGES, ignoreVary: true });
    // A part of a page that is asked for by script says itself that it failed.
    if (!kept && event.request.mode !== 'navigate') throw error;
    return kept || (await caches.match(OFFLINE, { ignoreVary: true })) || Response.error();
  }
}

async function file(event, url) {
  const hashed = url.pathname.startsWith('/pkg/');
  if (hashed) {
    const kept = await caches.match(event.request, { cacheName: FILES, ignoreVary: true });
    if (kept) return kept;
  }
  try {
    const answer = await fetch(event.request);
    if (keepable(answer)) event.waitUntil(keep(FILES, event.request, answer.clone()).catch(() => {}));
    return answer;
  } catch {
    return (await caches.match(event.request, { cacheName: FILES, ignoreVary: true })) || Response.error();
  }
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate' || (request.headers.get('accept') || '').startsWith('text/html')) {
    event.respondWith(page(event, url));
  } else if (/^\/(pkg\/|pictures\/[^/]+\/[^/]+\.svg|files\/[0-9a-f]+\.jpg|icons\.svg|favicon)/.test(url.pathname)) {
    event.respondWith(file(event, url));
  }
});
