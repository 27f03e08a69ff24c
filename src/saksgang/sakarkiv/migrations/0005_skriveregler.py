"""Seeds the rules for titles (krav R-10.3.1.2c). The archive changes them afterwards."""

from django.db import migrations

REGLER = [
    (
        "prefiks", "E-postprefiks", "prefiks", "Re, SV, VS, FW, FWD, Ang, WG, [EXTERNAL], [EKSTERN]", "F",
        "Skriv hva saken gjelder, uten Re:, SV: og VS: fra e-posten.",
    ),
    (
        "filendelse", "Filnavn", "endelse",
        "pdf, doc, docx, odt, rtf, xls, xlsx, ods, ppt, pptx, jpg, jpeg, png, tif, tiff, txt, eml, msg, zip", "F",
        "Skriv hva dokumentet er, ikke hva filen heter.",
    ),
    (
        "foedselsnummer", "Fødselsnummer", "fnr", "", "F",
        "Fødselsnummer skal aldri stå i en tittel. Legg det i saksparten.",
    ),
    ("lengde", "For kort tittel", "lengde", "3", "F", "Skriv så mye at tittelen gir mening alene."),
    ("ord", "Ett ord", "ord", "2", "A", "Skriv hva dokumentet gjelder, for eksempel «Søknad om skjenkebevilling»."),
    (
        "personnavn", "Personnavn", "personnavn", "", "A",
        "Navn på personer bør ikke stå i en tittel som alle ser. Skriv hva saken gjelder, eller skjerm tittelen.",
    ),
    (
        "forkortelser", "Forkortelser", "ordliste", "vedr., ang., iht., mht., jfr., pga., ifm., ihht., vdr.", "A",
        "Skriv ordet helt ut, så andre finner saken igjen.",
    ),
    ("versaler", "Store bokstaver", "versaler", "", "A", "Bruk store bokstaver bare først i setningen og i navn."),
]  # fmt: skip


def fyll(apps, schema_editor):
    Skriveregel = apps.get_model("sakarkiv", "Skriveregel")
    Skriveregel.objects.bulk_create(
        Skriveregel(
            kode=kode,
            navn=navn,
            slag=slag,
            parameter=parameter,
            alvor=alvor,
            hjelp=hjelp,
            # One word is often enough («Referat»); a municipality that wants more turns this one on.
            aktiv=slag != "ord",
            rekkefoelge=nr,
        )
        for nr, (kode, navn, slag, parameter, alvor, hjelp) in enumerate(REGLER, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("sakarkiv", "0004_ekspederingskoder")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
