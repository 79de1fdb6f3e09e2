// Judges the page it is run on as somebody would who sees it, and somebody who hears it; returns what is wrong.
(() => {
  const wrong = [];
  const said = (element) => `${element.localName} ${element.textContent.trim().slice(0, 50)}`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility();

  // Width: nothing but a drawing is wider than the screen, and that scrolls on its own.
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) wrong.push(`the page is ${page.scrollWidth} wide, the screen ${innerWidth}`);
  for (const element of all('body *:not(.skip, .drawing *)')) {
    const box = element.getBoundingClientRect();
    if (box.right > innerWidth + 1) wrong.push(`leaves the screen: ${said(element)}`);
    const style = getComputedStyle(element);
    if (element.scrollWidth > element.clientWidth + 1 && !['inline', 'contents'].includes(style.display) && !element.matches('.drawing, textarea')) wrong.push(`cut: ${said(element)}`);
  }

  // Landmarks, headings, names.
  for (const landmark of ['header', 'main', 'footer', 'h1']) {
    if (all(landmark).length !== 1) wrong.push(`${all(landmark).length} of ${landmark}`);
  }
  const navs = all('nav').map((nav) => nav.getAttribute('aria-label'));
  if (!navs.length || navs.some((name) => !name) || new Set(navs).size !== navs.length) wrong.push(`names of nav: ${navs}`);
  if (!page.lang || !document.title) wrong.push('no language or title');
  let level = 0;
  for (const heading of all('h1, h2, h3, h4')) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) wrong.push(`a heading is left out before: ${said(heading)}`);
    if (!heading.textContent.trim()) wrong.push('an empty heading');
    level = own;
  }
  for (const element of all('body > *:not(.skip, header, nav, main, footer, script)')) wrong.push(`in no landmark: ${said(element)}`);
  const ids = all('[id]').map((element) => element.id);
  if (new Set(ids).size !== ids.length) wrong.push('an id stands twice');
  for (const element of all('[aria-labelledby]')) {
    for (const id of element.getAttribute('aria-labelledby').split(' ')) {
      if (!document.getElementById(id)?.textContent.trim()) wrong.push(`named by nothing: ${element.localName} ${id}`);
    }
  }
  for (const element of all('a[href], button, input, textarea, [tabindex], [role]')) {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join('');
    const name = element.getAttribute('aria-label') || element.getAttribute('aria-labelledby') || labels || element.textContent;
    if (!name.trim() && element.getAttribute('role') !== 'status') wrong.push(`has no name: ${element.outerHTML.slice(0, 80)}`);
  }
  for (const image of all('img, svg')) {
    if (!image.getAttribute('alt') && !image.getAttribute('aria-labelledby')) wrong.push('an image without words');
  }
  for (const link of all('a[href^="#"]')) {
    if (!document.getElementById(link.getAttribute('href').slice(1))) wrong.push(`leads nowhere: ${said(link)}`);
  }

  // Contrast: 4.5 to 1 for every text.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const channels = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  for (const element of all('body *:not(svg, svg *, script)')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!hasText || !isShown(element)) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) wrong.push(`contrast of ${ratio.toFixed(1)}: ${said(element)}`);
  }
  return wrong;
})()
