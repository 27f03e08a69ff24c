"""Archives and their parts."""

from __future__ import annotations

from saksgang.arkivstruktur.models import Arkiv, Arkivdel, Klassifikasjonssystem
from saksgang.arkivstruktur.rules import Arkivdelstatus
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev, loggobjekt
from saksgang.tilgang.commands.loggobjekt import nye_felter, sett_felter
from saksgang.tilgang.rules import Handling


@kommando
def opprett_arkiv(
    *, tittel: str, arkivskaper: str, arkivskaper_id: str = "", beskrivelse: str = "", av: Bruker
) -> Arkiv:
    """Make an archive. For ADM and ARK. Refused without title and creator (arkivforskrifta § 47)."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    krev_tekster({"tittel": (tittel, 200), "arkivskaper": (arkivskaper, 200)})
    arkiv = Arkiv.objects.create(
        tittel=tittel.strip(),
        arkivskaper=arkivskaper.strip(),
        arkivskaper_id=arkivskaper_id.strip(),
        beskrivelse=beskrivelse.strip(),
        opprettet_dato=klokke.naa(),
        opprettet_av=av,
    )
    logg(
        loggobjekt(arkiv),
        Handling.ADMINISTRERE_ARKIVSTRUKTUR,
        av=av,
        endringer=nye_felter(arkiv, "tittel", "arkivskaper", "arkivskaper_id", "beskrivelse"),
    )
    return arkiv


@kommando
def opprett_arkivdel(
    arkiv: Arkiv,
    *,
    kode: str,
    tittel: str,
    publiseres: bool = True,
    klassifikasjonssystem: Klassifikasjonssystem | None = None,
    av: Bruker,
) -> Arkivdel:
    """Make an archive part. For ADM and ARK. Refused without code and title, and where the code is taken."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    krev_tekster({"kode": (kode, 20), "tittel": (tittel, 200)})
    kode = kode.strip()
    if Arkivdel.objects.filter(kode__iexact=kode).exists():
        raise UgyldigInndata({"kode": f"Det finnes allerede en arkivdel med koden {kode}. Velg en annen."})
    arkivdel = Arkivdel.objects.create(
        arkiv=arkiv,
        kode=kode,
        tittel=tittel.strip(),
        publiseres=publiseres,
        klassifikasjonssystem=klassifikasjonssystem,
        opprettet_dato=klokke.naa(),
        opprettet_av=av,
    )
    logg(
        loggobjekt(arkivdel),
        Handling.ADMINISTRERE_ARKIVSTRUKTUR,
        av=av,
        endringer=nye_felter(arkivdel, "arkiv", "kode", "tittel", "publiseres", "klassifikasjonssystem"),
    )
    return arkivdel


@kommando
def endre_arkivdel(
    arkivdel: Arkivdel,
    *,
    tittel: str | None = None,
    arkivdelstatus: Arkivdelstatus | None = None,
    publiseres: bool | None = None,
    klassifikasjonssystem: Klassifikasjonssystem | None = None,
    av: Bruker,
) -> Arkivdel:
    """Change an archive part; what is left out stays. A closed period notes when and by whom. For ADM and ARK."""
    krev(av, Handling.ADMINISTRERE_ARKIVSTRUKTUR)
    arkivdel = Arkivdel.objects.select_for_update(of=("self",)).get(pk=arkivdel.pk)
    felter: dict[str, object] = {}
    if tittel is not None:
        krev_tekster({"tittel": (tittel, 200)})
        felter["tittel"] = tittel.strip()
    if publiseres is not None:
        felter["publiseres"] = publiseres
    if klassifikasjonssystem is not None:
        felter["klassifikasjonssystem"] = klassifikasjonssystem
    if arkivdelstatus is not None and arkivdelstatus != arkivdel.arkivdelstatus:
        felter["arkivdelstatus"] = Arkivdelstatus(arkivdelstatus)
        avsluttes = arkivdelstatus in {Arkivdelstatus.AVSLUTTET, Arkivdelstatus.UAKTUELL}
        felter["avsluttet_dato"] = (arkivdel.avsluttet_dato or klokke.naa()) if avsluttes else None
        felter["avsluttet_av"] = (arkivdel.avsluttet_av or av) if avsluttes else None
    endringer = sett_felter(arkivdel, felter)
    if endringer:
        logg(loggobjekt(arkivdel), Handling.ADMINISTRERE_ARKIVSTRUKTUR, av=av, endringer=endringer)
    return arkivdel


def krev_tekster(felter: dict[str, tuple[str, int]]) -> None:
    """Refuse fields that are empty or too long, all at once."""
    feil = {}
    for felt, (verdi, lengde) in felter.items():
        if not verdi.strip():
            feil[felt] = "Feltet må fylles ut."
        elif len(verdi.strip()) > lengde:
            feil[felt] = f"Feltet kan ha høyst {lengde} tegn."
    if feil:
        raise UgyldigInndata(feil)
