// Keyboard comfort and birth-date mask. Everything works without this file.
const champs = "input, select, textarea, [contenteditable]";

function raccourcisActifs() {
  return document.body.dataset.regRaccourcis !== "non";
}

function activer(touche) {
  const cible = [...document.querySelectorAll("[aria-keyshortcuts]")].find(
    (element) => element.getAttribute("aria-keyshortcuts") === touche && element.offsetParent !== null,
  );
  if (!cible) return false;
  if (cible.matches("input")) {
    cible.focus();
    cible.select();
  } else {
    cible.click();
  }
  return true;
}

// J and K go down and up the lines of a table, each led to by its header.
function parcourir(touche) {
  const pas = { j: 1, k: -1 }[touche];
  const liens = [...document.querySelectorAll('main tbody th[scope="row"] a')];
  const ici = liens.indexOf(document.activeElement?.closest("tr")?.querySelector("th a"));
  const vers = liens[ici < 0 ? 0 : ici + pas];
  if (!pas || !vers) return false;
  vers.focus();
  return true;
}

// Single letters act outside fields only, and can be switched off (WCAG 2.1.4).
document.addEventListener("keydown", (evenement) => {
  let touche = "";
  if (evenement.ctrlKey && evenement.key === "Enter") touche = "Control+Enter";
  else if (evenement.altKey && evenement.key.toLowerCase() === "a") touche = "Alt+A";
  else if (evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  else if (raccourcisActifs() && !evenement.target.closest(champs)) touche = evenement.key.toLowerCase();
  if (touche && (activer(touche) || parcourir(touche))) evenement.preventDefault();
});

// What was unfolded in the menu is folded again by Escape, or by a click elsewhere.
const deplie = () => document.querySelector(".reg-menu[open]");
document.addEventListener("click", ({ target }) => {
  if (deplie() && !deplie().contains(target)) deplie().open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && deplie();
  if (!menu) return;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
});

// « 12032016 » becomes « 12/03/2016 » when the field is left or sent; anything unusual stays as typed.
function ecrireLaDate(champ) {
  const chiffres = /^\d{4}[-/.]/.test(champ.value.trim()) ? "" : champ.value.replace(/[\s./-]/g, "");
  if (/^\d{8}$/.test(chiffres)) champ.value = `${chiffres.slice(0, 2)}/${chiffres.slice(2, 4)}/${chiffres.slice(4)}`;
}
document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("[data-reg-date]")) ecrireLaDate(target);
});
document.addEventListener("submit", ({ target }) => target.querySelectorAll("[data-reg-date]").forEach(ecrireLaDate));

// A form sent twice by a double click is sent once; the server would give the same answer anyway.
document.addEventListener("submit", (evenement) => {
  if (evenement.target.dataset.regEnvoye) evenement.preventDefault();
  else if (evenement.target.matches("[data-reg-une-fois]")) evenement.target.dataset.regEnvoye = "oui";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-reg-envoye]").forEach((formulaire) => delete formulaire.dataset.regEnvoye);
});

// A search that lasts says so: after one second, then after ten. The page that was there stays.
document.addEventListener("submit", (evenement) => {
  const etat = evenement.target.querySelector("[data-reg-attente]");
  if (!etat) return;
  const dire = (texte) => () => { etat.textContent = texte; };
  const attentes = [
    setTimeout(dire(etat.dataset.regAttente), 1000),
    setTimeout(dire(etat.dataset.regLongueAttente), 10000),
  ];
  window.addEventListener("pagehide", () => { attentes.forEach(clearTimeout); etat.textContent = ""; }, { once: true });
});

