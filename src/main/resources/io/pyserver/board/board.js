// Opens the event stream, reopens it after it ends, and passes the events to the other scripts.

import * as lanes from '/board/lanes.js';
import * as switches from '/board/switches.js';
import * as words from '/board/words.js';

const RETRY_MILLIS = 1000;
/** An event comes every second. A broken connection sends none, and reports no error. */
const TIMEOUT_MILLIS = 6000;

const byId = (id) => document.getElementById(id);

let pod;
let lost = false;
let timeout;

function link(state, text) {
  byId('link').dataset.link = state;
  byId('link').textContent = text;
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

function showPod() {
  byId('host').textContent = pod.host;
  document.title = `The board of ${pod.host}`;
  byId('place').textContent = [pod.node ? `on node ${pod.node}` : 'on a node that the manifest does not name',
    ...pod.addresses].join(' · ');
  byId('callers').replaceChildren(
    ...pod.nodeRanges.map((node) => row('node', node.range, words.reason(node.why))),
    ...pod.podRanges.map((range) => row('pod', range, 'PYSERVER_POD_CIDRS')),
    row('other', 'all others, also other nodes', ''));
}

function acceptSnapshot(data) {
  const restarted = pod !== undefined && pod.started !== data.pod.started;
  const seconds = lost || restarted ? lanes.gapUntil(data.now) : 0;
  pod = data.pod;
  if (!lost && !restarted) {
    return 'live';
  }
  lost = false;
  return restarted ? `the pod was restarted, and is back after ${seconds} s` : `live again after ${seconds} s`;
}

function showData(data, news) {
  news.push(...lanes.show(data, byId('lanes')));
  if (news.length) {
    byId('news').textContent = news.join('. ');
  }
  switches.show(data, pod, byId('switches'));
}

function open() {
  const events = new EventSource('/board/events');
  const retry = () => {
    events.close();
    clearTimeout(timeout);
    if (!lost) {
      lost = true;
      byId('news').textContent = 'The pod is not reached';
    }
    link('lost', 'not reached: the pod restarts, the port-forward has ended, or too many boards are open; trying again');
    setTimeout(open, RETRY_MILLIS);
  };
  const alive = () => {
    clearTimeout(timeout);
    timeout = setTimeout(retry, TIMEOUT_MILLIS);
  };
  events.addEventListener('all', (event) => {
    alive();
    const data = JSON.parse(event.data);
    const how = acceptSnapshot(data);
    showPod();
    link('live', how);
    showData(data, how === 'live' ? [] : [how]);
  });
  events.addEventListener('news', (event) => {
    alive();
    showData(JSON.parse(event.data), []);
  });
  events.addEventListener('error', retry);
  alive();
}

addEventListener('resize', lanes.draw);
// The signs are in a file of their own because the lab's report uses them as well.
document.body.insertAdjacentHTML('afterbegin', await (await fetch('/board/signs.html')).text());
open();
