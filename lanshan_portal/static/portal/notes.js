// Short notes at the foot of the page, and the end of the session foretold.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);

  // --- notes go after some seconds; errors stay
  const goAfter = (note, seconds) => {
    let timer = window.setTimeout(() => note.remove(), seconds * 1000);
    const stay = () => window.clearTimeout(timer);
    note.addEventListener("pointerenter", stay);
    note.addEventListener("focusin", stay);
    note.addEventListener("pointerleave", () => { timer = window.setTimeout(() => note.remove(), seconds * 1000); });
  };
  document.querySelectorAll(".toast-note[data-passing]").forEach((note) => goAfter(note, Number(note.dataset.passing)));

  window.portal = {
    note(words) {
      const note = document.createElement("div");
      note.className = "toast-note";
      note.append(document.createElement("span"), Object.assign(document.createElement("span"), { textContent: words }));
      one(".toasts").append(note);
      goAfter(note, 6);
    },
  };

  // --- a fragment that was refused or never came: say so, with the number under which the log has it
  const failed = (event) => {
    const answer = event.detail.xhr;
    const number = answer.getResponseHeader?.("X-Request-Number");
    if (event.detail.elt.matches?.("#jobs")) return;
    window.portal.note(answer.status ? `操作没有完成，请刷新页面后重试${number ? `（请求编号 ${number}）` : ""}。` : "连接不上平台，请检查网络后重试。");
  };
  document.body.addEventListener("htmx:responseError", failed);
  document.body.addEventListener("htmx:sendError", failed);

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
    // What the page asks for by itself is no sign of a person.
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.elt.matches("#jobs")) wait();
    });
    wait();
  }
})();
