// What the workbench adds where there are scripts: the palette, and numbers that vanish. Nothing here is needed.
(() => {
  const PAUSE_MS = 150, MOST = 6;
  let pause, asked, chosen; // the wait for more letters, the request under way, whether Enter waits for its answer
  const box = () => document.getElementById('palette');
  const field = (palette) => palette.querySelector('input');

  function open() {
    const palette = box();
    if (!palette || palette.open) return;
    palette.showModal();
    field(palette).value = '';
    seek(palette);
  }

  // Nothing goes on behind a palette that was closed, by Escape as well.
  addEventListener('close', (event) => {
    if (event.target !== box()) return;
    clearTimeout(pause);
    asked?.abort();
    asked = chosen = null;
  }, true);

  // Pages at once, by name; the rest when the server has answered. A newer text ends the request of an older one.
  function seek(palette) {
    const text = field(palette).value.trim();
    clearTimeout(pause);
    asked?.abort();
    asked = chosen = null;
    sift(palette, text);
    const sources = [...palette.querySelectorAll('[data-source]')];
    if (!text) sources.forEach((group) => fill(group, []));
    mark(palette, '');
    if (!text) return;
    const mine = asked = new AbortController();
    pause = setTimeout(() => ask(palette, sources, text, mine), PAUSE_MS);
  }

  // Names that hold every word typed.
  function sift(palette, text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const group = palette.querySelector('[data-kind=pages]');
    for (const item of group.querySelectorAll('li')) {
      item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
    }
    group.hidden = !group.querySelector('li:not([hidden])');
  }

  async function ask(palette, sources, text, mine) {
    const answers = await Promise.allSettled(sources.map(async (group) => {
      const answer = await fetch(group.dataset.source + encodeURIComponent(text), { signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { items, unknown_words: unknown } = await answer.json();
      return unknown?.length ? [] : items.slice(0, MOST);
    }));
    if (asked !== mine) return;
    asked = null;
    answers.forEach(({ value }, n) => fill(sources[n], value ?? []));
    const { none, failed } = palette.querySelector('[role=status]').dataset;
    const found = links(palette).length;
    mark(palette, answers.some(({ reason }) => reason) ? failed : found ? '' : none);
    if (chosen) field(palette).form.requestSubmit();
  }

  function fill(group, items) {
    group.querySelector('ul').replaceChildren(...items.map((item) => line(group.dataset, item)));
    group.hidden = !items.length;
  }

  function line(words, item) {
    const [li, link, more] = ['li', 'a', 'small'].map((name) => document.createElement(name));
    if (words.kind === 'staff') {
      link.href = `/staff/${item.code}`;
      link.textContent = item.name;
      more.textContent = [item.position, item.store_name, item.code].filter(Boolean).join(' · ');
    } else {
      const { rooms, halls } = item.layout ?? {};
      const space = document.documentElement.lang === 'en' ? ' ' : '';
      const layout = [[words.rooms, rooms], [words.halls, halls]].filter(([, n]) => n != null);
      link.href = `/${item.city.slug}/listings/${item.code}`;
      link.textContent = item.community.name;
      more.textContent = [
        layout.map(([word, n]) => word.replace('#', n)).join(space),
        words.area.replace('#', item.area_built / 100), price(item.price), item.code,
      ].filter(Boolean).join(' · ');
    }
    link.append(more);
    li.append(link);
    return li;
  }

  // Fen as people say it, as the pages do.
  function price(fen) {
    if (document.documentElement.lang !== 'en') return `${Math.round(fen / 1e4) / 100} 万`;
    return fen < 99_950_000 ? `¥${Math.round(fen / 1e5)}k` : `¥${Math.round(fen / 1e5) / 1e3}M`;
  }

  const links = (palette) => [...palette.querySelectorAll('#palette-list section:not([hidden]) li:not([hidden]) a')];

  // Says how it went, and marks what Enter opens.
  function mark(palette, text) {
    palette.querySelector('[data-first]')?.removeAttribute('data-first');
    if (field(palette).value.trim()) links(palette)[0]?.setAttribute('data-first', '');
    palette.querySelector('[role=status]').textContent = text;
  }

  addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); open(); return; }
    const palette = event.target.closest?.('#palette');
    // In a search field the first Escape would only empty it.
    if (palette && event.key === 'Escape') { event.preventDefault(); palette.close(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!palette || !step) return;
    event.preventDefault();
    const all = links(palette);
    const next = all.indexOf(document.activeElement) + step;
    if (next < 0) field(palette).focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  });
  // While a word is being composed nothing is asked; the end of it asks.
  for (const name of ['input', 'compositionend']) {
    addEventListener(name, (event) => {
      const palette = event.target.closest?.('#palette');
      if (palette && !event.isComposing) seek(palette);
    });
  }
  // Enter opens the first that fits, once it is known which that is; what was found for an older text is none.
  addEventListener('submit', (event) => {
    const palette = event.target.closest?.('#palette');
    if (!palette) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const page = palette.querySelector('[data-kind=pages]:not([hidden]) [data-first]');
    if (asked && !page) { chosen = true; return; }
    const first = palette.querySelector('[data-first]');
    if (first) first.click();
  }, true);
  addEventListener('click', (event) => {
    if (event.target.closest?.('[data-palette]')) open();
    const palette = event.target.closest?.('#palette');
    if (palette && (event.target === palette || event.target.closest('a'))) palette.close();
  });

  // A number that was shown leaves the screen after its time, and when nobody looks at the page any more.
  function vanish() {
    for (const shown of document.querySelectorAll('[data-vanish]')) shown.replaceWith('••• •••• ••••');
  }
  const shown = document.querySelector('[data-vanish]');
  if (shown) {
    setTimeout(vanish, shown.dataset.vanish * 1000);
    addEventListener('pagehide', vanish);
  }
})();
