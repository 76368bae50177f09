"""Agreements with vendors of software: who may call, for which guichets, with which scopes, how often.

The two doors of vendors (SOAP, REST) ask here, in this order, and nowhere else:

1. ``selectors.par_cle(texte, survenu_le=…)`` or ``selectors.par_certificat(sha256, survenu_le=…)`` gives an
   ``Identite``: an agreement that may call now. ``par_cle(…, certificat=…)`` joins the two when both came.
   Raises ``AccesRefuse`` (HTTP 401). Nothing is kept between two calls: what ends is refused at the next one.
   ``actions.compter_par_cle`` and ``compter_par_certificat`` do this and count the call in one statement;
   ``compter_et_tenir`` holds its key of idempotency too.
2. ``actions.appeler(identite, Demande(groupe, guichet, agent, correlation), survenu_le=…)`` counts the call (one
   statement) and gives an ``Appelant``: agreement, scopes, settings, figures of the ``RateLimit`` headers, and the
   ``Acteur`` that every act of the register takes. Raises ``CadenceDepassee`` (429, with the figures),
   ``GuichetHorsConvention`` (403), ``AgentIllisible`` (400).
3. The acts of the register decide, by their policies: a scope is nothing but permissions of the role ``EDITEUR``, and
   the actor's mandate holds those of the open scopes alone. ``Appelant.exiger(portee)`` names the missing scope.
4. ``actions.noter_appel(…)`` writes the call log, without a body, once answered, whatever the answer; ``ligne_d_appel``
   is the same line, for an act that writes it with what it registers.

``equite.equite(jour)``, one a process whatever the interface, shares its threads between agreements: ``with
equite(jour).place(appelant.convention_id)`` (``Occupe``: 429, SOAP fault ``Receiver``). ``certificat.empreinte`` reads
the certificate of a call. ``actions.noter_emission`` and ``selectors.get_echange`` keep, per agreement and demande, the
vendor's own reference and the revision last emitted.
"""
