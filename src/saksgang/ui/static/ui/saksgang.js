// Saksgang: what the pages do beyond htmx. Every form and link works without this file.
"use strict";
(() => {
  const html = document.documentElement;
  const alle = (velger, rot = document) => [...rot.querySelectorAll(velger)];
  const synlig = (el) => el.getClientRects().length > 0;
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  const lag = (navn, egenskaper = {}, ...barn) => {
    const el = document.createElement(navn);
    for (const [n, v] of Object.entries(egenskaper)) n in el ? (el[n] = v) : el.setAttribute(n, v);
    el.append(...barn);
    return el;
  };

  // ── Toasts ──────────────────────────────────────────────
  function toast(tekst, angre) {
    const sted = document.getElementById("toaster");
    if (!sted || !tekst) return;
    const boks = lag("div", { className: "toast" }, lag("span", { textContent: tekst }));
    if (angre) {
      const knapp = lag("button", { className: "ds-button smal", type: "button", textContent: "Angre" });
      knapp.dataset.variant = "tertiary";
      knapp.addEventListener("click", () => {
        boks.remove();
        htmx.ajax("POST", angre, { target: "#varsler", swap: "innerHTML" });
      });
      boks.append(knapp);
    }
    sted.replaceChildren(boks);
    forsvinn(boks);
  }
  function forsvinn(boks) {
    let tid = setTimeout(() => boks.remove(), 9000);
    boks.addEventListener("pointerenter", () => clearTimeout(tid));
    boks.addEventListener("focusin", () => clearTimeout(tid));
    boks.addEventListener("pointerleave", () => (tid = setTimeout(() => boks.remove(), 3000)));
  }
  document.addEventListener("melding", (e) => toast(e.detail.tekst, e.detail.angre));

  // ── A button that fills a field of its form ─────────────
  document.addEventListener("click", (e) => {
    const knapp = e.target.closest("[data-fyll]");
    const felt = knapp?.form?.elements[knapp.dataset.fyll];
    if (!felt) return;
    felt.value = knapp.dataset.verdi;
    felt.focus();
    felt.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // ── Dialogs ─────────────────────────────────────────────
  let aapner = null;
  const dialog = () => document.getElementById("dialog");

  function aapneDialog(boks, fra) {
    if (boks.open) return;
    const meny = fra?.closest("[popover]");
    if (meny) {
      meny.hidePopover();
      fra = document.querySelector(`[popovertarget="${meny.id}"]`);
    }
    aapner = fra || document.activeElement;
    boks.showModal();
    const kropp = boks.querySelector(".dialogkropp");
    // What scrolls and holds nothing to focus must take the keyboard itself.
    if (kropp && kropp.scrollHeight > kropp.clientHeight && !kropp.querySelector("a[href], button, input:not([type=hidden]), select, textarea")) {
      kropp.tabIndex = 0;
      kropp.setAttribute("role", "group");
      kropp.setAttribute("aria-labelledby", boks.getAttribute("aria-labelledby"));
    }
    const felt = boks.querySelector("[autofocus], .dialogkropp :is(input:not([type=hidden]), select, textarea)");
    if (felt && !boks.querySelector("ds-error-summary")) felt.focus();
  }
  document.addEventListener("click", (e) => {
    const knapp = e.target.closest("[data-dialog-aapne]");
    if (knapp) aapneDialog(document.getElementById(knapp.dataset.dialogAapne), knapp);
    const lukk = e.target.closest("[data-lukk]");
    const boks = lukk?.closest("dialog[open]");
    if (boks) {
      e.preventDefault();
      boks.close();
    }
    e.target.closest("[data-fjern]")?.parentElement.remove();
  });
  document.addEventListener("close", (e) => {
    if (!(e.target instanceof HTMLDialogElement)) return;
    if (e.target.id === "dialog") e.target.replaceChildren();
    const tilbake = aapner?.isConnected && synlig(aapner) ? aapner : document.getElementById("innhold");
    aapner = null;
    tilbake?.focus({ preventScroll: true });
  }, true);
  document.addEventListener("lukk-dialog", () => alle("dialog[open]").forEach((boks) => boks.close()));

  // ── htmx ────────────────────────────────────────────────
  document.addEventListener("htmx:beforeSwap", (e) => {
    const aapen = alle("dialog[open]").at(-1);
    if (e.detail.target.id === "varsler" && aapen) {
      // What lies behind a modal dialog can neither be seen nor read.
      let sted = aapen.querySelector(".dialogvarsler");
      if (!sted) aapen.prepend((sted = lag("div", { className: "dialogvarsler" })));
      sted.setAttribute("role", "alert");
      e.detail.target = sted;
    }
  });
  document.addEventListener("htmx:afterSwap", (e) => {
    const boks = dialog();
    if (e.detail.target === boks && boks.childElementCount) {
      boks.className = `dialog ${boks.querySelector("[data-dialogklasse]")?.dataset.dialogklasse || ""}`.trim();
      aapneDialog(boks, e.detail.requestConfig.elt);
    }
    if (e.detail.target.classList.contains("dialogvarsler")) e.detail.target.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:responseError", () =>
    toast("Noe gikk galt hos oss. Ingenting er endret. Prøv en gang til."));
  document.addEventListener("htmx:sendError", () =>
    toast("Ingen kontakt med serveren. Det du har skrevet, står her ennå."));

  // Busy only when it is felt: nothing under 300 ms.
  const venter = new WeakMap();
  const opptatt = (knapp) => knapp && venter.set(knapp, setTimeout(() => knapp.setAttribute("aria-busy", "true"), 300));
  function ledig(knapp) {
    if (!knapp) return;
    clearTimeout(venter.get(knapp));
    knapp.removeAttribute("aria-busy");
  }
  // A form on its way is not sent again, by any key: htmx would put it in line and do the act twice.
  document.addEventListener("htmx:confirm", (e) => {
    if (e.detail.elt.matches("form[hx-post]:is(.htmx-request, [data-sendt])")) e.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.xhr.getResponseHeader("HX-Redirect")) e.detail.elt.dataset.sendt = "ja";
  });
  const knappFor = (e) => e.detail.requestConfig.triggeringEvent?.submitter || (e.detail.elt.matches(".ds-button") ? e.detail.elt : null);
  document.addEventListener("htmx:beforeRequest", (e) => opptatt(knappFor(e)));
  document.addEventListener("htmx:afterRequest", (e) => ledig(knappFor(e)));
  document.addEventListener("submit", (e) => {
    const skjema = e.target;
    delete skjema.dataset.endret;
    if (e.defaultPrevented || skjema.hasAttribute("hx-post") || skjema.method !== "post") return;
    if (skjema.dataset.sendt) return e.preventDefault();
    skjema.dataset.sendt = "ja";
    opptatt(e.submitter);
  });
  window.addEventListener("pageshow", () => alle("form[data-sendt]").forEach((skjema) => delete skjema.dataset.sendt));

  // ── Ready words for a text field ────────────────────────
  const visInnsetting = (rot) => rot.querySelectorAll("[data-innsetting]").forEach((rad) => (rad.hidden = false));
  visInnsetting(document);
  document.addEventListener("htmx:afterSwap", (e) => visInnsetting(e.detail.target));
  document.addEventListener("click", (e) => {
    const knapp = e.target.closest("[data-innsetting] > button");
    if (!knapp) return;
    const felt = knapp.form.elements[knapp.parentElement.dataset.innsetting];
    felt.value = [felt.value.trimEnd(), knapp.textContent].filter(Boolean).join(". ");
    felt.focus();
    felt.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // ── Unsaved text ────────────────────────────────────────
  document.addEventListener("input", (e) => {
    const skjema = e.target.closest?.("form[data-ulagret]");
    if (skjema) skjema.dataset.endret = "ja";
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (!e.detail.successful && e.detail.elt.matches("form[data-ulagret]")) e.detail.elt.dataset.endret = "ja";
  });
  window.addEventListener("beforeunload", (e) => {
    if (document.querySelector("form[data-ulagret][data-endret]")) e.preventDefault();
  });

  // ── Lists: preview, selection ───────────────────────────
  const rader = () => alle("[data-rad]").filter(synlig);
  const aktivRad = () => document.querySelector("[data-rad].aktiv");
  const lenke = (rad) => rad?.querySelector("a[data-forhaand], a.tittel");
  const forhaand = (a) => {
    const maal = a?.dataset.forhaand !== undefined && document.querySelector(a.getAttribute("hx-target") || "#forhaand");
    return maal && synlig(maal) ? maal : null;
  };
  let sisteValg = null;

  function merkAktiv(rad) {
    alle("[data-rad].aktiv").forEach((r) => {
      r.classList.remove("aktiv");
      r.removeAttribute("aria-current");
    });
    rad.classList.add("aktiv");
    rad.setAttribute("aria-current", "true");
  }
  function flytt(steg) {
    const liste = rader();
    if (!liste.length) return;
    const naa = liste.indexOf(aktivRad());
    const rad = liste[naa < 0 ? 0 : Math.max(0, Math.min(liste.length - 1, naa + steg))];
    const a = lenke(rad);
    merkAktiv(rad);
    rad.scrollIntoView({ block: "nearest" });
    a?.focus({ preventScroll: true });
    visForhaand(a);
  }
  function visForhaand(a) {
    const maal = forhaand(a);
    if (maal) htmx.ajax("GET", a.getAttribute("hx-get"), { target: maal, swap: "innerHTML", source: a });
  }
  // A list that comes anew after an act stays where it was; the same row is current, or the one that took its place.
  let plass = null;
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (!e.detail.target.matches?.("[data-liste]")) return;
    const rad = aktivRad();
    plass = {
      nr: rader().indexOf(rad),
      url: lenke(rad)?.getAttribute("href"),
      rull: document.querySelector("[data-liste] .rader")?.scrollTop,
    };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!plass) return;
    const { nr, url, rull } = plass;
    plass = null;
    const liste = rader();
    const ramme = document.querySelector("[data-liste] .rader");
    if (ramme && rull) ramme.scrollTop = rull;
    if (nr < 0) return;
    const rad = liste.find((r) => lenke(r)?.getAttribute("href") === url) || liste[Math.min(nr, liste.length - 1)];
    if (!rad) return document.getElementById("forhaand")?.replaceChildren();
    merkAktiv(rad);
    visForhaand(lenke(rad));
  });
  // In the capture phase, before htmx: new tabs, phones and the second click follow the link itself.
  document.addEventListener("click", (e) => {
    const a = e.target.closest("a[hx-get][href]");
    if (!a) return;
    const rad = a.closest("[data-rad]");
    const nyFane = e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0;
    if (nyFane || (a.dataset.forhaand !== undefined && (!forhaand(a) || rad?.classList.contains("aktiv")))) {
      e.stopPropagation();
      return;
    }
    if (rad && a.dataset.forhaand !== undefined) merkAktiv(rad);
  }, true);
  document.addEventListener("click", (e) => {
    const rad = e.target.closest("[data-rad]");
    if (rad && !e.target.closest("a, button, input, label, select, textarea, summary, [popover]") && !getSelection().toString())
      lenke(rad)?.click();
    const boks = e.target.closest("[data-rad] input[type=checkbox]");
    if (boks) {
      if (e.shiftKey) velgTil(boks.closest("[data-rad]"), boks.checked);
      sisteValg = boks.closest("[data-rad]");
      visValgte();
    }
    if (e.target.closest("[data-fjern-valg]")) velgAlle(false);
  });
  document.addEventListener("change", (e) => {
    if (e.target.matches?.("[data-velg-alle]")) velgAlle(e.target.checked);
  });
  const avkryss = (rad) => rad?.querySelector("input[type=checkbox]");
  function velgTil(rad, paa = true) {
    const liste = rader();
    const [fra, til] = [liste.indexOf(sisteValg), liste.indexOf(rad)].sort((a, b) => a - b);
    liste.slice(Math.max(0, fra), til + 1).forEach((r) => avkryss(r) && (avkryss(r).checked = paa));
  }
  function velgAlle(paa) {
    rader().forEach((r) => avkryss(r) && (avkryss(r).checked = paa));
    visValgte();
  }
  function visValgte() {
    const bokser = alle("[data-rad]").map(avkryss).filter(Boolean);
    if (!bokser.length && !document.querySelector(".valglinje")) return;
    const valgte = bokser.filter((b) => b.checked).length;
    alle("[data-rad]").forEach((r) => r.classList.toggle("valgt", !!avkryss(r)?.checked));
    alle("[data-rad][aria-selected]").forEach((r) => r.setAttribute("aria-selected", String(!!avkryss(r)?.checked)));
    alle("[data-antall-valgt]").forEach((el) => (el.textContent = valgte));
    alle(".valglinje").forEach((linje) => (linje.hidden = !valgte));
    alle("[data-velg-alle]").forEach((b) => {
      b.checked = valgte > 0 && valgte === bokser.length;
      b.indeterminate = valgte > 0 && valgte < bokser.length;
    });
  }

  // ── Keyboard ────────────────────────────────────────────
  const GAA = { i: "Innboks", r: "Restanse", m: "Mine saker", f: "Flagg" };
  let gVenter = 0;
  const iFelt = (el) =>
    el.isContentEditable || (el.matches?.("input, textarea, select") && !/^(checkbox|radio|button|submit)$/.test(el.type));

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.isComposing) return;
    if ((e.ctrlKey || e.metaKey) && !e.altKey) {
      const knapp = document.querySelector(
        e.key === "s" ? "dialog[open] [data-lagre], [data-lagre]" : e.key === "Enter" ? "[data-ferdigstill]" : "none");
      if (knapp && synlig(knapp)) {
        e.preventDefault();
        knapp.click();
      }
      return;
    }
    if (e.altKey || iFelt(e.target) || html.dataset.hurtigtaster === "av") return;
    const meny = document.querySelector("[popover]:popover-open");
    if (e.key === "Escape" && !meny && !document.querySelector("dialog[open]")) {
      if (document.querySelector(".valglinje:not([hidden])")) velgAlle(false);
      else document.querySelector("a[data-tilbake]")?.click();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (hurtigtast(e, meny)) e.preventDefault();
  });

  function hurtigtast(e, meny) {
    const tast = e.key;
    if (tast.length !== 1) return false;
    if (meny) return klikk(`[data-tast="${CSS.escape(tast)}"]`, meny);
    if (Date.now() - gVenter < 1500) {
      gVenter = 0;
      const maal = GAA[tast] && alle(".sidemeny a").find((a) => a.dataset.gaa === tast || a.textContent.trim().startsWith(GAA[tast]));
      if (maal) maal.click();
      return Boolean(maal);
    }
    if (tast === "g") {
      gVenter = Date.now();
      return true;
    }
    if (tast === "/") {
      const felt = document.getElementById("soekefelt");
      if (!felt || !synlig(felt)) return false;
      felt.focus();
      felt.select();
      return true;
    }
    if (tast === "?") {
      const boks = document.getElementById("hurtigtaster");
      if (boks) aapneDialog(boks);
      return Boolean(boks);
    }
    if (rader().length) {
      if (tast === "j" || tast === "k") {
        flytt(tast === "j" ? 1 : -1);
        return true;
      }
      const rad = aktivRad();
      if (rad && avkryss(rad) && (tast === "x" || tast === "X")) {
        if (tast === "X") velgTil(rad);
        else avkryss(rad).checked = !avkryss(rad).checked;
        sisteValg = rad;
        visValgte();
        return true;
      }
    }
    return klikk(`[data-tast="${CSS.escape(tast)}"]`, document);
  }
  function klikk(velger, rot) {
    const treff = alle(velger, rot).filter((el) => !el.closest("[hidden], dialog:not([open])"));
    const el = treff.find(synlig) || treff[0];
    el?.click();
    return Boolean(el);
  }

  // ── Suggestions while typing ────────────────────────────
  // <input data-forslag-url="/forslag/parter/" data-forslag-mot="id_part_id">; the address answers ?q= with
  // {"forslag": [{"verdi": "7", "tekst": "Kroa AS", "under": "Org.nr. …", "felter": {"adresse": "…"}}]}.
  let nummer = 0;
  function forslagsfelt(felt) {
    if (felt.getAttribute("role") === "combobox") return;
    const id = `forslag-${++nummer}`;
    const liste = lag("div", { className: "forslag", id, hidden: true, role: "listbox", "aria-label": "Forslag" });
    const antall = lag("span", { className: "ds-sr-only", role: "status" });
    const ramme = lag("div", { className: "forslagsboks" });
    felt.before(ramme);
    ramme.append(felt, liste, antall);
    for (const [n, v] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
    })) felt.setAttribute(n, v);
    const mot = felt.dataset.forslagMot && document.getElementById(felt.dataset.forslagMot);
    let tid = 0, avbryt = null, valgt = -1, poster = [];

    const lukk = () => {
      liste.hidden = true;
      valgt = -1;
      felt.setAttribute("aria-expanded", "false");
      felt.removeAttribute("aria-activedescendant");
    };
    const merk = (i) => {
      valgt = (i + poster.length) % poster.length;
      [...liste.children].forEach((el, n) => el.setAttribute("aria-selected", String(n === valgt)));
      felt.setAttribute("aria-activedescendant", `${id}-${valgt}`);
      liste.children[valgt].scrollIntoView({ block: "nearest" });
    };
    const velg = (i) => {
      const post = poster[i];
      felt.value = post.tekst;
      if (mot) mot.value = post.verdi;
      for (const [navn, verdi] of Object.entries(post.felter || {})) {
        const annet = felt.form?.elements[(felt.dataset.forslagPrefiks || "") + navn];
        if (annet) annet.value = verdi;
      }
      lukk();
      felt.dispatchEvent(new CustomEvent("forslag-valgt", { bubbles: true, detail: post }));
      felt.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const hent = async () => {
      avbryt?.abort();
      avbryt = new AbortController();
      const url = new URL(felt.dataset.forslagUrl, location.href);
      url.searchParams.set("q", felt.value.trim());
      try {
        const svar = await fetch(url, { headers: { Accept: "application/json" }, signal: avbryt.signal });
        if (!svar.ok) return lukk();
        poster = (await svar.json()).forslag || [];
      } catch {
        return;
      }
      liste.replaceChildren(...poster.map((post, n) => {
        const el = lag("div", { id: `${id}-${n}`, role: "option", "aria-selected": "false" }, post.tekst);
        if (post.under) el.append(lag("small", { textContent: post.under }));
        el.addEventListener("pointerdown", (e) => {
          e.preventDefault();
          velg(n);
        });
        return el;
      }));
      antall.textContent = poster.length ? `${poster.length} forslag` : "Ingen forslag";
      valgt = -1;
      liste.hidden = !poster.length || document.activeElement !== felt;
      felt.setAttribute("aria-expanded", String(!liste.hidden));
    };
    felt.addEventListener("input", (e) => {
      if (mot && e.isTrusted) mot.value = "";
      clearTimeout(tid);
      if (felt.value.trim().length < Number(felt.dataset.forslagFra || 2)) return lukk();
      tid = setTimeout(hent, 200);
    });
    felt.addEventListener("keydown", (e) => {
      if (liste.hidden) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") merk(valgt < 0 && e.key === "ArrowUp" ? -1 : valgt + (e.key === "ArrowDown" ? 1 : -1));
      else if (e.key === "Enter" && valgt >= 0) velg(valgt);
      else if (e.key === "Escape") lukk();
      else return;
      e.preventDefault();
      e.stopPropagation();
    });
    felt.addEventListener("blur", lukk);
  }

  // ── Upload ──────────────────────────────────────────────
  // A zone with data-url sends each file at once. One without keeps them in its field until the form is sent: what is
  // chosen or dropped later is added to them, and each can be taken out again.
  const stoerrelse = (b) => (b < 1e6 ? `${Math.max(1, Math.round(b / 1e3))} kB` : `${(b / 1e6).toFixed(1).replace(".", ",")} MB`);

  function fillinje(fil) {
    const tekst = lag("span", { className: "dempet", textContent: stoerrelse(fil.size) });
    const linje = lag("progress", { className: "andel tynn", max: 100, value: 0, "aria-label": `Laster opp ${fil.name}` });
    return { post: lag("li", {}, lag("span", { className: "kutt", textContent: fil.name }), tekst), tekst, linje, fil };
  }
  const beholdt = new WeakMap();
  function behold(felt, filer) {
    const samlet = new DataTransfer();
    filer.forEach((fil) => samlet.items.add(fil));
    felt.files = samlet.files;
    const linjer = filer.map(fillinje);
    beholdt.set(felt, linjer);
    for (const { post, fil } of linjer) {
      const knapp = lag("button", { className: "ds-button smal", type: "button", textContent: "Fjern", "aria-label": `Fjern ${fil.name}` });
      knapp.dataset.variant = "tertiary";
      knapp.addEventListener("click", () => {
        behold(felt, filer.filter((annen) => annen !== fil));
        felt.focus();
      });
      post.append(knapp);
    }
    felt.closest("[data-opplasting]").parentElement.querySelector(".opplastinger").replaceChildren(...linjer.map((l) => l.post));
    felt.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function taImot(sone, filer) {
    const felt = sone.querySelector("input[type=file]");
    const flate = felt.closest("[data-opplasting]");
    if (flate.dataset.url) return lastOpp(flate, felt, filer);
    const foer = (beholdt.get(felt) || []).map((l) => l.fil);
    const lik = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
    behold(felt, [...foer, ...[...filer].filter((fil) => !foer.some((annen) => lik(fil, annen)))]);
  }
  // The form's own files, on their way with the rest of it: each line fills as its part of the body is sent.
  document.addEventListener("htmx:beforeSend", (e) => {
    const felt = e.detail.elt.matches("form") && alle("input[type=file]", e.detail.elt).find((f) => f.files.length);
    if (!felt || felt.closest("[data-url]")) return;
    const linjer = beholdt.get(felt) || [...felt.files].map(fillinje);
    const egenListe = !beholdt.has(felt) && lag("ul", { className: "opplastinger" }, ...linjer.map((l) => l.post));
    if (egenListe) felt.after(egenListe);
    for (const l of linjer) {
      l.linje.value = 0;
      l.post.append(l.linje);
    }
    const sum = linjer.reduce((s, l) => s + l.fil.size, 0);
    e.detail.xhr.upload.addEventListener("progress", (ev) => {
      if (!ev.lengthComputable) return;
      let sendt = (ev.loaded / ev.total) * sum;
      for (const l of linjer) {
        l.linje.value = Math.min(100, Math.max(0, (sendt / l.fil.size) * 100));
        if (sendt >= l.fil.size) l.tekst.textContent = "Kontrollerer …";
        sendt -= l.fil.size;
      }
    });
    e.detail.xhr.addEventListener("loadend", () => {
      if (egenListe) return egenListe.remove();
      for (const l of linjer) {
        l.linje.remove();
        l.tekst.textContent = stoerrelse(l.fil.size);
      }
    });
  });

  // One after the other, so that the documents get the order of the files.
  async function lastOpp(sone, felt, filer) {
    const linjer = [...filer].map(fillinje);
    sone.parentElement.querySelector(".opplastinger").replaceChildren(...linjer.map((l) => l.post));
    for (const { post, tekst, linje, fil } of linjer) {
      post.append(linje);
      const xhr = await send(sone.dataset.url, felt.name, fil, (e) => {
        linje.value = (e.loaded / e.total) * 100;
        if (e.loaded === e.total) tekst.textContent = "Kontrollerer …";
      });
      const lagtTil = xhr.status >= 200 && xhr.status < 300;
      linje.remove();
      tekst.textContent = lagtTil ? "Lagt til" : feiltekst(xhr);
      tekst.className = lagtTil ? "ok" : "fare";
      if (lagtTil) setTimeout(() => post.remove(), 4000);
    }
    felt.value = "";
    if (sone.dataset.hendelse) htmx.trigger(document.body, sone.dataset.hendelse);
  }
  const send = (url, navn, fil, framdrift) => new Promise((ferdig) => {
    const data = new FormData();
    data.append(navn, fil, fil.name);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url);
    xhr.setRequestHeader("X-CSRFToken", csrf());
    xhr.setRequestHeader("Accept", "application/json");
    xhr.upload.addEventListener("progress", (e) => e.lengthComputable && framdrift(e));
    xhr.addEventListener("loadend", () => ferdig(xhr));
    xhr.send(data);
  });
  function feiltekst(xhr) {
    try {
      return JSON.parse(xhr.responseText).feil.join(" ");
    } catch {
      return xhr.status === 413 ? "Fila er for stor." : "Fila ble ikke lastet opp. Prøv en gang til.";
    }
  }
  document.addEventListener("change", (e) => {
    const sone = e.target.matches?.("[data-opplasting] input[type=file]") && e.target.closest("[data-opplasting]");
    if (sone && (e.target.files.length || beholdt.has(e.target))) taImot(sone, e.target.files);
  });
  const slipp = (e) => {
    if (!e.dataTransfer?.types.includes("Files")) return null;
    const flate = e.target.closest?.("[data-opplasting], [data-slipp]");
    return flate && { flate, sone: flate.dataset.slipp ? document.querySelector(flate.dataset.slipp) : flate };
  };
  document.addEventListener("dragover", (e) => {
    const treff = slipp(e);
    if (!treff) return;
    e.preventDefault();
    treff.flate.classList.add("over");
  });
  document.addEventListener("dragleave", (e) => e.target.closest?.(".over")?.classList.remove("over"));
  document.addEventListener("drop", (e) => {
    const treff = slipp(e);
    if (!treff) return;
    e.preventDefault();
    treff.flate.classList.remove("over");
    if (treff.sone && e.dataTransfer.files.length) taImot(treff.sone, e.dataTransfer.files);
  });

  // ── Rows that may be any number: the template inside makes the next one ──
  document.addEventListener("click", (e) => {
    const knapp = e.target.closest("[data-ny-rad]");
    const sett = knapp?.closest("[data-radsett]");
    if (!sett) return;
    const mal = sett.querySelector(":scope > template");
    const nummer = Number(knapp.dataset.neste || sett.querySelectorAll(":scope > [data-rad-felt]").length + 1);
    knapp.dataset.neste = nummer + 1;
    const hylster = lag("div");
    hylster.innerHTML = mal.innerHTML.replaceAll("__n__", nummer);
    const rad = hylster.firstElementChild;
    mal.before(rad);
    start(rad);
    rad.querySelector("input:not([type=hidden])")?.focus();
  });

  // ── Rows put in order by dragging; the form's own buttons do the same ──
  let drar = null;
  document.addEventListener("dragstart", (e) => {
    drar = e.target.closest?.("[data-sorter] [draggable]") || null;
    if (drar) e.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (e) => {
    const rad = drar && e.target.closest?.("[draggable]");
    if (!rad || rad === drar || rad.parentElement !== drar.parentElement) return;
    e.preventDefault();
    const midt = rad.getBoundingClientRect();
    rad[e.clientY > midt.top + midt.height / 2 ? "after" : "before"](drar);
  });
  document.addEventListener("dragend", () => {
    drar?.closest("form").requestSubmit();
    drar = null;
  });

  // ── Start, and again for what htmx brings ───────────────
  function start(rot) {
    alle("input[data-forslag-url]", rot).forEach(forslagsfelt);
    if (rot.matches?.("input[data-forslag-url]")) forslagsfelt(rot);
    alle("[data-dialog-aapne][hidden], [data-ny-rad][hidden]", rot).forEach((knapp) => (knapp.hidden = false));
    visValgte();
  }
  alle("#toaster > *").forEach(forsvinn);
  start(document);
  document.addEventListener("htmx:load", (e) => start(e.detail.elt));
})();
