/// The look of the page.
enum ReportStyle {
    static let text: StaticString = #"""

        :root { --back: #fff; --fore: #1a1c1f; --dim: #5b6270; --line: #d9dce1; --soft: #f3f4f6; --pick: #dbe7ff;
          --client: #1f4f9e; --server: #20692f; --bar: #6d8fc9; --info: #5b6270; --low: #1c6a8a; --medium: #8a5a00;
          --high: #b3261e; --critical: #fff; --critical-back: #a3123d; --mono: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
        @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --back: #15171a; --fore: #e4e6ea; --dim: #9aa2af;
          --line: #31353b; --soft: #1e2125; --pick: #24395f; --client: #8db6ff; --server: #86d698; --bar: #4d6ea8; --info: #9aa2af;
          --low: #6cc3e6; --medium: #e6b04c; --high: #ff8a80; } }
        :root[data-theme=dark] { --back: #15171a; --fore: #e4e6ea; --dim: #9aa2af; --line: #31353b; --soft: #1e2125; --pick: #24395f;
          --client: #8db6ff; --server: #86d698; --bar: #4d6ea8; --info: #9aa2af; --low: #6cc3e6; --medium: #e6b04c; --high: #ff8a80; }
        * { box-sizing: border-box; }
        html, body { height: 100%; margin: 0; }
        body { display: flex; flex-direction: column; background: var(--back); color: var(--fore); font: 14px/1.45 system-ui, sans-serif; }
        header, footer { display: flex; gap: .75rem; align-items: center; padding: .4rem .75rem; background: var(--soft); flex: none; }
        header { border-bottom: 1px solid var(--line); } footer { border-top: 1px solid var(--line); color: var(--dim); }
        h1 { font-size: 1rem; margin: 0; } h2 { font-size: 1rem; margin: .5rem 0; }
        .grow { flex: 1; } .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        input[type=search] { width: 100%; font: inherit; padding: .25rem .5rem; color: inherit; background: var(--back);
          border: 1px solid var(--line); border-radius: 4px; }
        input.wrong { border-color: var(--high); }
        button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 4px; padding: .2rem .6rem; cursor: pointer; }
        #banner, .banner { margin: 0; padding: .4rem .75rem; background: var(--critical-back); color: #fff; flex: none; }
        main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(11rem, 17rem) minmax(20rem, 1fr) minmax(16rem, 38%); }
        main > * { overflow: auto; min-width: 0; }
        nav { border-right: 1px solid var(--line); }
        nav button { display: block; width: 100%; text-align: left; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; padding: .35rem .6rem; }
        nav button[aria-current=true] { background: var(--pick); }
        nav small { display: block; color: var(--dim); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        #rows { position: relative; } #rows:focus-visible, #detail:focus-visible { outline: 2px solid var(--bar); outline-offset: -2px; }
        #space { position: relative; }
        .row { position: absolute; left: 0; right: 0; height: 24px; line-height: 24px; display: flex; gap: .6rem; padding: 0 .6rem;
          white-space: nowrap; overflow: hidden; font-family: var(--mono); font-size: 12.5px; cursor: default; border-bottom: 1px solid var(--soft); }
        .row.picked { background: var(--pick); }
        .row.child { padding-left: 2rem; }
        .row .time { color: var(--dim); width: 4.5rem; text-align: right; flex: none; }
        .row .fold { width: 1ch; flex: none; color: var(--dim); }
        .row .who { width: 3.2rem; flex: none; color: var(--dim); }
        .row .what { flex: 0 1 auto; overflow: hidden; text-overflow: ellipsis; min-width: 6rem; }
        .row .note { flex: 1 1 0; color: var(--dim); overflow: hidden; text-overflow: ellipsis; font-family: system-ui, sans-serif; }
        .row .late { flex: none; width: 8.5rem; display: flex; gap: .5rem; align-items: center; justify-content: flex-end; color: var(--dim); }
        .row .bar { width: 56px; flex: none; } .row .bar span { display: block; height: 8px; background: var(--bar); border-radius: 2px; min-width: 1px; }
        .client .what { color: var(--client); } .server .what { color: var(--server); } .failed .what { color: var(--high); }
        .mark { border-radius: 3px; padding: 0 .35em; font: 11px/16px system-ui, sans-serif; border: 1px solid currentColor; flex: none; align-self: center; }
        .info { color: var(--info); } .low { color: var(--low); } .medium { color: var(--medium); } .high { color: var(--high); font-weight: 600; }
        .critical { color: var(--critical); background: var(--critical-back); border-color: var(--critical-back); font-weight: 600; }
        #detail { border-left: 1px solid var(--line); padding: .6rem .8rem; }
        #detail dl, dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; }
        dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { font: 12.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .5rem; margin: .3rem 0; border-radius: 4px; unicode-bidi: plaintext; }
        pre.client { color: var(--client); } pre.server { color: var(--server); }
        details > summary { cursor: pointer; color: var(--dim); }
        .finding { margin: .4rem 0; padding-left: .6rem; border-left: 3px solid currentColor; }
        .finding p { margin: 0; color: var(--fore); font-weight: 400; } .finding.critical { color: var(--critical-back); background: none; }
        dialog { color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 6px; max-width: 44rem; }
        #print { display: none; }
        @media (max-width: 60rem) { main { grid-template-columns: 1fr; grid-template-rows: 7rem 1fr 40%; } nav { border-right: 0; }
          #detail { border-left: 0; border-top: 1px solid var(--line); } .row .note { display: none; } }
        @media (prefers-reduced-motion: no-preference) { #rows { scroll-behavior: auto; } }
        @media print { html, body { height: auto; } main, header, footer, dialog { display: none; } #print { display: block; }
          #print p { margin: .1rem 0; font: 9pt/1.35 var(--mono); overflow-wrap: anywhere; break-inside: avoid; }
          #print p.note { font-family: sans-serif; padding-left: 6rem; color: #444; } #print h2 { break-after: avoid; } }

        """#
}
