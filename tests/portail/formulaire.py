"""The form of a page as a browser without script sends it back."""

import re
from html import unescape


def champs_de(page: str) -> dict[str, list[str]]:
    """Name → values of what the page holds, as it was opened: hidden fields, texts, what is ticked or chosen."""
    dits: dict[str, list[str]] = {}
    for balise in re.findall(r"<input[^>]*>", page):
        attributs = {nom: unescape(valeur) for nom, valeur in re.findall(r'([\w-]+)="([^"]*)"', balise)}
        muet = attributs.get("type") in {"radio", "checkbox"} and " checked" not in balise
        if not muet and attributs.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken":
            dits.setdefault(attributs["name"], []).append(
                attributs.get("value", "on" if attributs.get("type") == "checkbox" else "")
            )
    for nom, corps in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        choisi = re.search(r'<option value="([^"]*)"\s+selected', corps)
        dits[nom] = [choisi[1] if choisi else ""]
    for nom, corps in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        dits[nom] = [unescape(corps).strip("\n")]
    return dits
