// Writing in the page: the editor over the plain field, its toolbar, and saving as one writes.
"use strict";
(() => {
  const skjema = document.querySelector("form[data-skriving]");

  // ── Choices that are sent as they are made, and other forms: never before what is written is kept ──
  const sist = document.querySelector("[data-lagret]");
  let lagre = async () => true;
  let ulagret = () => false;
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-send]")) e.target.form.requestSubmit();
  });
  document.querySelectorAll("[data-sendknapp]").forEach((knapp) => (knapp.hidden = true));
  document.addEventListener("submit", async (e) => {
    if (e.target === skjema || e.defaultPrevented || e.target.hasAttribute("hx-post") || !ulagret()) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (await lagre()) e.target.requestSubmit(e.submitter || undefined);
  }, true);
  document.addEventListener("htmx:confirm", (e) => {
    if (!ulagret()) return;
    e.preventDefault();
    lagre().then((gikk) => gikk && e.detail.issueRequest(true));
  });
  if (!skjema) return;

  const felt = document.getElementById("skrivefelt");
  const ren = skjema.querySelector(".ren-tekst");
  const linje = skjema.querySelector(".verktoy");
  const varsel = document.querySelector("[data-skrivevarsel]");
  const utgave = skjema.elements.utgave;
  ren.hidden = true;
  ren.querySelector("textarea").disabled = true;
  felt.hidden = linje.hidden = false;
  document.querySelectorAll("button[form=skriveskjema]").forEach((knapp) => (knapp.hidden = true)); // it saves as one writes
  if (!felt.innerHTML.trim()) felt.innerHTML = "<p><br></p>";
  document.execCommand("defaultParagraphSeparator", false, "p");
  document.execCommand("styleWithCSS", false, "false");

  // ── Saving ──────────────────────────────────────────────
  const VENT = 1200, LENGST = 8000;
  let lagretTekst = felt.innerHTML, foerst = 0, tid = 0, paaVei = null, stanset = false, forsoek = 0;
  ulagret = () => !stanset && felt.innerHTML !== lagretTekst;

  const si = (ord) => (sist.lastElementChild.textContent = ord);
  function fortell(tittel, setninger, tone) {
    const boks = document.createElement("div");
    boks.className = "ds-alert";
    boks.dataset.color = tone;
    const hode = document.createElement("h2");
    hode.textContent = tittel;
    boks.append(hode, ...setninger.map((s) => Object.assign(document.createElement("p"), { textContent: s })));
    varsel.replaceChildren(boks);
  }
  // The browser puts a list inside the paragraph that it is made from, which no document has.
  function brodtekst() {
    const kopi = felt.cloneNode(true);
    kopi.querySelectorAll("p > ul, p > ol").forEach(({ parentNode: p }) => p.tagName === "P" && p.replaceWith(...p.childNodes));
    return kopi.innerHTML;
  }
  const merk = () => skjema.toggleAttribute("data-ulagret-tekst", ulagret());
  function planlegg() {
    merk();
    if (!ulagret()) return;
    foerst ||= Date.now();
    clearTimeout(tid);
    tid = setTimeout(lagre, Math.max(0, Math.min(VENT, foerst + LENGST - Date.now())));
  }
  lagre = () => (paaVei ||= send().finally(() => (paaVei = null)).then((gikk) => (gikk && ulagret() ? lagre() : gikk)));
  async function send(mens = false) {
    if (!ulagret()) return !stanset;
    clearTimeout(tid);
    foerst = 0;
    const tekst = felt.innerHTML;
    const data = new FormData(skjema);
    data.set("brodtekst", brodtekst());
    let svar;
    try {
      svar = await fetch(skjema.action, { method: "POST", body: data, keepalive: mens, headers: { Accept: "application/json" } });
    } catch {
      return proevIgjen();
    }
    if (svar.status >= 500) return proevIgjen();
    const kropp = await svar.json().catch(() => ({}));
    if (!svar.ok) {
      stanset = svar.status !== 401 && svar.status !== 422;
      fortell(`Ikke lagret siden ${sist.dataset.sist}`,
        svar.status === 401 ? ["Du er logget ut. Logg inn i en ny fane, og skriv videre her."] : kropp.feil || ["Teksten kunne ikke lagres. Kopier den før du lukker siden."], "danger");
      if (svar.status === 401) tid = setTimeout(lagre, 10000);
      return false;
    }
    utgave.value = kropp.utgave;
    lagretTekst = tekst;
    merk();
    forsoek = 0;
    sist.dataset.sist = kropp.lagret;
    si(`Lagret ${kropp.lagret}`);
    varsel.replaceChildren();
    return true;
  }
  function proevIgjen() {
    forsoek += 1;
    fortell(`Ikke lagret siden ${sist.dataset.sist}`, ["Ingen kontakt med serveren. Skriv videre; vi prøver igjen."], "warning");
    clearTimeout(tid);
    tid = setTimeout(lagre, Math.min(30000, 2000 * forsoek));
    return false;
  }
  felt.addEventListener("input", planlegg);
  felt.addEventListener("focusout", () => lagre());
  window.addEventListener("online", () => lagre());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && ulagret() && !paaVei && (paaVei = send(true).finally(() => (paaVei = null))));
  window.addEventListener("beforeunload", (e) => (ulagret() || (stanset && felt.innerHTML !== lagretTekst)) && e.preventDefault());
  skjema.addEventListener("submit", async (e) => {
    e.preventDefault();
    e.stopImmediatePropagation();
    if (await lagre()) si(`Lagret ${sist.dataset.sist}`);
  });

  // The page is for writing: on a wide screen the caret is there at once, at the end of the text.
  if (matchMedia("(min-width: 60rem)").matches && !location.hash && document.activeElement === document.body) {
    felt.focus({ preventScroll: true });
    getSelection().selectAllChildren(felt.lastElementChild || felt);
    getSelection().collapseToEnd();
  }

  // ── Toolbar ─────────────────────────────────────────────
  const knapper = [...linje.querySelectorAll("select, button")];
  const blokk = linje.querySelector("[data-blokk]");
  const iFeltet = () => felt.contains(getSelection().anchorNode);
  let merket = null;
  function vis() {
    if (!iFeltet()) return;
    merket = getSelection().rangeCount ? getSelection().getRangeAt(0).cloneRange() : null;
    for (const knapp of knapper) {
      if (knapp.hasAttribute("aria-pressed")) knapp.setAttribute("aria-pressed", String(document.queryCommandState(knapp.dataset.kommando)));
    }
    const type = document.queryCommandValue("formatBlock").toLowerCase();
    blokk.value = ["h2", "h3"].includes(type) ? type : "p";
  }
  document.addEventListener("selectionchange", vis);
  function utfoer(kommando, verdi) {
    felt.focus();
    if (merket && !iFeltet()) {
      getSelection().removeAllRanges();
      getSelection().addRange(merket);
    }
    document.execCommand(kommando, false, verdi);
    vis();
    planlegg();
  }
  linje.addEventListener("mousedown", (e) => e.target.closest("button") && e.preventDefault());
  linje.addEventListener("click", (e) => {
    const knapp = e.target.closest("[data-kommando]");
    if (knapp) utfoer(knapp.dataset.kommando);
  });
  blokk.addEventListener("change", () => utfoer("formatBlock", `<${blokk.value}>`));
  // One stop for the Tab key; the arrows go between the buttons.
  const gaaTil = (knapp) => knapper.forEach((k) => (k.tabIndex = k === knapp ? 0 : -1));
  gaaTil(knapper[0]);
  linje.addEventListener("focusin", (e) => knapper.includes(e.target) && gaaTil(e.target));
  linje.addEventListener("keydown", (e) => {
    const steg = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!steg) return;
    e.preventDefault();
    knapper[(knapper.indexOf(document.activeElement) + steg + knapper.length) % knapper.length].focus();
  });

  // ── What is pasted comes in without the looks of where it was ──
  const BEHOLD = new Set(["P", "H2", "H3", "UL", "OL", "LI", "B", "STRONG", "I", "EM", "BR"]);
  const BYTT = { H1: "H2", H4: "H3", H5: "H3", H6: "H3", DIV: "P" };
  const BORT = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "TEMPLATE", "NOSCRIPT"]);
  function rens(fra, til) {
    for (const node of fra.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) til.append(node.textContent);
      else if (node.nodeType === Node.ELEMENT_NODE && !BORT.has(node.tagName)) {
        const navn = BYTT[node.tagName] || node.tagName;
        if (BEHOLD.has(navn)) {
          const ny = document.createElement(navn);
          til.append(ny);
          rens(node, ny);
        } else rens(node, til);
      }
    }
  }
  felt.addEventListener("paste", (e) => {
    const html = e.clipboardData.getData("text/html");
    if (!html) return;
    e.preventDefault();
    const rent = document.createElement("div");
    rens(new DOMParser().parseFromString(html, "text/html").body, rent);
    document.execCommand("insertHTML", false, rent.innerHTML);
  });
  felt.addEventListener("drop", (e) => e.preventDefault());
})();
