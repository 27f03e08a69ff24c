"""Approval: the machine of krav C.6, who may be asked and who may answer, what it locks, loses and tells."""

import datetime as dt

import pytest
from django.db import transaction

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt import queries
from saksgang.flyt.commands import (
    behandle_flagg,
    besvar_flagg,
    besvar_godkjenning,
    send_til_godkjenning,
    trekk_godkjenning,
)
from saksgang.flyt.models import Flagg, Godkjenning
from saksgang.flyt.rules import Godkjenningssvar as Svar
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, SaksgangFeil, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.dokument import fjern_dokument, legg_ved, ny_versjon, ordne_dokumenter
from saksgang.sakarkiv.commands.journalfoering import utgaa, vurder_offentlighet
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, rediger_journalpost
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import (
    avslutt_tildeling,
    gi_fullmakt,
    registrer_fravaer,
    registrer_stedfortreder,
    skift_status,
    tildel_rolle,
)
from saksgang.tilgang.queries import hindringer, rettigheter, synlig, tildelinger_for
from saksgang.tilgang.rules import Funksjon, Rolle
from tests.tilstand import egen


def _brev(k, **felter) -> Journalpost:
    return vurder_offentlighet(egen(k, k.sak(101), "U", "R", **felter), av=felter.get("av", k["sb.kari"]))


def _paa_nytt(jp) -> Journalpost:
    return Journalpost.objects.select_related("sak", "tilgangskode").get(pk=jp.pk)


def _sendt(k, jp=None, til="led.anne", **felter) -> Journalpost:
    jp = jp or _brev(k)
    send_til_godkjenning(jp, k[til], av=felter.pop("av", k["sb.kari"]), **felter)
    return _paa_nytt(jp)


def _endre(jp, av, tekst="Ny tekst\n"):
    return ny_versjon(jp.dokumenter.order_by("nummer")[0], tekstfil(tekst).fil, filnavn="brev.txt", av=av)


def _hendelser(foer: int) -> list[tuple]:
    return [
        (h.handling, h.objekt_type, h.aktoer.brukernavn, h.paa_vegne_av.brukernavn if h.paa_vegne_av else None)
        for h in Hendelse.objects.select_related("aktoer", "paa_vegne_av").order_by("nummer")[foer:]
    ]


# ── The machine, written out apart from the product ──────

PERSONER = "sb.kari sb.ola sb.per led.anne sf.bente led.nils raad.jon raad.vikar nes.ida ark.eva les.gry".split()
"""sb.kari wrote it and is SA; led.anne leads the unit and is the one asked; sf.bente is her deputy today."""

EIERE, GODKJENNERE = {"sb.kari", "led.anne", "sf.bente"}, {"led.anne", "sf.bente"}
NY, AAPEN, GODKJENT, IKKE, UGYLDIG, FERDIG = "", "A", "G", "I", "U", "F"
I_R = (NY, GODKJENT, IKKE, UGYLDIG)

TILLATT = {
    **{(fra, "send"): EIERE for fra in I_R},
    (AAPEN, "godkjent"): GODKJENNERE,
    (AAPEN, "ikke godkjent"): GODKJENNERE,
    (AAPEN, "videresend"): GODKJENNERE,
    (AAPEN, "trekk"): EIERE,
    (AAPEN, "endre"): GODKJENNERE,
    **{(fra, "endre"): EIERE for fra in I_R},
    **{(fra, "ferdigstill"): EIERE for fra in I_R},
    (GODKJENT, "ferdigstill"): EIERE | {"ark.eva"},
}
BLIR = {
    "send": lambda fra: AAPEN,
    "godkjent": lambda fra: GODKJENT,
    "ikke godkjent": lambda fra: IKKE,
    "videresend": lambda fra: AAPEN,
    "trekk": lambda fra: NY,
    "endre": lambda fra: UGYLDIG if fra == GODKJENT else fra,
    "ferdigstill": lambda fra: fra,
}
HANDLINGER = {
    "send": lambda k, jp, av: send_til_godkjenning(jp, k["raad.jon"], av=av),
    "godkjent": lambda k, jp, av: besvar_godkjenning(jp, Svar.GODKJENT, av=av),
    "ikke godkjent": lambda k, jp, av: besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Mangler hjemmel", av=av),
    "videresend": lambda k, jp, av: besvar_godkjenning(jp, Svar.VIDERESENDT, videre_til=k["raad.jon"], av=av),
    "trekk": lambda k, jp, av: trekk_godkjenning(jp, av=av),
    "endre": lambda k, jp, av: _endre(jp, av),
    "ferdigstill": lambda k, jp, av: ferdigstill(jp, av=av),
}


