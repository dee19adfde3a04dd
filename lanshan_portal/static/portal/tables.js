// Tables: rows found as one types, arrows in the matrix, ticking rows, what a form with ticks will do.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- rows of a table, filtered as one types: by name, code or pinyin initials
  all("[data-filters-rows]").forEach((field) => {
    const table = one(field.dataset.filtersRows);
    if (!table) return;
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

  // --- arrows move between the links, fields and ticks of a table
  all("[data-arrows]").forEach((table) => {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const cell = event.target.closest("td, th");
      const sideways = event.target.matches("select, input:not([type=checkbox]):not([type=radio]), textarea");
      if (!step || !cell || (sideways && !step[0])) return;
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
        const next = row.children[column] && one("a, input, select, button", row.children[column]);
        if (next) {
          next.focus();
          return;
        }
      }
    });
  });

  // --- ticking rows: a bar says how many, Space ticks the row one is in, Esc lets go of all
  all("[data-ticks]").forEach((table) => {
    const bar = one(table.dataset.ticks);
    const everything = one("[data-tick-all]", table);
    const ticks = () => all("[data-tick]", table);
    const usable = () => ticks().filter((tick) => tick.offsetParent !== null);
    const show = () => {
      const ticked = ticks().filter((tick) => tick.checked);
      ticks().forEach((tick) => tick.closest("tr").classList.toggle("is-ticked", tick.checked));
      bar.hidden = ticked.length === 0;
      one("[data-ticked]", bar).textContent = String(ticked.length);
      const problems = one("[data-ticked-problems]", bar);
      if (problems) problems.textContent = String(ticked.reduce((sum, tick) => sum + Number(tick.dataset.problems || 0), 0));
      if (everything) {
        everything.checked = ticked.length > 0 && ticked.length === usable().length;
        everything.indeterminate = ticked.length > 0 && !everything.checked;
      }
    };
    const letGo = () => {
      ticks().forEach((tick) => { tick.checked = false; });
      show();
    };
    table.addEventListener("change", (event) => {
      if (event.target === everything) usable().forEach((tick) => { tick.checked = everything.checked; });
      show();
    });
    table.addEventListener("keydown", (event) => {
      // Enter on a tick opens the row, as it does elsewhere in it; it must not send the form the ticks belong to.
      if (event.key === "Enter" && event.target.matches("[data-tick], [data-tick-all]")) {
        event.preventDefault();
        if (event.target.matches("[data-tick]")) one("th a", event.target.closest("tr"))?.click();
        return;
      }
      if (event.key !== " " || event.target.matches("input, button, select, textarea")) return;
      const tick = one("[data-tick]", event.target.closest("tr") || table);
      if (!tick) return;
      event.preventDefault();
      tick.checked = !tick.checked;
      show();
    });
    document.addEventListener("keydown", (event) => {
      const busy = one(".modal.show, .offcanvas.show");
      if (event.key === "Escape" && !busy && !event.target.matches("[data-find]")) letGo();
    });
    one("[data-untick]", bar)?.addEventListener("click", letGo);
    // After going back the browser has kept the ticks.
    window.addEventListener("pageshow", show);
    show();
  });

  // --- a form that says what it will do: its numbers follow its ticks
  const tell = (form) => {
    const ticked = all("[data-counts]", form).filter((tick) => tick.checked);
    const reached = ticked.filter((tick) => tick.dataset.toPhone !== "1");
    const again = reached.filter((tick) => tick.dataset.again === "1").length;
    const sums = { reached: reached.length, again, phone: ticked.length - reached.length };
    all("[data-sum]", form).forEach((place) => { place.textContent = String(sums[place.dataset.sum]); });
    all("[data-when]", form).forEach((words) => { words.hidden = sums[words.dataset.when] === 0; });
    one("button[type=submit]", form).disabled = ticked.length === 0;
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-effect]");
    if (form) tell(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick-every]");
    if (!button) return;
    const form = button.closest("form");
    all("[data-counts]", form).forEach((tick) => { tick.checked = button.dataset.tickEvery === "yes" && !tick.disabled; });
    tell(form);
  });
  window.addEventListener("pageshow", () => all("form[data-effect]").forEach(tell));
})();
