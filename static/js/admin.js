// Django's search boxes name themselves by what is chosen: without a choice they have no name for screen readers.
(() => {
  const name = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      for (const box of select.parentElement.querySelectorAll("[role=combobox], [role=textbox]")) {
        box.removeAttribute("aria-labelledby");
        if (label) box.setAttribute("aria-label", label.textContent.trim());
      }
    }
  };
  // Django makes the boxes in its own jQuery's "ready", in the order in which it was asked.
  window.django?.jQuery?.(name);
  document.addEventListener("formset:added", () => setTimeout(name));
})();
