"""The words of the product's own templates, in bokmål and nynorsk."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Innhold:
    """What one template says. start: text that the writer begins from; fast: what stands behind the text.

    A line that begins with «# » is a heading. avgrenset: the heading of the area between two section breaks.
    """

    form: str = "brev"
    overskrift: str = ""
    start: tuple[str, ...] = ()
    fast: tuple[str, ...] = ()
    avgrenset: str = ""


@dataclass(frozen=True)
class Ord:
    """The words of a language."""

    dato: str
    vaar_ref: str
    deres_ref: str
    saksbehandler: str
    telefon: str
    epost: str
    til: str
    fra: str
    kopi: str
    sak: str
    saksnummer: str
    ordningsverdi: str
    enhet: str
    side: str
    av: str
    orgnr: str
    hilsen: str
    elektronisk: str
    vedlegg: str
    kopi_til: str
    mottakere: str
    vaapen: str
    maler: dict[str, Innhold] = field(default_factory=dict)


TEKSTER = {
    "nb": Ord(
        dato="Dato",
        vaar_ref="Vår ref.",
        deres_ref="Deres ref.",
        saksbehandler="Saksbehandler",
        telefon="Telefon",
        epost="E-post",
        til="Til",
        fra="Fra",
        kopi="Kopi",
        sak="Sak",
        saksnummer="Saksnummer",
        ordningsverdi="Ordningsverdi",
        enhet="Enhet",
        side="Side",
        av="av",
        orgnr="Org.nr.",
        hilsen="Med hilsen",
        elektronisk="Dokumentet er godkjent elektronisk og har derfor ingen underskrift.",
        vedlegg="Vedlegg",
        kopi_til="Kopi til",
        mottakere="Mottakere",
        vaapen="Kommunevåpen",
        maler={
            "brev": Innhold(),
            "foreloepig-svar": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til brevet deres{% if besvart.dato %} datert {{ besvart.dato }}{% endif %} om "
                    "«{{ besvart.tittel }}». Vi har registrert det med nummer {{ besvart.vaar_ref }}.",
                    "{%p else %}",
                    "Vi viser til henvendelsen deres.",
                    "{%p endif %}",
                    "Henvendelsen er under behandling, og vi trenger mer tid før vi kan svare."
                    "{% if svarfrist %} Vi regner med å svare innen {{ svarfrist }}.{% endif %}",
                    "Har dere spørsmål, kan dere ta kontakt med saksbehandleren. Oppgi gjerne nummeret {{ vaar_ref }}.",
                ),
            ),
            "avslag-innsyn": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til innsynskravet deres{% if besvart.dato %} datert {{ besvart.dato }}{% endif %}.",
                    "{%p else %}",
                    "Vi viser til innsynskravet deres.",
                    "{%p endif %}",
                    "# Vedtak",
                    "Kravet om innsyn er avslått{% if hjemmel %} med hjemmel i {{ hjemmel }}{% endif %}.",
                    "# Begrunnelse",
                    "Vi har vurdert om dokumentet likevel kan gis ut, helt eller delvis, etter offentleglova § 11 "
                    "(merinnsyn) og § 12.",
                ),
                fast=(
                    "# Klage",
                    "Dere kan klage på avslaget etter offentleglova § 32. Klagen går til Statsforvalteren, men skal "
                    "sendes til oss innen tre uker fra dere fikk dette brevet. Innen samme frist kan dere be om en "
                    "nærmere begrunnelse for avslaget, se offentleglova § 31.",
                ),
            ),
            "partsbrev": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til «{{ besvart.tittel }}»{% if besvart.mottatt %}, mottatt {{ besvart.mottatt }}"
                    "{% endif %}. Saken er nå avgjort.",
                    "{%p else %}",
                    "Vi viser til sak {{ sak.nummer }}. Saken er nå avgjort.",
                    "{%p endif %}",
                    "# Vedtak",
                    "",
                    "# Begrunnelse",
                    "",
                ),
                fast=(
                    "# Klage og innsyn",
                    "Dere kan klage på vedtaket innen tre uker fra dere fikk dette brevet. Klagen sendes til oss. "
                    "Skriv hvilket vedtak dere klager på, hva dere vil ha endret, og hvorfor. Dere kan be om at "
                    "vedtaket ikke blir satt i verk før klagen er avgjort.",
                    "Som part har dere rett til å se dokumentene i saken, med de unntakene loven har. Ta kontakt med "
                    "saksbehandleren.",
                ),
            ),
            "notat-n": Innhold("notat", "Notat med oppfølging"),
            "notat-x": Innhold("notat", "Notat"),
            "saksframlegg-politisk": Innhold(
                "framlegg",
                "Saksframlegg",
                start=("# Saksopplysninger", "", "# Vurdering", "", "# Økonomiske konsekvenser", ""),
                avgrenset="Innstilling",
            ),
            "saksframlegg-delegert": Innhold(
                "framlegg",
                "Delegert sak",
                start=("# Saksopplysninger", "", "# Vurdering", ""),
                avgrenset="Vedtak",
            ),
        },
    ),
    "nn": Ord(
        dato="Dato",
        vaar_ref="Vår ref.",
        deres_ref="Dykkar ref.",
        saksbehandler="Saksbehandlar",
        telefon="Telefon",
        epost="E-post",
        til="Til",
        fra="Frå",
        kopi="Kopi",
        sak="Sak",
        saksnummer="Saksnummer",
        ordningsverdi="Ordningsverdi",
        enhet="Eining",
        side="Side",
        av="av",
        orgnr="Org.nr.",
        hilsen="Med helsing",
        elektronisk="Dokumentet er godkjent elektronisk og har difor inga underskrift.",
        vedlegg="Vedlegg",
        kopi_til="Kopi til",
        mottakere="Mottakarar",
        vaapen="Kommunevåpen",
        maler={
            "brev": Innhold(),
            "foreloepig-svar": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til brevet dykkar{% if besvart.dato %} datert {{ besvart.dato }}{% endif %} om "
                    "«{{ besvart.tittel }}». Vi har registrert det med nummer {{ besvart.vaar_ref }}.",
                    "{%p else %}",
                    "Vi viser til førespurnaden dykkar.",
                    "{%p endif %}",
                    "Førespurnaden er under behandling, og vi treng meir tid før vi kan svare."
                    "{% if svarfrist %} Vi reknar med å svare innan {{ svarfrist }}.{% endif %}",
                    "Har de spørsmål, kan de ta kontakt med saksbehandlaren. Oppgi gjerne nummeret {{ vaar_ref }}.",
                ),
            ),
            "avslag-innsyn": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til innsynskravet dykkar{% if besvart.dato %} datert {{ besvart.dato }}{% endif %}.",
                    "{%p else %}",
                    "Vi viser til innsynskravet dykkar.",
                    "{%p endif %}",
                    "# Vedtak",
                    "Kravet om innsyn er avslått{% if hjemmel %} med heimel i {{ hjemmel }}{% endif %}.",
                    "# Grunngiving",
                    "Vi har vurdert om dokumentet likevel kan givast ut, heilt eller delvis, etter offentleglova § 11 "
                    "(meirinnsyn) og § 12.",
                ),
                fast=(
                    "# Klage",
                    "De kan klage på avslaget etter offentleglova § 32. Klaga går til Statsforvaltaren, men skal "
                    "sendast til oss innan tre veker frå de fekk dette brevet. Innan same frist kan de be om ei "
                    "nærare grunngiving for avslaget, sjå offentleglova § 31.",
                ),
            ),
            "partsbrev": Innhold(
                start=(
                    "{%p if besvart.vaar_ref %}",
                    "Vi viser til «{{ besvart.tittel }}»{% if besvart.mottatt %}, motteken {{ besvart.mottatt }}"
                    "{% endif %}. Saka er no avgjord.",
                    "{%p else %}",
                    "Vi viser til sak {{ sak.nummer }}. Saka er no avgjord.",
                    "{%p endif %}",
                    "# Vedtak",
                    "",
                    "# Grunngiving",
                    "",
                ),
                fast=(
                    "# Klage og innsyn",
                    "De kan klage på vedtaket innan tre veker frå de fekk dette brevet. Klaga skal sendast til oss. "
                    "Skriv kva vedtak de klagar på, kva de vil ha endra, og kvifor. De kan be om at vedtaket ikkje "
                    "blir sett i verk før klaga er avgjord.",
                    "Som part har de rett til å sjå dokumenta i saka, med dei unntaka lova har. Ta kontakt med "
                    "saksbehandlaren.",
                ),
            ),
            "notat-n": Innhold("notat", "Notat med oppfølging"),
            "notat-x": Innhold("notat", "Notat"),
            "saksframlegg-politisk": Innhold(
                "framlegg",
                "Saksframlegg",
                start=("# Saksopplysningar", "", "# Vurdering", "", "# Økonomiske konsekvensar", ""),
                avgrenset="Innstilling",
            ),
            "saksframlegg-delegert": Innhold(
                "framlegg",
                "Delegert sak",
                start=("# Saksopplysningar", "", "# Vurdering", ""),
                avgrenset="Vedtak",
            ),
        },
    ),
}