def _i_tilstand(k, tilstand) -> Journalpost:
    jp = _brev(k)
    if tilstand == FERDIG:
        return ferdigstill(jp, av=k["sb.kari"])
    if tilstand != NY:
        jp = _sendt(k, jp)
    if tilstand in (GODKJENT, UGYLDIG):
        besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    if tilstand == IKKE:
        besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Mangler hjemmel", av=k["led.anne"])
    if tilstand == UGYLDIG:
        _endre(_paa_nytt(jp), k["sb.kari"])
    return _paa_nytt(jp)


@pytest.mark.krav("C.6", "R-10.2.2.5", "A-46", "A-27")
@pytest.mark.parametrize("fra", [NY, AAPEN, GODKJENT, IKKE, UGYLDIG, FERDIG])
def test_approval_follows_c6_for_every_state_act_and_person(kommune_a, fra):
    k = kommune_a
    jp = _i_tilstand(k, fra)
    assert jp.godkjenning == (NY if fra == FERDIG else fra)
    fikk, ventet = {}, {}
    for handling, gjoer in HANDLINGER.items():
        for hvem in PERSONER:
            try:
                with transaction.atomic():
                    gjoer(k, jp, k[hvem])
                    fikk[handling, hvem] = _paa_nytt(jp).godkjenning
                    transaction.set_rollback(True)
            except SaksgangFeil:
                fikk[handling, hvem] = "nektet"
            tillatt = hvem in TILLATT.get((fra, handling), set())
            ventet[handling, hvem] = BLIR[handling](fra) if tillatt else "nektet"
    assert fikk == ventet


# ── Sending ──────────────────────────────────────────────


@pytest.mark.krav("R-8.4", "R-C.2")
def test_send_til_godkjenning_lays_it_before_the_leader_and_stays_in_r(kommune_a):
    k = kommune_a
    jp = _brev(k)
    foer = Hendelse.objects.count()
    runde = send_til_godkjenning(
        jp, k["led.anne"], frist=dt.date(2026, 3, 5), kommentar=" Haster litt ", av=k["sb.kari"]
    )
    jp = _paa_nytt(jp)
    assert (jp.status, jp.get_godkjenning_display(), jp.godkjenner) == ("R", "Til godkjenning", k["led.anne"])
    assert (runde.runde, runde.bedt_av, runde.godkjenner, runde.svar) == (1, k["sb.kari"], k["led.anne"], "")
    assert (runde.flagg.get_type_display(), runde.flagg.tekst) == ("Til godkjenning", "Haster litt")
    assert list(queries.flagg_til(k["led.anne"])) == [runde.flagg]
    assert list(queries.til_godkjenning(k["led.anne"])) == [runde]
    assert [list(queries.til_godkjenning(k[b])) for b in ("sb.kari", "ark.eva", "raad.jon", "led.nils")] == [[]] * 4
    assert _hendelser(foer) == [
        ("flagg.sende", "flagg", "sb.kari", None),
        ("journalpost.sende_til_godkjenning", "journalpost", "sb.kari", None),
    ]


@pytest.mark.krav("R-10.2.2.5", "R-10.3.1.6", "R-10.3.2.7", "R-10.6.1.6", "R-10.6.2.7")
@pytest.mark.parametrize("type_", ["U", "N", "X"])
def test_ferdigstill_refused_while_it_lies_with_the_approver_and_sending_refused_in_f(kommune_a, type_):
    k = kommune_a
    jp = _sendt(k, vurder_offentlighet(egen(k, k.sak(101), type_, "R"), av=k["sb.kari"]))
    with pytest.raises(Avvist, match="^Til godkjenning hos Anne Hauge") as feil:
        ferdigstill(jp, av=k["sb.kari"])
    assert feil.value.status == 409
    assert _paa_nytt(jp).status == "R"
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert _paa_nytt(jp).status == "R"
    ferdig = ferdigstill(jp, av=k["sb.kari"])
    with pytest.raises(Avvist, match="status F Ferdig"):
        send_til_godkjenning(ferdig, k["led.anne"], av=k["sb.kari"])
    assert Godkjenning.objects.filter(journalpost=jp).count() == 1


