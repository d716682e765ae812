/** Pages without the search. */

for (const button of document.querySelectorAll("[data-print]")) button.onclick = () => print();
