"""How the product refuses. Every sentence is Norwegian and says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class SaksgangFeil(Exception):
    """Base of every refusal; surfaces translate it, nobody swallows it."""

    status = 400

    @property
    def setninger(self) -> list[str]:
        return [str(self)]


class Avvist(SaksgangFeil):
    """An act that cannot be done as things stand; carries every reason at once."""

    status = 409

    def __init__(self, hindre: str | Sequence[str], felt: str | None = None) -> None:
        self.hindre = [hindre] if isinstance(hindre, str) else list(hindre)
        self.felt = felt
        super().__init__(" ".join(self.hindre))

    @property
    def setninger(self) -> list[str]:
        return self.hindre


class UlovligOvergang(Avvist):
    """A status change that stands in no transition table."""


class UgyldigInndata(SaksgangFeil):
    """What was typed cannot be used; says for each field what is wrong and how to mend it."""

    status = 422

    def __init__(self, felter: Mapping[str, str]) -> None:
        self.felter = dict(felter)
        super().__init__(" ".join(self.felter.values()))

    @property
    def setninger(self) -> list[str]:
        return list(self.felter.values())


class IkkeTilgang(SaksgangFeil):
    """The actor sees the object and may not do this to it."""

    status = 403


class IkkeFunnet(SaksgangFeil):
    """Nothing there that the reader may see; the same answer as for what never was."""

    status = 404

    def __init__(self, tekst: str = "Siden finnes ikke, eller du har ikke tilgang til den.") -> None:
        super().__init__(tekst)
