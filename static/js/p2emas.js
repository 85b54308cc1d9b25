/* Small helps; every page works without them. */
(() => {
  "use strict";

  // Ctrl+Enter saves the form that asks for it, with its first button; never from inside another form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const around = event.target.closest && event.target.closest("form");
    const target = around || document.querySelector("form[data-ctrl-enter]");
    if (!target || !target.matches("[data-ctrl-enter]")) return;
    event.preventDefault();
    target.requestSubmit(target.querySelector("button[type=submit]:not([hidden])"));
  });

  // A second click while the first is on its way sends nothing.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.defaultPrevented) return;
    if (event.target.dataset.sent) {
      event.preventDefault();
      return;
    }
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const each of document.forms) delete each.dataset.sent;
  });

  // Copies of typed forms in this browser go when their owner signs out, and after seven days.
  function forgetCopies(which) {
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith("isian:") && which(name)) localStorage.removeItem(name);
    } catch {
      // switched off
    }
  }
  forgetCopies((name) => !(JSON.parse(localStorage.getItem(name)).at > Date.now() - 7 * 24 * 3600 * 1000));
  document.addEventListener("submit", (event) => {
    const owner = event.target.dataset.forgets;
    if (owner) forgetCopies((name) => name.startsWith(`isian:${owner}:`));
  });

  // Visits that wait on this phone (antrean.js): signing out asks once, and clears none of them.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".sign-out")) return;
    try {
      const who = localStorage.getItem("lapangan:siapa");
      const waiting = who && Number(localStorage.getItem(`lapangan:n:${who}`));
      if (waiting && !event.target.dataset.asked) {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.target.dataset.asked = "1";
        const told = Object.assign(document.createElement("p"), {className: "banner", role: "alert", tabIndex: -1,
          textContent: `${waiting} laporan belum terkirim dan tetap aman di HP ini. Kirim dulu, atau tekan Keluar sekali lagi.`});
        document.getElementById("isi").prepend(told);
        told.focus();
        return;
      }
      localStorage.setItem("lapangan:siapa", "");
    } catch {
      // switched off
    }
  }, true);

  // The error summary speaks first.
  const errors = document.getElementById("galat");
  if (errors) errors.focus();

  // Links of the summary lead into the box itself, radios included.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".errors a[href^='#']");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.scrollIntoView({block: "center"});
  });

  // The open menu closes with Escape or a click beside it.
  const more = document.querySelector("details.more");
  if (more) {
    document.addEventListener("click", (event) => {
      if (more.open && !more.contains(event.target)) more.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !more.open) return;
      more.open = false;
      more.querySelector("summary").focus();
    });
  }
})();
