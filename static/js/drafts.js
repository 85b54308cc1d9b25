/* What is typed is kept on the server some seconds after the last key, at most once in ten seconds, and on leaving.
   While the server does not answer, a sealed copy waits in the browser (copies.js), where the form allows one. */
(() => {
  "use strict";

  const line = document.querySelector("[data-draft]");
  const form = line && line.closest("form");
  if (!form) return;
  const WAIT = 3000, APART = 10000, AGAIN = 5000, COPY = 300;
  const OWN = ["csrfmiddlewaretoken", "isian", "version", "mulai", "jaga", "bagian"];
  const FAILED = "Belum tersimpan, dicoba lagi";
  const copies = window.p2emasCopies(line);
  const byRows = "draftRows" in line.dataset;
  const typed = new Set(); // names of rows in which something was typed since the page was drawn
  let unsent = false, timer = 0, copying = 0, last = 0, busy = false, leaving = false, failed = false;

  const row = (name) => name.replace(/-[^-]*$/, "");

  // The fields of the rows in which something was typed; of a form without rows all of them. No files.
  function content(end = false) {
    const data = new FormData();
    for (const name of OWN) if (form.elements[name]) data.append(name, form.elements[name].value);
    if (end) data.append("pergi", "1");
    for (const box of form.elements) {
      if (!box.name || OWN.includes(box.name) || ["file", "submit", "password"].includes(box.type)) continue;
      if (byRows && !typed.has(row(box.name)) && box.type !== "hidden") continue;
      if (box.type === "checkbox" || box.type === "radio") {
        if (box.checked) data.append(box.name, box.value);
        else if (byRows && box.type === "checkbox") data.append(box.name, "");
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

  async function send(end = false) {
    if (!unsent || busy) return;
    busy = true;
    unsent = false;
    if (!end) last = Date.now();
    try {
      const answer = await fetch(line.dataset.draft, {method: "POST", body: content(end), redirect: "manual", keepalive: end});
      if (![200, 400, 410, 429].includes(answer.status)) // 410: the record is gone, and the words say where to copy
        throw new Error(answer.status);
      line.textContent = (await answer.json()).words;
      failed = false;
      if (answer.status === 429) unsent = true;
      else if (!unsent) copies.drop(form.elements.isian.value);
    } catch {
      unsent = failed = true;
      line.textContent = `${FAILED}${copies.words}`;
      later(AGAIN);
    }
    busy = false;
    if (unsent) later(failed ? AGAIN : WAIT);
  }

  function changed(event) {
    if (!event.target.name || event.target.type === "file") return;
    typed.add(row(event.target.name));
    unsent = true;
    clearTimeout(copying);
    copying = setTimeout(() => unsent && copies.put(form.elements.isian.value, content()), COPY);
    if (!busy) later(WAIT);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    clearTimeout(copying);
  });
  // Leaving the box for the button of the sign-out was a change: its copy must not come after all copies are gone.
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.forgets) return;
    clearTimeout(copying);
    copies.drop(form.elements.isian.value);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  // What is left goes when the page is hidden, and at the end even while the request before is on its way. Without a
  // link the browser asks whether to leave; always where there is no copy, since nobody hears whether that last one came.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) send(true);
  });
  window.addEventListener("pagehide", () => {
    if ((unsent || busy) && !leaving) navigator.sendBeacon(line.dataset.draft, content(true));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && ((unsent && failed) || ((unsent || busy) && !copies.able))) event.preventDefault();
  });
  window.addEventListener("online", () => {
    if (unsent) later(0);
  });

  // Who else has this form open: said and asked while it is visible, and never what keeps somebody signed in.
  const others = document.querySelector("[data-open]");
  const FIRST = 1500, SAY = 120000;
  async function sayOpen() {
    if (document.visibilityState === "hidden") return;
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "bagian"])
      if (form.elements[name]) data.append(name, form.elements[name].value);
    const answer = await fetch(others.dataset.open, {method: "POST", body: data, redirect: "manual"}).catch(() => null);
    if (!answer || answer.status !== 200) return;
    const words = (await answer.json()).words;
    if (words !== others.textContent.trim()) others.textContent = words;
  }
  if (others) {
    setTimeout(sayOpen, FIRST);
    setInterval(sayOpen, SAY);
  }

  // What an earlier page could not send: now the server keeps it, and offers it beside what is stored.
  async function bring(name, fields) {
    const data = new FormData();
    for (const [key, value] of fields) if (key !== "csrfmiddlewaretoken") data.append(key, value);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("pergi", "1");
    data.append("salinan", "1");
    const answer = await fetch(line.dataset.draft, {method: "POST", body: data, redirect: "manual"});
    if (answer.status !== 200) return false;
    copies.forget(name);
    return !(await answer.json()).known; // a page that was saved left nothing to look at
  }
  copies.found(form.elements.isian.value).then(async (found) => {
    let brought = 0;
    for (const [name, fields] of found) {
      if (brought) await new Promise((done) => setTimeout(done, 2500)); // the server takes one in two seconds
      if (await bring(name, fields).catch(() => false)) brought++;
    }
    if (!brought) return;
    if (typed.size) line.textContent = "Isian dari kunjungan sebelumnya sudah aman; muat ulang halaman untuk melihatnya.";
    else location.reload();
  });
})();
