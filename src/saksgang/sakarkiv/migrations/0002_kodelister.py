"""Seeds the code lists that the routine names (krav C.5)."""

from django.db import migrations

KODER = {
    "avskrivning": [
        ("TE", "Til etterretning", "Tatt til etterretning", True),
        ("TO", "Til orientering", "Tatt til orientering", True),
        ("TLF", "Telefon", "Besvart på telefon", True),
        ("BU", "Besvart med utgående brev", "Besvart med brev", False),
        ("BE", "Besvart med e-post", "Besvart med e-post", False),
        ("NN", "Besvart med notat", "Besvart med notat", False),
        ("BI", "Besvart med inngående brev", "Tatt til etterretning", False),
        ("SA", "Sak avsluttet", "Tatt til etterretning", False),
    ],
    "merknad": [
        ("ØA", "Ønskes avsluttet", "", False),
        ("SB", "Saksbehandlingsmerknad", "Merknad fra saksbehandler", True),
        ("AR", "Arkivmerknad", "Merknad fra arkivansvarlig", True),
        ("AN", "Annen merknad", "", True),
    ],
    "opphav": [
        ("BREV", "Brev", "", True),
        ("PERS", "Personlig henvendelse", "", True),
        ("EPOST", "E-post", "", True),
        ("FAKS", "Telefaks", "", True),
        ("TLF", "Telefon", "", True),
        ("POL", "Politisk organ", "", True),
        ("ADM", "Administrasjonen", "", True),
    ],
}
SAKSTYPER = [
    ("ALM", "Alminnelig sak", False),
    ("SKJENK", "Skjenkebevilling", False),
    ("BYGG", "Byggesak", False),
    ("PERS", "Personalsak", False),
    ("ELEV", "Elevsak", False),
    # Never on the net: offentlegforskrifta §§ 7 and 9.
    ("BARN", "Barnevern", True),
    ("SOSIAL", "Sosiale tjenester", True),
    ("FAMILIE", "Adopsjon, farskap, barnefordeling og bidrag", True),
    ("VERGE", "Vergemål", True),
]


def fyll(apps, schema_editor):
    Kodeverdi = apps.get_model("sakarkiv", "Kodeverdi")
    for liste, koder in KODER.items():
        Kodeverdi.objects.bulk_create(
            Kodeverdi(liste=liste, kode=kode, navn=navn, noark=noark, manuell=manuell, rekkefoelge=nr)
            for nr, (kode, navn, noark, manuell) in enumerate(koder, 1)
        )
    Sakstype = apps.get_model("sakarkiv", "Sakstype")
    Sakstype.objects.bulk_create(
        Sakstype(kode=kode, navn=navn, unntatt_nett=unntatt) for kode, navn, unntatt in SAKSTYPER
    )


class Migration(migrations.Migration):
    dependencies = [("sakarkiv", "0001_foerste")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
