// Sends files one by one and shows how far each is. Without it the form sends all of them at once.
(() => {
  const add = (parent, name, text) => {
    const part = document.createElement(name);
    if (text) part.textContent = text;
    parent.append(part);
    return part;
  };

  function send(form, file, line) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      for (const field of form.querySelectorAll('select,input:not([type=file])')) if (field.name) body.append(field.name, field.value);
      body.append('file', file, file.name);
      const bar = add(line, 'progress');
      bar.max = 100;
      bar.value = 0;
      bar.ariaLabel = file.name;
      request.upload.addEventListener('progress', (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100; });
      const end = (outcome, text) => {
        bar.remove();
        line.dataset.outcome = outcome;
        add(line, 'span', text);
        done();
      };
      request.addEventListener('load', () => {
        try {
          const { files, text } = JSON.parse(request.responseText);
          if (files?.length) end(files[0].outcome, files[0].text);
          else end('refused', text || form.dataset.failed);
        } catch { end('refused', form.dataset.failed); }
      });
      for (const name of ['error', 'abort', 'timeout']) request.addEventListener(name, () => end('refused', form.dataset.failed));
      request.open('POST', form.action);
      request.setRequestHeader('accept', 'application/json');
      request.send(body);
    });
  }

  async function sendAll(form, files) {
    if (!files.length || form.dataset.busy) return;
    form.dataset.busy = '';
    const list = form.querySelector('.md-sent');
    list.replaceChildren();
    const lines = [...files].map((file) => {
      const line = add(list, 'li');
      add(line, 'b', file.name);
      return [file, line, add(line, 'small', form.dataset.queued)];
    });
    for (const [file, line, waiting] of lines) {
      waiting.remove();
      await send(form, file, line);
    }
    delete form.dataset.busy;
    for (const field of form.querySelectorAll('input[type=file]')) field.value = '';
    dispatchEvent(new CustomEvent('menpai:visit', { detail: location.pathname }));
  }

  const mine = (event) => event.target.closest?.('form[data-upload]');
  addEventListener('submit', (event) => {
    const form = mine(event);
    if (!form) return;
    event.preventDefault();
    sendAll(form, form.querySelector('input[type=file][name=file]').files);
  });
  // What the camera took goes at once.
  addEventListener('change', (event) => {
    const form = mine(event);
    if (form && event.target.matches('[data-camera]')) sendAll(form, event.target.files);
  });
  for (const [name, over] of [['dragenter', true], ['dragover', true], ['dragleave', false], ['drop', false]]) {
    addEventListener(name, (event) => {
      const form = mine(event);
      if (!form) return;
      event.preventDefault();
      form.toggleAttribute('data-over', over);
      if (name === 'drop') sendAll(form, event.dataTransfer.files);
    });
  }
})();
