// Tasks: choosing several files, forms that show what a choice needs, the keys of the review queue.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const isTyping = (target) => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && !/^(checkbox|radio)$/.test(target.type));

  // --- several files: what is dropped later joins what was chosen before; each can be left out again
  const chosen = new WeakMap();
  const inWords = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
  const same = (file, other) => file.name === other.name && file.size === other.size && file.lastModified === other.lastModified;
  const give = (input, files) => {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    chosen.set(input, files);
  };
  const list = (input) => {
    const shown = one("[data-chosen-files]", input.closest(".files-field"));
    const files = chosen.get(input) || [];
    shown.hidden = files.length === 0;
    shown.replaceChildren(
      ...files.map((file) => {
        const line = document.createElement("li");
        const name = Object.assign(document.createElement("span"), { textContent: file.name });
        const size = Object.assign(document.createElement("small"), { textContent: inWords(file.size) });
        const out = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: "移除" });
        out.setAttribute("aria-label", `移除${file.name}`);
        out.addEventListener("click", () => {
          give(input, files.filter((other) => other !== file));
          input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "left out" }));
          input.focus();
        });
        line.append(name, size, out);
        return line;
      }),
    );
  };
  // In the capture phase: whoever else looks at the field sees all of them.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches(".files-field input[type=file]")) return;
    if (event.detail !== "left out") {
      const before = chosen.get(input) || [];
      const added = Array.from(input.files).filter((file) => !before.some((other) => same(file, other)));
      give(input, [...before, ...added]);
    }
    list(input);
  }, true);

  // --- a value that a button offers
  document.addEventListener("click", (event) => {
    const offered = event.target.closest("[data-set]");
    if (!offered) return;
    const field = one(offered.dataset.set);
    field.value = offered.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // --- every line of a list of choices, or none
  document.addEventListener("click", (event) => {
    const every = event.target.closest("[data-tick-every]");
    if (!every) return;
    const boxes = all("input[type=checkbox]", every.closest("fieldset"));
    const wanted = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = wanted; });
  });

  // --- what a choice needs is shown with it: the form carries the choice, the style sheet does the rest
  const CHOICES = ["kind", "scope", "recurrence"];
  const carry = (form) => {
    CHOICES.forEach((name) => {
      const choice = one(`input[type=radio][name=${name}]:checked`, form);
      if (choice) form.dataset[name] = choice.value;
    });
    const picked = one("[data-picked]", form);
    if (picked) picked.textContent = String(all("#unit-picker input:checked", form).length);
  };
  const furnish = (root) => all("form.exceptions, form.task-form", root).forEach(carry);
  furnish(document);
  document.body.addEventListener("htmx:load", (event) => furnish(event.detail.elt.parentElement || document));
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.exceptions, form.task-form");
    if (form) carry(form);
  });
  all("form.task-form").forEach((form) => form.addEventListener("restored", () => carry(form)));

  // --- a row among several forms carries its own choice
  const carryRow = (choice) => { choice.closest("[data-task-row]").dataset[choice.dataset.carries] = choice.value; };
  document.addEventListener("change", (event) => { if (event.target.matches("select[data-carries]")) carryRow(event.target); });
  document.addEventListener("restored", (event) => all("select[data-carries]", event.target).forEach(carryRow), true);

  // --- handing in: the page stays, with its files and words, until it is taken
  const handIn = one("form[hx-encoding]");
  if (handIn) {
    const meter = one(".upload-meter", handIn);
    const verb = handIn.dataset.verb || "报送";
    handIn.addEventListener("htmx:xhr:progress", (event) => {
      if (!event.detail.lengthComputable) return;
      meter.hidden = false;
      meter.value = Math.round((event.detail.loaded / event.detail.total) * 100);
    });
    handIn.addEventListener("htmx:afterRequest", (event) => {
      meter.hidden = true;
      const status = event.detail.xhr.status;
      if (status === 413) window.portal.note(`文件合计超过上限，没有${verb}。请减少或压缩后再传。`);
      else if (!event.detail.successful) window.portal.note(`没有${verb}成功，已填写的内容和文件都还在，请稍后再试。`);
      if (status !== 204) window.sessionStorage.removeItem("sent-form");
    });
    handIn.addEventListener("htmx:afterSwap", () => one("[data-errors] [data-focus]", handIn)?.focus());
  }

  // --- the keys of the queue and of one review
  const queue = one("[data-review-list]");
  const open = () => one(".modal.show, .offcanvas.show");
  const rows = () => (queue ? all("tbody tr", queue) : []);
  const current = () => document.activeElement.closest?.("[data-review-list] tbody tr");
  const go = (steps) => {
    const lines = rows();
    const at = lines.indexOf(current());
    const next = lines[Math.min(lines.length - 1, Math.max(0, at < 0 ? 0 : at + steps))];
    one("[data-review-open]", next)?.focus();
  };
  const tick = () => {
    const line = current();
    if (!line || all("[data-tick]:checked", queue).length) return;
    const box = one("[data-tick]", line);
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const inQueue = {
    j: () => go(1),
    k: () => go(-1),
    a: () => { tick(); one("#decide-ticks:not([hidden]) [data-review-accept]")?.click(); },
    r: () => { tick(); one("#decide-ticks:not([hidden]) [data-review-return]")?.click(); },
  };
  const inReview = {
    j: () => one("[data-review-after]")?.click(),
    k: () => one("[data-review-before]")?.click(),
    a: () => one(".review-side [data-review-accept]")?.click(),
    r: () => one(".review-side textarea[name=reason]")?.focus(),
  };
  const keys = queue ? inQueue : one(".review") ? inReview : null;
  if (keys) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || open()) return;
      if (queue && event.key === "Enter" && event.target.matches("[data-tick]")) {
        // Enter on a tick would send the form; here it opens the line.
        event.preventDefault();
        one("[data-review-open]", current()).click();
      }
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    one("#return-dialog")?.addEventListener("shown.bs.modal", () => one("#batch-reason").focus());
    // From the reason, Ctrl+Enter sends it back and Esc goes back to the keys.
    all("textarea[name=reason]").forEach((field) =>
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          one("button[value=return]", field.form).click();
        }
        if (event.key === "Escape" && !open()) field.blur();
      }),
    );
  }
})();
