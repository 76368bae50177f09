"""Opens a screen only to somebody who holds a permission; the action checks again, on the object."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from sne.habilitations.rules import Permission, sans_droit
from sne.socle.erreurs import require
from sne.socle.requete import RequeteHabilitee

Vue = Callable[..., HttpResponseBase]


def exiger(permission: Permission) -> Callable[[Vue], Vue]:
    """Decorator: 403 with the name of the missing right; the page is never kept by a shared browser."""

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def controlee(request: RequeteHabilitee, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.acteur.peut(permission), sans_droit(permission))
            return vue(request, *args, **kwargs)

        controlee.permission = permission  # type: ignore[attr-defined]  # for whoever shows the way to it
        return never_cache(controlee)

    return decorer
