"use strict";
/* Keeps what is typed on a page of the editor: with the portal every two seconds, and on this device until the
   portal has it. Nothing of it is a save: the person saves, and the server says what was saved (data-saved). */

(() => {
  const PREFIX = "words:";
  const DAYS = 7;
  const PAUSE = 1500;
  const AGAIN = 10000;
  const BEAT = 25000;

  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
    put: (key, value) => { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop: (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* forbidden */ } },
    keys: () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); } catch { return []; } },
  };

  // What the server has saved needs no copy any more; what nobody came back for in a week has none either.
  const tidy = () => {
    document.querySelectorAll("[data-saved]").forEach((one) => store.drop(one.dataset.saved));
    const oldest = Date.now() - DAYS * 86400000;
    store.keys().forEach((key) => { if (!(store.get(key)?.at > oldest)) store.drop(key); });
  };

  const form = document.querySelector("form[data-keep]");
  const status = document.getElementById("keep-status");
  const boxes = () => [...form.elements].filter((box) => box.name && !["hidden", "submit", "button"].includes(box.type));
  const ticks = (box) => ["checkbox", "radio"].includes(box.type);

  // Texts by name; of boxes to tick the values of those that are ticked.
  const words = () => {
    const found = {};
    boxes().forEach((box) => {
      if (!ticks(box)) found[box.name] = box.value;
      else { found[box.name] ??= []; if (box.checked) found[box.name].push(box.value); }
    });
    return found;
  };
  const length = (said) => Object.values(said).flat().reduce((sum, text) => sum + text.length, 0);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  let dirty = false;
  let leaving = false;
  let timer = 0;
  let stroke = 0;
  let pending = null;

  const body = (act, said, version) => {
    const data = new FormData();
    ["csrfmiddlewaretoken", "idempotency_key"].forEach((name) => data.set(name, form.elements[name].value));
    data.set("version", version);
    data.set("act", act);
    // Grows from page to page too: a form that came back from the server has the key it was sent with.
    stroke = Math.max(stroke + 1, Date.now());
    data.set("stroke", String(stroke));
    if (act === "keep") Object.entries(said).forEach(([name, values]) => [values].flat().forEach((value) => data.append(name, value)));
    return data;
  };

  const send = (act, { keepalive = false, said = words(), version = form.elements.version.value } = {}) => fetch(form.dataset.keep, {
    method: "POST", body: body(act, said, version), redirect: "manual", keepalive, credentials: "same-origin",
    headers: { Accept: "application/json" }, signal: keepalive ? undefined : (pending = new AbortController()).signal,
  });

  const showOthers = (told) => {
    const place = document.getElementById("others");
    if (place && told.others) place.textContent = told.others.join(" ");
  };

  const later = (pause) => { clearTimeout(timer); timer = setTimeout(keep, pause); };

  const keep = async () => {
    clearTimeout(timer);
    if (!dirty || leaving) return true;
    if (!navigator.onLine) { say(status.dataset.offline); return false; }
    const sent = words();
    if (length(sent) > Number(status.dataset.limit)) { say(status.dataset.tooLong); return false; }
    let answer;
    try {
      answer = await send("keep", { said: sent });
    } catch {
      if (!leaving) { say(navigator.onLine ? status.dataset.silent : status.dataset.offline); later(AGAIN); }
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      say(status.dataset.signedOut);
      document.getElementById("keep-sign-in").hidden = false;
      return false;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && told.status === "kept") {
      say(told.text);
      showOthers(told);
      if (same(sent, words())) {
        dirty = false;
        store.drop(form.dataset.keepKey);
        form.dispatchEvent(new CustomEvent("words:kept", { bubbles: true }));
      } else { later(PAUSE); }
      return true;
    }
    say(told.text || status.dataset.silent);
    if (answer.status >= 500) later(AGAIN);
    return false;
  };

  const typed = () => {
    dirty = true;
    const title = document.querySelector("h1")?.innerText ?? "";
    store.put(form.dataset.keepKey, { at: Date.now(), words: words(), version: form.elements.version.value, page: form.dataset.keepPage, title });
    later(PAUSE);
  };

  // The page goes away or behind: one request that outlives it. Larger ones than 64 kB stay on the device.
  const lastWords = () => { if (dirty && !leaving && navigator.onLine) send("keep", { keepalive: true }).catch(() => {}); };

  const submitted = (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(status.dataset.offline);
      return;
    }
    leaving = true;
    clearTimeout(timer);
    pending?.abort();
  };

  // Whether every word of the copy has its box here: a page may have fewer times, or other places to choose.
  const fits = (said) => Object.entries(said).every(([name, values]) => {
    const here = boxes().filter((box) => box.name === name);
    return Array.isArray(values) ? values.every((value) => here.some((box) => box.value === value)) : here.length > 0;
  });

  const fill = (said) => boxes().forEach((box) => {
    if (!(box.name in said)) return;
    if (ticks(box)) box.checked = said[box.name].includes(box.value);
    else box.value = said[box.name];
  });

  const putBack = async (copy, offer) => {
    if (fits(copy.words)) {
      fill(copy.words);
      // On the version it was typed on: if somebody saved since, saving shows both texts.
      if (copy.version) form.elements.version.value = copy.version;
      offer.hidden = true;
      typed();
      keep();
      return;
    }
    // The server draws a page that has all the boxes.
    const answer = await send("keep", { said: copy.words, version: copy.version }).catch(() => null);
    if (answer?.ok) location.assign(form.dataset.keepPage);
    else say(navigator.onLine ? status.dataset.silent : status.dataset.offline);
  };

  const offerCopy = () => {
    const copy = store.get(form.dataset.keepKey);
    if (!copy) return;
    if (same({ ...words(), ...copy.words }, words())) { store.drop(form.dataset.keepKey); return; }
    const offer = document.getElementById("kept-here");
    offer.hidden = false;
    offer.querySelector("[data-put]").addEventListener("click", () => putBack(copy, offer));
    offer.querySelector("[data-discard]").addEventListener("click", () => { store.drop(form.dataset.keepKey); offer.hidden = true; });
  };

  // Texts of other pages of the list that the portal does not have: a new topic has no page to come back to but this link.
  const showElsewhere = () => {
    const place = document.getElementById("kept-elsewhere");
    if (!place) return;
    const list = place.appendChild(document.createElement("ul"));
    store.keys().filter((key) => key.startsWith(place.dataset.of) && key !== form?.dataset.keepKey).forEach((key) => {
      const copy = store.get(key);
      if (!copy?.page?.startsWith("/")) return;
      const link = document.createElement("a");
      link.href = copy.page;
      link.textContent = copy.title || copy.page;
      list.appendChild(document.createElement("li")).appendChild(link);
      place.hidden = false;
    });
  };

  const beat = () => {
    if (leaving || document.visibilityState === "hidden" || !navigator.onLine) return;
    send("here").then((answer) => answer.json()).then(showOthers).catch(() => {});
  };

  // Signing out takes the person's copies from this device: it may be a shared one. What is nowhere else is kept
  // first, and what waits for other pages is named before it goes. Copies of other people are theirs.
  let warned = false;
  const forget = (way) => {
    const owner = way.querySelector("[data-words-of]")?.dataset.wordsOf;
    const mine = owner ? store.keys().filter((key) => key.startsWith(owner)) : [];
    const unsent = mine.filter((key) => !(warned && key === form?.dataset.keepKey));
    const titles = unsent.map((key) => store.get(key)?.title).filter(Boolean);
    if (unsent.length && !confirm([way.dataset.unsent, ...titles].join("\n"))) return false;
    mine.forEach(store.drop);
    leaving = true;
    return true;
  };
  const signOut = async (event) => {
    const way = event.target;
    if (!(way instanceof HTMLFormElement) || !way.action.endsWith("/logout/")) return;
    const stay = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (form && dirty && !warned) {
      stay();
      if (await keep()) { if (forget(way)) way.submit(); } else { warned = true; say(status.dataset.onlyHere); status.scrollIntoView(); }
    } else if (!forget(way)) stay();
  };

  tidy();
  document.addEventListener("submit", signOut, true);
  showElsewhere();
  if (!form || !status) return;
  // A page that came back with what was sent is nowhere saved yet.
  if ("unsaved" in form.dataset) typed(); else offerCopy();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("focusout", () => { if (dirty) keep(); });
  form.addEventListener("submit", submitted, true);
  window.addEventListener("online", () => { dirty ? keep() : say(""); });
  window.addEventListener("offline", () => { if (dirty) say(status.dataset.offline); });
  window.addEventListener("pagehide", () => { lastWords(); if (!dirty && !leaving) send("leave", { keepalive: true }).catch(() => {}); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") lastWords(); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=add], button[name=save]"));
  });
  beat();
  setInterval(beat, BEAT);
})();
