// The switches: each button opens a dialog that describes its effect before it acts.

import * as words from '/board/words.js';

const dialog = document.getElementById('ask');
const title = document.getElementById('ask-title');
const follows = document.getElementById('ask-follows');
const problem = document.getElementById('ask-problem');
const yes = document.getElementById('ask-yes');

let shown = '';
let latest;
let action;

/** All buttons, with texts for the current settings. */
function actions() {
  const { data, pod } = latest;
  return Object.entries(data.switches).flatMap(([probe, setting]) => words
    .actions(probe, setting, data.lanes.find((lane) => lane.id === probe)?.rhythm.interval, pod)
    .map((each, index) => ({ ...each, probe, name: `${probe}-${index}` })));
}

function ask(name) {
  action = actions().find((each) => each.name === name);
  title.textContent = `${action.label}?`;
  follows.textContent = action.follows;
  yes.textContent = action.label;
  problem.textContent = '';
  dialog.showModal();
}

yes.addEventListener('click', async () => {
  try {
    const answer = await fetch(`/actuator/${action.probe}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(action.body),
    });
    if (!answer.ok) {
      throw new Error((await answer.json()).error);
    }
    dialog.close();
  } catch (failure) {
    problem.textContent = `It was not done: ${failure.message}`;
  }
});

/** Shows the buttons, and updates them after any change of a switch. */
export function show(data, pod, host) {
  latest = { data, pod };
  const state = JSON.stringify(data.switches);
  if (state === shown) {
    return;
  }
  shown = state;
  const buttons = actions().map((each) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${each.label}…`;
    button.dataset.order = each.name;
    button.addEventListener('click', () => ask(each.name));
    return button;
  });
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.order : undefined;
  host.replaceChildren(...buttons);
  buttons.find((button) => button.dataset.order === focused)?.focus();
}
