"""The floor: what a page of 50 rows costs here when it does nothing but read a session, a person and one index."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse  # noqa: TID251 - a surface of the benchmark
from django.template import engines

RAD = (
    '<tr class="rad"><td><a href="/saker/{{ r.0 }}/{{ r.1 }}/{{ r.2 }}/">{{ r.0 }}/{{ r.1 }}-{{ r.2 }}</a></td>'
    '<td class="tittel">{{ r.3 }}</td><td>{{ r.4 }}</td><td>{{ r.5 }}</td>'
    '<td><span class="ds-tag">{{ r.6 }}</span></td>'
    '<td><button class="ds-button" data-variant="tertiary" type="button">Åpne</button></td></tr>'
)
MAL = engines["django"].from_string(
    '<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Gulv</title></head><body><h1>{{ navn }}</h1>'
    "<table><tbody>{% for r in rader %}" + RAD + "{% endfor %}</tbody></table></body></html>"
)
SQL = """
SELECT s.aar, s.sekvens, j.journalpostnummer, j.tittel, j.partsnavn, to_char(m.forfallsdato, 'DD.MM.YYYY'), j.status
FROM sakarkiv_internmottaker m
JOIN sakarkiv_journalpost j ON j.id = m.journalpost_id
JOIN sakarkiv_sak s ON s.id = j.sak_id
WHERE m.bruker_id = %s AND m.levert AND m.avskrivning_id IS NULL AND m.journalposttype IN ('I', 'N')
ORDER BY m.forfallsdato, m.id
LIMIT 50
"""


@login_required
def gulv(request: HttpRequest) -> HttpResponse:
    """Fifty rows of one's own, straight from the index to the template."""
    with connection.cursor() as markoer:
        markoer.execute(SQL, [request.user.pk])
        rader = markoer.fetchall()
    return HttpResponse(MAL.render({"navn": request.user.navn, "rader": rader}))