@pytest.mark.krav("R-10.2.2.6a", "R-3.1.7")
def test_the_nearest_leader_is_proposed_and_the_deputy_when_the_leader_is_away(kommune_a):
    k = kommune_a
    jp, idag = _brev(k), dt.date(2026, 3, 2)

    def valg():
        return queries.valgbare_godkjennere(jp, k["sb.kari"])

    assert [(g.bruker.brukernavn, g.som) for g in valg()] == [
        ("led.anne", "Leder"),
        ("sf.bente", "Stedfortreder for Anne Hauge"),
        ("raad.jon", "Rådmann"),
        ("raad.vikar", "Stedfortreder for Jon Sæther"),
    ]
    assert queries.foreslaatt_godkjenner(valg(), idag).bruker == k["led.anne"]
    registrer_fravaer(k["led.anne"], fra=idag, til=dt.date(2026, 3, 6), av=k["led.anne"])
    assert queries.foreslaatt_godkjenner(valg(), idag).bruker == k["sf.bente"]
    registrer_fravaer(k["sf.bente"], fra=idag, til=idag, av=k["sf.bente"])
    assert queries.foreslaatt_godkjenner(valg(), idag).bruker == k["led.anne"]


def test_a_leader_asks_the_leader_above_and_never_her_own_deputy(kommune_a):
    k = kommune_a
    tildel_rolle(k["sb.ola"], Rolle.LED, enhet=k.enhet("VAR"), fra=dt.date(2026, 1, 1), av=k["adm.root"])
    jp = egen(k, k.sak(101), "U", "R", enhet=k.enhet("VAR"))
    assert [g.bruker.brukernavn for g in queries.valgbare_godkjennere(jp, k["sb.kari"])] == [
        "sb.ola",
        "led.anne",
        "sf.bente",
        "raad.jon",
        "raad.vikar",
    ]
    rediger_journalpost(jp, saksbehandler=k["led.anne"], enhet=k.enhet("TEK"), av=k["led.anne"])
    mulige = queries.valgbare_godkjennere(_paa_nytt(jp), k["led.anne"])
    assert [g.bruker.brukernavn for g in mulige] == ["raad.jon", "raad.vikar"]


@pytest.mark.krav("R-3.1.1")
def test_who_may_be_asked_follows_leadership_fullmakt_and_period(kommune_a, klokka):
    k = kommune_a
    jp = _brev(k)
    for til in ("sb.kari", "sb.ola", "nes.ida", "led.nils", "ark.eva", "les.gry", "pol.tor", "ord.siri"):
        with pytest.raises(UgyldigInndata) as feil:
            send_til_godkjenning(jp, k[til], av=k["sb.kari"])
        assert (til, list(feil.value.felter)) == (til, ["til"])
        assert k[til].navn in feil.value.felter["til"]
    gi_fullmakt(k["nes.ida"], Funksjon.GODKJENNE, enhet=k.enhet("TEK"), fra=dt.date(2026, 3, 2), av=k["adm.root"])
    send_til_godkjenning(jp, k["nes.ida"], av=k["sb.kari"])
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["nes.ida"])
    assert _paa_nytt(jp).godkjenning == "G"
    annet = _brev(k)
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    with pytest.raises(UgyldigInndata):
        send_til_godkjenning(annet, k["sf.bente"], av=k["sb.kari"])


@pytest.mark.parametrize(
    ("felter", "felt"),
    [({"frist": dt.date(2026, 3, 1)}, "frist"), ({"kommentar": "x" * 4001}, "kommentar")],
)
def test_send_til_godkjenning_refused_with_the_field_that_is_wrong(kommune_a, felter, felt):
    k = kommune_a
    with pytest.raises(UgyldigInndata) as feil:
        send_til_godkjenning(_brev(k), k["led.anne"], av=k["sb.kari"], **felter)
    assert list(feil.value.felter) == [felt]
    assert Godkjenning.objects.count() == Flagg.objects.count() == 0


def test_send_til_godkjenning_refused_without_document_twice_and_for_received_letters(kommune_a):
    k = kommune_a
    with pytest.raises(Avvist, match="har ikke noe dokument"):
        send_til_godkjenning(k.jp(101, 4), k["led.anne"], av=k["sb.kari"])
    with pytest.raises(Avvist, match="status J"):
        send_til_godkjenning(k.jp(101, 1), k["led.anne"], av=k["sb.kari"])
    jp = _sendt(k)
    with pytest.raises(Avvist, match="allerede til godkjenning hos Anne Hauge"):
        send_til_godkjenning(jp, k["raad.jon"], av=k["sb.kari"])
    with pytest.raises(IkkeFunnet):
        send_til_godkjenning(jp, k["raad.jon"], av=k["les.gry"])
    assert Godkjenning.objects.count() == 1


# ── Sight ────────────────────────────────────────────────


