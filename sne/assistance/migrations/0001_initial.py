"""The tables of the support desk, as its models say them, and what its database guarantees beyond them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants
from sne.socle.gardes import executer


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='NumeroTicket',
            fields=[
                ('annee', models.SmallIntegerField(primary_key=True, serialize=False, verbose_name='année')),
                ('dernier', models.IntegerField()),
            ],
            options={
                'db_table': 'numero_ticket',
            },
        ),
        migrations.CreateModel(
            name='EquipeParDefaut',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('categorie', models.CharField(blank=True, max_length=10)),
                ('cle', models.CharField(blank=True, max_length=60, verbose_name='équipe')),
            ],
            options={
                'db_table': 'equipe_par_defaut',
                'constraints': [models.UniqueConstraint(fields=('compte', 'categorie'), name='equipe_par_defaut_une')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('titre', models.CharField(max_length=120)),
                ('phrase', models.CharField(max_length=300)),
                ('mots', models.CharField(blank=True, max_length=300, verbose_name='mots-clés')),
                ('vues', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('auteur', models.UUIDField()),
                ('debut', models.DateTimeField(verbose_name='début')),
                ('fin', models.DateTimeField(null=True)),
                ('reponse', models.TextField(blank=True, verbose_name='réponse')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'incident',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('fin', None), ('reponse', '')), models.Q(('fin__isnull', False), models.Q(('reponse', ''), _negated=True)), _connector='OR'), name='incident_fin')],
            },
        ),
        migrations.CreateModel(
            name='MotDuMenage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('demande', models.UUIDField()),
                ('nud', models.CharField(max_length=18)),
                ('territoire', models.CharField(max_length=3)),
                ('role', models.CharField(max_length=30)),
                ('geste', models.CharField(max_length=8)),
                ('numero', models.CharField(blank=True, max_length=13, verbose_name='numéro')),
                ('categorie', models.CharField(blank=True, max_length=10, verbose_name='catégorie')),
                ('titre', models.CharField(blank=True, max_length=120)),
                ('corps', models.TextField(blank=True)),
                ('survenu_le', models.DateTimeField()),
                ('pris_le', models.DateTimeField(null=True, verbose_name='pris le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'mot_du_menage',
                'indexes': [models.Index(fields=['compte', 'survenu_le'], name='mot_du_menage_de')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('geste', 'QUESTION'), ('numero', ''), models.Q(('titre', ''), _negated=True), models.Q(('corps', ''), _negated=True), models.Q(('categorie', ''), _negated=True)), models.Q(('geste', 'SUITE'), models.Q(('numero', ''), _negated=True), models.Q(('corps', ''), _negated=True)), models.Q(('geste', 'REGLE'), models.Q(('numero', ''), _negated=True)), models.Q(('corps__in', ['OUI', 'EN_PARTIE', 'NON']), ('geste', 'AVIS'), models.Q(('numero', ''), _negated=True)), _connector='OR'), name='mot_du_menage_forme')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('numero', models.CharField(max_length=13, unique=True, verbose_name='numéro')),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('categorie', models.CharField(max_length=10, verbose_name='catégorie')),
                ('niveau', models.CharField(max_length=3)),
                ('statut', models.CharField(max_length=20)),
                ('demandeur', models.UUIDField()),
                ('menage', models.BooleanField(default=False, verbose_name='d’un ménage')),
                ('titre', models.CharField(max_length=120)),
                ('nuds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=18), default=list)),
                ('page', models.CharField(blank=True, max_length=60)),
                ('revision', models.SmallIntegerField(null=True, verbose_name='révision lue')),
                ('avis', models.UUIDField(null=True)),
                ('assigne', models.UUIDField(null=True, verbose_name='assigné à')),
                ('acces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('contexte', models.JSONField(default=dict)),
                ('rouvert', models.SmallIntegerField(default=0, verbose_name='nombre de réouvertures')),
                ('satisfaction', models.CharField(blank=True, max_length=10)),
                ('resolu_le', models.DateTimeField(null=True, verbose_name='résolu le')),
                ('relance_le', models.DateTimeField(null=True, verbose_name='relancé le')),
                ('derniere_activite_le', models.DateTimeField(verbose_name='dernière activité le')),
                ('survenu_le', models.DateTimeField(verbose_name='ouvert le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='assistance.incident')),
            ],
            options={
                'db_table': 'ticket',
            },
        ),
        migrations.CreateModel(
            name='PassageTicket',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('de', models.CharField(max_length=3)),
                ('vers', models.CharField(max_length=3)),
                ('par', models.UUIDField()),
                ('motif', models.CharField(max_length=300)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='assistance.ticket')),
            ],
            options={
                'db_table': 'passage_ticket',
            },
        ),
        migrations.CreateModel(
            name='LienTicket',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('genre', models.CharField(max_length=7)),
                ('par', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('autre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liens_vers', to='assistance.ticket')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liens', to='assistance.ticket')),
            ],
            options={
                'db_table': 'lien_ticket',
            },
        ),
        migrations.CreateModel(
            name='HorlogeTicket',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('niveau', models.CharField(max_length=3)),
                ('genre', models.CharField(max_length=16)),
                ('debut', models.DateTimeField(verbose_name='début')),
                ('minutes', models.IntegerField()),
                ('calendaire', models.BooleanField(default=False)),
                ('echeance', models.DateTimeField(verbose_name='échéance')),
                ('atteinte_le', models.DateTimeField(null=True)),
                ('quittee_le', models.DateTimeField(null=True, verbose_name='quittée le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='horloges', to='assistance.ticket')),
            ],
            options={
                'db_table': 'horloge_ticket',
            },
        ),
        migrations.CreateModel(
            name='CourrielRecu',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cle', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                ('issue', models.CharField(max_length=12)),
                ('motif', models.CharField(blank=True, max_length=20)),
                ('lu', models.BinaryField(null=True, verbose_name='ce qui en est gardé, chiffré')),
                ('recu_le', models.DateTimeField(verbose_name='reçu le')),
                ('traite_le', models.DateTimeField(null=True, verbose_name='traité le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courriels', to='assistance.ticket')),
            ],
            options={
                'db_table': 'courriel_recu',
            },
        ),
        migrations.CreateModel(
            name='TicketEvite',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('jour', models.DateField()),
                ('territoire', models.CharField(blank=True, max_length=3)),
                ('categorie', models.CharField(max_length=10)),
                ('nombre', models.IntegerField(default=0)),
            ],
            options={
                'db_table': 'ticket_evite',
                'constraints': [models.UniqueConstraint(fields=('jour', 'territoire', 'categorie'), name='ticket_evite_un')],
            },
        ),
        migrations.CreateModel(
            name='TicketMasque',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('ticket', models.UUIDField()),
            ],
            options={
                'db_table': 'ticket_masque',
                'constraints': [models.UniqueConstraint(fields=('compte', 'ticket'), name='ticket_masque_un')],
            },
        ),
        migrations.CreateModel(
            name='TicketMessage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('auteur', models.UUIDField()),
                ('cote', models.CharField(max_length=7, verbose_name='côté')),
                ('corps', models.TextField()),
                ('html', models.TextField()),
                ('brut', models.TextField()),
                ('interne', models.BooleanField(default=False)),
                ('canal', models.CharField(max_length=8)),
                ('courriel', models.CharField(blank=True, max_length=64)),
                ('survenu_le', models.DateTimeField()),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='assistance.ticket')),
            ],
            options={
                'db_table': 'ticket_message',
            },
        ),
        migrations.CreateModel(
            name='TicketPartage',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cle', models.CharField(max_length=60, verbose_name='équipe')),
                ('par', models.UUIDField()),
                ('survenu_le', models.DateTimeField()),
                ('retire_le', models.DateTimeField(null=True, verbose_name='retiré le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='partages', to='assistance.ticket')),
            ],
            options={
                'db_table': 'ticket_partage',
            },
        ),
        migrations.CreateModel(
            name='TicketPiece',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('document', models.UUIDField(unique=True)),
                ('nom', models.CharField(max_length=120)),
                ('efface_le', models.DateTimeField(null=True, verbose_name='effacée le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='assistance.ticketmessage')),
            ],
            options={
                'db_table': 'ticket_piece',
            },
        ),
        migrations.CreateModel(
            name='VueEnregistree',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compte', models.UUIDField()),
                ('nom', models.CharField(max_length=40)),
                ('vue', models.CharField(max_length=20)),
                ('filtres', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'vue_ticket',
                'constraints': [models.UniqueConstraint(fields=('compte', 'nom'), name='vue_ticket_une')],
            },
        ),
        migrations.CreateModel(
            name='PauseTicket',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('de', models.DateTimeField()),
                ('a', models.DateTimeField(null=True)),
                ('cause', models.CharField(max_length=20)),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('horloge', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='assistance.horlogeticket')),
            ],
            options={
                'db_table': 'pause_ticket',
                'indexes': [models.Index(fields=['horloge', 'de'], name='pause_ticket_de')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('a', None)), fields=('horloge',), name='pause_ticket_une')],
            },
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['demandeur', '-derniere_activite_le'], name='ticket_demandeur'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['acces'], name='ticket_acces'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['niveau', 'territoire', '-derniere_activite_le'], name='ticket_niveau'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('statut__in', ['ATTENTE_DEMANDEUR', 'RESOLU'])), fields=['statut', 'derniere_activite_le'], name='ticket_a_suivre'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('nuds', []), _negated=True), fields=['nuds'], name='ticket_nuds'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('assigne__isnull', False)), fields=['assigne'], name='ticket_assigne'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('categorie__in', ['BLOQUANT', 'GENANT', 'DONNEES', 'QUESTION', 'CONTENU', 'EVOLUTION', 'SECURITE']), ('niveau__in', ['N1', 'GT', 'N2', 'DPO']), models.Q(('acces', []), _negated=True)), name='ticket_forme'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolu_le__isnull', False), ('statut__in', ['CLOS', 'RESOLU'])), models.Q(models.Q(('statut__in', ['CLOS', 'RESOLU']), _negated=True), ('resolu_le', None)), _connector='OR'), name='ticket_resolu'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('avis__isnull', False)), fields=('avis',), name='ticket_d_un_avis'),
        ),
        migrations.AddConstraint(
            model_name='passageticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('de', models.F('vers')), _negated=True), models.Q(('motif', ''), _negated=True)), name='passage_ticket_dit'),
        ),
        migrations.AddConstraint(
            model_name='lienticket',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['DOUBLON', 'SUITE']), models.Q(('ticket', models.F('autre')), _negated=True)), name='lien_ticket_forme'),
        ),
        migrations.AddConstraint(
            model_name='lienticket',
            constraint=models.UniqueConstraint(fields=('ticket', 'genre'), name='lien_ticket_un'),
        ),
        migrations.AddIndex(
            model_name='horlogeticket',
            index=models.Index(fields=['ticket', 'debut'], name='horloge_ticket_de'),
        ),
        migrations.AddIndex(
            model_name='horlogeticket',
            index=models.Index(condition=models.Q(('atteinte_le', None), ('quittee_le', None)), fields=['echeance'], name='horloge_ticket_due'),
        ),
        migrations.AddConstraint(
            model_name='horlogeticket',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['PREMIERE_REPONSE', 'RESOLUTION']), ('minutes__gt', 0)), name='horloge_ticket_forme'),
        ),
        migrations.AddConstraint(
            model_name='horlogeticket',
            constraint=models.UniqueConstraint(condition=models.Q(('atteinte_le', None), ('quittee_le', None)), fields=('ticket', 'genre'), name='horloge_ticket_une'),
        ),
        migrations.AddIndex(
            model_name='courrielrecu',
            index=models.Index(condition=models.Q(('issue', 'A_RATTACHER'), ('traite_le', None)), fields=['recu_le'], name='courriel_a_rattacher'),
        ),
        migrations.AddConstraint(
            model_name='courrielrecu',
            constraint=models.CheckConstraint(condition=models.Q(('issue', 'A_RATTACHER'), models.Q(('issue__in', ['PRIS', 'ECARTE']), ('lu', None)), _connector='OR'), name='courriel_recu_issue'),
        ),
        migrations.AddIndex(
            model_name='ticketmessage',
            index=models.Index(fields=['ticket', 'survenu_le', 'id'], name='ticket_message_de'),
        ),
        migrations.AddConstraint(
            model_name='ticketmessage',
            constraint=models.CheckConstraint(condition=models.Q(('cote__in', ['AUTEUR', 'NIVEAU', 'AUTRE', 'SERVICE']), ('canal__in', ['ECRAN', 'COURRIEL']), models.Q(('corps', ''), _negated=True)), name='ticket_message_forme'),
        ),
        migrations.AddConstraint(
            model_name='ticketmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('courriel', ''), _negated=True), fields=('courriel',), name='ticket_message_courriel_une_fois'),
        ),
        migrations.AddIndex(
            model_name='ticketpartage',
            index=models.Index(fields=['ticket', 'survenu_le'], name='ticket_partage_de'),
        ),
        migrations.AddIndex(
            model_name='ticketpartage',
            index=models.Index(condition=models.Q(('retire_le', None)), fields=['cle', 'ticket'], name='ticket_partage_avec'),
        ),
        migrations.AddConstraint(
            model_name='ticketpartage',
            constraint=models.UniqueConstraint(condition=models.Q(('retire_le', None)), fields=('ticket', 'cle'), name='ticket_partage_un'),
        ),
        *executer("assistance", "gardes"),
    ]
