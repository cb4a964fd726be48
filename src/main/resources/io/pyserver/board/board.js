// Opens the events, opens them again when they end, and hands out what they say.

import * as lanes from '/board/lanes.js';
import * as switches from '/board/switches.js';

const AGAIN = 1000;
/** News come every second; a way that is dead says nothing at all. */
const PATIENCE = 6000;

const byId = (id) => document.getElementById(id);

let started;
let lost = false;
let patience;

function link(state, words) {
  byId('link').dataset.link = state;
  byId('link').textContent = words;
}

function row(...texts) {
  const made = document.createElement('tr');
  made.append(...texts.map((text) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    return cell;
  }));
  return made;
}

function introduce(pod) {
  byId('host').textContent = pod.host;
  document.title = `The board of ${pod.host}`;
  byId('place').textContent = [pod.node ? `on node ${pod.node}` : 'on a node that the manifest does not name',
    ...pod.addresses].join(' · ');
  byId('callers').replaceChildren(
    ...pod.nodeRanges.map((node) => row('node', node.range, node.why)),
    ...pod.podRanges.map((range) => row('pod', range, 'PYSERVER_POD_CIDRS')),
    row('other', 'all others, also other nodes', ''));
}

function back(data) {
  const restarted = started !== undefined && started !== data.pod.started;
  const seconds = lost || restarted ? lanes.gapUntil(data.now) : 0;
  started = data.pod.started;
  if (!lost && !restarted) {
    return 'live';
  }
  lost = false;
  return restarted ? `the pod was restarted, and is back after ${seconds} s` : `live again after ${seconds} s`;
}

function tell(data, news) {
  news.push(...lanes.show(data, byId('lanes')));
  if (news.length) {
    byId('news').textContent = news.join('. ');
  }
  switches.show(data.switches, byId('switches'));
}

function open() {
  const events = new EventSource('/board/events');
  const again = () => {
    events.close();
    clearTimeout(patience);
    if (!lost) {
      lost = true;
      byId('news').textContent = 'The pod is not reached';
    }
    link('lost', 'not reached: the pod restarts, the port-forward has ended, or too many boards are open; trying again');
    setTimeout(open, AGAIN);
  };
  const alive = () => {
    clearTimeout(patience);
    patience = setTimeout(again, PATIENCE);
  };
  events.addEventListener('all', (event) => {
    alive();
    const data = JSON.parse(event.data);
    const words = back(data);
    introduce(data.pod);
    link('live', words);
    tell(data, words === 'live' ? [] : [words]);
  });
  events.addEventListener('news', (event) => {
    alive();
    tell(JSON.parse(event.data), []);
  });
  events.addEventListener('error', again);
  alive();
}

addEventListener('resize', lanes.draw);
open();
