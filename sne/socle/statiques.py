"""The part of the DSFR that is served: chosen components and icons, no Marianne font, no pictogram.

The DSFR as a whole weighs 255 KB on a first visit and carries a font that may not be redistributed. Two
finders replace Django's: one leaves the ``dsfr`` application out, the other offers a style sheet composed
from its parts. Its sides are those of reading, so that the same sheet serves languages written from right to left.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, overload

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage

from sne.socle import logique

# In the order of the complete style sheet: later components refine earlier ones.
COMPOSANTS = (
    "accordion",
    "badge",
    "button",
    "breadcrumb",
    "connect",
    "form",
    "stepper",
    "link",
    "sidemenu",
    "callout",
    "highlight",
    "alert",
    "notice",
    "radio",
    "checkbox",
    "input",
    "segmented",
    "skiplink",
    "select",
    "upload",
    "modal",
    "navigation",
    "footer",
    "search",
    "password",
    "table",
    "header",
)
ICONES = frozenset(
    {
        "account-circle-line",
        "add-line",
        "chat-3-line",
        "checkbox-circle-fill",
        "checkbox-circle-line",
        "delete-line",
        "download-line",
        "file-add-line",
        "info-fill",
        "logout-box-r-line",
        "printer-line",
        "question-line",
        "team-line",
        "time-line",
    }
)
_POLICE = re.compile(r"@font-face\{[^}]*\}")
_REGLE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_URL_ICONE = re.compile(r"url\((?:\.\./)+icons/([^)]+)\)")
_CLASSE_ICONE = re.compile(r"\.fr-icon-([a-z0-9-]+):")


class Applications(AppDirectoriesFinder):
    """Static files of every application except ``dsfr``."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        noms = app_names or [config.name for config in apps.get_app_configs()]
        super().__init__([nom for nom in noms if nom != "dsfr"], *args, **kwargs)


class DsfrReduit(BaseFinder):
    """Static files ``dsfr/…`` composed by :func:`composer`."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.stockage = FileSystemStorage(location=str(dossier_compose()))

    @overload
    def find(self, path: str, find_all: Literal[False] = ...) -> str | None: ...

    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...

    def find(self, path: str, find_all: bool = False) -> Any:
        """Absolute path of a composed file; an empty list for any other, as Django's own finders answer."""
        trouves = [self.stockage.path(path)] if self.stockage.exists(path) else []
        return trouves[0] if trouves and not find_all else trouves

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every composed file, for ``collectstatic``."""
        for path in utils.get_files(self.stockage, ignore_patterns):
            yield path, self.stockage


@lru_cache(maxsize=1)
def dossier_source() -> Path:
    """Folder ``dist`` of the DSFR carried by django-dsfr."""
    spec = find_spec("dsfr")
    if spec is None or spec.origin is None:
        raise LookupError("django-dsfr is not installed")
    return Path(spec.origin).parent / "static" / "dsfr" / "dist"


def composer(source: Path) -> tuple[str, frozenset[str]]:
    """Style sheet (text) and the icon files it names, relative to ``icons/``.

    Raises ``LookupError`` when a declared icon does not exist in this version of the DSFR.
    """
    feuilles = [source / "core" / "core.main.min.css", source / "scheme" / "scheme.min.css"]
    feuilles += [source / "component" / nom / f"{nom}.main.min.css" for nom in COMPOSANTS]
    texte = "".join(
        feuille.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";') for feuille in feuilles
    )
    texte = _POLICE.sub("", texte) + _regles_icones(source)
    feuille = logique.retourner(_URL_ICONE.sub(r"url(icons/\1)", texte))  # read from either side
    return '@charset "UTF-8";' + feuille, frozenset(_URL_ICONE.findall(texte))


def _regles_icones(source: Path) -> str:
    feuille = (source / "utility" / "icons" / "icons.main.min.css").read_text(encoding="utf-8")
    trouvees: dict[str, str] = {}
    for selecteur, corps in _REGLE.findall(feuille):
        for nom in _CLASSE_ICONE.findall(selecteur):
            if nom in ICONES and "mask-image" in corps:
                trouvees[nom] = f".fr-icon-{nom}:after,.fr-icon-{nom}:before{{{corps}}}"
    if absentes := ICONES - trouvees.keys():
        raise LookupError(f"unknown DSFR icons: {', '.join(sorted(absentes))}")
    return "".join(trouvees[nom] for nom in sorted(trouvees))


def dossier_compose() -> Path:
    """Folder of the composed files, made once per version of the DSFR and of this module."""
    source = dossier_source()
    marque = hashlib.sha256(
        (source.parent / "dsfr_version").read_bytes()
        + b"".join(Path(f).read_bytes() for f in (__file__, logique.__file__))
    ).hexdigest()
    dossier = Path(settings.DOSSIER_VAR) / f"dsfr-{marque[:12]}"
    if not dossier.exists():
        dossier.parent.mkdir(parents=True, exist_ok=True)
        _publier(_ecrire(source, Path(tempfile.mkdtemp(dir=dossier.parent))), dossier)
    return dossier


def _ecrire(source: Path, provisoire: Path) -> Path:
    texte, icones = composer(source)
    racine = provisoire / "dsfr"
    racine.mkdir()
    (racine / "dsfr.css").write_text(texte, encoding="utf-8")
    shutil.copyfile(source / "dsfr.module.min.js", racine / "dsfr.module.js")
    for icone in sorted(icones):
        cible = racine / "icons" / icone
        cible.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / "icons" / icone, cible)
    return provisoire


def _publier(provisoire: Path, dossier: Path) -> None:
    """Atomic: of two processes that compose at once, the first wins and the other drops its copy."""
    provisoire.chmod(0o755)
    try:
        provisoire.rename(dossier)
    except OSError:
        shutil.rmtree(provisoire)
        if not dossier.exists():
            raise