@pytest.mark.krav("R-8.4", "C.0")
def test_the_approver_sees_the_draft_and_keeps_seeing_it_but_not_by_xx(kommune_a):
    k = kommune_a
    jp = _brev(k)
    assert not synlig(jp, rettigheter(k["raad.jon"]))
    jp = _sendt(k, jp, til="raad.jon")
    assert {b for b in PERSONER if synlig(jp, rettigheter(k[b]))} == {
        "sb.kari",
        "led.anne",
        "sf.bente",
        "raad.jon",
        "raad.vikar",
        "ark.eva",
    }
    besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Nei", av=k["raad.jon"])
    jp = _paa_nytt(jp)
    assert synlig(jp, rettigheter(k["raad.jon"]))
    assert not synlig(jp, rettigheter(k["raad.vikar"]))
    _endre(jp, k["sb.kari"])
    foerste = jp.dokumenter.get().versjoner.get(versjonsnummer=1)
    assert saker.hent_versjon(k["raad.jon"], foerste.pk) == foerste
    with pytest.raises(IkkeFunnet):
        saker.hent_versjon(k["les.gry"], foerste.pk)


@pytest.mark.krav("R-3.1.7", "A-53", "C.0")
def test_a_deputy_sees_a_coded_draft_before_the_raadmann_only_for_ticked_codes(kommune_a):
    k = kommune_a
    jp = _sendt(k, til="raad.jon")
    sett_skjerming(jp, skjerming("P", "13-fvl1"), av=k["sb.kari"])
    assert synlig(_paa_nytt(jp), rettigheter(k["raad.jon"]))
    assert not synlig(_paa_nytt(jp), rettigheter(k["raad.vikar"]))
    assert list(queries.til_godkjenning(k["raad.vikar"])) == []
    from saksgang.tilgang.models import Tilgangskode  # noqa: PLC0415 - only here

    registrer_stedfortreder(
        k["raad.jon"],
        k["sf.per"],
        fra=dt.date(2026, 3, 2),
        til=dt.date(2026, 3, 2),
        koder=[Tilgangskode.objects.get(kode="P")],
        av=k["adm.root"],
    )
    assert [r.journalpost for r in queries.til_godkjenning(k["sf.per"])] == [jp]


# ── Lock ─────────────────────────────────────────────────


@pytest.mark.krav("C.6", "C.3")
def test_text_documents_title_and_parties_are_the_approvers_alone_while_it_is_open(kommune_a):
    k = kommune_a
    jp = _sendt(k, til="raad.jon")
    hoved = jp.dokumenter.get()
    endringer = {
        "versjon": lambda av: _endre(jp, av),
        "vedlegg": lambda av: legg_ved(jp, tekstfil("Kart\n").fil, filnavn="kart.txt", av=av),
        "av": lambda av: fjern_dokument(hoved, "Feil", av=av),
        "orden": lambda av: ordne_dokumenter(jp, [hoved.pk], av=av),
        "tittel": lambda av: rediger_journalpost(jp, tittel="En annen tittel", av=av),
        "parter": lambda av: rediger_journalpost(jp, parter=[Part(navn="En annen")], av=av),
    }
    for navn, endre in endringer.items():
        for hvem in ("sb.kari", "led.anne"):
            with pytest.raises(Avvist, match="til godkjenning hos Jon Sæther") as feil:
                endre(k[hvem])
            assert (navn, hvem, feil.value.status) == (navn, hvem, 409)
    rediger_journalpost(jp, forfallsdato=dt.date(2026, 4, 1), av=k["sb.kari"])
    for navn, endre in endringer.items():
        with transaction.atomic():
            endre(k["raad.jon"])
            assert (navn, _paa_nytt(jp).godkjenning) == (navn, "A")
            transaction.set_rollback(True)
    foer = Hendelse.objects.count()
    _endre(jp, k["raad.vikar"])
    assert _hendelser(foer) == [("journalpost.ordne_dokumenter", "journalpost", "raad.vikar", "raad.jon")]


# ── Answering ────────────────────────────────────────────


