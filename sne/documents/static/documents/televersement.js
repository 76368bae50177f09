// Files sent at once, in several goes, while the form is filled. Without this file, the form sends them itself.
// Nothing personal is remembered: an address without meaning, under a digest keyed by the server.
const PAR_FOIS = 5_000_000; // bytes of one go, as the server keeps them, unless the page says less
const ENSEMBLE = 2; // files sent at the same time
const OUBLI = 24 * 3600 * 1000; // milliseconds: the server has forgotten by then
const ESSAIS = [0, 1000, 3000, 8000, 20000]; // milliseconds before each new try
const PREFIXE = "envoi:";

const memoire = {
  cles() {
    try {
      return Object.keys(localStorage).filter((cle) => cle.startsWith(PREFIXE));
    } catch {
      return []; // a browser that keeps nothing: a reload begins again
    }
  },
  async findAllUploads() {
    return [];
  },
  async findUploadsByFingerprint(empreinte) {
    const cle = PREFIXE + empreinte;
    if (!this.cles().includes(cle)) return [];
    const [uploadUrl, depuis] = localStorage.getItem(cle).split(" ");
    return [{ uploadUrl, creationTime: depuis, metadata: {}, size: null, urlStorageKey: cle }];
  },
  async removeUpload(cle) {
    if (this.cles().includes(cle)) localStorage.removeItem(cle);
  },
  async addUpload(empreinte, envoi) {
    const cle = PREFIXE + empreinte;
    try {
      localStorage.setItem(cle, `${new URL(envoi.uploadUrl, location.href).pathname} ${Date.now()}`);
    } catch {
      return "";
    }
    return cle;
  },
  balayer() {
    for (const cle of this.cles()) {
      if (Number(localStorage.getItem(cle).split(" ")[1]) + OUBLI < Date.now()) localStorage.removeItem(cle);
    }
  },
};

async function empreindre(fichier, cle) {
  if (!crypto.subtle) return null;
  const dit = [cle, fichier.name, fichier.type, fichier.size, fichier.lastModified].join("\n");
  const somme = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(dit));
  return Array.from(new Uint8Array(somme), (octet) => octet.toString(16).padStart(2, "0")).join("");
}

class Envois {
  constructor(boite) {
    this.boite = boite;
    this.parFois = Number(boite.dataset.regParFois) || PAR_FOIS;
    this.controle = boite.querySelector("input[type=file]");
    this.liste = boite.querySelector("[data-reg-envois]");
    this.modele = boite.querySelector("template");
    this.annonce = boite.querySelector("[data-reg-annonce]");
    this.formulaire = this.controle.form;
    this.entetes = { "X-CSRFToken": this.formulaire.querySelector("[name=csrfmiddlewaretoken]").value };
    this.lignes = [];
    this.rang = 0;
    boite.querySelectorAll("[data-reg-avec]").forEach((element) => { element.hidden = false; });
    boite.querySelectorAll("[data-reg-sans]").forEach((element) => { element.hidden = true; });
    this.controle.addEventListener("change", () => this.choisir());
    this.formulaire.addEventListener("submit", (evenement) => this.retenir(evenement));
    window.addEventListener("online", () => this.lignes.forEach((ligne) => ligne.coupe && ligne.reprendre()));
    this.ecouterLeDepot();
    this.liste.querySelectorAll("[data-reg-envoi-fait]").forEach((element) => this.adopter(element));
  }

  ecouterLeDepot() {
    for (const geste of ["dragenter", "dragover"]) {
      this.boite.addEventListener(geste, (evenement) => {
        evenement.preventDefault();
        this.boite.classList.add("reg-envoi--survol");
      });
    }
    for (const geste of ["dragleave", "drop"]) {
      this.boite.addEventListener(geste, () => this.boite.classList.remove("reg-envoi--survol"));
    }
    this.boite.addEventListener("drop", (evenement) => {
      evenement.preventDefault();
      this.prendre([...evenement.dataTransfer.files]);
    });
  }

  choisir() {
    const fichiers = [...this.controle.files];
    this.controle.value = ""; // the form need not send them again
    this.prendre(fichiers);
  }