// What begins as typed, under the search box while one types: asked when the hand stops, dropped when it goes on.
for (const formulaire of document.querySelectorAll("[data-reg-au-fil]")) {
  const champ = formulaire.elements.namedItem("q");
  const place = formulaire.querySelector(".reg-propositions");
  let jeton = "";
  let reveil = 0;
  let question = null;
  const liens = () => [...place.querySelectorAll("a")];

  async function demander() {
    const corps = new URLSearchParams({ q: champ.value, jeton, csrfmiddlewaretoken: formulaire.elements.csrfmiddlewaretoken.value });
    const celle_ci = (question = new AbortController());
    try {
      const reponse = await fetch(formulaire.dataset.regAuFil, { method: "POST", body: corps, signal: celle_ci.signal });
      if (!reponse.ok || reponse.redirected) throw new Error(reponse.statusText);
      const dit = new DOMParser().parseFromString(await reponse.text(), "text/html").querySelector("[data-reg-jeton]");
      jeton = dit.dataset.regJeton;
      place.replaceChildren(...dit.childNodes);
    } catch {
      if (!celle_ci.signal.aborted) place.replaceChildren(); // the button searches all the same
    }
  }

  champ.addEventListener("input", () => {
    clearTimeout(reveil);
    question?.abort();
    if (champ.value.replace(/\s/g, "").length >= 3) reveil = setTimeout(demander, 250);
    else place.replaceChildren();
  });
  formulaire.addEventListener("submit", () => {
    clearTimeout(reveil);
    question?.abort();
  });
  formulaire.addEventListener("keydown", (evenement) => {
    const tous = [champ, ...liens()];
    const ici = tous.indexOf(evenement.target);
    const pas = { ArrowDown: 1, ArrowUp: -1 }[evenement.key];
    if (evenement.key === "Escape" && tous.length > 1) {
      place.replaceChildren();
      champ.focus();
    } else if (pas && ici >= 0 && tous[ici + pas]) tous[ici + pas].focus();
    else return;
    evenement.preventDefault();
  });
}

// The button of a decision says the answer chosen; without this, it says that it saves one.
function suivre({ form, name, value }) {
  const bouton = form?.querySelector(`[data-reg-suit="${name}"]`);
  if (bouton?.dataset[value]) bouton.textContent = bouton.dataset[value];
}
document.addEventListener("change", (evenement) => suivre(evenement.target));
document.querySelectorAll("input[type=radio]:checked").forEach(suivre);

// A session about to end says so, and goes on at a click; what is done in another tab counts. The server alone ends it.
const avis = document.querySelector("[data-reg-fin]");
if (avis) {
  const formulaire = avis.querySelector("form");
  const canal = new BroadcastChannel("session");
  const marge = avis.dataset.regAvis * 1000;
  let fin = 0;
  let reveil = 0;

  const dire = (cle, bouton) => {
    const heure = new Date(fin).toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
    formulaire.hidden = false;
    formulaire.querySelector("p").textContent = avis.dataset[cle].replace("HEURE", heure);
    formulaire.querySelector("button").hidden = !bouton;
  };
  const veiller = () => {
    clearTimeout(reveil);
    const reste = fin - Date.now();
    if (reste > marge) formulaire.hidden = true;
    else dire(reste > 0 ? "regBientot" : "regFinie", reste > 0);
    if (reste > 0) reveil = setTimeout(veiller, reste > marge ? reste - marge : reste);
  };
  const durer = (secondes) => {
    fin = Math.max(fin, Date.now() + secondes * 1000);
    veiller();
  };

  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    const reponse = await fetch(formulaire.action, { method: "POST", body: new FormData(formulaire), redirect: "manual" }).catch(() => null);
    if (reponse?.ok) {
      const { secondes } = await reponse.json();
      canal.postMessage(secondes);
      durer(secondes);
      if (secondes * 1000 <= marge) dire("regDerniere", false);
    } else if (reponse) dire("regFinie", false);
  });
  canal.addEventListener("message", ({ data }) => durer(data));
  document.addEventListener("visibilitychange", veiller); // a machine that slept wakes late
  canal.postMessage(Number(avis.dataset.regFin));
  durer(Number(avis.dataset.regFin));
}
