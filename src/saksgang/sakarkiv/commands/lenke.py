"""Attachments linked from another journalpost: the same file, one place in the store (krav R-10.2.2.4a)."""

from __future__ import annotations

from collections.abc import Sequence

from saksgang.kjerne.errors import Avvist, IkkeFunnet, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.sakarkiv.queries.lenker import hvorfor_ikke
from saksgang.tilgang.queries import rettigheter, synlig
from saksgang.tilgang.rules import Handling

from .dokument import Vedlagt, laas_for_endring, legg_til_vedlagte, meld_endret


@kommando
def lenk_dokumenter(journalpost: Journalpost, kilder: Sequence[Dokument], *, av: Bruker) -> list[Dokument]:
    """Put documents of other journalposter on this one, in this order, as its next attachments; nothing is copied.

    A link of a link goes to where the file came in. Refused where the documents are locked, for what av may not see,
    what is not finished, is graded otherwise than the journalpost, has no file, or lies on it already; all reasons
    told, nothing half.
    """
    journalpost = laas_for_endring(journalpost, av=av, handling=Handling.LEGGE_VED)
    if not kilder:
        raise UgyldigInndata({"dokument": "Velg minst ett dokument å lenke."})
    finnes = set(journalpost.dokumenter.filter(utgaatt_tid__isnull=True).values_list("lenket_fra_id", flat=True))
    hindre, vedlagte = [], []
    for kilde in kilder:
        fra, rot = kilde.journalpost, kilde.lenket_fra or kilde
        if kilde.utgaatt_tid is not None or not all(synlig(jp, rettigheter(av)) for jp in (fra, rot.journalpost)):
            raise IkkeFunnet
        versjon = gjeldende_versjon(kilde)
        if fra.pk == journalpost.pk or rot.pk in finnes:
            hindre.append(f"«{kilde.tittel}» ligger på {journalpost} allerede.")
        elif grunn := hvorfor_ikke(fra, journalpost) or hvorfor_ikke(rot.journalpost, journalpost):
            hindre.append(grunn)
        elif versjon is None:
            hindre.append(f"«{kilde.tittel}» har ingen fil ennå. Vent til den er skannet.")
        else:
            finnes.add(rot.pk)
            vedlagte.append(Vedlagt(versjon.fil, versjon.filnavn, kilde.tittel, Dokument.Kilde.LENKET, rot))
    if hindre:
        raise Avvist(list(dict.fromkeys(hindre)))
    dokumenter = legg_til_vedlagte(journalpost, vedlagte, av=av)
    logg(
        journalpost,
        Handling.LEGGE_VED,
        av=av,
        detaljer={
            "lenket": [
                f"dokument {d.nummer} fra {d.lenket_fra.journalpost} dokument {d.lenket_fra.nummer}"
                for d in dokumenter
                if d.lenket_fra is not None
            ]
        },
    )
    meld_endret(journalpost, av=av)
    return dokumenter
