'use strict';
// Adds to each command a button that copies it, and shows the beginning of a drawing that is wider than the screen. Nothing else
// needs this script, and it asks nobody for anything.
(() => {
  const said = document.createElement('p');
  said.className = 'said';
  said.setAttribute('role', 'status');

  const select = (code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      select(code);
      return document.execCommand('copy');
    }
  };

  for (const code of document.querySelectorAll('pre > code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy the command ${code.textContent.slice(0, 60)}`);
    button.addEventListener('click', async () => {
      const done = await copy(code);
      button.textContent = done ? 'Copied' : 'Selected: copy it with the keyboard';
      said.textContent = button.textContent;
      setTimeout(() => { button.textContent = 'Copy'; said.textContent = ''; }, 2000);
    });
    const command = document.createElement('div');
    command.className = 'command';
    code.parentElement.replaceWith(command);
    command.append(code.parentElement, button);
  }

  for (const drawing of document.querySelectorAll('.drawing')) {
    const [first] = [...drawing.querySelectorAll('a')].filter((link) => link.getAttribute('href') === '#n1');
    if (!first) continue;
    const [box, frame] = [first.getBoundingClientRect(), drawing.getBoundingClientRect()];
    drawing.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }

  document.querySelector('main').append(said);
})();
