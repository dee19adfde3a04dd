// What every page has: keyboard, small duties, the drawer, questions before what cannot be taken back.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  // --- keyboard: / finds, [ and ] change the month, ? lists the keys
  const keys = {
    "/": () => (one("[data-find]") || one("[data-find-everywhere]"))?.focus(),
    "[": () => one("[data-month-previous]")?.click(),
    "]": () => one("[data-month-next]")?.click(),
    "?": () => window.bootstrap.Modal.getOrCreateInstance(one("#keys")).show(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.matches("[data-find]")) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
      event.target.blur();
      return;
    }
    if (isTyping(event.target) || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // --- small duties
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-print],[data-reveal],[data-unfold],[data-dismiss-note],[data-more],[data-fill]");
    if (!target) return;
    if (target.matches("[data-print]")) window.print();
    if (target.matches("[data-dismiss-note]")) target.closest(".toast-note, .notice-bar").remove();
    if (target.matches("[data-unfold]")) {
      event.preventDefault();
      one(target.dataset.unfold).classList.remove("is-folded");
      target.hidden = true;
    }
    if (target.matches("[data-reveal]")) {
      const field = document.getElementById(target.dataset.reveal);
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      target.textContent = shown ? "显示" : "隐藏";
      target.setAttribute("aria-pressed", String(!shown));
    }
    if (target.matches("[data-more]")) {
      const open = one("#sidenav").classList.toggle("is-open");
      target.setAttribute("aria-expanded", String(open));
    }
    // A ready sentence goes into the field it belongs to, after what stands there, or instead of it.
    if (target.matches("[data-fill]")) {
      const field = one(target.dataset.fill);
      field.value = field.value && !("fillAnew" in target.dataset) ? `${field.value.trimEnd()}\n${target.dataset.words}` : target.dataset.words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  document.querySelectorAll("[data-focus]").forEach((element) => element.focus());

  // --- the drawer: what a link leads to, beside the page; Esc closes it
  const drawer = one("#drawer");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || !drawer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const back = document.activeElement;
    window.htmx.ajax("GET", link.href, { target: "#drawer-content", swap: "innerHTML" }).then(() => {
      window.bootstrap.Offcanvas.getOrCreateInstance(drawer).show();
      drawer.addEventListener("hidden.bs.offcanvas", () => back.focus(), { once: true });
    });
  });

  // --- what cannot be taken back is asked about first, with what it will do
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const dialog = window.bootstrap.Modal.getOrCreateInstance(one("#confirm"));
    const sender = event.submitter;
    one("#confirm-words").textContent = form.dataset.confirm;
    const yes = one("#confirm-yes");
    yes.textContent = form.dataset.confirmVerb || "确认";
    yes.onclick = () => {
      form.dataset.confirmed = "yes";
      dialog.hide();
      form.requestSubmit(sender);
    };
    dialog.show();
  }, true);
})();