  async prendre(fichiers) {
    for (const fichier of fichiers) this.lignes.push(new Ligne(this, await (globalThis.photos?.preparer(fichier) ?? fichier)));
    if (fichiers.length) this.dire(fichiers.length > 1 ? `Envoi de ${fichiers.length} fichiers.` : `Envoi de ${fichiers[0].name}.`);
    this.suivre();
  }

  adopter(element) {
    element.querySelector("[data-reg-retirer]").addEventListener("click", (evenement) => {
      evenement.preventDefault(); // it would send the form
      this.oublier(element);
    });
    this.ordonner(element);
  }

  ordonner(element) {
    const monter = element.querySelector("[data-reg-monter]");
    monter?.addEventListener("click", (evenement) => {
      evenement.preventDefault(); // the order of the lines is that of the pages
      element.previousElementSibling?.before(element);
      this.dire(`Page ${[...this.liste.children].indexOf(element) + 1}.`);
      monter.focus();
    });
  }

  async oublier(element) {
    const nom = element.querySelector("[data-reg-nom]").textContent;
    await fetch(element.dataset.regAdresse, { method: "DELETE", headers: { ...this.entetes, "Tus-Resumable": "1.0.0" } });
    element.remove();
    this.dire(`${nom}\u00a0: retiré.`);
    this.controle.focus();
  }

  suivre() {
    const actives = this.lignes.filter((ligne) => ligne.etat === "envoi").length;
    this.lignes.filter((ligne) => ligne.etat === "attente").slice(0, ENSEMBLE - actives).forEach((ligne) => ligne.commencer());
  }

  // A form sent too early would lose what has not arrived.
  retenir(evenement) {
    const enCours = this.lignes.find((ligne) => ligne.enCours);
    if (!enCours) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    this.dire(`${enCours.fichier.name} n’est pas encore arrivé. Attendez la fin de l’envoi, ou retirez-le.`);
    enCours.retenir();
  }

  dire(texte) {
    this.annonce.textContent = texte;
  }
}

class Ligne {
  constructor(envois, fichier) {
    this.envois = envois;
    this.fichier = fichier;
    this.etat = "attente";
    this.element = envois.modele.content.firstElementChild.cloneNode(true);
    this.case = this.element.querySelector("input");
    this.avance = this.element.querySelector("progress");
    this.texte = this.element.querySelector("[data-reg-etat]");
    this.pause = this.element.querySelector("[data-reg-pause]");
    this.retrait = this.element.querySelector("[data-reg-retirer]");
    const id = `envoi-${++envois.rang}`;
    this.case.id = id;
    const label = this.element.querySelector("label");
    if (label) label.htmlFor = id;
    globalThis.photos?.montrer(this.element, fichier);
    envois.ordonner(this.element);
    this.element.querySelector("[data-reg-nom]").textContent = fichier.name;
    this.avance.setAttribute("aria-label", `Envoi de ${fichier.name}`);
    this.nommer(this.pause, "Suspendre");
    this.nommer(this.retrait, "Retirer");
    this.pause.addEventListener("click", () => (this.etat === "envoi" ? this.suspendre() : this.reprendre()));
    this.retrait.addEventListener("click", () => this.retirer());
    this.montrer("En attente");
    envois.liste.append(this.element);
    this.tus = new tus.Upload(fichier, {
      endpoint: envois.boite.dataset.regAdresse,
      headers: envois.entetes,
      chunkSize: envois.parFois,
      retryDelays: ESSAIS,
      metadata: { filename: fichier.name },
      fingerprint: () => empreindre(fichier, envois.boite.dataset.regCle),
      urlStorage: memoire,
      removeFingerprintOnSuccess: true,
      onProgress: (fait, total) => this.avancer(fait, total),
      onError: (erreur) => this.rater(erreur),
      onSuccess: () => this.conclure(),
    });
  }

  get enCours() {
    return ["attente", "envoi", "pause", "controle"].includes(this.etat);
  }

  get coupe() {
    return this.etat === "pause" && this.parLeReseau;
  }

  nommer(bouton, verbe) {
    bouton.firstChild.textContent = verbe;
    bouton.querySelector(".fr-sr-only").textContent = ` ${this.fichier.name}`;
  }

  montrer(texte) {
    this.texte.textContent = texte;
  }

