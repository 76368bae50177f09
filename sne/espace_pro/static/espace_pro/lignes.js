// J and K go from a line of the list to the next and back; not while somebody types, nor when shortcuts are off.
const liens = [...document.querySelectorAll("#tickets th a")];
const tape = (cible) => cible.closest("input, select, textarea, [contenteditable]");
if (document.body.dataset.regRaccourcis !== "non") {
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || tape(e.target)) return;
    const pas = { j: 1, k: -1 }[e.key];
    if (!pas) return;
    const ici = liens.indexOf(document.activeElement);
    liens[ici < 0 ? 0 : Math.min(Math.max(ici + pas, 0), liens.length - 1)]?.focus();
  });
}
