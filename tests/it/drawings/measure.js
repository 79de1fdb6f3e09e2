// Measures a drawing in the frame that shows it, and tells the page around it what is wrong.
addEventListener('load', () => {
  const wrong = [];
  const said = (element) => element.textContent.slice(0, 60);
  const inside = (a, b, slack) =>
    a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const channels = (color) => {
    const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas').getContext('2d');
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => {
    const [r, g, b] = channels(color).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

  const svg = document.querySelector('svg.rw-graph');
  const boxes = [...svg.querySelectorAll('g.box')];
  const groups = [...boxes, ...svg.querySelectorAll('g.edge')];
  const rects = groups.map((group) => group.querySelector('rect').getBoundingClientRect());
  groups.forEach((group, n) => {
    for (const text of group.querySelectorAll('text')) {
      if (!inside(text.getBoundingClientRect(), rects[n], 0.5)) wrong.push(`text leaves its box: ${said(text)}`);
      const ratio = contrast(getComputedStyle(text).fill, getComputedStyle(group.querySelector('rect')).fill);
      if (ratio < 4.5) wrong.push(`contrast of ${ratio.toFixed(1)}: ${said(text)}`);
    }
    if (!inside(rects[n], svg.getBoundingClientRect(), 0.5)) wrong.push(`outside the drawing: ${said(group)}`);
    rects.slice(n + 1).forEach((other, m) => {
      if (overlap(rects[n], other)) wrong.push(`overlap: ${said(group)} and ${said(groups[n + 1 + m])}`);
    });
  });
  const origin = svg.getScreenCTM();
  for (const edge of svg.querySelectorAll('g.edge')) {
    const path = edge.querySelector('path');
    for (let at = 8; at < path.getTotalLength() - 8; at += 4) {
      const point = path.getPointAtLength(at).matrixTransform(origin);
      const hit = boxes.findIndex((_, n) => point.x > rects[n].left + 1 && point.x < rects[n].right - 1 && point.y > rects[n].top + 1 && point.y < rects[n].bottom - 1);
      if (hit >= 0) { wrong.push(`an edge goes through: ${said(boxes[hit])}`); break; }
    }
  }
  const page = document.body;
  if (page.querySelector('main')) {
    if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${innerWidth}`);
    for (const element of page.querySelectorAll('main *:not(.drawing, .drawing *)')) {
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') wrong.push(`cut: ${said(element)}`);
      if (element.getBoundingClientRect().right > innerWidth + 1) wrong.push(`leaves the window: ${said(element)}`);
    }
    const ink = getComputedStyle(page);
    if (contrast(ink.color, ink.backgroundColor) < 7) wrong.push('the page is hard to read');
  }
  const is_dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const line = `${frameElement.dataset.name}: ${boxes.length} boxes, ${is_dark ? 'dark' : 'light'};${wrong.join(' | ')}`;
  parent.document.getElementById('out').textContent += encodeURIComponent(`${line}\n`);
});