@pytest.mark.krav("R-8.5", "R-10.2.2.6b")
def test_the_leader_edits_and_returns_it_approved(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    versjon = _endre(jp, k["led.anne"], "Rettet av Anne\n")
    assert (versjon.versjonsnummer, versjon.opprettet_av) == (2, k["led.anne"])
    foer = Hendelse.objects.count()
    runde = besvar_godkjenning(jp, Svar.GODKJENT, kommentar="Rettet én setning", av=k["led.anne"])
    dokument = str(jp.dokumenter.get().pk)
    assert (runde.versjoner_foer, runde.versjoner_etter) == ({dokument: 1}, {dokument: 2})
    (flagg,) = queries.flagg_til(k["sb.kari"])
    assert (flagg.get_type_display(), flagg.fra, flagg.tekst) == ("Godkjent", k["led.anne"], "Rettet én setning")
    assert (flagg, flagg.svar_paa) == (runde.svarflagg, runde.flagg)
    assert list(queries.flagg_til(k["led.anne"])) == list(queries.til_godkjenning(k["led.anne"])) == []
    assert list(queries.flagg_behandlet(k["led.anne"])) == [runde.flagg]
    assert _hendelser(foer) == [
        ("flagg.besvare", "flagg", "led.anne", None),
        ("flagg.sende", "flagg", "led.anne", None),
        ("journalpost.godkjenne", "journalpost", "led.anne", None),
    ]
    assert len(set(Hendelse.objects.order_by("nummer")[foer:].values_list("akt", flat=True))) == 1


@pytest.mark.krav("R-10.2.2.6b", "R-10.3.1.7", "R-10.3.2.8", "R-10.6.1.7", "R-10.6.2.8")
@pytest.mark.parametrize(("type_", "sender"), [("U", "sb.kari"), ("N", "sb.kari"), ("U", "sb.ola"), ("X", "sb.ola")])
def test_refusal_resending_and_approval_are_two_rounds_and_an_edit_voids_it(kommune_a, settings, type_, sender):
    """As krav R-10.2.2.6b, for each of the routine's chapters; sb.ola is not SA in the case."""
    k, sb = kommune_a, kommune_a[sender]
    if sender == "sb.ola":
        from saksgang.sakarkiv.commands.rettighet import gi_rettighet  # noqa: PLC0415 - only for him

        gi_rettighet(k.sak(101), sb, "skrive", av=k["sb.kari"])
    jp = vurder_offentlighet(egen(k, k.sak(101), type_, "R", av=sb), av=sb)
    send_til_godkjenning(jp, k["led.anne"], av=sb)
    with pytest.raises(UgyldigInndata) as feil:
        besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="  ", av=k["led.anne"])
    assert list(feil.value.felter) == ["kommentar"]
    besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Mangler hjemmel", av=k["led.anne"])
    (ig,) = queries.flagg_til(sb)
    assert (ig.get_type_display(), ig.tekst) == ("Ikke godkjent", "Mangler hjemmel")
    assert _paa_nytt(jp).get_godkjenning_display() == "Ikke godkjent"
    _endre(jp, sb, "Med hjemmel\n")
    send_til_godkjenning(jp, k["led.anne"], kommentar="Hjemmel er lagt til", av=sb)
    assert list(queries.flagg_til(sb)) == []
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert [(r.runde, r.get_svar_display(), r.kommentar) for r in queries.runder(jp)] == [
        (1, "Ikke godkjent", "Mangler hjemmel"),
        (2, "Godkjent", ""),
    ]
    assert hindringer(_paa_nytt(jp), "F", sb) == []
    foer = Hendelse.objects.count()
    _endre(jp, sb, "Endret etterpå\n")
    jp = _paa_nytt(jp)
    assert (jp.godkjenning, queries.runder(jp).last().ugyldig_tid is not None) == ("U", True)
    assert _hendelser(foer) == [
        ("journalpost.ordne_dokumenter", "journalpost", sender, None),
        ("godkjenning.miste", "godkjenning", sender, None),
    ]
    assert hindringer(jp, "F", sb) == []
    settings.GODKJENNING_KREVES = True
    assert hindringer(jp, "F", sb) == [
        "Dokumentet er endret etter at det ble godkjent. Send det til godkjenning på nytt."
    ]
    send_til_godkjenning(jp, k["led.anne"], av=sb)
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert ferdigstill(jp, av=sb).status == "F"


