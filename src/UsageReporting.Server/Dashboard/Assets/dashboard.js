// Long tables can be searched and sorted. Everything else, and everything without this, works by itself.
"use strict";

const plain = text => text.trim().toLowerCase();
const numberOf = text => /^[\u2212-]?[\d,]*\.?\d+ ?%?$/.test(text) ? parseFloat(text.replace(/,/g, "").replace("\u2212", "-")) : NaN;

// Dates and versions are no numbers, and their parts are: 1.10 comes after 1.9. What is a number comes after what is none.
function compare(a, b) {
  const [x, y] = [numberOf(a.trim()), numberOf(b.trim())];
  if (isNaN(x) || isNaN(y)) return isNaN(x) && isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : isNaN(x) ? -1 : 1;
  return x - y;
}

function search(table) {
  const label = document.createElement("label");
  label.className = "search";
  const input = document.createElement("input");
  input.type = "search";
  label.append(table.dataset.search, input);
  table.parentElement.before(label);
  input.addEventListener("input", () => {
    const wanted = plain(input.value);
    for (const row of table.tBodies[0].rows) row.hidden = !plain(row.cells[0].textContent).includes(wanted);
  });
}

function sort(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isDescending = column === 0 ? head.ariaSort === "ascending" : head.ariaSort !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.ariaSort = isDescending ? "descending" : "ascending";
      const text = row => row.cells[column].textContent;
      const rows = [...table.tBodies[0].rows].sort((a, b) => compare(text(a), text(b)) * (isDescending ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}

for (const table of document.querySelectorAll("table[data-search]")) {
  search(table);
  sort(table);
}
