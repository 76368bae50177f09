"""One's open sessions: listed on one's page, closed from another, few at once; leaked passwords refused from a file."""

import hashlib
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from sne.habilitations.actions import NouveauCompte, creer_compte
from sne.habilitations.divulgues import est_divulgue
from sne.habilitations.ouvertes import list_ouvertes, nommer
from sne.habilitations.rules import acteur_systeme
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
AU_PLUS = 5  # parametres.json


def fins() -> list[str]:
    return [e.faits["motif"] for e in Entree.objects.filter(verbe="DECONNEXION").order_by("inscrit_le", "id")]


@pytest.mark.django_db
def test_another_session_is_seen_and_closed() -> None:
    compte = f.creer_agent()
    ailleurs, ici = Client(headers={"User-Agent": FIREFOX}), Client()
    for client in (ailleurs, ici):
        f.connecter_par_les_pages(client, compte)
    page = ici.get(reverse("mon-compte")).content.decode()
    assert page.count("(celle-ci)") == page.count('name="session"') == 1
    assert "<h3>Firefox, Windows</h3>" in page
    (autre,) = [o for o in list_ouvertes(compte, ici=ici.session.session_key) if not o.celle_ci]
    etrangere = f.connecter_par_les_pages(Client(), f.creer_agent())
    assert etrangere.post(reverse("fermer-session"), {"session": autre.jeton}).status_code == 404
    assert ici.post(reverse("fermer-session"), {"session": autre.jeton}, follow=True).status_code == 200
    assert ailleurs.get(reverse("mon-compte")).status_code == 302
    assert "Celle-ci est la seule" not in page
    assert [o.celle_ci for o in list_ouvertes(compte, ici=ici.session.session_key)] == [True]
    assert fins() == ["ailleurs"]
    siennes = list_ouvertes(compte, ici=ici.session.session_key)
    assert ici.post(reverse("fermer-session"), {"session": siennes[0].jeton}).status_code == 404


@pytest.mark.django_db
def test_one_more_ends_the_one_that_served_longest_ago() -> None:
    compte = f.creer_agent()
    clients = [f.connecter_par_les_pages(Client(), compte) for _ in range(AU_PLUS + 1)]
    statuts = [client.get(reverse("mon-compte")).status_code for client in clients]
    assert statuts == [302, *[200] * AU_PLUS]
    assert fins() == ["nombre"]


@pytest.mark.django_db
def test_a_changed_password_leaves_one_session_on_the_list() -> None:
    compte = f.creer_agent()
    f.connecter_par_les_pages(Client(), compte)
    ici = f.connecter_par_les_pages(Client(), compte)
    nouveau = "fagot lentille briquet orage"
    champs = {"ancien": f.MOT_DE_PASSE, "nouveau": nouveau, "confirmation": nouveau}
    assert ici.post(reverse("changer-mot-de-passe"), champs).status_code == 302
    compte.refresh_from_db()
    assert [o.celle_ci for o in list_ouvertes(compte, ici=ici.session.session_key)] == [True]


@pytest.mark.parametrize(
    ("agent", "attendu"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604.1", "Safari, iPhone"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_by_two_words(agent: str, attendu: str) -> None:
    assert nommer(agent) == attendu


@pytest.mark.django_db
def test_a_leaked_password_is_refused_wherever_it_is_in_the_file(tmp_path: Path) -> None:
    mots = [f"colibri parasol {rang} lanterne" for rang in range(50)]
    condenses = sorted(hashlib.sha1(mot.encode()).hexdigest().upper() for mot in mots)
    fichier = tmp_path / "divulgues.txt"
    fichier.write_text("".join(f"{condense}:{rang}\r\n" for rang, condense in enumerate(condenses)))
    assert all(est_divulgue(mot, fichier) for mot in mots)
    assert not any(est_divulgue(mot.upper(), fichier) for mot in mots)
    nouveau = NouveauCompte("divulguee@exemple.fr", "Ada", "Fuite", mots[7])
    acte = Acte(acteur_systeme("essai"), maintenant())
    with override_settings(MOTS_DE_PASSE_DIVULGUES=str(fichier)), pytest.raises(Interdit, match="a fuité"):
        creer_compte(nouveau, acte=acte)
    assert creer_compte(nouveau, acte=acte)
