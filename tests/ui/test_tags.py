"""Template tags: the words and the wiring."""

import datetime as dt
import re

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from saksgang.ui import visning

IDAG = dt.date(2026, 3, 2)


def lag(tekst, **kontekst):
    return Template("{% load saksgang %}" + tekst).render(Context(kontekst))


@pytest.mark.krav("R-9.3.1c")
@pytest.mark.parametrize(
    ("dato", "nivaa", "tekst"),
    [
        (dt.date(2026, 2, 27), "forfalt", "Forfalt 3 dager"),
        (dt.date(2026, 3, 1), "forfalt", "Forfalt i går"),
        (dt.date(2026, 3, 2), "snart", "Forfaller i dag"),
        (dt.date(2026, 3, 3), "snart", "Forfaller om 1 dag"),
        (dt.date(2026, 3, 6), "snart", "Forfaller om 4 dager"),
        (dt.date(2026, 3, 7), "god", "07.03"),
        (dt.date(2027, 1, 4), "god", "04.01.2027"),
    ],
)
def test_frist_is_red_with_words_when_fewer_than_five_days_are_left(dato, nivaa, tekst):
    f = visning.frist(dato, IDAG)
    assert (f.nivaa, f.tekst) == (nivaa, tekst)
    svg = lag("{% frist dato idag %}", dato=dato, idag=IDAG)
    assert f'data-nivaa="{nivaa}"' in svg
    assert re.sub(r"<[^>]+>", "", svg) == tekst
    assert ("<svg" in svg) == (nivaa != "god")


def test_frist_is_empty_without_date_and_can_hide_its_first_word():
    assert lag("{% frist dato idag %}", dato=None, idag=IDAG) == ""
    assert '<span class="lang">Forfaller </span>om 3 dager, 05.03' in lag(
        "{% frist dato idag kort=True med_dato=True %}", dato=dt.date(2026, 3, 5), idag=IDAG
    )


def test_code_always_stands_with_its_word():
    assert lag('{% dtype "N" %}') == '<span class="dtype" data-type="N"><b>N</b>Notat med oppfølging</span>'
    assert lag('{% dtype "X" %}') == '<span class="dtype" data-type="X"><b>X</b>Notat</span>'
    assert lag('{{ "J"|kode_med_navn:"Journalført" }}') == "J Journalført"


def test_dates_are_written_in_norwegian_order_and_local_time():
    tid = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    mal = "{{ t|dato }} {{ t|kortdato }} {{ t|klokkeslett }}|{{ t|tidspunkt }}|{{ d|dato }}|{{ n|dato }}"
    assert lag(mal, t=tid, d=IDAG, n=None) == "02.03.2026 02.03 00.30|02.03.2026 00.30|02.03.2026|"


def test_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError):
        lag('{% ikon "Enhjoerning" %}')
    assert 'aria-hidden="true"' in lag('{% ikon "Inbox" %}')
    assert 'role="img" aria-label="Frist"' in lag('{% ikon "Clock" tekst="Frist" %}')


class Skjema(forms.Form):
    tittel = forms.CharField(label="Tittel", help_text="Skriv hva saken gjelder.")
    dato = forms.DateField(label="Dato", initial=IDAG)
    maate = forms.ChoiceField(
        label="Måte", choices=[("TE", "Telefon"), ("TO", "Til orientering")], widget=forms.RadioSelect
    )
    kode = forms.ChoiceField(label="Kode", choices=[("", "Velg"), ("U", "Unntatt")])
    kopi = forms.MultipleChoiceField(
        label="Kopi til", choices=[("1", "Per")], widget=forms.CheckboxSelectMultiple, required=False
    )
    merknad = forms.CharField(label="Merknad", widget=forms.Textarea, required=False)
    vurdert = forms.BooleanField(label="Offentlighet er vurdert")
    fil = forms.FileField(label="Fil", required=False)
    skjult = forms.CharField(widget=forms.HiddenInput, required=False)


def test_felt_points_every_label_and_description_at_something_that_exists():
    html = lag("{% feilsammendrag s %}{% skjemafelter s %}", s=Skjema({"skjult": "x"}))
    ider = re.findall(r' id="([^"]+)"', html)
    assert len(ider) == len(set(ider))
    pekt = re.findall(r' for="([^"]+)"', html) + [
        i for liste in re.findall(r'aria-describedby="([^"]+)"', html) for i in liste.split()
    ]
    assert set(pekt) - set(ider) == set()
    assert set(re.findall(r'href="#([^"]+)"', html)) - set(ider) == set()
    assert len(re.findall("ds-validation-message", html)) == 5


def test_felt_says_what_to_do_in_words_that_stand_alone():
    html = lag("{% feilsammendrag s %}", s=Skjema({}))
    assert re.findall(r"<a[^>]*>([^<]*)</a>", html) == [
        "Fyll ut «Tittel».",
        "Fyll ut «Dato».",
        "Velg noe under «Måte».",
        "Velg noe under «Kode».",
        "Kryss av for «Offentlighet er vurdert».",
    ]


def test_felt_uses_native_controls_and_marks_what_is_optional():
    html = lag("{% skjemafelter s %}", s=Skjema())
    assert re.findall(r'<input[^>]* type="date"[^>]*>|<input type="date"[^>]*>', html)
    assert 'value="2026-03-02"' in html
    assert html.count("(valgfritt)") == 3
    assert html.count('type="radio"') == 2
    assert 'type="hidden" name="skjult"' in html
    assert "<textarea" in html
    assert 'type="file"' in html


def test_felt_escapes_what_the_user_typed():
    farlig = '"><script>alert(1)</script>'
    html = lag(
        "{% feilsammendrag s %}{% skjemafelter s %}", s=Skjema({"tittel": farlig, "merknad": farlig, "kode": farlig})
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_felt_passes_attributes_to_the_control():
    html = lag('{% felt s.tittel forslag_url="/f/" hx_get="/x/" skjult_etikett=True %}', s=Skjema())
    assert 'data-forslag-url="/f/"' in html
    assert 'hx-get="/x/"' in html
    assert 'class="ds-label ds-sr-only"' in html


def test_components_with_content_escape_arguments_but_not_markup():
    html = lag("{% varsel 'warning' tittel=t %}<p>{{ t }}</p>{% endvarsel %}", t="<b>")
    assert html.strip() == '<div class="ds-alert" data-color="warning"><h3>&lt;b&gt;</h3><p>&lt;b&gt;</p></div>'
    assert "<b>Ny</b> Kari" in lag("{% merknad hode='Kari' ny=True %}tekst{% endmerknad %}")
    assert "<p>Ingen restanser.</p>" in lag("{% tom 'Ingen restanser.' %}{% endtom %}")
    assert 'popovertarget="m"' in lag("{% meny id='m' %}<ul></ul>{% endmeny %}")
    assert 'aria-labelledby="d-tittel"' in lag("{% dialog id='d' tittel='T' %}x{% enddialog %}")
