"""The code lists of krav C.5, the law as dated rows, and the one open access combination."""

import datetime as dt

from django.db import migrations

TILGANGSKODER = [
    ("XX", "Midlertidig sperret", False),
    ("U", "Unntatt offentlighet", True),
    ("P", "Personal", True),
    ("E", "Elev", True),
    ("S", "Skatt", True),
]

# code, name, hides the title, hides the parties, hides everything but the hjemmel
AVSKJERMINGSKODER = [
    ("I", "Ingen avskjerming", False, False, False),
    ("T", "Tittel", True, False, False),
    ("TP", "Tittel og part", True, True, False),
    ("PA", "Part", False, True, False),
    ("A", "Alt unntatt hjemmel", True, True, True),
]

OFFENTLEGLOVA = "LOV-2006-05-19-16"
# Without a first day: passed, but not in force.
LOVKILDER = [
    ("Offentleglova", OFFENTLEGLOVA, dt.date(2009, 1, 1), None),
    ("Offentlegforskrifta", "FOR-2008-10-17-1119", dt.date(2009, 1, 1), None),
    ("Offentlighetsloven", "LOV-1970-06-19-69", dt.date(1971, 7, 1), dt.date(2008, 12, 31)),
    ("Forvaltningsloven", "LOV-1967-02-10", dt.date(1970, 1, 1), None),
    ("Forvaltningsloven 2025", "LOV-2025-06-20-81", None, None),
    ("Arkivlova 1992", "LOV-1992-12-04-126", dt.date(1999, 1, 1), dt.date(2025, 12, 31)),
    ("Arkivlova", "LOV-2025-06-20-96", dt.date(2026, 1, 1), None),
    ("Arkivforskrifta 2017", "FOR-2017-12-15-2105", dt.date(2018, 1, 1), dt.date(2025, 12, 31)),
    ("Arkivforskrifta", "FOR-2025-12-17-2647", dt.date(2026, 1, 1), None),
    ("Bevaringsforskrifta", "FOR-2025-12-19-2729", dt.date(2026, 1, 1), None),
]

# § 16 is never a hjemmel, and § 12 only goes with another row.
# key, as practice writes it, what it is about, codes, codes for which it comes first
HJEMLER = [
    ("14", "Offl. § 14 første ledd", "Organinterne dokument", "U P", "U"),
    (
        "13-fvl1",
        "Offl. § 13 jf. fvl. § 13 første ledd nr. 1",
        "Taushetsplikt – noens personlige forhold",
        "U P E S",
        "P E",
    ),
    (
        "13-fvl2",
        "Offl. § 13 jf. fvl. § 13 første ledd nr. 2",
        "Taushetsplikt – tekniske innretninger, drifts- og forretningsforhold",
        "U P E S",
        "",
    ),
    ("13-oppl", "Offl. § 13 jf. opplæringslova", "Taushetsplikt etter særlov – opplæring", "U P E S", "E"),
    ("13-bvl", "Offl. § 13 jf. barnevernsloven § 13-1", "Taushetsplikt etter særlov – barnevern", "U P E S", ""),
    ("13-hpl", "Offl. § 13 jf. helsepersonelloven § 21", "Taushetsplikt etter særlov – helsepersonell", "U P E S", ""),
    ("13-sktfvl", "Offl. § 13 jf. skatteforvaltningsloven § 3-1", "Taushetsplikt etter særlov – skatt", "U P E S", "S"),
    (
        "5-1",
        "Offl. § 5 første ledd",
        "Utsatt innsyn – gir direkte misvisende bilde, kan skade klare interesser",
        "U",
        "",
    ),
    (
        "5-2",
        "Offl. § 5 andre ledd",
        "Utsatt innsyn – Riksrevisjonen; kommunal revisor inntil kontrollutvalget har mottatt endelig versjon",
        "U",
        "",
    ),
    ("5-3", "Offl. § 5 tredje ledd", "Utsatt innsyn – EOS-utvalget", "U", ""),
    (
        "5-4",
        "Offl. § 5 fjerde ledd",
        "Utsatt innsyn – til det har kommet fram til den det gjelder, eller hendelsen har funnet sted",
        "U P E S",
        "",
    ),
    ("15-1", "Offl. § 15 første ledd", "Innhentet fra underordnet organ eller mellom departement", "U", ""),
    ("15-2", "Offl. § 15 andre ledd", "Råd og vurderinger utenfra", "U P", ""),
    ("15-3", "Offl. § 15 tredje ledd", "Dokument om innhentingen; innkalling og referat", "U P", ""),
    ("17", "Offl. § 17", "Det kongelige hoff – taler og reiseprogram", "U", ""),
    ("18", "Offl. § 18", "Rettssaksdokument (organet som part)", "U P E S", ""),
    ("19", "Offl. § 19", "Konsultasjoner med Sametinget", "U", ""),
    ("20-1a", "Offl. § 20 første ledd bokstav a", "Utenrikspolitiske interesser – folkerettslig plikt", "U", ""),
    ("20-1b", "Offl. § 20 første ledd bokstav b", "Utenrikspolitiske interesser – mottatt under forutsetning", "U", ""),
    ("20-1c", "Offl. § 20 første ledd bokstav c", "Utenrikspolitiske interesser – forhandlingsposisjoner", "U", ""),
    ("20-2", "Offl. § 20 andre ledd", "Tungtveiende utenrikspolitiske interesser", "U", ""),
    ("20-3", "Offl. § 20 tredje ledd", "Særlig tungtveiende utenrikspolitiske interesser", "U", ""),
    ("21", "Offl. § 21", "Nasjonale sikkerhetshensyn, forsvar", "U", ""),
    ("22", "Offl. § 22", "Statlige budsjettsaker (gjelder ikke kommuner)", "U", ""),
    ("23-1", "Offl. § 23 første ledd", "Økonomi-, lønns- eller personalforvaltning", "U P", "P"),
    ("23-2", "Offl. § 23 andre ledd", "Rammeavtaler landbruk, fiskeri, reindrift", "U", ""),
    ("23-3", "Offl. § 23 tredje ledd", "Tilbud og protokoll i anskaffelser, til leverandør er valgt", "U", ""),
    ("23-4", "Offl. § 23 fjerde ledd", "Selskap med eierinteresser, behandlet som eier", "U", ""),
    ("24-1", "Offl. § 24 første ledd", "Kontroll- og reguleringstiltak, pålegg, forbud", "U S", ""),
    ("24-2-1", "Offl. § 24 andre ledd første punktum", "Melding eller tips om lovbrudd fra private", "U P E S", ""),
    (
        "24-2-2",
        "Offl. § 24 andre ledd andre punktum",
        "Andre dokument om lovbrudd, til saken er avgjort",
        "U P E S",
        "",
    ),
    (
        "24-3",
        "Offl. § 24 tredje ledd",
        "Lette straffbare handlinger; fare for enkeltpersoner; utsatt miljø",
        "U P E S",
        "",
    ),
    ("25-1", "Offl. § 25 første ledd", "Tilsetting og forfremmelse (ikke søkerliste)", "U P", "P"),
    ("25-3", "Offl. § 25 tredje ledd", "Lønnsoppgave, feriepengegrunnlag, trekk (ikke bruttoutbetalinger)", "U P", ""),
    (
        "26-1",
        "Offl. § 26 første ledd",
        "Eksamenssvar, konkurranseutkast; oppgaver før avholdt; karakterer og vitnemål",
        "U E",
        "",
    ),
    ("26-2", "Offl. § 26 andre ledd", "Pris og hederstegn", "U", ""),
    ("26-3", "Offl. § 26 tredje ledd", "Personbilder i personregister; personovervåking", "U P E", ""),
    ("26-4", "Offl. § 26 fjerde ledd", "Forskningsideer og -prosjekt i støttesak", "U", ""),
    ("26-5", "Offl. § 26 femte ledd", "Fødselsnummer og lignende", "U P E S", ""),
    ("26-6", "Offl. § 26 sjette ledd", "Sammenstilling etter personvernforordningen art. 15", "U P E S", ""),
    ("27", "Offl. § 27 jf. offentlegforskrifta § 9", "Journal og dokumenter i navngitte sakstyper", "U E", ""),
]
KONTROLLERT = dt.date(2026, 2, 1)


