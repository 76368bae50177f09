"""Outside addresses that pages online name, and those that answer no more."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape

from sne.site_pro.models import LienSorti, RevisionPage
from sne.site_pro.rules.pages import ACCES
from sne.site_pro.selectors.lecture import list_pages

DEHORS = re.compile(r'href="(https://[^"]+)"')
ECHECS = 2
"""Times in a row without an answer before its owner is told: a service may be closed for a day."""


def list_liens_sortis(*, le: datetime) -> Mapping[str, tuple[str, ...]]:
    """Code of each page online → the outside addresses that it names, in order."""
    codes = [p.code for p in list_pages(cles=ACCES, le=le)]
    publiees = RevisionPage.objects.filter(
        page__code__in=codes, effet_le__lte=le, html__contains='href="https://'
    )
    dernieres = publiees.order_by("page", "-effet_le", "-numero").distinct("page")
    return {
        code: tuple(sorted({unescape(lien) for lien in DEHORS.findall(html)}))
        for code, html in dernieres.values_list("page__code", "html")
    }


def list_liens_morts(*, le: datetime) -> Mapping[str, tuple[str, ...]]:
    """The same, of those that did not answer twice in a row."""
    morts = set(LienSorti.objects.filter(echecs__gte=ECHECS).values_list("adresse", flat=True))
    lies = {
        code: tuple(lien for lien in liens if lien in morts)
        for code, liens in list_liens_sortis(le=le).items()
    }
    return {code: liens for code, liens in lies.items() if liens}
