// A ring drawn on the map with a mouse or a finger becomes a condition of the search. Loaded where there is a map.
(() => {
  let map = null;
  let points = [];

  const drawn = (svg) => svg.getBoundingClientRect().width > 0;
  const stop = (root) => {
    root?.removeAttribute('data-drawing');
    root?.querySelector('[data-draw]')?.setAttribute('aria-pressed', 'false');
    root?.querySelectorAll('.map-hand').forEach((hand) => hand.removeAttribute('points'));
    points = [];
    map = null;
  };
  const say = (root, text) => { root.querySelector('[data-map-note]').textContent = text; };

  // Pixels of the drawing, whatever size it is shown at.
  function spot(svg, event) {
    const matrix = svg.getScreenCTM();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return [at.x, at.y];
  }

  function degrees(svg, [x, y]) {
    const { scale, x: left, y: top, shift } = svg.dataset;
    const [north, east] = shift.split(',').map(Number);
    const lon = ((x + +left) / scale - 0.5) * 360;
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + +top)) / scale))) * 180) / Math.PI;
    return `${(lat - north).toFixed(4)}_${(lon - east).toFixed(4)}`;
  }

  addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-draw]');
    if (!button) return;
    const root = button.closest('[data-map]');
    if (root.hasAttribute('data-drawing')) { stop(root); return; }
    root.toggleAttribute('data-drawing', true);
    button.setAttribute('aria-pressed', 'true');
    say(root, root.dataset.hint);
  });

  addEventListener('pointerdown', (event) => {
    const svg = event.target.closest?.('[data-drawing] svg.mapart');
    if (!svg || !drawn(svg) || event.button) return;
    event.preventDefault();
    map = svg;
    points = [spot(svg, event)];
    svg.setPointerCapture(event.pointerId);
  });

  addEventListener('pointermove', (event) => {
    if (!map) return;
    event.preventDefault();
    const next = spot(map, event);
    const last = points[points.length - 1];
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 6) return;
    points.push(next);
    map.querySelector('.map-hand').setAttribute('points', points.map((p) => p.join(',')).join(' '));
  });

  addEventListener('pointerup', () => {
    if (!map) return;
    const root = map.closest('[data-map]');
    const step = Math.max(1, points.length / 24);
    const ring = [];
    for (let at = 0; at < points.length && ring.length < 24; at += step) ring.push(points[Math.floor(at)]);
    const text = ring.length > 2 ? ring.map((p) => degrees(map, p)).join('~') : '';
    stop(root);
    if (!text) { say(root, root.dataset.few); return; }
    const url = new URL(location.href);
    url.searchParams.delete('after');
    url.searchParams.delete('before');
    url.searchParams.set('shape', text);
    dispatchEvent(new CustomEvent('menpai:visit', { detail: url.href.replaceAll('%7E', '~').replaceAll('%2C', ',') }));
  });
  addEventListener('pointercancel', () => map && stop(map.closest('[data-map]')));
  addEventListener('keydown', (event) => { if (event.key === 'Escape') stop(document.querySelector('[data-drawing]')); });
  // A link under the hand is not followed while drawing.
  addEventListener('click', (event) => { if (event.target.closest?.('[data-drawing] svg.mapart')) event.preventDefault(); }, true);
})();
