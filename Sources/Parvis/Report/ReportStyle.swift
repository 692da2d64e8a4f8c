/// The look of the report. Contrasts are at least 4.5 to 1 for text and 3 to 1 for what is drawn.
let reportStyle = """

  :root {
    --ink: #18232d; --soft: #4c5a66; --line: #d8d4ca; --paper: #f7f5f0; --card: #ffffff;
    --deep: #0c3b46; --accent: #0b6374; --track: #e6e3db; --light: #d9eef1;
    --p1: #0b6374; --p2: #a8481c; --p3: #3d6b2e; --p4: #6b4590; --p5: #8a6100; --p6: #96304f;
  }
  * { box-sizing: border-box; }
  html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
  @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
  body {
    margin: 0; background: var(--paper); color: var(--ink);
    font: 16px/1.5 "Avenir Next", "Segoe UI", "Source Sans 3", "Noto Sans", "Liberation Sans", sans-serif;
  }
  h1, h2, .total strong, .tiles strong {
    font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Liberation Serif", Georgia, serif;
    font-weight: 600; text-wrap: balance;
  }
  a { color: var(--accent); text-underline-offset: .18em; }
  a:focus-visible, summary:focus-visible { outline: 3px solid #b3541e; outline-offset: 3px; border-radius: 3px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .skip { position: absolute; left: -999px; top: 0; padding: .5rem 1rem; background: #fff; z-index: 2; }
  .skip:focus { left: 1rem; }
  .languages { position: absolute; right: max(1rem, calc((100% - 1080px) / 2)); top: 1rem; z-index: 1; }
  .languages a { color: #fff; }
  .cover {
    position: relative; overflow: hidden; background: var(--deep); color: #fff;
    padding: 4.5rem max(1rem, calc((100% - 1080px) / 2)) 2.5rem;
  }
  .cover.small { padding-top: 3.5rem; padding-bottom: 1.75rem; }
  .cover h1 { margin: 0; font-size: clamp(2.1rem, 5vw, 3.4rem); line-height: 1.1; }
  .cover.small h1 { font-size: clamp(1.6rem, 4vw, 2.3rem); }
  .cover .over { margin: 0 0 .5rem; letter-spacing: .04em; color: var(--light); }
  .cover .over a { color: #fff; }
  .cover .theme { margin: .6rem 0 0; font-size: 1.25rem; color: var(--light); max-width: 44rem; }
  .cover .theme strong { color: #fff; font-size: 1.6rem; }
  .cover dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1.75rem 0 0; }
  .cover dt { font-size: .875rem; color: var(--light); }
  .cover dd { margin: 0; font-weight: 600; }
  .paving { position: absolute; right: 0; top: 0; width: min(34vw, 19rem); fill: #9fd3da; pointer-events: none; }
  main, footer { max-width: 1112px; margin: 0 auto; padding: 0 1rem; }
  section { margin: 2.75rem 0 0; }
  h2 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
  h3 { font-size: 1.0625rem; line-height: 1.35; margin: 0; font-weight: 600; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; }
  .tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(9.75rem, 1fr)); }
  .tiles a {
    display: block; height: 100%; padding: 1rem 1.1rem; border-radius: 10px; border: 1px solid var(--line);
    border-top: 4px solid var(--accent); background: var(--card); color: var(--ink); text-decoration: none;
  }
  .tiles a:hover { border-color: var(--accent); }
  .tiles strong { display: block; font-size: 2.1rem; line-height: 1.15; color: var(--deep); white-space: nowrap; }
  .tiles span { color: var(--soft); line-height: 1.35; display: block; }
  .singles { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
  .singles + .cards { margin-top: 1rem; }
  .cards .card { margin: 0 0 1rem; break-inside: avoid; }
  @media (min-width: 880px) { .cards { columns: 2; column-gap: 1rem; } }
  .cards .card:only-child { column-span: all; }
  .total { margin: .35rem 0 .6rem; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6rem; }
  .total strong { font-size: 2rem; line-height: 1.2; color: var(--deep); }
  small, .more, .trace, details { font-size: .9375rem; }
  .total small, .more { color: var(--soft); }
  .trace { margin: .75rem 0 0; }
  .more { margin: 0; }
  .chart { display: block; overflow: visible; margin: .25rem 0 .5rem; }
  .chart text { font-size: 14px; fill: var(--ink); }
  .chart .value { text-anchor: end; font-weight: 600; font-variant-numeric: tabular-nums; }
  .chart .end { text-anchor: end; }
  .chart .tick { font-size: 12px; fill: var(--soft); }
  @media (max-width: 640px) { .chart .minor { display: none; } }
  .timeline .name { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
  .chart .inside { fill: #fff; text-anchor: middle; font-weight: 700; font-size: 12px; }
  .track { fill: var(--track); }
  .bar { fill: var(--accent); }
  .grid { stroke: var(--line); stroke-width: 1; }
  .mark { stroke: #a8481c; stroke-width: 1.5; stroke-dasharray: 3 4; }
  .markdot { fill: #a8481c; }
  .part { stroke: #fff; stroke-width: 2; }
  .p1 { fill: var(--p1); background: var(--p1); } .p2 { fill: var(--p2); background: var(--p2); }
  .p3 { fill: var(--p3); background: var(--p3); } .p4 { fill: var(--p4); background: var(--p4); }
  .p5 { fill: var(--p5); background: var(--p5); } .p6 { fill: var(--p6); background: var(--p6); }
  .legend { list-style: none; margin: .25rem 0 .75rem; padding: 0; }
  .legend li { display: grid; grid-template-columns: 1.75rem 1fr auto; gap: .25rem .5rem; align-items: center; padding: .3rem 0; border-bottom: 1px solid var(--track); }
  .legend .value { font-weight: 600; font-variant-numeric: tabular-nums; text-align: right; }
  .legend small { font-weight: 400; color: var(--soft); }
  .swatch { display: inline-block; width: 1.5rem; height: 1.5rem; border-radius: 4px; color: #fff; font-size: .75rem; font-weight: 700; line-height: 1.5rem; text-align: center; }
  .swatch.mark { background: #a8481c; border-radius: 50%; }
  summary { cursor: pointer; color: var(--accent); padding: .15rem 0; }
  table { width: 100%; border-collapse: collapse; margin: .25rem 0; overflow-wrap: anywhere; }
  /* The heading above says the same to those who see it. */
  caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  th, td { text-align: left; vertical-align: top; padding: .4rem .5rem .4rem 0; border-bottom: 1px solid var(--track); }
  tbody th { font-weight: 400; }
  thead th, tfoot th, tfoot td { font-weight: 600; }
  thead th { border-bottom: 2px solid var(--line); overflow-wrap: normal; }
  .number { width: 1%; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding: .4rem 0 .4rem 1.25rem; }
  td.number:first-child, th.number:first-child { padding: .4rem .9rem .4rem 0; color: var(--soft); }
  footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); }
  @media print {
    @page { margin: 16mm 14mm; }
    body { background: #fff; font-size: 10.5pt; }
    .languages, .skip, details, .trace { display: none; }
    .cover { padding: 0 0 8mm; background: #fff; color: var(--ink); }
    .cover .over, .cover .theme, .cover dt, .cover .theme strong { color: var(--soft); }
    .cover .over a { display: none; }
    .paving { fill: var(--accent); }
    .card, .tiles a { border-color: #bbb; break-inside: avoid; }
    h2 { break-after: avoid; }
    .cards { columns: 2; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
    .bar, .track, .part, .swatch, .markdot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }

  """
