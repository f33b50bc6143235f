// Navigation inside one document, and filters that answer at once. Every link and form works without this file:
// it only fetches the same page and puts its parts in place. Islands in new parts are hydrated as they arrive.
(() => {
  const parser = new DOMParser();
  const words = document.body.dataset;
  let running = null;
  // A form that has come back stands at the function it was sent to: reloading asks for its page, not for it again.
  if (words.back) history.replaceState(history.state, '', words.back);
  let shown = location.pathname + location.search;

  history.scrollRestoration = 'manual';

  const announce = (text) => { document.getElementById('announce').textContent = text; };

  async function visit(url, { soft = false, push = true, only = '', scroll = 0, quiet = false, sent = false } = {}) {
    running?.abort();
    const abort = (running = new AbortController());
    const busy = setTimeout(() => mark(true), 120);
    try {
      const answer = await fetch(url, { signal: abort.signal, headers: { accept: 'text/html' }, credentials: 'same-origin' });
      if (!(answer.headers.get('content-type') || '').startsWith('text/html')) { location.assign(url); return; }
      const next = parser.parseFromString(await answer.text(), 'text/html');
      if (running !== abort) return;
      if (push && only) history.replaceState(history.state, '', url);
      else if (push) {
        history.replaceState({ y: scrollY }, '');
        history.pushState({ y: 0 }, '', answer.redirected ? answer.url : url);
      }
      shown = location.pathname + location.search;
      document.querySelector('[data-failure]')?.remove();
      head(next);
      soft && regions(next, sent, only) || whole(next, scroll);
      if (!quiet) announce(soft ? (document.querySelector('[data-count]')?.textContent || words.updated) : document.title);
    } catch (error) {
      if (error.name !== 'AbortError' && !quiet) failed(url, { soft, push, only });
    } finally {
      clearTimeout(busy);
      if (running === abort) { running = null; mark(false); dispatchEvent(new Event('menpai:visited')); }
    }
  }

  function mark(on) {
    for (const region of document.querySelectorAll('[data-region]')) region.toggleAttribute('data-waiting', on);
    document.getElementById('main')?.setAttribute('aria-busy', on);
  }

  function head(next) {
    document.title = next.title;
    const kept = 'meta[name="description"],meta[name="twitter:card"],link[rel="alternate"],meta[name="robots"],meta[property],link[rel="canonical"],script[type="application/ld+json"]';
    document.head.querySelectorAll(kept).forEach((old) => old.remove());
    next.head.querySelectorAll(kept).forEach((fresh) => document.head.append(document.importNode(fresh, true)));
  }

  // The parts of a page that depend on the conditions. What a person holds stays: open panels, the focus.
  // `only` names the parts that a form changes; without it all parts are.
  function regions(next, sent, only) {
    const named = only && only.split(' ');
    const old = [...document.querySelectorAll('[data-region]')].filter((part) => !named || named.includes(part.dataset.region));
    if (!old.length || old.some((part) => !next.querySelector(`[data-region="${part.dataset.region}"]`))) return false;
    for (const part of old) {
      const fresh = document.importNode(next.querySelector(`[data-region="${part.dataset.region}"]`), true);
      const open = [...part.querySelectorAll('details')].map((d) => d.open);
      const held = part.contains(document.activeElement) ? document.activeElement : null;
      fresh.querySelectorAll('details').forEach((d, i) => { d.open = !!open[i]; });
      const sheet = part.querySelector('.sheet-toggle');
      if (sheet?.checked) fresh.querySelector('.sheet-toggle').checked = true;
      const panel = part.querySelector('details[open] .menu-panel, .gal-filters');
      const top = panel?.scrollTop;
      part.replaceWith(fresh);
      if (top) { const again = fresh.querySelector('details[open] .menu-panel, .gal-filters'); if (again) again.scrollTop = top; }
      if (held) refocus(fresh, held, sent);
      hydrate(fresh);
    }
    return true;
  }

  function refocus(part, held, sent) {
    const name = held.getAttribute('name');
    const twin = name
      ? [...part.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find((e) => e.type === held.type && (e.value === held.value || !/checkbox|radio/.test(e.type)))
      : held.id ? part.querySelector(`#${CSS.escape(held.id)}`)
      : [...part.querySelectorAll(held.localName)].find((e) => e.type === held.type && e.ariaLabel && e.ariaLabel === held.ariaLabel);
    if (!twin) return;
    if (/^(text|search|)$/.test(twin.type) && held.value !== undefined) {
      // What was sent has been understood and may have become conditions; what is still being typed stays.
      if (!sent) twin.value = held.value;
      twin.focus({ preventScroll: true });
      try { twin.setSelectionRange(held.selectionStart, held.selectionEnd); } catch { /* a field without a caret */ }
    } else twin.focus({ preventScroll: true });
  }

  function whole(next, scroll) {
    const keep = new Set(['announce']);
    for (const node of [...document.body.children]) if (!keep.has(node.id) && node.tagName !== 'SCRIPT') node.remove();
    const before = document.getElementById('announce');
    for (const node of [...next.body.children]) {
      if (keep.has(node.id) || node.tagName === 'SCRIPT') continue;
      const fresh = document.importNode(node, true);
      document.body.insertBefore(fresh, before);
      hydrate(fresh);
    }
    scrollTo(0, scroll);
    const title = document.querySelector('main h1');
    if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  }

  function hydrate(part) {
    if (!window.__hydrateIsland) return;
    const all = [...part.querySelectorAll('leptos-island')];
    if (part.localName === 'leptos-island') all.unshift(part);
    for (const island of all) window.__hydrateIsland(island, island.dataset.component);
  }

  function failed(url, how) {
    document.querySelector('[data-failure]')?.remove();
    const banner = document.createElement('div');
    banner.className = 'banner banner--bad';
    banner.dataset.failure = '';
    banner.setAttribute('role', 'alert');
    const text = document.createElement('p');
    text.className = 'grow';
    text.textContent = words.failed;
    const again = document.createElement('button');
    again.className = 'btn btn--sm';
    again.textContent = words.retry;
    again.onclick = () => visit(url, how);
    banner.append(text, again);
    document.getElementById('main')?.prepend(banner);
  }

  // The address a form asks for: empty fields left out, several values of one field joined. A number that is still
  // being typed while another field changes counts as it was.
  function address(form, changed) {
    const url = new URL(form.action);
    const fields = new Map();
    for (const [name, value] of new FormData(form)) {
      const text = String(value).trim();
      if (text) fields.set(name, fields.has(name) && name !== 'q' ? `${fields.get(name)},${text}` : text);
    }
    const typing = changed && document.activeElement;
    if (typing && typing !== changed && typing.form === form && !/checkbox|radio|range|select/.test(typing.type)) {
      if (typing.defaultValue) fields.set(typing.name, typing.defaultValue);
      else fields.delete(typing.name);
    }
    url.search = [...fields].map(([n, v]) => `${n}=${encodeURIComponent(v).replaceAll('%2C', ',')}`).join('&');
    return url.href;
  }

  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target.closest?.('a[href]');
    if (!link || link.getAttribute('target') || link.hasAttribute('download') || link.relList?.contains('external')) return;
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    if (url.origin !== location.origin) return;
    if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
    if (/^\/(api|files|pictures)\//.test(url.pathname)) return;
    event.preventDefault();
    visit(url.href, { soft: link.closest('[data-soft]') !== null });
  });

  // Puts a home on a list or takes it off. The answer is this page as it is then; a full list answers with another.
  async function keep(form, button) {
    const { name, value } = button;
    const code = form.elements.code.value;
    const twins = [...document.querySelectorAll(`form[data-keep] button[name="${name}"][aria-pressed]`)].filter((b) => b.form.elements.code.value === code);
    const press = (on) => twins.forEach((twin) => { twin.ariaPressed = on; twin.value = on ? 'off' : 'on'; });
    press(value === 'on');
    try {
      const answer = await fetch('/saved', { method: 'POST', body: new URLSearchParams({ code, [name]: value }), headers: { accept: 'text/html' }, credentials: 'same-origin' });
      if (!answer.ok) throw new Error(answer.status);
      const url = new URL(answer.url);
      if (url.pathname !== location.pathname) { press(value !== 'on'); visit(url.href); return; }
      regions(parser.parseFromString(await answer.text(), 'text/html'), false, 'saved tray compare kept');
      announce(document.querySelector('.tray b')?.textContent || words.updated);
    } catch { press(value !== 'on'); announce(words.failed); }
  }

  addEventListener('submit', (event) => {
    const form = event.target;
    if (!event.defaultPrevented && form.matches('[data-keep]') && event.submitter) { event.preventDefault(); keep(form, event.submitter); return; }
    if (event.defaultPrevented || form.method !== 'get' || form.target) return;
    event.preventDefault();
    form.querySelectorAll('details[open]').forEach((panel) => { panel.open = false; });
    const sheet = form.querySelector('.sheet-toggle');
    if (sheet) sheet.checked = false;
    visit(address(form), { soft: form.hasAttribute('data-live'), only: form.dataset.live, sent: true });
  });

  // The thumbs of a range move the typed numbers, which are the fields; one thumb pushes the other.
  addEventListener('input', ({ target }) => {
    const said = target.type === 'range' && target.id && target.form?.querySelector(`output[for="${target.id}"]`);
    if (said) said.textContent = `${target.value}%`;
    const range = target.closest?.('.range');
    if (!range) return;
    const [low, high] = range.querySelectorAll('input[type=range]');
    const [least, most] = range.querySelectorAll('.range-typed input');
    if (target.type === 'range') {
      if (+low.value > +high.value) (target === low ? high : low).value = target.value;
      least.value = +low.value > +low.min ? low.value : '';
      most.value = +high.value < +high.max ? high.value : '';
    } else {
      low.value = least.value || low.min;
      high.value = most.value || high.max;
    }
    const share = (thumb) => ((thumb.value - thumb.min) / (thumb.max - thumb.min)) * 100;
    const bar = range.querySelector('.range-track rect');
    bar.setAttribute('x', share(low));
    bar.setAttribute('width', Math.max(0, share(high) - share(low)));
  });

  let soon = 0;
  addEventListener('change', (event) => {
    const form = event.target.form;
    if (!form?.hasAttribute('data-live') || event.target.classList.contains('sheet-toggle')) return;
    clearTimeout(soon);
    soon = setTimeout(() => form.isConnected && visit(address(form, event.target), { soft: true, only: form.dataset.live }), 150);
  });

  // A press outside, or Escape, closes an open panel and gives the focus back.
  addEventListener('click', (event) => {
    for (const panel of document.querySelectorAll('details.menu[open]')) if (!panel.contains(event.target)) panel.open = false;
  });
  addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      const panel = document.querySelector('details.menu[open]');
      if (panel) { panel.open = false; panel.querySelector('summary').focus(); }
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input,textarea,select,[contenteditable]')) return;
    const kept = { f: 'favourite', c: 'compare' }[event.key];
    if (kept) {
      const home = document.activeElement.closest('article.home') || document.querySelector('.side-card');
      home?.querySelector(`form[data-keep] button[name="${kept}"]`)?.click();
    }
    const home = document.activeElement?.closest('article.home');
    if (home && /^Arrow/.test(event.key)) {
      const homes = [...document.querySelectorAll('article.home')];
      const first = homes[0].getBoundingClientRect().top;
      const across = Math.max(1, homes.findIndex((other) => other.getBoundingClientRect().top > first + 4)) || homes.length;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
      const next = homes[homes.indexOf(home) + step];
      if (next) { event.preventDefault(); next.querySelector('h3 a').focus(); }
    }
    if (event.key === '?') document.getElementById('keys')?.showModal();
    if (event.key === '/') {
      const search = [...document.querySelectorAll('[name="q"]')].find((field) => !field.closest('dialog'));
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  addEventListener('popstate', (event) => {
    if (location.pathname + location.search === shown) return;
    visit(location.href, { push: false, scroll: event.state?.y || 0 });
  });

  addEventListener('menpai:visit', ({ detail }) => visit(detail, { soft: true }));

  // Scripts of parts that only some pages have.
  function scripts() {
    for (const part of document.querySelectorAll('[data-script]')) {
      const src = part.dataset.script;
      if (document.querySelector(`script[src="${src}"]`)) continue;
      const script = document.createElement('script');
      script.src = src;
      document.head.append(script);
    }
  }
  addEventListener('menpai:visited', scripts);
  scripts();

  navigator.serviceWorker?.register('/sw.js').catch(() => { /* private windows have none */ });

  // An island heard that something on this page has changed. Everybody hears at once, so each waits a moment of its
  // own; a page nobody looks at waits until somebody does, and a visit under way goes first.
  let stale = false;
  function refresh() {
    if (!stale || running || document.hidden) return;
    stale = false;
    visit(location.href, { soft: true, push: false, quiet: true });
  }
  addEventListener('menpai:refresh', () => {
    if (stale) return;
    stale = true;
    setTimeout(refresh, Math.random() * 400);
  });
  addEventListener('menpai:visited', refresh);
  document.addEventListener('visibilitychange', refresh);
})();

// Sharing and printing: buttons that need a script, hidden by style where there is none.
addEventListener('click', async (event) => {
  if (event.target.closest?.('[data-print]')) print();
  const share = event.target.closest?.('[data-share]');
  if (!share) return;
  try {
    const url = share.dataset.url || location.href;
    if (navigator.share) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      document.getElementById('announce').textContent = share.dataset.share;
      share.lastChild.textContent = share.dataset.share;
    }
  } catch { /* the person closed the sheet */ }
});