@pytest.mark.parametrize("endre", ["tittel", "parter", "vedlegg", "av", "orden"])
def test_whatever_the_approval_covers_voids_it_when_it_changes(kommune_a, endre):
    k = kommune_a
    jp = _brev(k)
    vedlegg = legg_ved(jp, tekstfil("Kart\n").fil, filnavn="kart.txt", av=k["sb.kari"])
    hoved = jp.dokumenter.get(nummer=1)
    jp = _sendt(k, jp)
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    rediger_journalpost(jp, dokumentdato=dt.date(2026, 3, 3), forfallsdato=dt.date(2026, 4, 1), av=k["sb.kari"])
    ordne_dokumenter(jp, [hoved.pk, vedlegg.pk], av=k["sb.kari"])
    assert _paa_nytt(jp).godkjenning == "G"
    {
        "tittel": lambda: rediger_journalpost(jp, tittel="En annen tittel", av=k["sb.kari"]),
        "parter": lambda: rediger_journalpost(jp, parter=[Part(navn="En annen")], av=k["sb.kari"]),
        "vedlegg": lambda: legg_ved(jp, tekstfil("Enda et\n").fil, filnavn="to.txt", av=k["sb.kari"]),
        "av": lambda: fjern_dokument(vedlegg, "Feil vedlegg", av=k["sb.kari"]),
        "orden": lambda: ordne_dokumenter(jp, [vedlegg.pk, hoved.pk], av=k["sb.kari"]),
    }[endre]()
    assert _paa_nytt(jp).godkjenning == "U"


def test_the_leaders_own_edit_after_the_answer_voids_it_too(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    _endre(jp, k["led.anne"])
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert _paa_nytt(jp).godkjenning == "G"
    _endre(jp, k["led.anne"])
    assert _paa_nytt(jp).godkjenning == "U"


@pytest.mark.krav("R-3.1.7")
def test_the_deputy_approves_on_the_leaders_behalf_in_the_period_and_not_after(kommune_a, klokka):
    k = kommune_a
    jp, annet = _sendt(k), _sendt(k)
    klokka.move_to(dt.datetime(2026, 3, 3, 8, 0, tzinfo=dt.UTC))
    assert [r.journalpost for r in queries.til_godkjenning(k["sf.bente"])] == [jp, annet]
    foer = Hendelse.objects.count()
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["sf.bente"])
    assert {rad[2:] for rad in _hendelser(foer)} == {("sf.bente", "led.anne")}
    assert [f.get_type_display() for f in queries.flagg_til(k["sb.kari"])] == ["Godkjent"]
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    assert list(queries.til_godkjenning(k["sf.bente"])) == []
    with pytest.raises(IkkeFunnet):  # the draft is outside her view now: 403 reads as 404
        besvar_godkjenning(annet, Svar.GODKJENT, av=k["sf.bente"])
    rediger_journalpost(annet, saksbehandler=k["sf.bente"], av=k["led.anne"])
    trekk_godkjenning(annet, av=k["sf.bente"])
    rediger_journalpost(annet, saksbehandler=k["sb.kari"], av=k["led.anne"])
    assert _paa_nytt(annet).godkjenning == ""


@pytest.mark.krav("R-3.1.7", "R-3.1.1")
def test_one_who_sees_it_but_is_not_the_approver_now_is_refused_with_403(kommune_a, klokka):
    k = kommune_a
    jp = _sendt(k, til="sf.bente")
    besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Se på datoen", av=k["sf.bente"])
    jp = _sendt(k, jp)
    utkast = egen(k, k.sak(101), "U", "R", av=k["led.anne"], saksbehandler=k["sb.kari"])
    klokka.move_to(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    for hvem in ("sb.kari", "ark.eva", "sf.bente"):
        with pytest.raises(IkkeTilgang) as feil:
            besvar_godkjenning(jp, Svar.GODKJENT, av=k[hvem])
        assert feil.value.status == 403
    # led.anne leads the unit, but it lies with the rådmann.
    jp = _sendt(k, utkast, til="raad.jon")
    with pytest.raises(IkkeTilgang):
        besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert _paa_nytt(jp).godkjenning == "A"


def test_nobody_answers_for_a_document_of_their_own(kommune_a):
    k = kommune_a
    jp = _sendt(k, _brev(k, av=k["led.anne"], saksbehandler=k["sf.bente"]), av=k["sf.bente"])
    with pytest.raises(IkkeTilgang, match="selv har skrevet"):
        besvar_godkjenning(jp, Svar.GODKJENT, av=k["sf.bente"])
    assert list(queries.til_godkjenning(k["sf.bente"])) == []
    assert [r.journalpost for r in queries.til_godkjenning(k["led.anne"])] == [jp]


@pytest.mark.krav("R-3.1.1")
def test_an_approver_who_has_lost_the_function_is_refused(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    for rad in tildelinger_for(k["led.anne"]):
        if rad.rolle == Rolle.LED:
            avslutt_tildeling(rad, til=dt.date(2026, 3, 1), av=k["adm.root"])
    with pytest.raises(IkkeTilgang, match="kan ikke lenger godkjenne"):
        besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])


