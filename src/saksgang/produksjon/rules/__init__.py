"""Tables of production: where a job stands, how a text is written, what a template is for."""

from .tilstander import Ekspederingstilstand, Jobbtilstand, Maltilstand, Skannetilstand, Skriveform, Spraak

__all__ = ["Ekspederingstilstand", "Jobbtilstand", "Maltilstand", "Skannetilstand", "Skriveform", "Spraak"]
