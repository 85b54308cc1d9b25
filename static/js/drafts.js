/* What is typed is kept on the server some seconds after the last key, at most once in ten seconds, and on leaving. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const WAIT = 3000, APART = 10000, AGAIN = 5000;
  const OWN = ["csrfmiddlewaretoken", "isian", "version", "jaga"];
  const line = form.querySelector("[data-draft-words]");
  const typed = new Set(); // names of rows in which something was typed since the page was drawn
  let unsent = false, timer = 0, last = 0, busy = false, leaving = false;

  const whole = "draftWhole" in form.dataset;
  const row = (name) => name.replace(/-[^-]*$/, "");

  // The fields of the rows in which something was typed; of a form that says so all of them. No files.
  function content() {
    const data = new FormData();
    for (const name of OWN) if (form.elements[name]) data.append(name, form.elements[name].value);
    for (const box of form.elements) {
      if (!box.name || OWN.includes(box.name) || box.type === "file" || box.type === "submit") continue;
      if (!whole && !typed.has(row(box.name)) && box.type !== "hidden") continue;
      if (box.type === "checkbox" || box.type === "radio") {
        if (box.checked) data.append(box.name, box.value);
        else if (box.type === "checkbox") data.append(box.name, "");
      } else if (box.type === "select-multiple") {
        for (const each of box.selectedOptions) data.append(box.name, each.value);
      } else data.append(box.name, box.value);
    }
    return data;
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => send(), Math.max(wait, last + APART - Date.now()));
  }

  async function send(keepalive = false) {
    if (!unsent || busy) return;
    busy = true;
    unsent = false;
    last = Date.now();
    try {
      const answer = await fetch(form.dataset.draft, {method: "POST", body: content(), redirect: "manual", keepalive});
      if (answer.status !== 200 && answer.status !== 400) throw new Error(answer.status);
      line.textContent = (await answer.json()).words;
    } catch {
      unsent = true;
      line.textContent = "Belum tersimpan, dicoba lagi";
      later(AGAIN);
    }
    busy = false;
    if (unsent) later(WAIT);
  }

  function changed(event) {
    if (!event.target.name || event.target.type === "file") return;
    typed.add(row(event.target.name));
    unsent = true;
    if (!busy) later(WAIT);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  // What is left goes when the page is hidden, and at the end even while the request before is on its way. Without a
  // link the browser asks whether to leave.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) send(true);
  });
  window.addEventListener("pagehide", () => {
    if ((unsent || busy) && !leaving) navigator.sendBeacon(form.dataset.draft, content());
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !unsent || line.textContent !== "Belum tersimpan, dicoba lagi") return;
    event.preventDefault();
  });
  window.addEventListener("online", () => {
    if (unsent) later(0);
  });
})();
