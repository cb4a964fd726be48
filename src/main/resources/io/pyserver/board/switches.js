// The switches: a button for each, which first says what will follow.

const dialog = document.getElementById('ask');
const title = document.getElementById('ask-title');
const follows = document.getElementById('ask-follows');
const problem = document.getElementById('ask-problem');
const yes = document.getElementById('ask-yes');

let shown = '';
let order;

async function orders() {
  const answer = await fetch('/board/orders');
  if (!answer.ok) {
    throw new Error(`the pod answers ${answer.status}`);
  }
  return answer.json();
}

async function ask(probe, place) {
  try {
    // Anew, as the interval that was seen may have changed.
    order = (await orders()).filter((each) => each.probe === probe)[place];
    title.textContent = `${order.label}?`;
    follows.textContent = order.follows;
    yes.textContent = order.label;
    problem.textContent = '';
    dialog.showModal();
  } catch (failure) {
    document.getElementById('news').textContent = `The pod cannot be asked: ${failure.message}`;
  }
}

yes.addEventListener('click', async () => {
  try {
    const answer = await fetch(`/actuator/${order.probe}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order.body),
    });
    if (!answer.ok) {
      throw new Error((await answer.json()).error);
    }
    dialog.close();
  } catch (failure) {
    problem.textContent = `It was not done: ${failure.message}`;
  }
});

/** Shows the buttons, again whenever a switch has been turned by whomever. */
export async function show(switches, host) {
  const state = JSON.stringify(switches);
  if (state === shown) {
    return;
  }
  shown = state;
  try {
    const places = {};
    const buttons = (await orders()).map((each) => {
      const place = places[each.probe] = (places[each.probe] ?? -1) + 1;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `${each.label}…`;
      button.dataset.order = `${each.probe}-${place}`;
      button.addEventListener('click', () => ask(each.probe, place));
      return button;
    });
    const focused = host.contains(document.activeElement) ? document.activeElement.dataset.order : undefined;
    host.replaceChildren(...buttons);
    buttons.find((button) => button.dataset.order === focused)?.focus();
  } catch {
    shown = ''; // Tried again with the next event.
  }
}