  async commencer() {
    this.etat = "envoi";
    this.parLeReseau = false;
    this.retenue = false;
    this.montrer("Envoi…");
    const [ancien] = await this.tus.findPreviousUploads();
    if (ancien) {
      this.tus.resumeFromPreviousUpload(ancien);
      this.envois.liste.querySelector(`[data-reg-envoi-fait][data-reg-adresse="${ancien.uploadUrl}"]`)?.remove();
    }
    if (this.etat === "envoi") this.tus.start();
  }

  avancer(fait, total) {
    const pourcent = Math.floor((100 * fait) / total);
    this.avance.value = pourcent;
    if (this.etat === "envoi" && !this.retenue) this.montrer(`Envoi\u00a0: ${pourcent}\u00a0%`);
  }

  // The sentence stays until the end of the sending: the next bytes would wipe it out before it is read.
  retenir() {
    this.retenue = true;
    this.montrer("Pas encore arrivé. Attendez la fin de l’envoi, ou retirez ce fichier.");
    this.retrait.focus();
  }

  async suspendre() {
    this.etat = "pause";
    this.nommer(this.pause, "Reprendre");
    this.montrer("Suspendu");
    await this.tus.abort();
    this.envois.suivre();
  }

  reprendre() {
    this.nommer(this.pause, "Suspendre");
    this.etat = "attente";
    this.envois.suivre();
    this.pause.focus();
  }

  async retirer() {
    const adresse = this.tus.url;
    this.etat = "retire";
    await this.tus.abort();
    if (adresse) {
      const [ancien] = await this.tus.findPreviousUploads();
      if (ancien) await memoire.removeUpload(ancien.urlStorageKey);
      this.element.dataset.regAdresse = adresse;
      await this.envois.oublier(this.element);
    } else {
      this.element.remove();
      this.envois.controle.focus();
    }
    this.envois.suivre();
  }

  rater(erreur) {
    if (this.etat === "retire") return;
    const reponse = erreur.originalResponse;
    if (reponse && reponse.getStatus() >= 400 && reponse.getStatus() < 500 && reponse.getStatus() !== 409) {
      const type = reponse.getHeader("Content-Type") || "";
      this.refuser(type.startsWith("text/plain") ? reponse.getBody() : "Le service refuse ce fichier. Rechargez la page, puis recommencez.");
      return;
    }
    this.etat = "pause";
    this.parLeReseau = true;
    this.nommer(this.pause, "Reprendre");
    this.montrer("Interrompu. L’envoi reprendra là où il s’est arrêté.");
    this.envois.dire(`${this.fichier.name}\u00a0: envoi interrompu.`);
    this.envois.suivre();
  }

  async conclure() {
    this.etat = "controle";
    this.avance.removeAttribute("value");
    this.pause.hidden = true;
    this.montrer("Contrôle du fichier…");
    this.envois.suivre();
    try {
      const reponse = await fetch(`${this.tus.url}conclure/`, { method: "POST", headers: this.envois.entetes });
      const dit = reponse.ok ? await reponse.json() : { refus: "Le contrôle n’a pas pu se faire. Retirez ce fichier, puis recommencez." };
      if (dit.refus) this.refuser(dit.refus);
      else this.recevoir(dit);
    } catch {
      this.refuser("Le service ne répond pas. Retirez ce fichier, puis recommencez.");
    }
  }

  recevoir(dit) {
    this.etat = "recu";
    this.avance.remove();
    this.pause.remove();
    this.case.disabled = false;
    this.case.checked = true;
    this.case.value = dit.id;
    this.element.querySelectorAll("[data-reg-tour]").forEach((tour) => { tour.name = `tour-${dit.id}`; });
    this.montrer(dit.phrase);
    this.envois.dire(`${this.fichier.name}\u00a0: ${dit.phrase}`);
  }

  refuser(phrase) {
    this.etat = "refus";
    this.avance.remove();
    this.pause.remove();
    this.element.classList.add("reg-envoi__ligne--refus");
    this.montrer(phrase);
    this.envois.dire(`${this.fichier.name}\u00a0: ${phrase}`);
    this.envois.suivre();
  }
}

if (window.tus && tus.isSupported) {
  memoire.balayer();
  document.querySelectorAll("[data-reg-envoi]").forEach((boite) => new Envois(boite));
}