def test_besvar_godkjenning_refused_twice_and_when_taken_back(kommune_a):
    k = kommune_a
    jp, annet = _sendt(k), _sendt(k)
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    trekk_godkjenning(annet, av=k["sb.kari"])
    for post in (jp, annet):
        with pytest.raises(Avvist, match="ikke lenger til godkjenning"):
            besvar_godkjenning(post, Svar.GODKJENT, av=k["led.anne"])
    for svar in ("", "T", "X"):
        with pytest.raises(UgyldigInndata):
            besvar_godkjenning(_sendt(k), svar, av=k["led.anne"])
    assert Flagg.objects.filter(type="GK").count() == 1


# ── Forwarding ───────────────────────────────────────────


@pytest.mark.krav("C.6", "A-25")
def test_approved_and_forwarded_comes_back_to_the_leader_refused_and_to_the_writer_approved(kommune_a):
    k = kommune_a
    jp = _sendt(k, kommentar="Se på denne")
    with pytest.raises(UgyldigInndata) as feil:
        besvar_godkjenning(jp, Svar.VIDERESENDT, av=k["led.anne"])
    assert list(feil.value.felter) == ["videre_til"]
    for hvem in ("led.anne", "sb.kari", "sb.ola"):
        with pytest.raises(UgyldigInndata):
            besvar_godkjenning(jp, Svar.VIDERESENDT, videre_til=k[hvem], av=k["led.anne"])
    besvar_godkjenning(jp, Svar.VIDERESENDT, videre_til=k["raad.jon"], av=k["led.anne"])
    assert [r.journalpost for r in queries.til_godkjenning(k["raad.jon"])] == [jp]
    assert list(queries.flagg_til(k["sb.kari"])) == []
    assert [(r.get_svar_display(), r.bedt_av) for r in queries.runder(jp)] == [
        ("Godkjent – videresendt", k["sb.kari"]),
        ("", k["led.anne"]),
    ]
    besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Økonomi mangler", av=k["raad.jon"])
    assert [f.tekst for f in queries.flagg_til(k["led.anne"])] == ["Økonomi mangler"]
    assert list(queries.flagg_til(k["sb.kari"])) == []
    _sendt(k, jp)
    besvar_godkjenning(jp, Svar.VIDERESENDT, videre_til=k["raad.jon"], av=k["led.anne"])
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["raad.jon"])
    assert [(f.type, f.fra) for f in queries.flagg_til(k["sb.kari"])] == [("GK", k["raad.jon"])]
    assert [r.svar for r in queries.runder(jp)] == ["V", "I", "V", "G"]
    assert [r.runde for r in queries.kjede(queries.runder(jp).last())] == [3, 4]


# ── Taking back ──────────────────────────────────────────


