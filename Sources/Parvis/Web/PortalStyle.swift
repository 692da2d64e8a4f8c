/// The look of the portal: the report's, and what only pages for people at work need. Served as one
/// file.
let portalStyle =
  reportStyle + """

    html { font-size: 100%; }
    [hidden] { display: none !important; }
    body { min-height: 100vh; display: flex; flex-direction: column; }
    main#content { max-width: none; margin: 0; padding: 0 0 3rem; flex: 1 0 auto; outline: none; }
    .in, .mast nav ul, .who { max-width: 1112px; margin: 0 auto; padding: 0 1rem; }
    .mast { background: var(--deep); color: #fff; position: relative; overflow: hidden; }
    .mast .logo { max-height: 2.25rem; max-width: 8rem; vertical-align: middle; background: #fff; border-radius: 4px; padding: 2px; }
    .mast .paving { width: 9rem; top: -1px; }
    .mast .in { padding-top: .9rem; padding-bottom: .55rem; display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; align-items: center; justify-content: space-between; position: relative; }
    .mast a { color: #fff; }
    .mast .brand { display: inline-flex; align-items: center; gap: .55rem; min-height: 2rem; font: 600 1.5rem/1.2 "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Liberation Serif", Georgia, serif; text-decoration: none; }
    .markstones { fill: #9fd3da; }
    .own { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; font-size: .9375rem; }
    .own a { display: inline-block; padding: .25rem 0; }
    .own form { margin: 0; }
    .own .plainbutton { background: none; border: 0; color: #fff; padding: .25rem 0; font: inherit; text-decoration: underline; text-underline-offset: .18em; min-height: 28px; cursor: pointer; }
    .mast nav { position: relative; }
    .mast nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.6rem; }
    .mast nav a { display: inline-block; padding: .45rem 0 .5rem; text-decoration: none; border-bottom: 4px solid transparent; }
    .mast nav a:hover { border-bottom-color: #5fa5b1; }
    .mast nav [aria-current] { font-weight: 600; border-bottom-color: #9fd3da; }
    .mast a:focus-visible, .mast button:focus-visible { outline: 3px solid #ffd28a; outline-offset: 2px; }
    .who { padding-top: .45rem; padding-bottom: .55rem; color: var(--light); font-size: .9375rem; position: relative; }
    .mast .who { max-width: none; background: #0a313a; } .who > span { display: block; max-width: 1080px; margin: 0 auto; }
    .who strong { color: #fff; }
    .intro { padding: 1.6rem 0 .4rem; }
    .intro h1 { font-size: clamp(1.75rem, 4.2vw, 2.6rem); line-height: 1.12; margin: .2rem 0 .6rem; color: var(--deep); overflow-wrap: anywhere; }
    .intro .over { margin: .5rem 0 0; color: var(--soft); font-weight: 600; }
    .intro .lead { font-size: 1.1875rem; line-height: 1.45; max-width: 46rem; margin: 0 0 .4rem; color: var(--soft); }
    .intro.cover { padding: 3.2rem 0 3rem; }
    .intro.cover h1 { color: #fff; font-size: clamp(2.1rem, 5.2vw, 3.4rem); max-width: 40rem; }
    .intro.cover .lead { color: var(--light); font-size: 1.3125rem; max-width: 40rem; }
    .intro.cover .in { position: relative; }
    main p, main .prose { max-width: 46rem; overflow-wrap: anywhere; }
    main section { margin: 2.25rem 0 0; }
    main section section { margin-top: 1.5rem; }
    main h2 { font-size: clamp(1.4rem, 3vw, 1.7rem); margin: 0 0 .8rem; color: var(--deep); overflow-wrap: anywhere; }
    main h3, main h4 { font-size: 1.1875rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    .prose { white-space: pre-line; }
    .trail { font-size: .9375rem; margin: 0 0 .4rem; }
    .trail ol, footer ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem .6rem; }
    .trail li::after { content: "›"; margin-left: .6rem; color: var(--soft); }
    .facts { margin: 0 0 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .25rem 1.1rem; }
    p + .facts, .prose + .facts { margin-top: 1rem; }
    .facts > div { display: grid; gap: .1rem 1.25rem; padding: .65rem 0; border-bottom: 1px solid var(--line); }
    .facts > div:last-child { border-bottom: 0; }
    .facts dt { font-weight: 600; } .facts dd { margin: 0; overflow-wrap: anywhere; }
    .facts form { margin: 0; } .facts .actions { margin: 0; }
    @media (min-width: 640px) { .facts > div { grid-template-columns: minmax(9rem, 15rem) 1fr auto; } }
    .notice { border: 1px solid var(--line); border-left: 6px solid var(--accent); background: var(--card); padding: .85rem 1.1rem; margin: 1rem 0; border-radius: 4px 10px 10px 4px; max-width: 54rem; }
    .notice.good { border-left-color: #3d6b2e; } .notice.warning { border-left-color: #b07a00; } .notice.bad { border-left-color: #96304f; }
    .notice p { margin: .25rem 0; } .notice strong { display: block; } .notice .actions { margin: .6rem 0 0; }
    .tag { display: inline-block; padding: .1rem .6rem; border-radius: 99px; border: 1px solid currentColor; font-size: .875rem; line-height: 1.4; font-weight: 600; color: var(--soft); background: var(--card); }
    .tag.info { color: #0b4d5a; background: #e3f2f4; } .tag.good { color: #28501b; background: #eaf3e5; }
    .tag.warning { color: #6a4a00; background: #fbf1d9; } .tag.bad { color: #842441; background: #fbe9ee; }
    main table { background: var(--card); border: 1px solid var(--line); border-radius: 10px; border-collapse: separate; border-spacing: 0; margin: .25rem 0 1.25rem; }
    main caption { position: static; width: auto; height: auto; clip-path: none; text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
    main th, main td { padding: .6rem .8rem; }
    main th:first-child, main td:first-child { padding-left: 1.1rem; }
    main tbody tr:last-child > * { border-bottom: 0; }
    main thead th { font-size: .9375rem; color: var(--soft); border-bottom: 1px solid var(--line); }
    main tbody th { font-weight: 600; }
    main td .actions { margin: 0; } main td form { margin: 0; }
    main .number { padding: .6rem .8rem; }
    main .none { color: var(--soft); }
    @media (max-width: 640px) {
      table.wide, .wide tbody, .wide tr, .wide td, .wide th, .wide caption { display: block; width: auto; }
      table.wide { background: none; border: 0; }
      .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .wide tr { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 .75rem; padding: .6rem .9rem; }
      main .wide td, main .wide tbody th, main .wide .number { border: 0; padding: .15rem 0; text-align: left; white-space: normal; }
      .wide td { display: grid; grid-template-columns: minmax(6rem, 38%) 1fr; gap: .75rem; }
      .wide td::before { content: attr(data-name); color: var(--soft); font-size: .9375rem; }
      .wide td > * { justify-self: start; }
      main .wide tbody th { font-size: 1.0625rem; padding-bottom: .25rem; }
    }
    .people { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16.5rem), 1fr)); }
    .people li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem; overflow-wrap: anywhere; }
    .people strong { font-size: 1.0625rem; } .people p { margin: .1rem 0; color: var(--soft); }
    .people .facts { margin: .5rem 0 0; border: 0; padding: 0; font-size: .9375rem; } .people .facts > div { grid-template-columns: 1fr; padding: .3rem 0; }
    .moments { list-style: none; margin: 0 0 1rem .35rem; padding: 0; border-left: 3px solid var(--line); }
    .moments li { padding: .15rem 0 .9rem 1.25rem; position: relative; } .moments p { margin: .1rem 0; } .moments .when { color: var(--soft); font-size: .9375rem; }
    .moments li::before { content: ""; position: absolute; left: -9px; top: .45rem; width: 15px; height: 15px; border-radius: 3px; background: var(--accent); border: 3px solid var(--paper); }
    .tasks { list-style: none; margin: 0 0 1rem; padding: 0 1.1rem; background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--accent); border-radius: 4px 10px 10px 4px; }
    .tasks li { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; align-items: start; padding: .75rem 0; border-bottom: 1px solid var(--line); }
    .tasks li:last-child { border-bottom: 0; }
    .tasks a, .tasks li > span:first-child { font-weight: 600; }
    .tasks p { margin: 0; color: var(--soft); font-size: .9375rem; grid-column: 1 / -1; }
    @media (max-width: 520px) { .tasks li { grid-template-columns: 1fr; } .tasks .tag { justify-self: start; } }
    .ways { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
    .ways li { position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 2.4rem .8rem 1.1rem; overflow-wrap: anywhere; }
    .ways li:hover { border-color: var(--accent); }
    .ways li::after { content: "→"; position: absolute; right: 1rem; top: .8rem; color: var(--accent); }
    .ways a { font-weight: 600; } .ways a::after { content: ""; position: absolute; inset: 0; }
    .ways li > span { display: block; color: var(--soft); font-size: .9375rem; margin-top: .15rem; }
    .plainlist { padding-left: 1.1rem; margin: .25rem 0; } .plainlist li { padding: .15rem 0; } .plainlist a { overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: .75rem 1rem; margin: 1rem 0; align-items: center; }
    .actions form { margin: 0; }
    .button { display: inline-block; font-family: inherit; font-size: 1rem; line-height: 1.3; font-weight: 600; background: var(--accent); color: #fff; border: 2px solid var(--accent); border-radius: 8px; padding: .6rem 1.15rem; min-height: 44px; max-width: 100%; text-align: center; text-decoration: none; cursor: pointer; overflow-wrap: anywhere; }
    .button:hover { background: var(--deep); border-color: var(--deep); color: #fff; }
    .button.bad { background: #96304f; border-color: #96304f; }
    .button.quiet { background: var(--card); color: var(--accent); } .button.quiet:hover { background: var(--light); color: var(--deep); }
    td .button, .facts .button { padding: .2rem .7rem; min-height: 32px; font-size: .9375rem; background: var(--card); color: var(--accent); text-align: left; }
    td .button.bad, .facts .button.bad { background: var(--card); color: #96304f; } td .button:hover, .facts .button:hover { color: #fff; background: var(--deep); }
    td .button.bad:hover, .facts .button.bad:hover { background: #96304f; color: #fff; }
    button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible, .ways a:focus-visible::after { outline: 3px solid #b3541e; outline-offset: 2px; }
    main#content:focus-visible { outline: none; }
    form.fill { margin: 1rem 0 1.5rem; max-width: 50rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.25rem .5rem; }
    details form.fill { margin-top: .5rem; }
    fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; min-width: 0; }
    legend { font-weight: 600; padding: 0; margin-bottom: .35rem; }
    fieldset.group { border-bottom: 1px solid var(--line); padding-bottom: .25rem; margin-bottom: 1.25rem; } fieldset.group > legend { font-size: 1.25rem; font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Liberation Serif", Georgia, serif; color: var(--deep); margin-bottom: .75rem; }
    .field { margin: 0 0 1.25rem; }
    .field > label, .field > .label { display: block; font-weight: 600; margin-bottom: .2rem; }
    .hint, .hint-inline { color: var(--soft); font-weight: 400; } .hint { display: block; margin-bottom: .3rem; }
    .field input:not([type=checkbox]):not([type=radio]), .field select, .field textarea { font: inherit; color: var(--ink); background: #fff; border: 2px solid #6b7680; border-radius: 6px; padding: .5rem .65rem; width: 100%; max-width: 34rem; min-height: 44px; }
    .field textarea { max-width: none; resize: vertical; }
    .field input[type=date], .field input[type=number], .field .short { max-width: 13rem !important; }
    .field input[type=file] { padding: .45rem; }
    .field.wrong { border-left: 5px solid #96304f; padding-left: .75rem; }
    .wrongtext { display: block; color: #842441; font-weight: 600; margin-bottom: .3rem; }
    .choice { display: flex; gap: .6rem; align-items: flex-start; padding: .25rem 0; min-height: 32px; }
    .choice input { width: 1.4rem; height: 1.4rem; flex: none; margin: .1rem 0 0; accent-color: var(--accent); }
    .choice label { flex: 1; } .choice .hint { margin: 0; }
    @media (min-width: 640px) { fieldset.field:has(> .choice:nth-of-type(9)) { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.5rem; } fieldset.field > legend, fieldset.field > .hint, fieldset.field > .wrongtext { grid-column: 1 / -1; } }
    .summary { border: 3px solid #96304f; border-radius: 10px; background: var(--card); padding: 1rem 1.25rem; margin: 1rem 0; max-width: 50rem; }
    .summary h2 { font-size: 1.25rem; margin: 0 0 .5rem; color: #842441; } .summary ul { margin: .25rem 0; padding-left: 1.2rem; } .summary a { color: #842441; font-weight: 600; }
    .now { background: #fbf1d9; padding: .5rem .75rem; margin: .25rem 0 0; border-radius: 6px; white-space: pre-line; overflow-wrap: anywhere; }
    .filters { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0 0 1rem; }
    .filters .field { margin: 0; } .filters select, .filters input { min-width: 10rem; }
    details { font-size: 1rem; margin: .5rem 0; } summary { padding: .35rem 0; min-height: 28px; font-weight: 600; }
    .meter { display: block; width: 100%; max-width: 30rem; height: .9rem; margin-top: .3rem; accent-color: var(--accent); }
    .beside { display: grid; gap: 1.5rem 2rem; } .beside section { margin-top: 1rem; }
    @media (min-width: 900px) { .beside { grid-template-columns: 1fr 1fr; } }
    .beside > div { min-width: 0; }
    .tiles { margin: 0 0 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr)); }
    .tiles li > div, .tiles a { padding: .85rem 1.1rem; border-radius: 10px; border: 1px solid var(--line); border-top: 4px solid var(--accent); background: var(--card); height: 100%; }
    .tiles strong { font-size: 1.9rem; white-space: normal; }
    @media (max-width: 480px) { .tiles { grid-template-columns: 1fr 1fr; gap: .6rem; } .tiles li > div, .tiles a { padding: .7rem .8rem; } .tiles strong { font-size: 1.5rem; } }
    footer.foot { width: 100%; border-top: 1px solid var(--line); padding-top: 1.25rem; padding-bottom: 2rem; } footer.foot ul { gap: .25rem 1.5rem; }
    footer.foot a { display: inline-block; padding: .2rem 0; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e9edf0; --soft: #b3bfc9; --line: #3a4752; --paper: #12181d; --card: #1a232a; --track: #2b3740; --accent: #7fcbd6; --light: #d9eef1; }
      .intro h1, main h2, .tiles strong, .total strong, fieldset.group > legend { color: #bfe6ec; }
      .mast, .intro.cover { background: #0a2c34; } .mast .who { background: #08242b; }
      .button { color: #0b1a1f; } .button:hover { color: #fff; border-color: #7fcbd6; } .button.bad { color: #fff; } .button.quiet { color: var(--accent); } .button.quiet:hover { background: #22323a; color: #fff; }
      td .button, .facts .button { color: var(--accent); } td .button.bad, .facts .button.bad { color: #ffb3c6; border-color: #ffb3c6; }
      .tag { background: #1a232a; } .tag.info, .tag.good, .tag.warning, .tag.bad, .now { color: #14202a; }
      .tag.info { background: #cfe8ec; } .tag.good { background: #d8ecd0; } .tag.warning, .now { background: #f6e3b4; } .tag.bad { background: #f6d3dd; }
      .summary { border-color: #ffb3c6; } .summary a, .summary h2, .wrongtext { color: #ffb3c6; } .field.wrong { border-left-color: #ffb3c6; }
      .field input:not([type=checkbox]):not([type=radio]), .field select, .field textarea { background: #10171c; border-color: #8b99a5; color: var(--ink); }
      a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, .ways a:focus-visible::after { outline-color: #ffd28a; }
    }
    @media print {
      body { display: block; }
      .mast nav, .own, .mast .paving, .who, form.fill, .actions, .filters, footer.foot, .trail { display: none; }
      .mast { background: #fff; } .mast a { color: #000; } .intro.cover h1, .intro.cover .lead { color: #000; }
    }

    """
