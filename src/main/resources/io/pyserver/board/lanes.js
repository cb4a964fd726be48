// The lanes: title, state and ticks of the last five minutes.

import * as words from '/board/words.js';

const SHOWN = 300_000;
const MINUTE = 60_000;
/** The lane height for which the signs have scale 1. */
const DRAWN_FOR = 30;
const SVG = 'http://www.w3.org/2000/svg';

const lanes = new Map();
const gaps = [];
let seenAt = 0;

function element(name, attributes = {}, text = '') {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text;
  return made;
}

function drawn(name, attributes, text = '') {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text;
  return made;
}

class Lane {
  constructor(id, host) {
    this.ticks = new Map();
    this.title = element('h3');
    this.state = element('span', { class: 'state' });
    this.known = element('p', { class: 'known' });
    this.svg = drawn('svg', { 'aria-hidden': 'true' });
    this.root = element('div', { class: 'lane', 'data-lane': id });
    this.root.append(this.title, this.state, this.svg, this.known);
    host.append(this.root);
  }

  update(received, now) {
    const changed = this.state.dataset.state !== undefined && this.state.dataset.state !== received.state;
    this.received = received;
    const title = words.title(received.id);
    const word = words.state(received, now);
    this.title.textContent = title;
    this.state.dataset.state = received.state;
    this.state.textContent = word;
    const way = received.id.startsWith('egress') ? 'to' : 'from';
    this.known.textContent = [
      received.source ? `${way} ${received.source}` : '',
      received.rhythm.interval ? `every ${words.seconds(received.rhythm.interval)}` : '',
      received.ticks.length || this.ticks.size ? `longest gap ${words.seconds(received.rhythm.longestGap)}` : '',
    ].filter(Boolean).join(' · ');
    for (const [at, good, count] of received.ticks) {
      this.ticks.set(at, { good, count });
    }
    for (const at of this.ticks.keys()) {
      if (at < now - SHOWN) {
        this.ticks.delete(at);
      }
    }
    return changed ? `${title}: ${word}` : '';
  }

  draw(now) {
    const { clientWidth: width, clientHeight: height } = this.svg;
    const middle = height * 0.42;
    const scale = height / DRAWN_FOR;
    const x = (at) => Math.round(width * (1 - (now - at) / SHOWN) * 10) / 10;
    const signs = this.received.id.startsWith('egress') ? ['blocked', 'open'] : ['failed', 'answered'];
    const parts = gaps.map((gap) => drawn('rect', {
      class: 'settling', x: x(gap.from), y: 0, width: Math.max(0, x(gap.until) - x(gap.from)), height,
    }));
    let base = `M0 ${middle}H${width}`;
    for (let minute = MINUTE; minute < SHOWN; minute += MINUTE) {
      base += `M${x(now - minute)} 0V${height}`;
    }
    parts.push(drawn('path', { class: 'base', d: base }));
    const trouble = { failing: 'trouble', blocked: 'trouble', silent: 'quietly' }[this.received.state];
    if (trouble) {
      parts.push(drawn('path', { class: trouble, d: `M${Math.max(0, x(this.since()))} ${height - 2}H${width}` }));
    }
    for (const [at, tick] of this.ticks) {
      parts.push(drawn('use', {
        href: `#g-${signs[tick.good ? 1 : 0]}`, transform: `translate(${x(at)} ${middle}) scale(${scale})`,
      }));
    }
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...parts);
  }

  /** The start of a silent, failing or blocked state: the last tick when silent, otherwise the last good tick. */
  since() {
    const times = [...this.ticks.keys()];
    const good = times.filter((at) => this.ticks.get(at).good);
    if (this.received.state === 'silent') {
      return Math.max(...times);
    }
    return good.length ? Math.max(...good) : Math.min(...times);
  }
}

/** Shows the lanes, and returns the changes of state, which a screen reader announces. */
export function show(data, host) {
  const changes = [];
  for (const received of data.lanes) {
    if (!lanes.has(received.id)) {
      lanes.set(received.id, new Lane(received.id, host));
    }
    changes.push(lanes.get(received.id).update(received, data.now));
  }
  for (const [id, lane] of lanes) {
    if (data.lanes.every((received) => received.id !== id)) {
      lane.root.remove();
      lanes.delete(id);
    }
  }
  while (gaps.length && gaps[0].until < data.now - SHOWN) {
    gaps.shift();
  }
  seenAt = data.now;
  draw();
  return changes.filter(Boolean);
}

/** Marks the time since the last event as a gap, and returns its length in seconds. */
export function gapUntil(now) {
  if (!seenAt) {
    return 0;
  }
  gaps.push({ from: seenAt, until: now });
  return Math.round((now - seenAt) / 1000);
}

export function draw() {
  for (const lane of lanes.values()) {
    lane.draw(seenAt);
  }
}
