"""Which fields of a journalpost may be edited: krav C.3, read by the dialog and the server alike."""

from __future__ import annotations

from collections.abc import Collection

from saksgang.tilgang.rules import Relasjon

from .journalpost import Journalposttype, Journalstatus

JOURNALDATA = frozenset(
    {"tittel", "offentlig_tittel", "parter", "dokumentdato", "mottatt_dato", "opphav", "dokumenter", "enhet"}
)
ARBEIDSDATA = frozenset({"forfallsdato"})
GODKJENT_INNHOLD = frozenset({"tittel", "parter", "interne_mottakere"})
"""What an approval covers beside the documents: changed afterwards, it holds no longer (C.6)."""
_SAKSBEHANDLER = frozenset({"saksbehandler"})
FELTRELASJONER = frozenset(
    {Relasjon.SAKSBEHANDLER, Relasjon.REGISTRERT_AV, Relasjon.SAKSANSVARLIG, Relasjon.GODKJENNER}
)
"""The relations that this table asks about."""
_S, _M, _R, _F, _J = (
    Journalstatus.REGISTRERT,
    Journalstatus.MIDLERTIDIG,
    Journalstatus.RESERVERT,
    Journalstatus.FERDIG,
    Journalstatus.JOURNALFOERT,
)


def redigerbare_felter(
    journalposttype: str,
    status: str,
    *,
    relasjoner: Collection[Relasjon],
    leder: bool,
    arkiv: bool,
    til_godkjenning: bool = False,
) -> frozenset[str]:
    """Return the fields that a person with these relations may edit now.

    leder: leader or deputy of the journalpost's unit. arkiv: member of the archive service. til_godkjenning: the
    document lies before somebody for approval, who alone may change it meanwhile (C.6).
    """
    skriver = bool({Relasjon.SAKSBEHANDLER, Relasjon.REGISTRERT_AV} & set(relasjoner))
    ansvarlig = Relasjon.SAKSANSVARLIG in relasjoner or leder
    felter: set[str] = set()
    if status == Journalstatus.UTGAAR:
        return frozenset()
    if status == _R:
        if skriver or ansvarlig:
            felter |= JOURNALDATA | ARBEIDSDATA
        if ansvarlig:
            felter |= _SAKSBEHANDLER
        if til_godkjenning:
            felter -= JOURNALDATA
            if Relasjon.GODKJENNER in relasjoner:
                felter |= JOURNALDATA
    elif status == _S:
        if skriver or ansvarlig or arkiv:
            felter |= JOURNALDATA | ARBEIDSDATA | _SAKSBEHANDLER
    elif status == _M:
        if arkiv:
            felter |= JOURNALDATA | ARBEIDSDATA | _SAKSBEHANDLER
    elif status in (_F, _J) and arkiv and status == _J:
        felter |= JOURNALDATA
    if status in (_M, _F, _J):
        if skriver or ansvarlig:
            felter |= ARBEIDSDATA
        if leder or arkiv:
            felter |= _SAKSBEHANDLER
    if journalposttype != Journalposttype.INNGAAENDE:
        felter -= {"mottatt_dato"}
    return frozenset(felter)
