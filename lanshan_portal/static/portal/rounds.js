// The grid of a round of checks: entered by keyboard, saved row by row, nothing lost and nothing overwritten unseen.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- segments: all rows, those not looked at, those with findings
  all("[data-segments]").forEach((segments) => {
    const grid = one(segments.dataset.segments);
    segments.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      all("button", segments).forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      all("tr[data-entry]", grid).forEach((row) => row.classList.toggle("is-left-out", Boolean(button.dataset.show) && row.dataset.state !== button.dataset.show));
    });
  });

  const grid = one("[data-round]");
  if (!grid) return;
  const token = document.body.dataset.token;
  const place = `kept:${document.body.dataset.person}:round-${grid.dataset.round}`;
  const rows = new Map(all("tr[data-entry]", grid).map((row) => [row.dataset.entry, row]));
  const unsaved = new Set();
  const faulty = new Set();
  let busy = false;
  let timer;
  let told = false;

  const cells = (row) => all("[data-cell]", row);
  const texts = (row) => Object.fromEntries(cells(row).map((cell) => [cell.dataset.cell, cell.value]));
  const say = (words) => { one("#round-said").textContent = words; };

  const status = (row, words, kind = "") => {
    const cell = one("[data-status]", row);
    cell.replaceChildren(Object.assign(document.createElement("span"), { textContent: words, className: kind }));
  };

  // --- kept on this machine until it is saved
  const remember = () => {
    const waiting = [...unsaved, ...faulty].map((row) => [row.dataset.entry, { version: row.dataset.version, texts: texts(row) }]);
    if (waiting.length) window.localStorage.setItem(place, JSON.stringify(Object.fromEntries(waiting)));
    else window.localStorage.removeItem(place);
  };

  const pardon = (row) => {
    cells(row).forEach((cell) => cell.removeAttribute("aria-invalid"));
    all(".cell-error", row).forEach((said) => said.remove());
  };

  const touched = (row, delay = 1200) => {
    unsaved.add(row);
    faulty.delete(row);
    pardon(row);
    status(row, "未保存", "quiet");
    remember();
    window.clearTimeout(timer);
    timer = window.setTimeout(save, delay);
  };

  const put = (row, values) => {
    cells(row).forEach((cell) => {
      if (cell !== document.activeElement && cell.dataset.cell in values) cell.value = values[cell.dataset.cell];
    });
  };

  // --- what a row's answer says
  const show = (row, answer) => {
    const counted = one("[data-counted]", row);
    if (counted) {
      const overdue = answer.counted.startsWith("超期");
      counted.replaceChildren(overdue ? Object.assign(document.createElement("span"), { textContent: answer.counted, className: "chip chip-behind" }) : answer.counted);
    }
    row.dataset.state = !answer.looked_at ? "open" : answer.found.length ? "found" : "fresh";
  };

  const taken = (row, answer, sent) => {
    row.dataset.version = answer.version;
    if (JSON.stringify(texts(row)) === sent) {
      unsaved.delete(row);
      put(row, answer.texts);
      status(row, "已保存", "saved");
    }
    show(row, answer);
  };

  const refused = (row, answer) => {
    unsaved.delete(row);
    faulty.add(row);
    pardon(row);
    cells(row).filter((cell) => cell.dataset.cell in answer.errors).forEach((cell) => {
      cell.setAttribute("aria-invalid", "true");
      cell.after(Object.assign(document.createElement("small"), { className: "cell-error", textContent: answer.errors[cell.dataset.cell] }));
    });
    status(row, "没有保存", "not-saved");
    say(`${one("th", row).firstChild.textContent}没有保存：${Object.values(answer.errors).join("")}`);
  };

  const contested = (row, answer) => {
    unsaved.delete(row);
    faulty.add(row);
    const cell = one("[data-status]", row);
    const words = Object.assign(document.createElement("span"), { textContent: answer.sentence, className: "not-saved" });
    const button = (label, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: "link-button" });
      made.addEventListener("click", act);
      return made;
    };
    cell.replaceChildren(
      words,
      button("采用对方的", () => {
        row.dataset.version = answer.version;
        cells(row).forEach((each) => { each.value = answer.texts[each.dataset.cell] || ""; });
        faulty.delete(row);
        status(row, "已保存", "saved");
        show(row, answer);
        remember();
      }),
      button("保留我的", () => {
        row.dataset.version = answer.version;
        touched(row, 0);
      }),
    );
    say(`${one("th", row).firstChild.textContent}：${answer.sentence}`);
  };

  const count = (counts) => {
    const numbers = { ...counts, open: counts.accounts - counts.looked_at };
    all("[data-count]").forEach((place) => { place.textContent = numbers[place.dataset.count]; });
    one("[data-progress]").value = counts.looked_at;
  };

  // --- saving: one request at a time, with every row that waits
  const save = async () => {
    window.clearTimeout(timer);
    if (busy || !unsaved.size) return;
    busy = true;
    const sent = new Map([...unsaved].map((row) => [row.dataset.entry, JSON.stringify(texts(row))]));
    const body = [...unsaved].map((row) => ({ pk: row.dataset.entry, version: row.dataset.version, ...texts(row) }));
    unsaved.forEach((row) => status(row, "正在保存", "quiet"));
    let again = 0;
    try {
      const answer = await fetch(grid.dataset.save, { method: "POST", headers: { "X-CSRFToken": token, "Content-Type": "application/json" }, body: JSON.stringify({ rows: body }), redirect: "manual" });
      if (!answer.ok) throw new Error(answer.type === "opaqueredirect" || answer.status === 403 ? "login" : "again");
      const said = await answer.json();
      said.rows.forEach((each) => {
        const row = rows.get(String(each.pk));
        if (each.state === "saved") taken(row, each, sent.get(String(each.pk)));
        else if (each.state === "faulty") refused(row, each);
        else contested(row, each);
      });
      count(said.counts);
      told = false;
    } catch (problem) {
      unsaved.forEach((row) => status(row, "尚未保存", "not-saved"));
      again = 8000;
      if (!told) window.portal.note(problem.message === "login" ? "登录已过期，请重新登录后刷新本页，已填写的内容保留在本机。" : "暂时没有保存上，稍后自动重试，已填写的内容保留在本机。");
      told = true;
    }
    busy = false;
    remember();
    if (unsaved.size) timer = window.setTimeout(save, again || 300);
  };

  // --- typing
  const within = (event) => event.target.closest && event.target.closest("tr[data-entry]");
  grid.addEventListener("input", (event) => {
    if (event.target.matches("[data-cell]")) touched(within(event), event.target.matches("select") ? 200 : 1200);
  });
  grid.addEventListener("focusout", (event) => {
    const row = within(event);
    if (row && unsaved.has(row) && (!event.relatedTarget || !row.contains(event.relatedTarget))) save();
  });
  const visible = () => [...rows.values()].filter((row) => row.offsetParent !== null);
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const shown = visible();
    const next = shown[shown.indexOf(within(event)) + (event.shiftKey ? -1 : 1)];
    const target = next && one(`[data-cell="${cell.dataset.cell}"]`, next);
    if (target) target.focus();
    else save();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  });
  grid.addEventListener("focusin", (event) => { if (event.target.matches("input[data-cell]")) event.target.select(); });

  // --- pasting: a block of cells from here on downwards, or a picture for the row
  const choose = (cell, value) => {
    if (!cell.matches("select")) {
      cell.value = value.trim();
      return;
    }
    const wanted = value.trim();
    const option = Array.from(cell.options).find((each) => each.value === wanted || each.textContent.replace(/^\d+ /, "") === wanted || each.textContent.startsWith(`${wanted} `));
    if (option || !wanted) cell.value = option ? option.value : "";
  };
  grid.addEventListener("paste", (event) => {
    const row = within(event);
    if (!row) return;
    const picture = Array.from(event.clipboardData.files).find((file) => file.type.startsWith("image/"));
    if (picture) {
      event.preventDefault();
      bring(row, picture);
      return;
    }
    const cell = event.target.closest("[data-cell]");
    const block = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!cell || !/[\n\t]/.test(block)) return;
    event.preventDefault();
    const shown = visible();
    const from = shown.indexOf(row);
    const column = cells(row).findIndex((each) => each.dataset.cell === cell.dataset.cell);
    let filled = 0;
    block.split("\n").forEach((line, offset) => {
      const target = shown[from + offset];
      if (!target) return;
      line.split("\t").forEach((value, right) => {
        const to = cells(target)[column + right];
        if (to) choose(to, value);
      });
      touched(target, 300);
      filled += 1;
    });
    window.portal.note(`已粘贴${filled}行。`);
  });

  // --- pictures
  const bring = async (row, file) => {
    const input = one("[data-shoot]", row);
    const form = new FormData();
    form.append("picture", file, file.name || "截图.png");
    status(row, "正在上传截图", "quiet");
    try {
      const answer = await fetch(input.dataset.shoot, { method: "POST", headers: { "X-CSRFToken": token }, body: form, redirect: "manual" });
      const said = await answer.json();
      if (!answer.ok) {
        status(row, said.sentence, "not-saved");
        say(said.sentence);
        return;
      }
      const shots = one("[data-shots]", row);
      const shot = Object.assign(document.createElement("span"), { className: "shot" });
      shot.append(Object.assign(document.createElement("a"), { href: said.address, target: "_blank", rel: "noopener", textContent: `图${shots.children.length + 1}` }));
      shots.append(shot);
      status(row, "截图已保存", "saved");
      say("截图已保存");
    } catch {
      status(row, "截图没有传上来，请重试", "not-saved");
    }
  };
  grid.addEventListener("change", (event) => {
    if (!event.target.matches("[data-shoot]") || !event.target.files.length) return;
    bring(within(event), event.target.files[0]);
    event.target.value = "";
  });

  // --- before leaving everything is saved
  all("form[data-after-saving]").forEach((form) =>
    form.addEventListener("submit", async (event) => {
      if (!unsaved.size && !busy) {
        if (!faulty.size) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        window.portal.note(`还有${faulty.size}行没有保存，请先处理。`);
        one("[data-cell]", [...faulty][0]).focus();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      await save();
      window.setTimeout(() => form.requestSubmit(), 300);
    }, true),
  );
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved.size) return;
    save();
    event.preventDefault();
    event.returnValue = "";
  });

  // --- what was left unsaved the last time
  try {
    const kept = JSON.parse(window.localStorage.getItem(place)) || {};
    Object.entries(kept).forEach(([pk, { version, texts: values }]) => {
      const row = rows.get(pk);
      if (!row || JSON.stringify(texts(row)) === JSON.stringify(values)) return;
      cells(row).forEach((cell) => { if (cell.dataset.cell in values) cell.value = values[cell.dataset.cell]; });
      row.dataset.version = version;
      touched(row, 300);
    });
    remember();
  } catch { window.localStorage.removeItem(place); }
})();