@pytest.mark.krav("C.6")
def test_trekk_godkjenning_gives_the_document_back_and_handles_the_flag(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    foer = Hendelse.objects.count()
    trekk_godkjenning(jp, av=k["sb.kari"])
    assert _hendelser(foer) == [
        ("flagg.behandle", "flagg", "sb.kari", None),
        ("journalpost.trekke_godkjenning", "journalpost", "sb.kari", None),
    ]
    assert list(queries.til_godkjenning(k["led.anne"])) == list(queries.flagg_til(k["led.anne"])) == []
    _endre(jp, k["sb.kari"])
    with pytest.raises(Avvist, match="ikke til godkjenning"):
        trekk_godkjenning(jp, av=k["sb.kari"])


def test_taking_back_a_second_round_leaves_the_first_answer_standing_unless_the_text_changed(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    _sendt(k, jp, til="raad.jon")
    trekk_godkjenning(jp, av=k["sb.kari"])
    assert (_paa_nytt(jp).godkjenning, _paa_nytt(jp).godkjenner) == ("G", k["led.anne"])
    _sendt(k, jp, til="raad.jon")
    _endre(jp, k["raad.jon"])
    trekk_godkjenning(jp, av=k["sb.kari"])
    assert _paa_nytt(jp).godkjenning == "U"


def test_taking_back_what_was_forwarded_leaves_no_approval(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    besvar_godkjenning(jp, Svar.VIDERESENDT, videre_til=k["raad.jon"], av=k["led.anne"])
    trekk_godkjenning(jp, av=k["sb.kari"])
    assert (_paa_nytt(jp).godkjenning, _paa_nytt(jp).godkjenner) == ("", None)


def test_utgaa_refused_while_it_lies_with_the_approver(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    with pytest.raises(Avvist, match="^Til godkjenning hos Anne Hauge"):
        utgaa(jp, "Feil", av=k["ark.eva"])
    trekk_godkjenning(jp, av=k["sb.kari"])
    assert utgaa(jp, "Feil", av=k["ark.eva"]).status == "U"


# ── Flags ────────────────────────────────────────────────


def test_a_request_for_approval_is_not_handled_as_an_ordinary_flag(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    flagg = queries.aapen_runde(jp).flagg
    for gjoer in (lambda: behandle_flagg(flagg, av=k["led.anne"]), lambda: besvar_flagg(flagg, "Ja", av=k["led.anne"])):
        with pytest.raises(Avvist, match="Flagget ber om godkjenning"):
            gjoer()
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    svar = queries.aapen_runde(jp), *queries.flagg_til(k["sb.kari"])
    assert behandle_flagg(svar[1], av=k["sb.kari"]).behandlet_av == k["sb.kari"]


@pytest.mark.krav("C.0")
def test_the_flags_carry_the_comment_and_never_the_title(kommune_a):
    k = kommune_a
    jp = _sendt(k)
    besvar_godkjenning(jp, Svar.GODKJENT, av=k["led.anne"])
    assert {f.type: f.tekst for f in Flagg.objects.all()} == {"TG": "Ber om godkjenning.", "GK": "Godkjent."}


# ── Setting and archive ──────────────────────────────────


def test_a_municipality_that_requires_approval_stops_a_refused_document_but_not_one_never_sent(kommune_a, settings):
    k = kommune_a
    settings.GODKJENNING_KREVES = True
    aldri = _brev(k)
    assert hindringer(aldri, "F", k["sb.kari"]) == []
    jp = _sendt(k)
    besvar_godkjenning(jp, Svar.IKKE_GODKJENT, kommentar="Nei", av=k["led.anne"])
    assert hindringer(_paa_nytt(jp), "F", k["sb.kari"]) == [
        "Anne Hauge har svart «Ikke godkjent». Rett dokumentet, og send det til godkjenning på nytt."
    ]
    settings.GODKJENNING_KREVES = False
    assert hindringer(_paa_nytt(jp), "F", k["sb.kari"]) == []


@pytest.mark.krav("A-46")
def test_the_archive_finishes_an_approved_document_on_the_case_workers_behalf_and_no_other(kommune_a):
    k = kommune_a
    with pytest.raises(IkkeTilgang):
        ferdigstill(_brev(k), av=k["ark.eva"])
    jp = _i_tilstand(k, UGYLDIG)
    with pytest.raises(IkkeTilgang):
        ferdigstill(jp, av=k["ark.eva"])
    jp = _i_tilstand(k, GODKJENT)
    with pytest.raises((IkkeTilgang, Avvist)):
        skift_status(jp, "J", av=k["ark.eva"])
    foer = Hendelse.objects.count()
    assert ferdigstill(jp, av=k["ark.eva"]).status == "F"
    assert _hendelser(foer) == [("journalpost.ferdigstille", "journalpost", "ark.eva", "sb.kari")]


def test_til_godkjenning_is_red_by_its_date_in_a_fixed_number_of_queries(kommune_a, django_assert_num_queries):
    k = kommune_a
    frister = [None, dt.date(2026, 3, 6), dt.date(2026, 3, 7), dt.date(2026, 3, 2)]
    sendt = [_sendt(k, _brev(k, tittel=f"Brev {n}"), frist=frist) for n, frist in enumerate(frister)]

    def rekke(liste):
        return [sendt.index(r.journalpost) for r in liste]

    assert rekke(queries.til_godkjenning(k["led.anne"])) == [3, 1, 2, 0]
    assert rekke(queries.til_godkjenning_roed(k["led.anne"])) == [3, 1]
    assert rekke(queries.til_godkjenning_forfalt(k["led.anne"], dt.date(2026, 3, 7))) == [3, 1]
    for grense in (1, 3):
        leser = k["led.anne"]
        rettigheter(leser)
        with django_assert_num_queries(1):
            for runde in queries.til_godkjenning(leser)[:grense]:
                str((runde.journalpost, runde.bedt_av, runde.godkjenner))


def test_an_open_round_is_one_to_a_journalpost(kommune_a):
    k = kommune_a
    jp = opprett_journalpost(k.sak(101), "U", tittel="Brev", dokumenter=[tekstfil("Brev\n")], av=k["sb.kari"])
    runde = send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    runde.pk, runde.runde = None, 2
    from django.db import IntegrityError  # noqa: PLC0415 - only here

    with pytest.raises(IntegrityError), transaction.atomic():
        runde.save()
