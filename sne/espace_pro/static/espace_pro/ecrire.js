// Draft of a page: kept and drawn again two seconds after the last key; buttons that put signs in; what is pasted from a
// word processor keeps its headings, lists, tables and links. Nothing needs this.
const page = document.getElementById("ecrire");
const texte = page.elements.corps;
const ligne = document.getElementById("gardees");
const lire = () => new URLSearchParams(new FormData(page));
const dites = () => { const toutes = lire(); toutes.delete("lu"); return `${toutes}`; };
let gardees = dites(), envoi, minuteur, parti = false;

async function poster() {
  const ici = dites();
  if (parti || ici === gardees) return;
  try {
    const reponse = await fetch(location.pathname, { method: "POST", body: lire(), keepalive: true, redirect: "manual" });
    if (reponse.type === "opaqueredirect") return void (ligne.textContent = page.dataset.finie);
    const lue = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const phrase = lue.getElementById("conflit") ?? lue.getElementById("gardees");
    if (!phrase) return void (ligne.textContent = page.dataset.coupee);
    ligne.textContent = phrase.textContent;
    if (!reponse.ok) return;
    page.elements.lu.value = lue.getElementById("lu").value;
    document.getElementById("apercu").replaceChildren(...lue.getElementById("apercu").childNodes);
    history.replaceState(null, "", location.pathname); // a page kept of before would be older than the draft
    gardees = ici;
  } catch {
    ligne.textContent = page.dataset.coupee;
  }
}
const garder = () => { envoi = Promise.resolve(envoi).then(poster); };
page.addEventListener("input", () => { clearTimeout(minuteur); minuteur = setTimeout(garder, 2000); });
document.addEventListener("visibilitychange", () => document.hidden && garder());
page.addEventListener("submit", async (evenement) => {
  clearTimeout(minuteur);
  if (parti || !envoi) return void (parti = true);
  evenement.preventDefault(); // the number moves
  await envoi;
  parti = true;
  setTimeout(() => page.requestSubmit(evenement.submitter));
});
window.addEventListener("pageshow", () => { parti = false; });

document.getElementById("outils").hidden = false;
document.querySelectorAll("[data-avant]").forEach((bouton) => {
  bouton.hidden = false;
  bouton.addEventListener("click", () => {
    const { avant, apres = "" } = bouton.dataset;
    const [debut, fin] = [texte.selectionStart, texte.selectionEnd];
    texte.setRangeText(avant + texte.value.slice(debut, fin) + apres, debut, fin, "end");
    texte.selectionStart = texte.selectionEnd = texte.selectionEnd - apres.length;
    texte.focus();
    page.dispatchEvent(new Event("input"));
  });
});

// A piece of a pasted document, as Markdown. What has no sign here is its words.
const lignes = (noeud) => [...noeud.childNodes].map(enMarkdown).join("");
const uneLigne = (noeud) => lignes(noeud).replace(/\s+/g, " ").trim();
const entourer = (noeud, signe) => { const dit = uneLigne(noeud); return dit && `${signe}${dit}${signe}`; };
const points = (noeud, rang) => [...noeud.children].filter((e) => e.tagName === "LI")
  .map((e, n) => `${rang ? `${n + 1}.` : "-"} ${lignes(e).trim().replace(/\n+/g, "\n   ")}`).join("\n");
const tableau = (noeud) => {
  const rangees = [...noeud.rows].map((r) => `| ${[...r.cells].map((c) => uneLigne(c).replaceAll("|", "\\|")).join(" | ")} |`);
  return [rangees[0], `|${"---|".repeat(noeud.rows[0]?.cells.length ?? 0)}`, ...rangees.slice(1)].join("\n");
};
const titre = (noeud) => `\n\n${"#".repeat(Math.min(Math.max(Number(noeud.tagName[1]), 2), 4))} ${uneLigne(noeud)}\n\n`;
const seul = (faire) => (noeud) => `\n\n${faire(noeud)}\n\n`;
// What is pasted keeps its styles under another name: the page's own policy refuses them, and would say so.
const style = (noeud) => noeud.dataset.style ?? "";
const gras = (noeud) => (/font-weight:\s*normal/i.test(style(noeud)) ? lignes(noeud) : entourer(noeud, "**"));
const penche = (noeud) => entourer(noeud, "*");
const lien = (noeud) => {
  const vers = noeud.getAttribute("href") ?? "";
  return /^(https:|mailto:|tel:)/.test(vers) ? `[${uneLigne(noeud)}](${vers})` : lignes(noeud);
};
const rien = () => "";
// One word processor gives a list as paragraphs: each says its depth, and holds its own sign.
const puce = (noeud) => {
  const signe = noeud.querySelector('[data-style*="mso-list:Ignore" i]');
  const debut = /[0-9]/.test(signe?.textContent ?? "") ? "1." : "-";
  const retrait = Number(/level([2-4])/.exec(style(noeud))?.[1] ?? 1) - 1;
  signe?.remove();
  return `\n\n${"   ".repeat(retrait)}${debut} ${uneLigne(noeud)}\n\n`;
};
const paragraphe = (noeud) => (/mso-list:(?!ignore)/i.test(style(noeud)) ? puce : seul(uneLigne))(noeud);
const GENRES = {
  H1: titre, H2: titre, H3: titre, H4: titre, H5: titre, H6: titre, P: paragraphe, DIV: seul(lignes), BR: () => "\n",
  B: gras, STRONG: gras, I: penche, EM: penche, A: lien, TABLE: seul(tableau),
  UL: seul((n) => points(n, false)), OL: seul((n) => points(n, true)), STYLE: rien, SCRIPT: rien, TITLE: rien, IMG: rien,
};
function enMarkdown(noeud) {
  if (noeud.nodeType === Node.TEXT_NODE) return noeud.data.replace(/\s+/g, " ");
  return noeud.nodeType === Node.ELEMENT_NODE ? (GENRES[noeud.tagName] ?? lignes)(noeud) : "";
}
texte.addEventListener("paste", (evenement) => {
  const colle = evenement.clipboardData?.getData("text/html");
  if (!colle || !/<(h[1-6]|p|li|table|b|strong|i|em|a)\b/i.test(colle)) return;
  evenement.preventDefault();
  const lu = lignes(new DOMParser().parseFromString(colle.replace(/(<[^>]*\s)style=/gi, "$1data-style="), "text/html").body);
  const propre = lu.replace(/ +\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim()
    .replace(/^( *(?:-|[0-9]+\.) .*)\n\n(?= *(?:-|[0-9]+\.) )/gm, "$1\n");
  texte.setRangeText(propre, texte.selectionStart, texte.selectionEnd, "end");
  page.dispatchEvent(new Event("input"));
});
