/// How the officer's page looks, on paper, by day and by night.
///
/// Nothing is told by colour alone.
enum HTMLStyle {
  static let text = """
    :root { color-scheme: light dark; --ink: #1d2430; --soft: #5a6475; --line: #d5dae2; --paper: #fff;
      --good: #1b6e3c; --good-paper: #e6f4ea; --warn: #8a5300; --warn-paper: #fdf1dc;
      --bad: #a3171f; --bad-paper: #fce8e8; --tag: #eef1f5; --accent: #20548f; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #a2acba; --line: #3a4350;
      --paper: #14181e; --good: #7ed19b; --good-paper: #16301f; --warn: #f0bd6a;
      --warn-paper: #35280f; --bad: #ff9a9a; --bad-paper: #3d1618; --tag: #262d37;
      --accent: #8fbdf0; } }
    * { box-sizing: border-box; }
    body { font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      color: var(--ink); background: var(--paper); margin: 0 auto; padding: 1.5rem; max-width: 62rem; }
    h1 { font-size: 1.55em; margin: 0; }
    .subtitle { color: var(--soft); margin: .1rem 0 .8rem; font-size: 1.05em; }
    .verdict { border: 1px solid var(--line); border-left: .4rem solid var(--good);
      background: var(--good-paper); padding: .5rem .8rem; border-radius: .3rem; }
    .verdict.bad { border-left-color: var(--bad); background: var(--bad-paper); }
    .verdict p { margin: .1rem 0; overflow-wrap: anywhere; }
    .verdict p.bad strong { color: var(--bad); }
    .verdict p.good strong { color: var(--good); }
    p { margin: .25rem 0; }
    p.warning::before { content: "! "; font-weight: 700; }
    p.warning { color: var(--warn); }
    p.note, footer { color: var(--soft); font-size: .88em; }
    h2 { font-size: 1.05em; margin: 1.1rem 0 .3rem; border-top: 1px solid var(--line);
      padding-top: .45rem; break-after: avoid; }
    h2 b { display: inline-block; min-width: 1.7em; text-align: center; border-radius: .9em;
      background: var(--accent); color: var(--paper); font-size: .85em; margin-right: .35em; }
    table { border-collapse: collapse; font-size: .93em; max-width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .16rem 1.3rem .16rem 0; }
    td:last-child { overflow-wrap: anywhere; padding-right: 0; }
    table.fates { width: 100%; }
    thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
    tbody tr { break-inside: avoid; }
    th.figure, td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .fates tr.first > * { border-top: 1px solid var(--line); }
    .fates tr:first-child > * { border-top: 0; }
    .fates td:nth-last-child(2) { white-space: nowrap; width: 1%; }
    .fates th { width: 9rem; }
    .fate { display: inline-block; font-weight: 600; font-size: .88em; padding: 0 .45em;
      border-radius: .3em; background: var(--tag); }
    .fate.token, .fate.encoded { color: var(--good); background: var(--good-paper); }
    .fate.kept, .fate.generalised { color: var(--warn); background: var(--warn-paper); }
    .fate.dropped { color: var(--soft); }
    .nights { list-style: none; display: flex; flex-wrap: wrap; gap: 2px; padding: 0; margin: .4rem 0 .2rem; }
    .nights li { flex: 1 1 1.2em; max-width: 1.9rem; min-width: 1.2em; text-align: center; border: 1px solid var(--line);
      border-radius: .2rem; line-height: 1.2; padding: .1rem 0; }
    .nights span { display: block; font-size: .7em; color: var(--soft); }
    .published { background: var(--good-paper); color: var(--good); }
    .failed { background: var(--bad-paper); color: var(--bad); }
    .stopped, .unfinished { background: var(--warn-paper); color: var(--warn); }
    .legend { color: var(--soft); font-size: .88em; }
    .legend b { padding: 0 .35em; border-radius: .2rem; border: 1px solid var(--line); }
    .legend span { margin-right: .7em; }
    @page { size: A4; margin: 12mm 13mm; }
    @media print {
      :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff;
        --good: #14532d; --good-paper: #e6f4ea; --warn: #6b4100; --warn-paper: #fdf1dc;
        --bad: #8c1118; --bad-paper: #fce8e8; --tag: #eef1f5; --accent: #20548f; }
      body { font-size: 8.4pt; line-height: 1.32; padding: 0; max-width: none;
        print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      h2 { margin: .55rem 0 .15rem; padding-top: .25rem; }
      p { margin: .1rem 0; }
      th, td { padding: .07rem .9rem .07rem 0; }
      section { break-inside: avoid; }
      #q5, #q6 { break-inside: auto; }
    }
    """
}
