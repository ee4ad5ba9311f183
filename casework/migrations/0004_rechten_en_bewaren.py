import casework.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_signaal"),
        ("casework", "0003_afscherming"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rectificatie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("veld", models.CharField(max_length=40)),
                ("oud", casework.fields.VersleuteldField(blank=True, default="")),
                ("nieuw", casework.fields.VersleuteldField(blank=True, default="")),
                ("reden", models.TextField()),
                ("op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Vernietigingslijst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("voorstel", "Voorstel"),
                            ("aangeboden", "Wacht op akkoord"),
                            ("goedgekeurd", "Goedgekeurd"),
                            ("bezig", "Wordt vernietigd"),
                            ("vernietigd", "Vernietigd"),
                        ],
                        default="voorstel",
                        max_length=12,
                    ),
                ),
                ("gemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
                ("aangeboden_op", models.DateTimeField(blank=True, null=True)),
                ("goedgekeurd_op", models.DateTimeField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("voortgang", models.PositiveSmallIntegerField(default=0)),
                ("stap", models.CharField(blank=True, max_length=100)),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                ("aantallen", models.JSONField(blank=True, default=dict)),
                ("cijfers", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name_plural": "vernietigingslijsten",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Vernietigingsregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("leerplicht", "Leerplicht"),
                            ("doorstroompunt", "Doorstroompunt"),
                            ("politie", "Politiegegeven"),
                            ("persoon", "Persoonsgegevens"),
                        ],
                        max_length=14,
                    ),
                ),
                ("jongere_id", models.BigIntegerField()),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.BigIntegerField(default=0)),
                ("grond", models.CharField(max_length=120)),
                ("dag", models.DateField()),
                ("vernietigd_op", models.DateTimeField(blank=True, null=True)),
                ("overgeslagen", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "verbose_name_plural": "vernietigingsregels",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Verzoek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("inzage", "Inzage"),
                            ("rectificatie", "Rectificatie"),
                            ("wissing", "Wissing"),
                            ("beperking", "Beperking"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[("AVG", "AVG"), ("WPG", "Wpg (politiegegevens)")],
                        default="AVG",
                        max_length=3,
                    ),
                ),
                (
                    "aanvrager",
                    models.CharField(
                        choices=[
                            ("jongere", "De jongere zelf"),
                            ("vertegenwoordiger", "Ouder of voogd met gezag"),
                        ],
                        max_length=17,
                    ),
                ),
                ("ontvangen_op", models.DateField()),
                ("uiterlijk_op", models.DateField()),
                ("gezag_gecontroleerd", models.BooleanField(default=False)),
                ("verlengd_op", models.DateField(blank=True, null=True)),
                ("verlenging_reden", models.TextField(blank=True)),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("toegewezen", "Toegewezen"),
                            ("deels", "Deels toegewezen"),
                            ("geweigerd", "Geweigerd"),
                        ],
                        max_length=10,
                    ),
                ),
                ("besluit_reden", models.TextField(blank=True)),
                ("besloten_op", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "verzoeken",
            },
        ),
        migrations.CreateModel(
            name="Bewaarstop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.BigIntegerField(blank=True, null=True)),
                ("reden", models.CharField(max_length=200)),
                ("van", models.DateField()),
                ("tot", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("opgeheven_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.gemeente",
                    ),
                ),
                (
                    "geplaatst_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jongere",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bewaarstops",
                        to="casework.jongere",
                    ),
                ),
                (
                    "opgeheven_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bewaarstops",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Datalek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[("AVG", "AVG"), ("WPG", "Wpg (politiegegevens)")],
                        default="AVG",
                        max_length=3,
                    ),
                ),
                ("ontdekt_op", models.DateTimeField()),
                ("intern_gemeld_op", models.DateTimeField(blank=True, null=True)),
                ("omschrijving", models.TextField()),
                ("van", models.DateField(blank=True, null=True)),
                ("tot", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("acties", models.CharField(blank=True, max_length=200)),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gemeld", "Gemeld bij de AP"),
                            ("niet_gemeld", "Niet gemeld, met reden"),
                        ],
                        max_length=12,
                    ),
                ),
                ("besluit_reden", models.TextField(blank=True)),
                ("besloten_op", models.DateTimeField(blank=True, null=True)),
                (
                    "besloten_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.gemeente",
                    ),
                ),
                (
                    "vastgelegd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "datalekken",
                "ordering": ["-ontdekt_op", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Inzage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("reden", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("klaar", "Klaar"),
                            ("mislukt", "Mislukt"),
                            ("verwijderd", "Bestanden verwijderd"),
                        ],
                        default="wacht",
                        max_length=10,
                    ),
                ),
                ("voortgang", models.PositiveSmallIntegerField(default=0)),
                ("stap", models.CharField(blank=True, max_length=100)),
                ("pdf", models.FileField(blank=True, max_length=300, upload_to="inzage/")),
                ("json", models.FileField(blank=True, max_length=300, upload_to="inzage/")),
                ("gevraagd_op", models.DateTimeField(default=django.utils.timezone.now)),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.gemeente",
                    ),
                ),
                (
                    "jongere",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inzages",
                        to="casework.jongere",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "inzages",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Kennisgeving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("ontvanger", models.CharField(max_length=200)),
                ("verstrekt_op", models.DateTimeField()),
                ("gestuurd_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gebeurtenis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.gebeurtenis",
                    ),
                ),
                (
                    "gestuurd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "kennisgevingen",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="rectificatie",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rectificatie",
            name="gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="rectificatie",
            name="jongere",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rectificaties",
                to="casework.jongere",
            ),
        ),
        migrations.AddField(
            model_name="kennisgeving",
            name="rectificatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="kennisgevingen",
                to="casework.rectificatie",
            ),
        ),
        migrations.AddField(
            model_name="vernietigingslijst",
            name="aangeboden_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="vernietigingslijst",
            name="gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="vernietigingslijst",
            name="goedgekeurd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="vernietigingsregel",
            name="lijst",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="regels",
                to="casework.vernietigingslijst",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="besloten_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="jongere",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="verzoeken",
                to="casework.jongere",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="vastgelegd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="vertegenwoordiger",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="casework.relatie",
            ),
        ),
        migrations.AddField(
            model_name="rectificatie",
            name="verzoek",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="rectificaties",
                to="casework.verzoek",
            ),
        ),
        migrations.AddField(
            model_name="inzage",
            name="verzoek",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="inzages",
                to="casework.verzoek",
            ),
        ),
        migrations.AddConstraint(
            model_name="bewaarstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot", None), ("tot__gte", models.F("van")), _connector="OR"),
                name="bewaarstop_tot_niet_voor_van",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bewaarstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("object_id", None), ("object_type", "")),
                    models.Q(
                        models.Q(("object_type", ""), _negated=True), ("object_id__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="bewaarstop_object_heel",
            ),
        ),
        migrations.AddConstraint(
            model_name="datalek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besloten_door", None), ("besloten_op", None), ("besluit", "")),
                    models.Q(
                        models.Q(("besluit", ""), _negated=True),
                        models.Q(("besluit_reden", ""), _negated=True),
                        ("besloten_door__isnull", False),
                        ("besloten_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="datalek_besluit_met_reden",
                violation_error_message="Schrijf op waarom u dit besluit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datalek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("van", None), ("tot", None), ("tot__gte", models.F("van")), _connector="OR"
                ),
                name="datalek_tot_niet_voor_van",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kennisgeving",
            constraint=models.UniqueConstraint(
                fields=("rectificatie", "gebeurtenis"), name="kennisgeving_uniek"
            ),
        ),
        migrations.AddConstraint(
            model_name="vernietigingslijst",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "voorstel")),
                fields=("gemeente",),
                name="vernietigingslijst_een_voorstel",
            ),
        ),
        migrations.AddConstraint(
            model_name="vernietigingslijst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("goedgekeurd_door", None),
                    models.Q(
                        ("aangeboden_door__isnull", False),
                        models.Q(("goedgekeurd_door", models.F("aangeboden_door")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="vernietigingslijst_twee_personen",
                violation_error_message="Een ander dan wie de lijst aanbood keurt haar goed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vernietigingslijst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["voorstel", "aangeboden"]),
                    models.Q(
                        ("goedgekeurd_door__isnull", False), ("goedgekeurd_op__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="vernietigingslijst_akkoord_voor_vernietiging",
            ),
        ),
        migrations.AddIndex(
            model_name="vernietigingsregel",
            index=models.Index(fields=["jongere_id"], name="vernietigingsregel_jongere"),
        ),
        migrations.AddConstraint(
            model_name="vernietigingsregel",
            constraint=models.UniqueConstraint(
                fields=("lijst", "soort", "jongere_id", "object_type", "object_id"),
                name="vernietigingsregel_uniek",
            ),
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(fields=["gemeente", "uiterlijk_op"], name="verzoek_gemeente"),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besloten_door", None), ("besloten_op", None), ("besluit", "")),
                    models.Q(
                        models.Q(("besluit", ""), _negated=True),
                        ("besloten_door__isnull", False),
                        ("besloten_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="verzoek_besluit_met_datum_en_persoon",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime", "AVG"), ("verlengd_op", None), _connector="OR"),
                name="verzoek_wpg_niet_verlengd",
                violation_error_message="Een verzoek onder de Wpg kan niet worden verlengd.",
            ),
        ),
        migrations.AddIndex(
            model_name="rectificatie",
            index=models.Index(fields=["object_type", "object_id"], name="rectificatie_object"),
        ),
        migrations.AddConstraint(
            model_name="rectificatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True), name="rectificatie_met_reden"
            ),
        ),
    ]
