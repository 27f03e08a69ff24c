/* Drawing marks on the pages of a document: by pointer, or by keyboard with the page's own button.
   What is drawn is put in the form «Sladd et område med tall» and sent by it; without script that form is filled by hand. */
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const STEG = 0.01;
  const klem = (tall) => Math.min(1, Math.max(0, tall));

  function lagRektangel(lerret) {
    const lag = lerret.querySelector(".merkelag");
    const rektangel = document.createElementNS(SVG, "rect");
    rektangel.classList.add("ny");
    lag.append(rektangel);
    return rektangel;
  }

  function vis(rektangel, boks) {
    rektangel.setAttribute("x", boks.x);
    rektangel.setAttribute("y", boks.y);
    rektangel.setAttribute("width", boks.b);
    rektangel.setAttribute("height", boks.h);
  }

  function send(ark, boks) {
    const skjema = document.getElementById("omraadeskjema");
    skjema.elements.side.value = ark.dataset.side;
    for (const felt of ["x", "y", "b", "h"]) skjema.elements[felt].value = (100 * boks[felt]).toFixed(3);
    skjema.requestSubmit();
  }

  /* Pointer: drag from one corner to the other. */
  let drag = null;

  function punkt(lerret, hendelse) {
    const flate = lerret.getBoundingClientRect();
    return { x: klem((hendelse.clientX - flate.left) / flate.width), y: klem((hendelse.clientY - flate.top) / flate.height) };
  }

  document.addEventListener("pointerdown", (hendelse) => {
    const lerret = hendelse.target.closest(".lerret.tegner");
    if (!lerret || hendelse.button !== 0) return;
    hendelse.preventDefault();
    drag = { lerret, fra: punkt(lerret, hendelse), rektangel: lagRektangel(lerret), boks: null };
    lerret.setPointerCapture(hendelse.pointerId);
  });

  document.addEventListener("pointermove", (hendelse) => {
    if (!drag) return;
    const til = punkt(drag.lerret, hendelse);
    drag.boks = {
      x: Math.min(drag.fra.x, til.x), y: Math.min(drag.fra.y, til.y),
      b: Math.abs(til.x - drag.fra.x), h: Math.abs(til.y - drag.fra.y),
    };
    vis(drag.rektangel, drag.boks);
  });

  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { lerret, rektangel, boks } = drag;
    drag = null;
    if (boks && boks.b > 0.003 && boks.h > 0.003) send(lerret.closest(".sladdeark"), boks);
    else rektangel.remove();
  });

  document.addEventListener("pointercancel", () => {
    drag?.rektangel.remove();
    drag = null;
  });

  /* Keyboard: the button puts a rectangle on the page; arrows move it, with Shift they change its size. */
  let tast = null;

  function avslutt(knapp) {
    tast?.rektangel.remove();
    tast = null;
    knapp.setAttribute("aria-pressed", "false");
    meld("");
  }

  function meld(tekst) {
    const sted = document.getElementById("tegnemelding");
    if (sted) sted.textContent = tekst;
  }

  document.addEventListener("click", (hendelse) => {
    const knapp = hendelse.target.closest(".tegneknapp");
    if (!knapp) return;
    if (tast) {
      avslutt(knapp);
      return;
    }
    const ark = knapp.closest(".sladdeark");
    tast = { ark, rektangel: lagRektangel(ark.querySelector(".lerret")), boks: { x: 0.1, y: 0.1, b: 0.3, h: 0.03 } };
    vis(tast.rektangel, tast.boks);
    knapp.setAttribute("aria-pressed", "true");
    meld("Flytt med piltastene. Endre størrelse med Shift og piltastene. Enter merker, Esc avbryter.");
  });

  document.addEventListener("keydown", (hendelse) => {
    const knapp = hendelse.target.closest?.(".tegneknapp");
    if (!knapp || !tast) return;
    const retning = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[hendelse.key];
    if (retning) {
      const boks = tast.boks;
      if (hendelse.shiftKey) {
        boks.b = Math.min(1 - boks.x, Math.max(STEG, boks.b + retning[0] * STEG));
        boks.h = Math.min(1 - boks.y, Math.max(STEG, boks.h + retning[1] * STEG));
      } else {
        boks.x = Math.min(1 - boks.b, Math.max(0, boks.x + retning[0] * STEG));
        boks.y = Math.min(1 - boks.h, Math.max(0, boks.y + retning[1] * STEG));
      }
      vis(tast.rektangel, boks);
      meld(`Fra venstre ${Math.round(100 * boks.x)} %, fra toppen ${Math.round(100 * boks.y)} %, bredde ${Math.round(100 * boks.b)} %, høyde ${Math.round(100 * boks.h)} %.`);
    } else if (hendelse.key === "Enter") {
      send(tast.ark, tast.boks);
      avslutt(knapp);
    } else if (hendelse.key === "Escape") avslutt(knapp);
    else return;
    hendelse.preventDefault();
    hendelse.stopPropagation();
  }, true);

  /* What the script can do is shown when it runs, also after the page has been changed by htmx. */
  function klargjoer() {
    for (const knapp of document.querySelectorAll(".tegneknapp")) knapp.hidden = false;
    for (const lerret of document.querySelectorAll("#sladding [data-omraader] .lerret")) lerret.classList.add("tegner");
  }
  klargjoer();
  document.addEventListener("htmx:afterSettle", () => { tast = null; klargjoer(); });
})();
