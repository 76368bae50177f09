# The commands of the project. Each one does its own set-up: a fresh clone needs git, make and Python >= 3.12 only.

PORT ?= 8000
TAILLE ?= 20000
CELLULES ?= 1
RETARD ?= 1s
TAILLES ?= 1000000/100000
PAGE ?= docs/performance-en-nombre.md

.DEFAULT_GOAL := aide
# Containers often forbid Python to keep what it compiled: each process would compile three thousand modules anew, two
# seconds of processor out of four.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: aide demo ecole panne production-locale exercices alentours outils-des-essais test check fix bench bench-nombre replique soak sbom

aide:
	@echo "make demo    démarre le service avec un territoire fictif (options : PORT=8000 TAILLE=20000 CELLULES=2)"
	@echo "make ecole   démarre l’École des éditeurs, sa base et ses bacs (option : PORT=8010)"
	@echo "make panne   perd le serveur de la démonstration en marche : sa copie prend la place, et le service le dit"
	@echo "make production-locale   une production entière sur cette machine, telle que deploy/ la décrit (option : PORT=18000)"
	@echo "make exercices   les coups qu’elle doit supporter, puis une restauration (options : COUPS='chef webs bascule', AVANT=la version d’avant)"
	@echo "make alentours   l’heure, l’envoi des journaux et l’image, tels que deploy/ les décrit (root ; option : QUOI='heure journaux image')"
	@echo "make test    installe les outils et passe tous les contrôles, exactement comme l’intégration continue"
	@echo "make check   les contrôles sans les tests : style, types, dépendances entre modules, migrations"
	@echo "make fix     corrige le style"
	@echo "make bench   mesure les performances et les écrit dans docs/performance.md"
	@echo "make bench-nombre   recherche et pages dans un grand registre, contre un plus petit (options : TAILLES=1000000/100000 PAGE=docs/performance-en-nombre.md)"
	@echo "make sbom    écrit la liste de ce qu’une production installe (CycloneDX), dans var/sbom.json"
	@echo "make replique   tous les tests, leurs pages lues sur une copie en retard (options : RETARD=1s ESSAIS=tests/guichet)"
	@echo "make soak    épreuves longues : processus tués en boucle, milliers d’exemples tirés au hasard, tous les écrans"

demo:
	@sh outils/preparer.sh
	@exec .venv/bin/sne demo --port $(PORT) --taille $(TAILLE) --cellules $(CELLULES)

ecole: PORT := $(if $(filter file,$(origin PORT)),8010,$(PORT))
ecole:
	@sh outils/preparer.sh
	@SNE_DEMO_DOSSIER=var/ecole exec .venv/bin/sne demo --ecole --port $(PORT) --taille 0

panne:
	@exec .venv/bin/python -m sne.demo.panne

production-locale: PORT := $(if $(filter file,$(origin PORT)),18000,$(PORT))
production-locale:
	@sh outils/preparer.sh --dev
	@sh outils/production.sh --patroni
	@exec .venv/bin/python -m outils.production_locale --port $(PORT)

exercices:
	@sh outils/preparer.sh --dev
	@sh outils/production.sh --patroni
	@.venv/bin/python -m outils.exercices $(COUPS) $(if $(AVANT),--avant $(AVANT)); fin=$$?; \
		[ $$fin = 0 ] || [ $$fin = 75 ] || exit $$fin; \
		.venv/bin/python -m outils.restaurer && exit $$fin

alentours:
	@sh outils/preparer.sh --dev
	@sh outils/production.sh --conteneur
	@exec .venv/bin/python -m outils.alentours $(QUOI)

# What the tests use beside the service, installed where it is missing.
outils-des-essais:
	@sh outils/java.sh
	@sh outils/preparer.sh --dev
	@sh outils/chromium.sh
	@sh outils/clamav.sh
	@sh outils/tesseract.sh
	@sh outils/production.sh

test: outils-des-essais
	@sh outils/controler.sh --tests

check:
	@sh outils/preparer.sh --dev
	@sh outils/controler.sh

fix:
	@sh outils/preparer.sh --dev
	@.venv/bin/ruff check --fix --quiet
	@.venv/bin/ruff format --quiet

bench:
	@sh outils/preparer.sh
	@exec .venv/bin/sne bench --ecrire docs/performance.md

bench-nombre:
	@sh outils/preparer.sh
	@exec .venv/bin/sne bench --ligne nombre --ligne pivot --ligne infocentre-nombre --taille $(TAILLES) --ecrire $(PAGE)

sbom:
	@sh outils/preparer.sh --dev
	@mkdir -p var
	@PATH="$$PWD/.outils/bin:$$PATH" uv export --quiet --locked --no-dev --extra lac --format cyclonedx1.5 --output-file var/sbom.json

replique: outils-des-essais
	@PATH="$$PWD/.venv/bin:$$PATH" .venv/bin/python -m sne.socle.postgres avec --replique $(RETARD) -- \
		pytest -n 2 --dist loadfile --no-loadscope-reorder $(ESSAIS)

soak: outils-des-essais
	@SNE_COUPS_TOURS=40 SNE_TOUS_LES_FORMULAIRES=oui HYPOTHESIS_PROFILE=endurance .venv/bin/python -m sne.socle.postgres avec -- \
		.venv/bin/pytest -m "" -n 2 --dist loadfile tests/demo/test_supervision.py tests/documents tests/registre tests/journeys \
		tests/api/test_fuzz.py tests/nuu/test_fuzz.py
	@SNE_COUVERTURE=entiere .venv/bin/python -m sne.socle.postgres avec -- \
		.venv/bin/pytest -m "" -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report= --cov-fail-under=95
	@$(MAKE) replique
	@SNE_ESSAIS=pret .venv/bin/python -m sne.socle.postgres avec -- .venv/bin/python -m outils.muter
	@for graine in 20261124 1 2 3 4 5 6 7 8 9; do \
		.venv/bin/sne simuler --annees 12 --taille 300 --graine $$graine --json || exit 1; done
	@.venv/bin/sne simuler --annees 12 --taille 2000 --json
	@$(MAKE) exercices AVANT=$$(git rev-list -1 --before=midnight HEAD)
