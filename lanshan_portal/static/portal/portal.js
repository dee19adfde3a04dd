// The portal's own script: keyboard, filters in the page, file drop, folded rows, messages, idle session.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  // --- keyboard: / finds, [ and ] change the month, ? lists the keys
  const keys = {
    "/": () => one("[data-find]")?.focus(),
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
    const target = event.target.closest("[data-print],[data-reveal],[data-unfold],[data-dismiss-note]");
    if (!target) return;
    if (target.matches("[data-print]")) window.print();
    if (target.matches("[data-dismiss-note]")) target.closest(".toast-note, .notice-bar").remove();
    if (target.matches("[data-unfold]")) {
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
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  all("[data-focus]").forEach((element) => element.focus());

  // --- rows of a table, filtered as one types: by name, code or pinyin initials
  all("[data-filters-rows]").forEach((field) => {
    const table = one(field.dataset.filtersRows);
    const rows = all("[data-words]", table);
    const none = one("[data-no-match]", table.closest(".panel"));
    const apply = () => {
      const wanted = field.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        const match = !wanted || row.dataset.words.toLowerCase().includes(wanted);
        row.classList.toggle("is-hidden", !match);
        shown += match ? 1 : 0;
      });
      if (wanted) table.classList.remove("is-folded");
      all("[data-group]", table).forEach((head) => {
        const members = rows.filter((row) => row.dataset.of === head.dataset.group);
        head.classList.toggle("is-hidden", members.every((row) => row.classList.contains("is-hidden")));
      });
      if (none) none.hidden = shown > 0;
    };
    field.addEventListener("input", apply);
    if (field.value) apply();
  });

  // --- one tab stop in the matrix; arrows move between its links
  all("[data-arrows]").forEach((table) => {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const cell = event.target.closest("td, th");
      if (!step || !cell) return;
      event.preventDefault();
      let row = cell.parentElement;
      let column = Array.from(row.children).indexOf(cell);
      for (let guard = 0; guard < 400; guard += 1) {
        if (step[0]) {
          row = step[0] > 0 ? row.nextElementSibling : row.previousElementSibling;
          if (!row) return;
          if (row.offsetParent === null) continue;
        } else {
          column += step[1];
          if (column < 0 || column >= row.children.length) return;
        }
        const link = row.children[column] && one("a", row.children[column]);
        if (link) {
          link.focus();
          return;
        }
      }
    });
  });

  // --- dropping a file
  const inWords = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
  all("[data-file-drop]").forEach((drop) => {
    const input = one("input[type=file]", drop);
    const name = one("[data-file-name]", drop);
    const note = one("[data-file-note]", drop);
    const send = drop.form || drop.closest("form");
    const button = one("button[type=submit]", send);
    const limit = Number(drop.dataset.limit);
    const show = () => {
      const file = input.files[0];
      drop.classList.toggle("has-file", Boolean(file));
      if (!file) return;
      name.textContent = file.name;
      const tooBig = file.size > limit;
      note.textContent = tooBig ? `${inWords(file.size)}，超过上限 ${inWords(limit)}，请拆分后再传` : `${inWords(file.size)}，可重新选择`;
      button.disabled = tooBig;
    };
    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, () => drop.classList.add("is-over")));
    ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("is-over")));
    show();
  });
  // A file dropped beside the field must not replace the page.
  ["dragover", "drop"].forEach((name) =>
    document.addEventListener(name, (event) => {
      if (!event.target.closest("[data-file-drop]")) event.preventDefault();
    }),
  );
  all("form[data-once]").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "yes";
      const button = one("button[type=submit]", form);
      if (button?.dataset.busy) button.lastChild.textContent = button.dataset.busy;
      document.body.classList.add("is-leaving");
    }),
  );
  window.addEventListener("pageshow", () => {
    document.body.classList.remove("is-leaving");
    all("form[data-once]").forEach((form) => delete form.dataset.sent);
  });

  // --- messages go after six seconds; errors stay
  const goAfter = (note, seconds) => {
    let timer = window.setTimeout(() => note.remove(), seconds * 1000);
    note.addEventListener("pointerenter", () => window.clearTimeout(timer));
    note.addEventListener("focusin", () => window.clearTimeout(timer));
    note.addEventListener("pointerleave", () => { timer = window.setTimeout(() => note.remove(), seconds * 1000); });
  };
  all(".toast-note[data-passing]").forEach((note) => goAfter(note, 6));

  // --- the session ends after a time without a click: say so five minutes before
  const idle = one("[data-idle-seconds]");
  if (idle) {
    const seconds = Number(idle.dataset.idleSeconds);
    const warning = one("#idle-warning");
    let warned;
    const wait = () => {
      window.clearTimeout(warned);
      warned = window.setTimeout(() => { warning.hidden = false; }, Math.max(10, seconds - 300) * 1000);
    };
    one("button", warning).addEventListener("click", async () => {
      const answer = await fetch(idle.dataset.keepAddress, { method: "POST", headers: { "X-CSRFToken": idle.dataset.token }, redirect: "manual" });
      if (answer.ok) {
        warning.hidden = true;
        wait();
      } else {
        window.location.reload();
      }
    });
    document.body.addEventListener("htmx:afterRequest", wait);
    wait();
  }
})();
