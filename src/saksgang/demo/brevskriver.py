"""Writes the letters of the demo: what they say, in which form, and what is attached."""

from __future__ import annotations

import random
from collections.abc import Mapping

from django.conf import settings

from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt

from . import filer
from .forloep import Forloep
from .tekster import HILSEN, avsnitt
from .temaer import Brev

FARGER = ("#1d3557", "#2d6a4f", "#7b2d26", "#5a3d7a", "#8a5a00", "#0b525b")


class Brevskriver:
    """Makes the files of a letter."""

    def __init__(self, presse: filer.Brevpresse, tilfeldig: random.Random, personer: Mapping[str, Bruker]) -> None:
        self.presse, self.t, self.p = presse, tilfeldig, personer
        self._bilder: dict[tuple[str, int], Fil] = {}

    def _sjanse(self, prosent: float) -> bool:
        return self.t.random() * 100 < prosent

    def dokumenter(self, f: Forloep, brev: Brev, part: Part | None) -> list[Vedlagt]:
        """Return the files of a letter, main document first."""
        tittel = f.tekst(brev.tittel)
        innhold = self._brevtekst(f, brev, part, tittel)
        form = self._form(f, brev)
        navn = tittel.replace("/", "-")[:70].strip(" .")
        if form == "eml":
            vedlegg = ("Vedlegg.pdf", self.presse.pdf(innhold)) if self._sjanse(45) else None
            adresse = (part.epost if part and part.epost else "") or "avsender@post.example"
            data = filer.epost(innhold, adresse, vedlegg)
        elif form == "pdf":
            data = self.presse.pdf(innhold, arkivformat=f.lukkes or brev.type != "I")
        else:
            data = {"docx": filer.docx, "txt": filer.tekst}[form](innhold)
        filene = [Vedlagt(lagre_fil(data, filnavn=f"{navn}.{form}"), f"{navn}.{form}")]
        if "kart" in brev.merker:
            filene.append(Vedlagt(self._bilde("kart.png", self.t.randint(1, 8)), "kart.png", "Situasjonsplan"))
        if "foto" in brev.merker:
            for nr in range(1, self.t.randint(2, 3)):
                bilde = self._bilde("bilde.jpg", self.t.randint(1, 12))
                filene.append(Vedlagt(bilde, f"IMG_{self.t.randint(1000, 9999)}.jpg", f"Bilde {nr}"))
        return filene

    def _bilde(self, filnavn: str, nummer: int) -> Fil:
        """Return one of the drawn files, stored the first time that it is used."""
        if (filnavn, nummer) not in self._bilder:
            data = filer.kart(nummer) if filnavn == "kart.png" else filer.foto(nummer)
            self._bilder[filnavn, nummer] = lagre_fil(data, filnavn=filnavn)
        return self._bilder[filnavn, nummer]

    def _form(self, f: Forloep, brev: Brev) -> str:
        if brev.type == "I":
            if "epost" in brev.merker and not f.lukkes:
                return "eml"
            return "pdf" if "skjema" in brev.merker or self._sjanse(65) else "txt"
        if f.lukkes:
            return "pdf" if self._sjanse(75 if brev.type == "U" else 30) else "txt"
        return "docx" if self._sjanse(75) else "pdf"

    def _brevtekst(self, f: Forloep, brev: Brev, part: Part | None, tittel: str) -> filer.Brevtekst:
        sb, idag = self.p[f.ansvarlig], klokke.idag()
        sak = f.aapen_sak
        nn = "nn" if "nn" in brev.merker else ""
        tabell = ()
        if "skjema" in brev.merker:
            tabell = (("Sak", sak.tittel), ("Saksnummer", sak.saksnummer), ("Dato", filer.norsk_dato(idag)))
        felles = {
            "tittel": tittel,
            "avsnitt": avsnitt(brev.sjanger, tittel, sak.tittel),
            "dato": idag,
            "hilsen": HILSEN[nn],
            "spraak": "nn" if nn else "nb",
            "tabell": tabell,
        }
        if brev.type == "I" and part is not None:
            return filer.Brevtekst(
                avsender=part.navn,
                adresse=f"{part.adresse}, {part.postnummer} Fjordvik",
                mottaker=["Fjordvik kommune", "Rådhuset", "6899 Fjordvik"],
                underskrift=[part.navn],
                farge=FARGER[len(part.navn) % len(FARGER)],
                **felles,
            )
        mottaker = [part.navn, part.adresse, f"{part.postnummer} Fjordvik"] if part else ["Internt"]
        return filer.Brevtekst(
            avsender=settings.KOMMUNE,
            adresse="Rådhuset, Storgata 1, 6899 Fjordvik",
            mottaker=mottaker,
            underskrift=[sb.navn, sb.tittel],
            bunn=f"Vår ref.: {sak.saksnummer}. Dokumentet er godkjent elektronisk og har derfor ingen underskrift.",
            **felles,
        )
