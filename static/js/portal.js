"use strict";
/* Helps only: without scripts every page works, and the server alone decides what is done once. */

(() => {
  const unsaved = new Set();
  // Forms in which something was typed or chosen since they were sent last, guarded or not.
  const typed = new Set();

  // A form marked data-once is sent once per page view; a second click waits for the answer of the first.
  const holdSecondClick = (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    unsaved.delete(form);
    typed.delete(form);
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    form.querySelectorAll("button").forEach((button) => button.classList.add("is-busy"));
  };

  // Back from the history the page is as it was left: it may be sent again, and the server tells a repeat.
  const release = () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
    });
  };

  const noteChange = (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (!form) return;
    typed.add(form);
    if (form.hasAttribute("data-guard-unsaved")) unsaved.add(form);
  };

  // A page that the browser kept whole shows how things stood before the last act, as if that were lost:
  // a staff page is loaded anew, unless that would take away what somebody typed on it.
  const renewKeptPage = (event) => {
    release();
    if (!event.persisted || !document.body.classList.contains("staff")) return;
    if (![...typed].some((form) => form.isConnected)) window.location.reload();
  };

  const askBeforeLeaving = (event) => {
    if (unsaved.size > 0) event.preventDefault();
  };

  // What the portal keeps for the person is not lost by leaving.
  document.addEventListener("words:kept", (event) => {
    unsaved.delete(event.target);
    typed.delete(event.target);
  });

  // A menu closes on Escape and when one clicks beside it.
  const closeMenus = (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      const byKey = event.type === "keydown";
      if (byKey ? event.key !== "Escape" : menu.contains(event.target)) return;
      menu.open = false;
      if (byKey) menu.querySelector("summary").focus();
    });
  };

  document.addEventListener("submit", holdSecondClick);
  document.addEventListener("input", noteChange);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  window.addEventListener("pageshow", renewKeptPage);
  window.addEventListener("beforeunload", askBeforeLeaving);

  // After htmx has put an answer in, what is wrong gets the focus, as on a page that was loaded whole.
  document.addEventListener("htmx:afterSwap", () => {
    release();
    document.querySelector(".problem-summary")?.focus();
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelector(".problem-summary")?.focus());
})();
