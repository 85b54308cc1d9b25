/* A table of boxes by keyboard, and a block of cells pasted from a spreadsheet. Tab stays the browser's own. */
(() => {
  "use strict";

  const table = document.querySelector("table.fill");
  if (!table) return;
  // The order in which a block fills them to the right; a table with more columns names them.
  const COLUMNS = (table.dataset.columns || "input.money input.pct").split(" ");
  const rows = () => [...table.tBodies[0].rows].filter((row) => row.querySelector("th[scope=row]"));
  if (table.dataset.columns) table.querySelectorAll("input.num").forEach((box) => { box.inputMode = "decimal"; });
  const columnOf = (box) => COLUMNS.find((column) => box.matches(column));

  // The next box of the same column; rows that are closed have none.
  function move(box, step) {
    const column = columnOf(box), all = rows();
    for (let at = all.indexOf(box.closest("tr")) + step; all[at]; at += step) {
      const next = all[at].querySelector(column);
      if (!next) continue;
      next.focus();
      next.select();
      return;
    }
  }

  table.addEventListener("keydown", (event) => {
    if (!event.target.matches("input") || !columnOf(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = {ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1}[event.key];
    if (!step) return;
    event.preventDefault();
    move(event.target, step);
  });

  // Nil needs a reason: only then its box is on the way of the Tab key.
  function nil(row) {
    const details = row.querySelector("details");
    if (!details) return;
    const zero = COLUMNS.every((column) => /^0+([.,]0+)?$/.test(row.querySelector(column)?.value.trim() || ""));
    const used = zero || details.querySelector("input").value !== "";
    details.querySelector("summary").tabIndex = used ? 0 : -1;
    if (zero) details.open = true;
  }
  rows().forEach(nil);
  table.addEventListener("change", (event) => nil(event.target.closest("tr")));

  // Cells as a spreadsheet copies them: tabs and lines, quotes around what holds one of them.
  function cells(text) {
    const lines = [[""]];
    let quoted = false;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < clean.length; at++) {
      const line = lines[lines.length - 1], sign = clean[at];
      if (quoted && sign === '"' && clean[at + 1] === '"') line[line.length - 1] += clean[at++];
      else if (quoted && sign === '"') quoted = false;
      else if (!quoted && sign === '"' && line[line.length - 1] === "") quoted = true;
      else if (!quoted && sign === "\t") line.push("");
      else if (!quoted && sign === "\n") lines.push([""]);
      else line[line.length - 1] += sign;
    }
    return lines;
  }

  let before = []; // [box, value] of the last block
  const line = document.createElement("p");
  line.className = "meta mb-0";
  line.setAttribute("role", "status");
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn btn-link";
  undo.textContent = "Batalkan tempelan";
  undo.hidden = true;
  table.closest(".scroll").before(line, undo);

  function put(box, value) {
    box.value = value;
    box.dispatchEvent(new Event("input", {bubbles: true}));
    box.dispatchEvent(new Event("change", {bubbles: true}));
  }

  function paste(start, block) {
    const headed = block.length > 1 && block[0].every((cell) => !/\d/.test(cell)) && block[0].some((cell) => cell.trim());
    const values = headed ? block.slice(1) : block;
    const all = rows(), top = all.indexOf(start.closest("tr")), left = COLUMNS.indexOf(columnOf(start));
    const lost = [];
    let filled = 0;
    before = [];
    values.forEach((cellsOfRow, down) => cellsOfRow.forEach((value, right) => {
      const box = all[top + down]?.querySelector(COLUMNS[left + right] || "no-such");
      if (!box) {
        if (value.trim()) lost.push(value.trim());
        return;
      }
      before.push([box, box.value]);
      put(box, value.trim());
      filled++;
    }));
    const left_out = lost.length > 5 ? `${lost.slice(0, 5).join("; ")}; dan ${lost.length - 5} lainnya` : lost.join("; ");
    line.textContent = `${filled} sel terisi dari tempelan.${headed ? " Baris judul dilewati." : ""}` +
      `${lost.length ? ` Tidak muat: ${left_out}.` : ""} Periksa, lalu simpan.`;
    undo.hidden = false;
  }

  table.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!event.target.matches("input") || !columnOf(event.target) || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    paste(event.target, cells(text));
  });
  undo.addEventListener("click", () => {
    for (const [box, value] of before.reverse()) put(box, value);
    before = [];
    undo.hidden = true;
    line.textContent = "Tempelan dibatalkan; isian seperti sebelumnya.";
  });
})();
