// What the workbench adds where there are scripts: the palette, and numbers that vanish. Nothing here is needed.
(() => {
  const box = () => document.getElementById('palette');

  function open() {
    const palette = box();
    if (!palette || palette.open) return;
    palette.showModal();
    const field = palette.querySelector('input');
    field.value = '';
    sift(palette, '');
  }

  // Names that hold every word typed; the first one is what Enter opens.
  function sift(palette, text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let first = null;
    for (const item of palette.querySelectorAll('#palette-list li')) {
      const shown = words.every((word) => item.textContent.toLowerCase().includes(word));
      item.hidden = !shown;
      const link = item.firstElementChild;
      link.removeAttribute('data-first');
      if (shown && !first) { first = link; link.setAttribute('data-first', ''); }
    }
    return first;
  }

  addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); open(); return; }
    const palette = event.target.closest?.('#palette');
    if (!palette) return;
    const links = [...palette.querySelectorAll('#palette-list li:not([hidden]) a')];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = at + step;
      if (next < 0) palette.querySelector('input').focus();
      else links[Math.min(next, links.length - 1)]?.focus();
    }
  });
  addEventListener('input', (event) => {
    const palette = event.target.closest?.('#palette');
    if (palette) sift(palette, event.target.value);
  });
  // Enter opens the first name that fits; with none, the form searches people.
  addEventListener('submit', (event) => {
    const palette = event.target.closest?.('#palette');
    if (!palette) return;
    const first = palette.querySelector('[data-first]');
    const typed = palette.querySelector('input').value.trim();
    palette.close();
    if (first && typed) { event.preventDefault(); event.stopImmediatePropagation(); first.click(); }
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
