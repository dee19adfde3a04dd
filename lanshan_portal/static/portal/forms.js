// Forms: a file dropped, sent once, and what was typed kept on this machine until it is sent.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- dropping files
  const inWords = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
  all("[data-file-drop]").forEach((drop) => {
    const input = one("input[type=file]", drop);
    const name = one("[data-file-name]", drop);
    const note = one("[data-file-note]", drop);
    const form = drop.closest("form");
    const button = one("button[type=submit]", form);
    const limit = Number(drop.dataset.limit);
    // Where files gather, the list below names them (tasks.js).
    const gathers = Boolean(drop.closest(".files-field"));
    const asked = [name.innerHTML, note.textContent];
    const show = () => {
      const files = Array.from(input.files);
      drop.classList.toggle("has-file", files.length > 0);
      if (!files.length) {
        [name.innerHTML, note.textContent] = asked;
        button.disabled = false;
        return;
      }
      const size = files.reduce((sum, file) => sum + file.size, 0);
      name.textContent = gathers ? `已选择 ${files.length} 个文件，可以继续添加` : files.map((file) => file.name).join("、");
      const most = Number(drop.dataset.most) || Infinity;
      const tooBig = size > limit || files.length > most;
      note.textContent = tooBig ? `${files.length > most ? `共 ${files.length} 个文件，一次最多 ${most} 个` : `${inWords(size)}，超过上限 ${inWords(limit)}`}，请${files.length > 1 ? "分次" : "拆分后再"}传` : `${files.length > 1 ? `共 ${files.length} 个文件，` : ""}${inWords(size)}${gathers ? "" : "，可重新选择"}`;
      button.disabled = tooBig;
    };
    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.add("is-over")));
    ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.remove("is-over")));
    // A folder, dropped or chosen: every file in it, however deep, but what programs leave behind.
    const take = (found) => {
      const chosen = new DataTransfer();
      found.filter((file) => !/^(~\$|\.)|^(desktop\.ini|thumbs\.db)$/i.test(file.name)).forEach((file) => chosen.items.add(file));
      input.files = chosen.files;
      show();
    };
    const within = (entry) => new Promise((resolve, reject) => {
      if (entry.isFile) {
        entry.file((file) => resolve([file]), reject);
        return;
      }
      const reader = entry.createReader();
      const members = [];
      const next = () => reader.readEntries((some) => {
        members.push(...some);
        if (some.length) next();
        else Promise.all(members.map(within)).then((lists) => resolve(lists.flat()), reject);
      }, reject);
      next();
    });
    if (input.multiple) {
      drop.addEventListener("drop", (event) => {
        const entries = Array.from(event.dataTransfer.items).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
        if (!entries.some((entry) => entry.isDirectory)) return;
        event.preventDefault();
        Promise.all(entries.map(within)).then((lists) => take(lists.flat()), () => window.portal.note("文件夹没有读出来，请改用“选择文件夹”。"));
      });
      all(`[data-folder-for="${input.id}"]`).forEach((folder) => folder.addEventListener("change", () => take(Array.from(folder.files))));
    }
    show();
  });
  // A file dropped beside the field must not replace the page.
  ["dragover", "drop"].forEach((kind) =>
    document.addEventListener(kind, (event) => {
      if (!event.target.closest("[data-file-drop]")) event.preventDefault();
    }),
  );

  // --- sent once
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter || one("button[type=submit]", form);
    if (button?.dataset.busy) button.lastChild.textContent = button.dataset.busy;
    document.body.classList.add("is-leaving");
  });
  window.addEventListener("pageshow", () => {
    document.body.classList.remove("is-leaving");
    all("form[data-once]").forEach((form) => delete form.dataset.sent);
  });

  // --- kept: what was typed into a form[data-keep] stays on this machine, under the person's number, until it is sent;
  // after a time-out, a crash or a walk away it is there again. Passwords and files are never kept.
  const person = document.body.dataset.person;
  const place = (form) => `kept:${person}:${form.dataset.keep}`;
  const fields = (form) =>
    Array.from(form.elements).filter((field) => field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && !field.closest("[data-not-kept]"));
  const contents = (form) => fields(form).map((field) => [field.name, /checkbox|radio/.test(field.type) ? `${field.value}:${field.checked}` : field.value]);
  const remember = (form) => window.localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), values: contents(form) }));
  const forget = (form) => window.localStorage.removeItem(place(form));
  const DAY = 24 * 60 * 60 * 1000;

  const restore = (form, kept) => {
    const before = contents(form);
    const list = fields(form);
    kept.values.forEach(([name, value], index) => {
      const field = list[index];
      if (!field || field.name !== name) return;
      if (/checkbox|radio/.test(field.type)) field.checked = value === `${field.value}:true`;
      else field.value = value;
    });
    const bar = document.createElement("div");
    bar.className = "notice-bar is-plain";
    bar.setAttribute("role", "status");
    bar.innerHTML = "<span>已恢复上次填写、尚未提交的内容。</span><button class=\"link-button\" type=\"button\">放弃</button>";
    one("button", bar).addEventListener("click", () => {
      before.forEach(([, value], index) => {
        if (/checkbox|radio/.test(list[index].type)) list[index].checked = value === `${list[index].value}:true`;
        else list[index].value = value;
      });
      forget(form);
      bar.remove();
    });
    form.prepend(bar);
    form.dispatchEvent(new CustomEvent("restored"));
  };

  // What was sent is forgotten on the page that follows, unless that is the form again with its errors, or a page on which
  // nobody is signed in: then it was not taken.
  const SENT = "sent-form";
  const sent = window.sessionStorage.getItem(SENT);
  window.sessionStorage.removeItem(SENT);
  if (sent && person && !all("form[data-answered]").some((form) => form.dataset.keep === sent)) window.localStorage.removeItem(`kept:${person}:${sent}`);

  all("form[data-keep]").forEach((form) => {
    const initial = JSON.stringify(contents(form));
    let changed = false;
    try {
      const kept = JSON.parse(window.localStorage.getItem(place(form)));
      if (kept && Date.now() - kept.at < 7 * DAY && JSON.stringify(kept.values) !== initial && !("answered" in form.dataset)) restore(form, kept);
    } catch { forget(form); }
    let timer;
    form.addEventListener("input", () => {
      changed = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => remember(form), 400);
    });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      changed = false;
      remember(form);
      window.sessionStorage.setItem(SENT, form.dataset.keep);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      remember(form);
      window.portal.note("草稿已保存在本机，提交前可以继续修改。");
    });
    window.addEventListener("beforeunload", (event) => {
      if (changed && !document.body.classList.contains("is-leaving")) {
        remember(form);
        event.preventDefault();
        event.returnValue = "";
      }
    });
  });
  // Signing out by hand leaves nothing behind on a machine that others use.
  all("form[data-forgets]").forEach((form) =>
    form.addEventListener("submit", () =>
      Object.keys(window.localStorage).filter((key) => key.startsWith(`kept:${person}:`)).forEach((key) => window.localStorage.removeItem(key)),
    ),
  );
})();
