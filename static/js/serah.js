// The code of a QR is behind "#", which no browser sends: put it into the box, and out of the address and the history.
"use strict";
(() => {
  const code = decodeURIComponent(location.hash.slice(1)).trim();
  const box = document.querySelector("[data-handover=kode]");
  if (!box || !/^[A-Za-z0-9 ]{10,14}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  if (!box.value) box.value = code;
})();
