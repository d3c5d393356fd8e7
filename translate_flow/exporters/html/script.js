
// What a reader gains by script: the language that was chosen is remembered, the
// matching sentence lights up, and a number copies the link to its segment.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// The choice of language ----------------------------------------------------------

const KEY = "edition-language";
const choices = all('.views input[type=radio]');

const remember = (language) => {
  try { localStorage.setItem(KEY, language); } catch { /* not allowed: then not */ }
};
const remembered = () => {
  try { return localStorage.getItem(KEY); } catch { return null; }
};

const before = remembered();
for (const choice of choices) {
  if (choice.value === before) choice.checked = true;
  choice.addEventListener("change", () => remember(choice.value));
}

// What is folded on phones: a list opens and closes as one, and all at once -----------

const opened = (cells, open) => { for (const cell of cells) cell.open = open; };

document.addEventListener("toggle", ({ target }) => {
  const group = target.closest?.(".group");
  if (group) opened(all("details.cell", group), target.open);
}, true);

const unfold = document.querySelector("#unfold");
unfold?.addEventListener("change", () => opened(all("details.cell"), unfold.checked));

// Browsers whose style sheets cannot open what is folded --------------------------

if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 721px)");
  const open = () => opened(all("details.cell"), true);
  const openIfSeen = () => {
    if (wide.matches || document.querySelector("#show-target:checked")) open();
  };
  openIfSeen();
  wide.addEventListener("change", openIfSeen);
  for (const choice of choices) choice.addEventListener("change", openIfSeen);
  addEventListener("beforeprint", open);
}

// What belongs together ------------------------------------------------------------

const together = (element) => {
  const sentence = element.closest("[data-s]");
  if (sentence) return all(`[data-s="${sentence.dataset.s}"]`);
  const entry = element.closest(".wide :is(td, th)[id]");
  if (entry) {
    const [name] = entry.id.split("-");
    return all(`#${name}, [id^="${name}-"]`, entry.closest("tr"));
  }
  const row = element.closest(".paired");
  if (!row || !element.closest(".t, .raw, .n")) return [];
  return all(".cell:not(.wide)", row);
};

let lit = [];
const light = (element) => {
  const found = element instanceof Element ? together(element) : [];
  for (const one of lit) one.classList.remove("lit");
  lit = found.length > 1 ? found : [];
  for (const one of lit) one.classList.add("lit");
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse") light(event.target);
});
document.addEventListener("click", (event) => light(event.target));
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".n")) light(event.target);
});

// Links to segments ------------------------------------------------------------------

const status = document.querySelector(".said");
const words = document.querySelector("template.copied");
let quiet = 0;

const say = () => {
  clearTimeout(quiet);
  status.replaceChildren();
  // a region that changes at once from one text to the same is not read out again
  setTimeout(() => status.replaceChildren(words.content.cloneNode(true)), 50);
  quiet = setTimeout(() => status.replaceChildren(), 4000);
};

const address = (link) => {
  const published = document.querySelector('link[rel="canonical"]');
  return location.protocol === "file:" && published
    ? published.href.split("#")[0] + link.hash
    : link.href;
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.n");
  if (!link || !status || !words) return;
  try {
    await navigator.clipboard.writeText(address(link));
    say();
  } catch { /* the address is in the browser's own bar */ }
});
