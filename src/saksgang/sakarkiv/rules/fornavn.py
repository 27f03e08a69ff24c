"""Common Norwegian first names, in lower case: enough to warn of a name in a title, never enough to be sure."""

from __future__ import annotations

FORNAVN = frozenset(
    """
    aage aase abdi adam agnes ahmed aina albert aleksander alf alexander ali alice amalie amanda amina anders andrea
    andreas ane anette anita anja ann anna anne annette anniken annika ante are arild arne arnfinn aslak asbjørn
    astri astrid atle audun aud august aurora axel bente benedikte benjamin berit bernt birger birgit bjarne bjørg
    bjørn bjørnar bodil brage brit brita brede camilla carina carl casper cathrine cecilie charlotte christian
    christina christine christoffer dag dagfinn dagmar dagny daniel david ebba edvard egil eilert einar eira eirik
    eivind elena eli elias elin elisabeth elise eline ella ellen else elsa emil emilie emma erik erika erling ester
    espen eva even evelyn ferdinand filip finn fredrik frida fritz frode gabriel geir georg gerd gina gjertrud grete
    gro gudrun gunn gunnar gunnhild guro gustav guttorm halvard halvor hanna hannah hanne hans harald hassan hauk
    hedda hege heidi helene helga helge henning henriette henrik hermann hilde hildegunn håkon håvard ida idun ine
    ingar inge ingeborg inger ingrid ingunn ingvild irene iselin isak ivar iver jakob jan janne jarle jasmin jens
    jenny jeanette joachim johan johanna johannes john jon jonas jorunn josefine julia julie jørgen jørn kai kaja
    karen kari karianne karin karl karoline kasper kate katrine kenneth kent ketil kim kine kirsten kirsti kjell
    kjersti kjetil klara klaus knut kristian kristin kristina kristine kristoffer kåre lars laila lasse lea leif
    leif-arne lena lene leo line linn linnea lisa lise liv live lotte louise lucas ludvig ludvik lukas mads magne
    magnhild magnus maja malin marcus maren margit margrethe mari maria marianne marie marit marius markus marta
    marte martin mathias mathilde mats matteo merete mette mia michael mikkel mohamed mohammed mona monica monika
    morten nikolai nils nina noah nora odd oda odin ola olaf olav ole oliver olivia oscar oskar otto per pernille
    peter petra petter pia preben ragnar ragnhild rakel randi rebekka regine reidar reidun robert roger rolf roar
    ronny roy rune runar ruth sander sandra sara sebastian selma signe sigrid sigurd silje simen simon sindre siri
    siv sofia sofie solveig sondre stein steinar stian stine stig svein sven sverre sylvi synne synnøve søren tallak
    terje thea theodor therese thomas thor thorbjørn thorleif tiril tobias tom tomas tommy tone tonje tor torbjørn
    tore torgeir torhild torill torkel torleif torstein toril tove trine trond trude trygve turid tuva ulf ulrik
    unni vegard vera vetle vibeke victoria vidar viktor vilde vilma vigdis wenche werner wilhelm william yngve
    yngvild yusuf øivind ørjan østen øystein øyvind åge åse åshild åsmund
    """.split()
)
