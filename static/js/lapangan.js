/* On the page of /lapangan/, after it is drawn: the worker, and what waits on this phone. Without it all works online. */
(() => {
  "use strict";

  const place = document.querySelector("[data-lapangan]");
  if (!place || !("serviceWorker" in navigator) || !window.indexedDB || !(window.crypto && crypto.subtle)) return;
  const {lapangan: user, shell, worker, idb: database, queue} = place.dataset;
  const load = (src) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), {src, onload: done, onerror: failed}));
  });

  async function begin() {
    localStorage.setItem("lapangan:siapa", user);
    await navigator.serviceWorker.register(worker, {scope: "/lapangan/"});
    await navigator.serviceWorker.ready;
    await load(database);
    await load(queue);
    await Antrean.open(user);
    for (const each of document.querySelectorAll("a[data-di-hp]")) each.href = `${shell}#baru`;
    const tell = async () => {
      const waiting = await Antrean.count();
      place.hidden = !waiting && !Antrean.others();
      place.querySelector("b").textContent = waiting;
      place.querySelector("i").textContent = Antrean.others();
    };
    await tell();
    await Antrean.send(tell);
    await tell();
    document.documentElement.dataset.siap = "1";
  }
  addEventListener("load", () => begin().catch(() => {}));
})();
