"""Internal notes: in a case where one is not saksansvarlig, delivered at F, on the public journal or never."""

import pytest

from saksgang.sakarkiv.models import Rettighetsoenske, Sakrettighet
from saksgang.sakarkiv.queries import kurver
from tests.tilstand import egen

from .test_journalpost import handling
from .test_journalpost_ny import fil, ny, siste

SKJEMA = {
    "tittel": "Ber om innspill til uteservering", "offentlig_tittel": "", "dokumentdato": "", "forfallsdato": "",
    "saksbehandler": "sb.ola", "interne_mottakere": ["sb.per"], "tilgangskode": "", "hjemmel": "",
    "avskjermingskode": "", "tilgangsgruppe": "",
}  # fmt: skip


def hos(k, navn):
    return [[str(rad.journalpost) for rad in liste(k[navn])] for liste in (kurver.innboks, kurver.restanse)]


@pytest.mark.krav("R-10.3.2.3", "R-10.6.2.3", "R-10.6.2.4", "R-10.6.2.9")
@pytest.mark.parametrize(("slag", "type_", "i_restanse"), [("notat", "N", True), ("xnotat", "X", False)])
def test_note_by_another_in_an_existing_case_needs_rights_and_is_delivered_at_f(kommune_a, slag, type_, i_restanse):
    k = kommune_a
    ola, kari, adresse = k.klient("sb.ola"), k.klient("sb.kari"), ny(k, slag)
    menyvalg = {"N": "Nytt internt notat med oppfølging (N)", "X": "Nytt internt notat (X)"}[type_]
    assert menyvalg not in ola.get("/saker/2026/101/").content.decode()
    assert ola.get(adresse).status_code == ola.post(adresse, SKJEMA | {"fil": fil()}).status_code == 403
    assert ola.post("/saker/2026/101/rettigheter/oenske/", {"nivaa": "skrive"}).status_code == 303
    oenske = Rettighetsoenske.objects.get()
    assert kari.post(f"/saker/2026/101/rettigheter/oensker/{oenske.pk}/innvilgelse/").status_code == 303
    assert menyvalg in ola.get("/saker/2026/101/").content.decode()
    assert ola.post(adresse, SKJEMA | {"fil": fil()}).status_code == 303
    notat = siste()
    assert (notat.journalposttype, notat.status, hos(k, "sb.per")) == (type_, "R", [[], []])
    assert ola.post(handling(notat, "ferdigstilling"), {"offentlighet_vurdert": "on"}).status_code == 303
    assert hos(k, "sb.per") == [[str(notat)], [str(notat)] if i_restanse else []]
    gitt = Sakrettighet.objects.get()
    assert kari.post(f"/saker/2026/101/rettigheter/{gitt.pk}/tilbaketrekking/").status_code == 303
    assert menyvalg not in ola.get("/saker/2026/101/").content.decode()
    assert ola.post(adresse, SKJEMA | {"fil": fil()}).status_code == 403
    assert siste() == notat


@pytest.mark.krav("R-10.6.1.9")
def test_journalised_n_is_public_and_x_is_not(kommune_a):
    k = kommune_a
    notat, xnotat = egen(k, k.sak(101), "N", "F"), egen(k, k.sak(101), "X", "F")

    def offentlige():
        publikum = k.offentlig()
        rader = publikum.get("/innsyn/dag/2026-03-02.json").json()["rader"]
        sider = [publikum.get(f"/innsyn/sak/2026/101/{jp.journalpostnummer}/") for jp in (notat, xnotat)]
        return {rad["dokumentnummer"] for rad in rader} & {str(notat), str(xnotat)}, [s.status_code for s in sider]

    assert offentlige() == (set(), [404, 404])
    eva = k.klient("ark.eva")
    felter = {"valgt": [notat.pk, xnotat.pk], "utfoer": "ja"}
    assert eva.post("/lister/til-journalfoering/journalfoering/", felter).status_code == 303
    assert [k.jp(101, jp.journalpostnummer).status for jp in (notat, xnotat)] == ["J", "J"]
    assert offentlige() == ({str(notat)}, [200, 404])
