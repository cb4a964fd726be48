// The texts for people: times in UTC, the states of lanes, and the effects of buttons.

/** Seconds of delay: the first if the manifest's timeout is unknown, otherwise the second more than the timeout. */
const STANDARD_DELAY = 5;
const BEYOND_TIMEOUT = 2;

const REASONS = {
  CONFIGURED: "PYSERVER_NODE_IPS, the node's own addresses",
  LINK_LOCAL: 'link-local, which GKE\'s Dataplane V2 probes from',
  GATEWAY: 'a default gateway of this pod',
};

const TITLES = {
  unknown: 'probes of no kind',
  others: 'calls from pods and others',
  'egress-api-server': 'egress to the API server (some engines open it to pods of its node)',
};

const clock = (millis) => new Date(millis).toISOString().slice(11, 19);

export const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;

export const reason = (why) => REASONS[why];

export function title(lane) {
  return TITLES[lane] ?? (lane.startsWith('egress') ? 'egress' : `${lane} probes`);
}

export function state(lane, now) {
  return {
    none: 'none seen',
    arriving: 'arriving',
    failing: `failing since ${clock(lane.since)}`,
    silent: `silent for ${Math.floor((now - lane.since) / 1000)} s`,
    open: 'open',
    blocked: `blocked since ${clock(lane.since)}`,
  }[lane.state];
}

/** The buttons of a probe: label, effect, and the body of the request. */
export function actions(probe, setting, interval, manifest) {
  const delay = manifest.timeoutSeconds ? manifest.timeoutSeconds + BEYOND_TIMEOUT : STANDARD_DELAY;
  const asked = `The ${probe} probe ${interval ? `asks every ${seconds(interval)}, as seen here.` : 'was not seen twice yet.'}`;
  const right = `The ${probe} probe gets its answer again${probe === 'readiness'
    ? ', and with the next success the pod is ready.' : ', and no restart follows.'}`;
  return [
    setting.broken ? { label: `Mend ${probe}`, follows: right, body: { state: 'correct' } } : {
      label: `Break ${probe}`,
      follows: `${asked} From now on it gets a 503. ${outcome(probe, interval, manifest)}`,
      body: { state: 'broken' },
    },
    setting.delay ? { label: `Answer ${probe} at once`, follows: right, body: { delayMs: 0 } } : {
      label: `Delay ${probe} by ${delay} s`,
      follows: `${asked} From now on its answer comes after ${delay} s, and the kubelet waits ${timeout(manifest)}:`
        + ` each one is then a failure. ${outcome(probe, interval, manifest)}`,
      body: { delayMs: delay * 1000 },
    },
  ];
}

function timeout({ timeoutSeconds }) {
  return timeoutSeconds ? `${timeoutSeconds} s (timeoutSeconds of the manifest)`
    : 'as long as your manifest says (timeoutSeconds; 1 s where it says nothing)';
}

function outcome(probe, interval, { failureThreshold: failures }) {
  const after = failures
    ? `After ${failures} failures in a row (failureThreshold of the manifest)${interval ? `, in about ${seconds(interval * failures)}` : ''}`
    : 'After as many failures in a row as your manifest says (failureThreshold; 3 where it says nothing)';
  return after + (probe === 'liveness'
    ? ', the kubelet restarts the container. That puts everything right, and this page comes back by itself.'
    : ', the kubelet finds the pod not ready: no Service sends it anything until you mend it. It is not restarted.');
}
