// Passkeys where the browser has them. A form with `data-passkey` names the function that gives the challenge; the
// device answers it into the field `credential`, and the form is sent as any other. Without this the forms stay hidden.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') : undefined;

  // What the server asks for, with bytes where the browser wants bytes.
  async function asked(form) {
    const body = form.dataset.purpose === 'enter' ? '' : new URLSearchParams({ purpose: form.dataset.purpose });
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`/api/${form.dataset.passkey}`, { method: 'POST', headers, body });
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error('refused'), { rule: told.rule });
    const options = JSON.parse(told);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.allowCredentials, options.excludeCredentials]) {
      for (const one of list ?? []) one.id = bytes(one.id);
    }
    return options;
  }

  function written({ id, response }) {
    return JSON.stringify({
      id,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: text(response.userHandle),
      },
    });
  }

  // A browser does one thing with passkeys at a time: the offer in the field of the login ends when a button is pressed.
  let offer = null;

  function send(form, credential) {
    form.elements.credential.value = written(credential);
    const keep = document.querySelector('input[type="checkbox"][name="keep"]');
    if (form.elements.keep && keep) form.elements.keep.value = keep.checked ? '1' : '';
    form.submit();
  }

  async function run(form) {
    offer?.abort();
    const said = form.querySelector('[data-said]');
    said.textContent = '';
    try {
      const publicKey = await asked(form);
      const how = { publicKey };
      send(form, await (form.dataset.purpose === 'add' ? navigator.credentials.create(how) : navigator.credentials.get(how)));
    } catch (error) {
      if (error.rule === 'confirm_first' && form.dataset.first) { location.assign(form.dataset.first); return; }
      said.textContent = form.dataset.failed;
    }
  }

  // The field of the login offers passkeys where the browser can; the challenge is renewed before it runs out.
  async function offered(form) {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    while (document.contains(form)) {
      offer = new AbortController();
      const late = setTimeout(() => offer.abort('late'), 240_000);
      const { signal } = offer;
      try {
        const credential = await navigator.credentials.get({ publicKey: await asked(form), mediation: 'conditional', signal });
        if (credential) send(form, credential);
        return;
      } catch {
        if (signal.reason !== 'late') return;
      } finally {
        clearTimeout(late);
      }
    }
  }

  function show() {
    for (const form of document.querySelectorAll('form[data-passkey][hidden]')) {
      form.hidden = false;
      if (form.dataset.purpose === 'enter') offered(form);
    }
    for (const note of document.querySelectorAll('[data-no-passkey]')) note.hidden = true;
  }

  addEventListener('submit', (event) => {
    const form = event.target.closest?.('form[data-passkey]');
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    run(form);
  }, true);
  addEventListener('menpai:visited', show);
  show();
})();
