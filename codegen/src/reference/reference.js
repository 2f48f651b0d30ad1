// The reference works without this; with it, one finds things and filters the revisions.
"use strict";

const box = document.getElementById("search");
const found = document.getElementById("found");

document.addEventListener("keydown", (event) => {
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

if (found) searchHere();
filterCounters();
addEventListener("hashchange", openTarget);
openTarget();

/** Whoever follows a link to something folded wants to see it. */
function openTarget() {
  const details = document.getElementById(location.hash.slice(1))?.querySelector("details");
  if (details) details.open = true;
}

/** The search of the index: it has everything in it as JSON. */
function searchHere() {
  const list = document.getElementById("list");
  const most = 60;
  const kinds = ["method", "event", "type", "error"];
  let links = [];
  let chosen = 0;

  const items = JSON.parse(document.getElementById("index").textContent).map(
    ([kind, name, page, summary, others, fields, codes, old]) => ({
      kind, name, page, summary, old,
      order: kinds.indexOf(kind),
      names: [name, ...others],
      members: [...fields, ...codes],
      lower: summary.toLowerCase(),
    }),
  );

  /** How well a word fits a name, 0 best; nothing where it is not in it. */
  function inName(name, word) {
    const lower = name.toLowerCase();
    const first = lower.indexOf(word);
    if (first < 0) return undefined;
    if (lower === word) return 0;
    if (first === 0) return 1;
    for (let at = first; at >= 0; at = lower.indexOf(word, at + 1)) {
      if (beginsPart(name, at)) return 2;
    }
    return 4;
  }

  function beginsPart(name, at) {
    const before = name[at - 1];
    const hump = !/\p{Lu}/u.test(before) && /\p{Lu}/u.test(name[at]);
    return !/[\p{L}\p{N}]/u.test(before) || hump || /^[A-Z0-9]+$/.test(name);
  }

  function best(names, word) {
    const ranks = names.map((name) => inName(name, word)).filter((rank) => rank !== undefined);
    return ranks.length ? Math.min(...ranks) : undefined;
  }

  /** As `b24-codegen search` ranks: names, members, insides of names, summaries. */
  function rankOf(item, word, matched) {
    const named = best(item.names, word);
    if (named < 4) return named;
    const has = item.members.filter((member) => member.toLowerCase().includes(word));
    const begun = has.filter((member) => inName(member, word) < 4);
    if (begun.length) {
      if (named === undefined) matched.push(...begun);
      return 3;
    }
    if (named !== undefined) return 4;
    if (has.length) {
      matched.push(...has);
      return 4;
    }
    return item.lower.includes(word) ? 5 : undefined;
  }

  function hit(item, words) {
    const matched = [];
    let rank = 0;
    for (const [index, word] of words.entries()) {
      const one = rankOf(item, word, matched);
      if (one === undefined) return undefined;
      rank = Math.max(rank, index > 0 ? Math.max(one, 1) : one);
    }
    return { item, rank, matched: [...new Set(matched)] };
  }

  function search(words) {
    const hits = items.map((item) => hit(item, words)).filter(Boolean);
    const key = ({ rank, item }) => [rank, item.old, item.order, item.name.length];
    return hits.sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      const at = left.findIndex((value, index) => value !== right[index]);
      return at < 0 ? (a.item.name < b.item.name ? -1 : 1) : left[at] - right[at];
    });
  }

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** The text with the words marked. */
  function marked(text, words) {
    const lower = text.toLowerCase();
    // Letters that change their number with their case would shift the marks.
    if (lower.length !== text.length) return [text];
    const parts = [];
    let at = 0;
    while (at < text.length) {
      const next = words
        .map((word) => [lower.indexOf(word, at), word.length])
        .filter(([place]) => place >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      parts.push(text.slice(at, next[0]), element("mark", "", text.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    return [...parts, text.slice(at)];
  }

  function shown({ item, matched }, words) {
    const line = element("span", "line", element("code", "", ...marked(item.name, words)), element("span", "kind", item.kind));
    if (item.old) line.append(element("span", "tag", "deprecated"));
    if (matched.length) {
      const few = matched.slice(0, 4).join(", ") + (matched.length > 4 ? `, ${matched.length - 4} more` : "");
      line.append(element("span", "also", ...marked(few, words)));
    }
    const link = element("a", "", line, element("p", "", ...marked(item.summary, words)));
    link.href = item.page;
    return element("li", "", link);
  }

  function choose(index) {
    links[chosen]?.classList.remove("chosen");
    chosen = Math.max(0, Math.min(index, links.length - 1));
    links[chosen]?.classList.add("chosen");
    links[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.hidden = words.length > 0;
    found.hidden = words.length === 0;
    found.replaceChildren();
    links = [];
    if (!words.length) return;
    const hits = search(words);
    const told = hits.length === 0 ? "Nothing has all of this." : hits.length === 1 ? "1 hit" : `${hits.length} hits`;
    const more = hits.length > most ? `, the best ${most} of them:` : "";
    found.append(element("p", "tell", told + more));
    if (hits.length) found.append(element("ul", "found", ...hits.slice(0, most).map((one) => shown(one, words))));
    links = [...found.querySelectorAll("a")];
    choose(0);
  }

  function remember() {
    try {
      history.replaceState(null, "", box.value ? `?q=${encodeURIComponent(box.value)}` : location.pathname);
    } catch {
      // Some browsers do not let files do this.
    }
  }

  box.addEventListener("input", () => {
    show();
    remember();
    scrollTo(0, 0);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") links[chosen]?.click();
    else if (event.key === "Escape") {
      box.value = "";
      show();
      remember();
    } else return;
    event.preventDefault();
  });
  box.form.addEventListener("submit", (event) => event.preventDefault());
  box.value = new URLSearchParams(location.search).get("q") ?? box.value;
  show();
  if (box.value) box.focus();
}

/** The matrix of revisions, by counter. */
function filterCounters() {
  const buttons = [...document.querySelectorAll(".filter button")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const counter = button.dataset.counter;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      for (const cell of document.querySelectorAll(".matrix [data-counter]")) {
        cell.hidden = counter !== "" && cell.dataset.counter !== counter;
      }
      for (const row of document.querySelectorAll("[data-counters]")) {
        row.hidden = counter !== "" && !row.dataset.counters.split(" ").includes(counter);
      }
    });
  }
}
