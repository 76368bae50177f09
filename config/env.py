"""The environment, read once into a typed, frozen object; a wrong value stops the start with its name.

A variable may be a file of its name instead (``SNE_SECRET_KEY``), in the folder that systemd gives credentials in: a
secret is then in no environment, and no child inherits it.
"""

import os
from functools import lru_cache
from itertools import combinations
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.valeurs import (
    REMEDE,
    SIGNES_DISTINCTS,
    cellules_par_nom,
    cle_seule,
    cles_par_version,
    exiger_tiree,
)
from sne.socle.connexions import ANNUAIRE, est_sure, lire_url

DELAIS = {
    "idle_in_transaction_session_timeout": "oisive_secondes",
    "lock_timeout": "verrou_secondes",
    "statement_timeout": "requete_secondes",
}

AdresseDeService = Annotated[str, Field(pattern=r"^(https?://[^/].*[^/])?$")]
"""Without a final slash; empty: there is no such service."""


class Env(BaseSettings):
    """Every variable the service reads. Names are prefixed with ``SNE_`` (see ``.env.example``)."""

    model_config = SettingsConfigDict(
        env_prefix="SNE_",
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        secrets_dir=os.environ.get("CREDENTIALS_DIRECTORY"),
    )

    runtime_url: str = Field(
        description="PostgreSQL URL of the role that serves: owns nothing, cannot rewrite the past"
    )
    owner_url: str = Field(
        default="", description="PostgreSQL URL of the role that owns the tables: migrations only"
    )
    portail_runtime_url: str = Field(
        default="",
        description="PostgreSQL URL of the role of the households' portal, with far fewer rights; none = no portal",
    )
    lecture_hote: str = Field(
        default="",
        description="Server of the replica that pages may be read from: host, host:port or folder of a socket; "
        "role, database and TLS as the other",
    )
    lecture_retard: int = Field(
        default=5, ge=0, description="Seconds that this replica may be late, before the other server is asked"
    )
    cellule: str = Field(default=ANNUAIRE, description="The cell whose database this is; its worker says it")
    cellules: str = Field(
        default="",
        description="Every other cell, round any pooler: name=URL of the role that serves, separated by spaces",
    )
    cellules_owner: str = Field(
        default="",
        description="The same with the URL of the role that owns the tables: to move a territory only",
    )
    certificat_par_entete: bool = Field(
        default=False,
        description="Vendors: the certificate comes in X-SNE-Certificat, from a proxy that alone reaches this process",
    )
    directe_url: str = Field(
        default="",
        description="The same as the runtime URL, round the pooler by transaction; none = there is no pooler",
    )
    mots_de_passe_divulgues: str = Field(
        default="",
        description="File of leaked passwords, sorted lines of SHA-1:times; none = common ones alone are refused",
    )
    role: Literal["runtime", "owner"] = Field(
        default="runtime", description="Which of the two roles this process is: owner only migrates and loads"
    )
    secret_key: SecretStr = Field(min_length=50, description="Django's signing key, 50 characters or more")
    anciennes_secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Former signing keys, separated by commas: what they signed is read until they are taken out",
    )
    cle_nir_chiffrement: SecretStr = Field(
        description="AES-256 key of the NIR and of drafts, 64 hexadecimal signs; several: 1:key,2:key"
    )
    cle_nir_empreinte: SecretStr = Field(description="HMAC key of the NIR fingerprints, 64 hexadecimal signs")
    cles_documents: SecretStr = Field(
        description="AES-256 keys of documents: number:64 hexadecimal signs, separated by commas; the highest encrypts"
    )
    cles_journal: SecretStr = Field(
        default=SecretStr(""),
        description="Ed25519 keys of the journal, for the worker alone: number:64 hexadecimal signs; none = unsigned",
    )
    horodatage_url: str = Field(
        default="",
        pattern=r"^(https?://[^/].*)?$",
        description="Address of a time-stamping authority (RFC 3161) for the journal; none = no time stamp",
    )
    sauvegardes_url: str = Field(
        default="", pattern=r"^(https?://.+)?$", description="/metrics of the backups' host; none = unsaid"
    )
    documents_magasin: Literal["disque", "s3"] = Field(
        default="disque", description="Where new documents are kept: disque (in SNE_DOSSIER) or s3"
    )
    s3_adresse: str = Field(
        default="",
        pattern=r"^(https?://[^/]+)?$",
        description="Address of the S3 service, no final slash; none = Amazon's",
    )
    s3_region: str = Field(default="", description="Region of the S3 service")
    s3_seau: str = Field(
        default="",
        pattern=r"^([a-z0-9.-]{3,63})?$",
        description="Bucket of the documents, without versions; none = no S3 store",
    )
    s3_cle: SecretStr = Field(default=SecretStr(""), description="Account of the S3 service, id:secret")
    antivirus: Literal["clamd", "aucun"] = Field(
        default="clamd", description="Who examines documents; aucun: nobody, in a demonstration only"
    )
    clamd: str = Field(
        default="",
        pattern=r"^(unix:/.{1,100}|tcp://[^/:]+:[0-9]{1,5})?$",
        description="Address of clamd, unix:/path or tcp://host:port; none = documents stay in quarantine",
    )
    url_publique: str = Field(
        default="http://localhost:8000",
        pattern=r"^https?://[^/]+$",
        max_length=46,
        description="Address printed on attestations, no final slash; 46 signs at most, for its QR code",
    )
    url_portail: str = Field(
        default="",
        pattern=r"^(https?://[^/\s]+(/\S*[^/\s])?)?$",
        max_length=60,
        description="Address where households renew and change by themselves, no final slash; none = sent to a counter",
    )
    url_menages: str = Field(
        default="",
        pattern=r"^(https?://[^/\s]+)?$",
        max_length=60,
        description="Address of the households' portal of this service, no final slash; none = there is none",
    )
    hotes: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("localhost", "127.0.0.1"), description="Host names served, separated by commas"
    )
    debug: bool = Field(default=False, description="Developer pages; never in production")
    https: bool = Field(default=True, description="Secure cookies, HSTS and redirection to https")
    proxys: int = Field(
        default=0,
        ge=0,
        le=5,
        description="Reverse proxies in front of us whose X-Forwarded-* headers are believed",
    )
    demonstration: bool = Field(
        default=False, description="Says on every page that people and bodies are fictional"
    )
    ecole: bool = Field(
        default=False,
        description="Where vendors try their software: keys of the École are taken, none of production",
    )
    ecole_autorite: str = Field(
        default="",
        description="Folder of autorite.pem and autorite.cle, which certify each vendor of the École; none = nobody",
    )
    dossier: str = Field(
        default="var",
        min_length=1,
        description="Folder of the files that the service makes, absolute or from the project's",
    )
    analytique: str = Field(
        default="",
        description="Engine that counts in the lake: none = DuckDB here; spark://host:port, sc://host, local[2]",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server: smtp://, smtp+tls:// or smtps://user:password@host:port; none = files in its folder",
    )
    courriel_expediteur: str = Field(
        default="ne-pas-repondre@localhost",
        pattern=r"^[a-z0-9.-]{1,40}@[a-z0-9.-]{1,200}$",
        description="Address that messages leave from; what comes back goes to retour+…@ the same domain",
    )
    telephone: str = Field(
        default="",
        pattern=r"^([0-9+ ]{4,20})?$",
        description="Telephone of the service, on the pages of households; none = they are sent to a counter",
    )
    suivi_prestataire: Literal["", "brevo", "mailjet", "postal"] = Field(
        default="", description="Provider that tells what became of e-mails; none = no such address"
    )
    suivi_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What this provider proves itself with (HTTP Basic), user:password, 24 characters or more",
    )
    maileva_url: AdresseDeService = Field(
        default="",
        description="Address of the API of Maileva, no final slash; none = letters in the print folder",
    )
    maileva_connexion_url: str = Field(
        default="", pattern=r"^(https?://.+)?$", description="Address where Maileva gives its access tokens"
    )
    maileva_client: SecretStr = Field(default=SecretStr(""), description="Client of Maileva's API, id:secret")
    maileva_compte: SecretStr = Field(default=SecretStr(""), description="Account of Maileva, user:password")
    maileva_rappel_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Last part of the address where Maileva calls back, 32 signs or more; none = no such address",
    )
    ban_url: AdresseDeService = Field(
        default="",
        description="Address of the national service of addresses, no final slash; none = no help to type them",
    )
    entreprises_url: AdresseDeService = Field(
        default="",
        description="Address of the search of companies, no final slash; none = no help to type them",
    )
    drm_url: AdresseDeService = Field(
        default="",
        description="Address of the monthly resources (DRM), no final slash; none = nothing is asked",
    )
    fc_emetteur: AdresseDeService = Field(
        default="",
        description="FranceConnect's issuer, for the households' portal, no final slash; none = nobody signs in there",
    )
    fc_client: str = Field(default="", description="What FranceConnect knows this service by (client_id)")
    fc_secret: SecretStr = Field(default=SecretStr(""), description="What it proves itself with there")
    fc_aidants: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Ways of signing in there (idp_id, separated by commas) by which a helper signs in for the person",
    )
    pc_emetteur: AdresseDeService = Field(
        default="",
        description="ProConnect's issuer, for professionals, no final slash; none = password and code only",
    )
    pc_client: str = Field(default="", description="What ProConnect knows this service by (client_id)")
    pc_secret: SecretStr = Field(default=SecretStr(""), description="What it proves itself with there")
    drm_cle: SecretStr = Field(
        default=SecretStr(""), description="What this service proves itself with to the DRM: a bearer token"
    )
    pool_max: int = Field(
        default=8, ge=0, le=100, description="Database connections per process; 0 = no pool"
    )
    oisive_secondes: int = Field(
        default=300,
        ge=0,
        description="Seconds that an idle transaction may stop all seals, 60 in web processes; 0 = no limit",
    )
    verrou_secondes: int = Field(default=60, ge=0, description="Seconds to wait for a lock; 0 = no limit")
    requete_secondes: int = Field(
        default=3600, ge=0, description="Seconds of one statement, 60 in web processes; 0 = no limit"
    )
    delai_d_envoi: int = Field(
        default=20,
        ge=1,
        le=600,
        description="Seconds that a browser has to send a form, or each piece of a file",
    )
    identite_etat: bool = Field(
        default=False, description="Turns the State's visual identity on (reserved to State services)"
    )

    def delais_de_session(self, **usuels: int) -> str:
        """What no session of the service outlasts, as options of PostgreSQL; its own role may still set others.

        ``usuels``: seconds that some processes take where the environment says nothing, by the name of the field.
        """
        lus = {**self.model_dump(), **{n: s for n, s in usuels.items() if n not in self.model_fields_set}}
        return " ".join(f"-c {nom}={lus[champ]}s" for nom, champ in DELAIS.items())

    @field_validator("hotes", "fc_aidants", mode="before")
    @classmethod
    def _separer(cls, valeur: object) -> object:
        return tuple(h.strip() for h in valeur.split(",") if h.strip()) if isinstance(valeur, str) else valeur

    @field_validator("runtime_url", "owner_url", "portail_runtime_url", "directe_url")
    @classmethod
    def _base_lisible(cls, valeur: str, info: ValidationInfo) -> str:
        if valeur or info.field_name == "runtime_url":
            lire_url(valeur)
        return valeur

    @field_validator("cellules", "cellules_owner")
    @classmethod
    def _cellules_lisibles(cls, valeur: str, info: ValidationInfo) -> str:
        autres, ici = cellules_par_nom(valeur), info.data.get("cellule", ANNUAIRE)
        if ici in autres or (autres and ici != ANNUAIRE and ANNUAIRE not in autres):
            raise ValueError("every other cell than SNE_CELLULE, the directory (annuaire) among them")
        return valeur

    @field_validator("smtp_url")
    @classmethod
    def _serveur_de_courriel(cls, valeur: SecretStr) -> SecretStr:
        url = urlsplit(valeur.get_secret_value())
        if url.geturl() and (url.scheme not in {"smtp", "smtp+tls", "smtps"} or not url.hostname):
            raise ValueError("smtp://, smtp+tls:// or smtps:// with a host expected")
        return valeur

    @property
    def sur_un_poste(self) -> bool:
        """A demonstration on a workstation: it says « fictional » on every page, and is not served over https."""
        return self.demonstration and not self.https

    @model_validator(mode="after")
    def _base_sure_hors_d_un_poste(self) -> "Env":
        for nom, url in (
            ("SNE_RUNTIME_URL", self.runtime_url),
            ("SNE_OWNER_URL", self.owner_url),
            ("SNE_PORTAIL_RUNTIME_URL", self.portail_runtime_url),
            ("SNE_DIRECTE_URL", self.directe_url),
            *(("SNE_CELLULES", url) for url in cellules_par_nom(self.cellules).values()),
            *(("SNE_CELLULES_OWNER", url) for url in cellules_par_nom(self.cellules_owner).values()),
        ):
            if url and not self.sur_un_poste and not est_sure(url):
                raise ValueError(
                    f"{nom} wants sslmode=verify-full, unless its host is the folder of a Unix socket"
                )
        return self

    @model_validator(mode="after")
    def _rien_de_moins_hors_d_un_poste(self) -> "Env":
        remede = "wants SNE_DEMONSTRATION=true and SNE_HTTPS=false: a workstation, with nobody's data"
        if self.antivirus == "aucun" and not self.sur_un_poste:
            raise ValueError(f"SNE_ANTIVIRUS=aucun {remede}; give SNE_CLAMD")
        if self.debug and not self.sur_un_poste:
            raise ValueError(f"SNE_DEBUG=true {remede}; take it out")
        return self

    @field_validator("hotes")
    @classmethod
    def _hotes_nommes(cls, valeur: tuple[str, ...]) -> tuple[str, ...]:
        if "*" in valeur:
            raise ValueError("* would serve any name: write the names that lead here")
        return valeur

    @field_validator("secret_key", "anciennes_secret_key")
    @classmethod
    def _secret_tire_au_hasard(cls, valeur: SecretStr) -> SecretStr:
        for cle in filter(None, valeur.get_secret_value().split(",")):
            if "remplacer" in cle or len(set(cle)) < SIGNES_DISTINCTS:
                raise ValueError(f"not drawn at random: {REMEDE}")
        return valeur

    @model_validator(mode="after")
    def _une_cle_par_usage(self) -> "Env":
        usages = {
            "SNE_SECRET_KEY": {self.secret_key.get_secret_value()},
            "SNE_CLE_NIR_CHIFFREMENT": {cle.hex() for cle in self.cles_nir_par_numero().values()},
            "SNE_CLE_NIR_EMPREINTE": {self.cle_nir_empreinte.get_secret_value().lower()},
            "SNE_CLES_DOCUMENTS": {cle.hex() for cle in self.cles_documents_par_version().values()},
            "SNE_CLES_JOURNAL": {cle.hex() for cle in self.cles_journal_par_numero().values()},
        }
        for (un, cles), (autre, autres) in combinations(usages.items(), 2):
            if cles & autres:
                raise ValueError(f"one key for {un} and {autre}: each has its own ({REMEDE})")
        return self

    @model_validator(mode="after")
    def _suivi_avec_son_secret(self) -> "Env":
        secret = self.suivi_secret.get_secret_value()
        if self.suivi_prestataire and (len(secret) < 24 or ":" not in secret):
            raise ValueError(
                "SNE_SUIVI_PRESTATAIRE wants SNE_SUIVI_SECRET: user:password, 24 characters or more"
            )
        return self

    @model_validator(mode="after")
    def _maileva_entier(self) -> "Env":
        paires = [x.get_secret_value() for x in (self.maileva_client, self.maileva_compte)]
        if self.maileva_url and not (self.maileva_connexion_url and all(":" in x for x in paires)):
            raise ValueError(
                "SNE_MAILEVA_URL wants SNE_MAILEVA_CONNEXION_URL, and both pairs of SNE_MAILEVA_CLIENT and _COMPTE"
            )
        return self

    @model_validator(mode="after")
    def _s3_entier(self) -> "Env":
        if self.s3_seau and ":" not in self.s3_cle.get_secret_value():
            raise ValueError("SNE_S3_SEAU wants SNE_S3_CLE: id:secret")
        if self.documents_magasin == "s3" and not self.s3_seau:
            raise ValueError("SNE_DOCUMENTS_MAGASIN=s3 wants SNE_S3_SEAU and SNE_S3_CLE")
        return self

    @model_validator(mode="after")
    def _drm_avec_sa_cle(self) -> "Env":
        if self.drm_url and not self.drm_cle.get_secret_value():
            raise ValueError(
                "SNE_DRM_URL wants SNE_DRM_CLE: nobody is told resources without proving who asks"
            )
        return self

    @model_validator(mode="after")
    def _fc_entier(self) -> "Env":
        entier = self.fc_client and self.fc_secret.get_secret_value() and self.url_menages
        if self.fc_emetteur and not entier:
            raise ValueError("SNE_FC_EMETTEUR wants SNE_FC_CLIENT, SNE_FC_SECRET and SNE_URL_MENAGES")
        return self

    @model_validator(mode="after")
    def _pc_entier(self) -> "Env":
        if self.pc_emetteur and not (self.pc_client and self.pc_secret.get_secret_value()):
            raise ValueError("SNE_PC_EMETTEUR wants SNE_PC_CLIENT and SNE_PC_SECRET")
        return self

    @field_validator("maileva_rappel_secret")
    @classmethod
    def _adresse_de_rappel(cls, valeur: SecretStr) -> SecretStr:
        secret = valeur.get_secret_value()
        if secret and (len(secret) < 32 or not secret.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("32 letters, digits, - or _ at least")
        return valeur

    @field_validator("cle_nir_empreinte")
    @classmethod
    def _cle_de_32_octets(cls, valeur: SecretStr) -> SecretStr:
        return exiger_tiree(valeur, cle_seule(valeur.get_secret_value()))

    @field_validator("cle_nir_chiffrement", "cles_documents", "cles_journal")
    @classmethod
    def _cles_numerotees(cls, valeur: SecretStr, info: ValidationInfo) -> SecretStr:
        texte = valeur.get_secret_value()
        if info.field_name == "cle_nir_chiffrement" and ":" not in texte:
            return exiger_tiree(valeur, cle_seule(texte))
        if texte or info.field_name == "cles_documents":
            for cle in cles_par_version(texte).values():
                exiger_tiree(valeur, cle)
        return valeur

    def anciennes_cles(self) -> list[str]:
        """The former signing keys (``SECRET_KEY_FALLBACKS``)."""
        return [c.strip() for c in self.anciennes_secret_key.get_secret_value().split(",") if c.strip()]

    def cles_nir_par_numero(self) -> dict[int, bytes]:
        """The keys of the NIR, of drafts and of messages, by number; one alone is number 1."""
        texte = self.cle_nir_chiffrement.get_secret_value()
        return cles_par_version(texte) if ":" in texte else {1: cle_seule(texte)}

    def cles_documents_par_version(self) -> dict[int, bytes]:
        """The master keys of the documents, by number."""
        return cles_par_version(self.cles_documents.get_secret_value())

    def cles_journal_par_numero(self) -> dict[int, bytes]:
        """The signing keys of the journal, by number; none when nobody signs."""
        texte = self.cles_journal.get_secret_value()
        return cles_par_version(texte) if texte else {}


@lru_cache(maxsize=1)
def lire_env() -> Env:
    """The environment of this process. Raises ``pydantic.ValidationError`` naming each wrong variable."""
    return Env()
