// <glossary-cards>: cards to turn, made of the entries of the glossary page, which is loaded on request.
import { keep, recall } from "../assets/storage.js";
import { Widget } from "../assets/widget.js";

const KEY = "dlcourse.cards"; // of what this browser keeps: {id of an entry: "known" or "again"}

// The next card: of those to see again the one judged longest ago, then a new one; none once all are known.
// The last card follows itself only where no other is left.
export function nextCard(ids, states, last) {
  const again = Object.keys(states).filter((id) => states[id] === "again" && ids.includes(id));
  const fresh = ids.filter((id) => !Object.hasOwn(states, id));
  const waiting = [...again, ...fresh];
  return waiting.find((id) => id !== last) ?? waiting[0];
}

// The states after a card was judged; the one judged last comes last.
export function judge(states, id, state) {
  const others = Object.entries(states).filter(([other]) => other !== id);
  return Object.fromEntries([...others, [id, state]]);
}

export function count(ids, states, state) {
  return ids.filter((id) => states[id] === state).length;
}

// The items in the order of the numbers that belong to them.
export function arrange(items, numbers) {
  const places = items.map((_, place) => place).sort((a, b) => numbers[a] - numbers[b]);
  return places.map((place) => items[place]);
}

// The entries of the glossary page: the term, its first paragraph, and the chapter that teaches it.
function readEntries(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const link of page.querySelectorAll("h3 .headerlink")) link.remove();
  const entries = Array.from(page.querySelectorAll("h3[id]"), (heading) => {
    const definition = heading.nextElementSibling;
    let last = definition;
    while (last.nextElementSibling?.matches(":not(h2, h3)")) last = last.nextElementSibling;
    const link = last.textContent.startsWith("Taught in") ? last.querySelector("a") : undefined;
    const chapter = link?.getAttribute("href").match(/^\.\.\/(.+)\/#/)?.[1];
    for (const link of definition.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    const term = heading.innerHTML;
    return [heading.id, { term, definition: definition.innerHTML, chapter, title: link?.text }];
  });
  return Object.fromEntries(entries);
}

class GlossaryCards extends Widget {
  setUp() {
    this.card = this.querySelector(".card");
    this.entries = {};
    this.order = [];
    this.states = recall(KEY);
  }

  async load() {
    const answer = await fetch(new URL("../", location.href)).catch(() => undefined);
    if (!answer?.ok) {
      this.status.textContent =
        "The glossary cannot be loaded. Check the connection, and try again.";
      return;
    }
    this.entries = readEntries(await answer.text());
    const ids = Object.keys(this.entries);
    this.order = arrange(ids, ids.map(Math.random));
    const titles = {};
    for (const { chapter, title } of Object.values(this.entries)) {
      if (chapter) titles[chapter] ??= title;
    }
    for (const [chapter, title] of Object.entries(titles).sort()) {
      this.control("chapter").add(new Option(title, chapter));
    }
    this.readAddress();
    this.change();
    this.buttons.turn.focus();
  }

  show() {
    const chapter = this.control("chapter").value;
    this.ids = this.order.filter((id) => ["all", this.entries[id].chapter].includes(chapter));
    this.pick();
  }

  pick() {
    this.current = nextCard(this.ids, this.states, this.current);
    this.showCard(false);
  }

  showCard(isTurned) {
    const { load, turn, known, again, forget } = this.buttons;
    const entry = this.entries[this.current];
    const isFirst = (side) => this.control("side").value === side;
    load.hidden = this.order.length > 0;
    for (const button of [turn, known, again, forget]) button.hidden = !load.hidden;
    turn.disabled = isTurned || !entry;
    known.disabled = again.disabled = !isTurned;
    const parts = [];
    if (entry && (isTurned || isFirst("term"))) parts.push(`<strong>${entry.term}</strong>`);
    if (entry && (isTurned || isFirst("definition"))) parts.push(entry.definition);
    if (isTurned) parts.push(`<a href="../#${this.current}">The whole entry</a>`);
    this.card.innerHTML = parts.map((part) => `<div>${part}</div>`).join("");
    this.say();
  }

  turn() {
    this.showCard(true);
    this.buttons.known.focus();
  }

  known() {
    this.keep(judge(this.states, this.current, "known"));
  }

  again() {
    this.keep(judge(this.states, this.current, "again"));
  }

  // Of the cards that are chosen, none is known any more.
  forget() {
    const others = Object.entries(this.states).filter(([id]) => !this.ids.includes(id));
    this.keep(Object.fromEntries(others));
  }

  // Where the browser's storage is blocked, the states last for this visit.
  keep(states) {
    this.states = states;
    keep(KEY, states);
    this.pick();
    (this.current ? this.buttons.turn : this.buttons.forget).focus();
  }

  sentence() {
    if (!this.order.length) return "Start loads the entries of the glossary.";
    const known = count(this.ids, this.states, "known");
    const again = count(this.ids, this.states, "again");
    const all = known === this.ids.length ? " All cards are known." : "";
    return `${known} of ${this.ids.length} known, ${again} not yet.${all}`;
  }
}

customElements.define("glossary-cards", GlossaryCards);
