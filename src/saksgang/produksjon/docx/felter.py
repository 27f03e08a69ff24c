"""Which merge fields stand in a template, and whether each is known. Only what is named here may stand in one.

The tree of the template is read before it is ever run: a call, an arithmetic or an attribute of anything but a known
object is refused, so that a template holds fields, conditions and lists, and no program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from .feil import Filfeil

TEKST, RIK = "tekst", "rik"
"""A schema is TEKST, RIK (formatted, alone in a paragraph), a dict of schemas, or a list of one."""

OMRAADE_START, OMRAADE_SLUTT, OMRAADE = "tekst_start", "tekst_slutt", "tekst"
FILTRE = frozenset({"upper", "lower", "capitalize", "title", "trim", "default", "join", "length", "first", "last"})
PROEVER = frozenset({"defined", "undefined", "none"})
FORKLARING = {
    nodes.Call: "et kall",
    nodes.Macro: "en makro",
    nodes.Include: "en annen fil",
    nodes.Import: "en annen fil",
    nodes.FromImport: "en annen fil",
    nodes.Extends: "en annen fil",
    nodes.Assign: "en tilordning",
    nodes.AssignBlock: "en tilordning",
}
NAVNEFELT = re.compile(r"\{[{%][^{}%]*[%}]\}")


def miljoe() -> SandboxedEnvironment:
    """Return the environment that templates are rendered in: sandboxed, escaping, and with no functions at all."""
    env = SandboxedEnvironment(autoescape=True)
    env.globals.clear()
    env.filters = {navn: env.filters[navn] for navn in FILTRE}
    env.tests = {navn: env.tests[navn] for navn in PROEVER}
    return env


def deler(mal: DocxTemplate) -> Iterator[str]:
    """Yield the XML of every part that is rendered, as the engine sees it."""
    mal.init_docx()
    yield mal.patch_xml(mal.get_xml())
    for uri in (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI):
        for _, del_ in mal.get_headers_footers(uri):
            yield mal.patch_xml(mal.get_part_xml(del_))
    for del_ in mal.docx.part.package.iter_parts():
        if del_.content_type == CT.WML_FOOTNOTES:
            blob = del_.blob
            yield mal.patch_xml(blob.decode("utf-8") if isinstance(blob, bytes) else blob)


class Leser:
    """Walks the tree of a template against the schema of known fields."""

    def __init__(self, skjema: dict[str, Any]) -> None:
        self.felter: dict[str, None] = {}
        self.ukjente: dict[str, None] = {}
        self.feil: dict[str, None] = {}
        self._navn: list[dict[str, Any]] = [skjema, {}]

    def les(self, tre: nodes.Template) -> None:
        """Read one part."""
        self._setninger(tre.body)

    def _setninger(self, noder: list[nodes.Node]) -> None:
        for node in noder:
            if isinstance(node, nodes.Output):
                for uttrykk in node.nodes:
                    if not isinstance(uttrykk, nodes.TemplateData) and isinstance(self._type(uttrykk), dict | list):
                        self.feil[
                            f"{self._sti(uttrykk)} er ikke ett felt. Skriv hvilket felt i det som skal stå der."
                        ] = None
            elif isinstance(node, nodes.If):
                self._hvis(node)
            elif isinstance(node, nodes.For):
                self._for(node)
            else:
                self._forbudt(node)

    def _hvis(self, node: nodes.If) -> None:
        self._type(node.test)
        self._setninger(node.body)
        for gren in node.elif_:
            self._hvis(gren)
        self._setninger(node.else_)

    def _for(self, node: nodes.For) -> None:
        skjema = self._type(node.iter)
        if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
            self._forbudt(node)
            return
        if not isinstance(skjema, list):
            if self._sti(node.iter) not in self.ukjente:
                self.feil[f"{self._sti(node.iter)} er ikke en liste og kan ikke gjentas."] = None
            skjema = [{}]
        if sum("loop" in ramme for ramme in self._navn) >= 2:
            self.feil["Malen har lister inne i lister inne i lister. Bruk høyst to nivåer."] = None
            return
        self._navn.append({node.target.name: skjema[0], "loop": dict.fromkeys(("first", "last", "index"), TEKST)})
        self._setninger(node.body)
        self._navn.pop()
        self._setninger(node.else_)

    def _type(self, node: nodes.Node) -> Any:
        """Return the schema of an expression, noting every field in it."""
        if isinstance(node, nodes.Const):
            return TEKST
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            return self._oppslag(node)
        if isinstance(node, nodes.Filter) and node.node is not None and node.name in FILTRE and not node.kwargs:
            innhold = self._type(node.node)
            for arg in node.args:
                self._type(arg)
            return innhold[0] if node.name in ("first", "last") and isinstance(innhold, list) else TEKST
        if isinstance(node, nodes.Test) and node.name in PROEVER and not node.args:
            self._type(node.node)
            return TEKST
        if isinstance(node, nodes.Not):
            self._type(node.node)
            return TEKST
        if isinstance(node, nodes.And | nodes.Or):
            self._type(node.left)
            self._type(node.right)
            return TEKST
        if isinstance(node, nodes.Compare):
            self._type(node.expr)
            for operand in node.ops:
                self._type(operand.expr)
            return TEKST
        if isinstance(node, nodes.CondExpr):
            for gren in (node.test, node.expr1, node.expr2):
                if gren is not None:
                    self._type(gren)
            return TEKST
        self._forbudt(node)
        return TEKST

    def _oppslag(self, node: nodes.Node) -> Any:
        sti = self._sti(node)
        skjema = self._finn(node)
        lokal = sti.split(".")[0] in {navn for ramme in self._navn[2:] for navn in ramme}
        if skjema is None:
            self.ukjente[sti] = None
        elif not lokal:
            self.felter[sti] = None
        return TEKST if skjema is None else skjema

    def _finn(self, node: nodes.Node) -> Any:
        if isinstance(node, nodes.Name):
            return next((ramme[node.name] for ramme in reversed(self._navn) if node.name in ramme), None)
        if isinstance(node, nodes.Getattr):
            under, navn = node.node, node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            under, navn = node.node, node.arg.value
        else:
            return None
        eier = self._type(under) if isinstance(under, nodes.Filter) else self._finn(under)
        return eier.get(navn) if isinstance(eier, dict) else None

    def _sti(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Name):
            return str(node.name)
        if isinstance(node, nodes.Getattr):
            return f"{self._sti(node.node)}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            arg = node.arg.value if isinstance(node.arg, nodes.Const) else "…"
            return f"{self._sti(node.node)}.{arg}"
        return "uttrykket" if not isinstance(node, nodes.Const) else f"«{node.value}»"

    def _forbudt(self, node: nodes.Node) -> None:
        hva = FORKLARING.get(type(node), "et uttrykk som regner eller gjentar")
        if isinstance(node, nodes.Filter):
            hva = f"filteret «{node.name}»"
        self.feil[
            f"Malen har {hva} i et flettefelt, og det er ikke tillatt. Bruk bare felter, «if» og «for» over en liste."
        ] = None


def les_felter(mal: DocxTemplate, skjema: dict[str, Any]) -> Leser:
    """Return what is found in all parts. Filfeil when a field cannot be read at all."""
    env, leser = miljoe(), Leser(skjema)
    for xml in deler(mal):
        try:
            leser.les(env.parse(xml))
        except TemplateSyntaxError as feil:
            raise Filfeil(_syntaks(xml, feil)) from feil
    return leser


def _syntaks(xml: str, feil: TemplateSyntaxError) -> str:
    linje = xml.splitlines()[(feil.lineno or 1) - 1 : feil.lineno or 1]
    felt = next((f for f in NAVNEFELT.findall(re.sub(r"<[^>]+>", "", "".join(linje))) if _uleselig(f)), "")
    hvor = f" i «{felt}»" if felt else ""
    return (
        f"Et flettefelt{hvor} er ikke skrevet riktig. Et felt skrives {{{{ slik }}}}, "
        "og hver «if» og «for» må ha sin «endif» og «endfor»."
    )


def _uleselig(felt: str) -> bool:
    try:
        miljoe().parse(felt)
    except TemplateSyntaxError:
        return True
    return False