def fyll(apps, schema_editor):
    modell = {
        navn: apps.get_model("tilgang", navn)
        for navn in ("Tilgangskode", "Avskjermingskode", "Lovkilde", "Hjemmel", "Tilgang")
    }
    for nummer, (kode, navn, krever_hjemmel) in enumerate(TILGANGSKODER, 1):
        modell["Tilgangskode"].objects.create(
            kode=kode, navn=navn, rekkefoelge=nummer * 10, krever_hjemmel=krever_hjemmel
        )
    for nummer, (kode, navn, tittel, part, alt) in enumerate(AVSKJERMINGSKODER, 1):
        modell["Avskjermingskode"].objects.create(
            kode=kode, navn=navn, rekkefoelge=nummer * 10, skjermer_tittel=tittel, skjermer_part=part, skjermer_alt=alt
        )
    for kortnavn, lov_id, fra, til in LOVKILDER:
        modell["Lovkilde"].objects.create(kortnavn=kortnavn, lov_id=lov_id, gyldig_fra=fra, gyldig_til=til)
    koder = {kode.kode: kode for kode in modell["Tilgangskode"].objects.order_by("pk")}
    kilde = modell["Lovkilde"].objects.get(lov_id=OFFENTLEGLOVA)
    for nummer, (noekkel, visning, kortnavn, for_koder, foerst) in enumerate(HJEMLER, 1):
        hjemmel = modell["Hjemmel"].objects.create(
            noekkel=noekkel,
            kilde=kilde,
            visning=visning,
            kortnavn=kortnavn,
            taushetsplikt=noekkel.startswith("13-"),
            rekkefoelge=nummer * 10,
            gyldig_fra=kilde.gyldig_fra,
            kontrollert_dato=KONTROLLERT,
        )
        hjemmel.koder.set([koder[kode] for kode in for_koder.split()])
        hjemmel.foerst_for.set([koder[kode] for kode in foerst.split()])
    modell["Tilgang"].objects.create(klasse="aapen")


class Migration(migrations.Migration):
    dependencies = [("tilgang", "0001_foerste")]
    operations = [migrations.RunPython(fyll, migrations.RunPython.noop)]
