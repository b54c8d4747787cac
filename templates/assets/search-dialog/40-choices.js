/* Knows the words to choose while typing. Leaves which they are to search.js and search-offers.js. */

const CHOICES = 7;

/* The last word that is typed, and what stands before it. */
function lastTyped() {
  const [last] = /\S*$/.exec(input.value);
  return [last, input.value.slice(0, input.value.length - last.length)];
}
async function suggest() {
  const asking = input.value.trim() && document.activeElement === input;
  if (!asking || !engine.isCollection()) { offerChoices(asking ? engine.choices(input.value) : []); return; }
  const [last, first] = lastTyped();
  const typedNow = input.value;
  const words = await engine.typedWords(last, CHOICES).catch(() => []);
  if (input.value !== typedNow || document.activeElement !== input) return;
  offerChoices(words.map(({ words: name, kind }) => ({ words: name, kind, query: first + (/\s/.test(name) ? `“${name}”` : name) })));
}
function offerChoices(all) {
  list.textContent = "";
  chosen = -1;
  all.forEach((choice, n) => {
    const item = element("li", "", choice.words);
    item.id = `wr-choice-${n}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.query = choice.query;
    item.appendChild(element("span", "kind", choice.kind));
    // Before the box loses the focus, by mouse, pen and finger alike.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => { askFor(choice.query); input.focus(); });
    list.appendChild(item);
  });
  list.hidden = !all.length;
  input.setAttribute("aria-expanded", String(all.length > 0));
  input.removeAttribute("aria-activedescendant");
}
function closeList() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
function choose(step) {
  const items = [...list.children];
  if (list.hidden || !items.length) return false;
  if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
  chosen = (chosen + step + items.length + 1) % (items.length + 1);
  if (chosen === items.length) { chosen = -1; input.removeAttribute("aria-activedescendant"); return true; }
  items[chosen].setAttribute("aria-selected", "true");
  items[chosen].scrollIntoView({ block: "nearest", inline: "nearest" });
  input.setAttribute("aria-activedescendant", items[chosen].id);
  return true;
}
