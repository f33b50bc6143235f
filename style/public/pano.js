// Looking around in a home, with Pannellum (MIT, /vendor/pannellum.txt). Loaded where there is something to look at.
(() => {
  let viewer = null;
  let library = null;
  let wanted = null;

  function load() {
    library ??= new Promise((resolve, reject) => {
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = '/vendor/pannellum.css';
      const script = document.createElement('script');
      script.src = '/vendor/pannellum.js';
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(style, script);
    });
    return library;
  }

  async function show() {
    const box = document.querySelector('[data-pano]:not([data-shown])');
    if (!box) return;
    box.toggleAttribute('data-shown', true);
    try {
      await load();
      const { first, scenes } = JSON.parse(box.dataset.pano);
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const narrow = innerWidth * devicePixelRatio < 1600;
      for (const scene of Object.values(scenes)) Object.assign(scene, narrow && { panorama: scene.narrow }, { type: 'equirectangular', hfov: 95, yaw: 0, pitch: -2 });
      viewer?.destroy();
      viewer = window.pannellum.viewer(box, {
        default: { strings: { loadingLabel: box.dataset.loading }, firstScene: first, sceneFadeDuration: still ? 0 : 500, autoLoad: true, autoRotate: 0, keyboardZoom: true, mouseZoom: false, showFullscreenCtrl: true, compass: false },
        scenes,
      });
      box.querySelector('.pnlm-container, .pnlm-ui')?.setAttribute('tabindex', '0');
      const mark = () => {
        const now = viewer.getScene();
        for (const link of document.querySelectorAll('[data-room]')) link.toggleAttribute('data-here', link.dataset.room === now);
        box.dataset.scene = now;
        // A room asked for while another was on its way.
        if (wanted) viewer.loadScene(wanted, 0, 0);
        wanted = null;
      };
      viewer.on('load', mark);
      viewer.on('error', () => fail(box));
    } catch { fail(box); }
  }

  // The photos below are all there is then, and enough.
  function fail(box) {
    box.toggleAttribute('data-broken', true);
    box.textContent = box.dataset.failed;
  }

  addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-room]');
    if (!link || !viewer || event.defaultPrevented || event.metaKey || event.ctrlKey || document.querySelector('[data-pano][data-broken]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (viewer.isLoaded()) viewer.loadScene(link.dataset.room, 0, 0);
    else wanted = link.dataset.room;
    document.querySelector('[data-pano]').scrollIntoView({ block: 'nearest' });
  }, true);
  addEventListener('menpai:visited', show);
  show();
})();
