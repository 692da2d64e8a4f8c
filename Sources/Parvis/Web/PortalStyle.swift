/// The look of the portal: the report's, and what only pages for people at work need. Served as one
/// file.
let portalStyle =
  reportStyle + """

    html { font-size: 100%; }
    .mast { background: var(--deep); color: #fff; position: relative; overflow: hidden; }
    .mast .in { max-width: 1112px; margin: 0 auto; padding: .75rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; }
    .mast a { color: #fff; display: inline-block; padding: .25rem 0; }
    .mast .brand { font: 600 1.375rem/1.2 "Iowan Old Style", Palatino, "Liberation Serif", Georgia, serif; text-decoration: none; }
    .mast nav ul, .trail ol, footer ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
    .mast nav { flex: 1 1 auto; }
    .mast [aria-current] { font-weight: 600; text-decoration-thickness: 3px; }
    .mast form { display: inline; margin: 0; }
    .mast .plainbutton { background: none; border: 0; color: #fff; padding: .25rem 0; font: inherit; text-decoration: underline; min-height: 24px; cursor: pointer; }
    .mast a:focus-visible, .mast button:focus-visible { outline-color: #ffd28a; }
    .who { max-width: 1112px; margin: 0 auto; padding: .5rem 1rem 0; color: var(--soft); font-size: .9375rem; }
    main.page { padding-top: 1rem; padding-bottom: 2rem; }
    main.page > h1 { font-size: clamp(1.75rem, 4.5vw, 2.5rem); line-height: 1.15; margin: .25rem 0 .75rem; color: var(--deep); overflow-wrap: anywhere; }
    main .over { margin: .75rem 0 0; color: var(--soft); }
    main .lead { font-size: 1.1875rem; max-width: 46rem; }
    main p, main .prose { max-width: 46rem; overflow-wrap: anywhere; }
    main section section { margin-top: 1.5rem; }
    main h2 { margin-bottom: .75rem; } main h3, main h4 { font-size: 1.1875rem; margin: 0 0 .5rem; }
    .prose { white-space: pre-line; }
    .trail { font-size: .9375rem; }
    .trail li + li::before { content: "›"; margin-right: 1.25rem; color: var(--soft); }
    .facts { margin: 0 0 1rem; }
    .facts > div { display: grid; gap: .1rem 1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
    .facts dt { font-weight: 600; } .facts dd { margin: 0; overflow-wrap: anywhere; }
    @media (min-width: 640px) { .facts > div { grid-template-columns: minmax(9rem, 1fr) 2fr auto; } }
    .notice { border: 1px solid var(--line); border-left: 6px solid var(--accent); background: var(--card); padding: .8rem 1rem; margin: 1rem 0; border-radius: 0 8px 8px 0; }
    .notice.good { border-left-color: #3d6b2e; } .notice.warning { border-left-color: #8a6100; } .notice.bad { border-left-color: #96304f; }
    .notice p { margin: .25rem 0; } .notice strong { display: block; }
    .tag { display: inline-block; padding: .05rem .55rem; border-radius: 4px; border: 1px solid currentColor; font-size: .875rem; font-weight: 600; color: var(--ink); background: #fff; }
    .tag.info { color: #0b4d5a; background: #e3f2f4; } .tag.good { color: #28501b; background: #eaf3e5; }
    .tag.warning { color: #6a4a00; background: #fbf1d9; } .tag.bad { color: #842441; background: #fbe9ee; }
    main table { background: var(--card); }
    main caption { position: static; width: auto; height: auto; clip-path: none; text-align: left; font-weight: 600; padding: .25rem 0 .5rem; background: var(--paper); }
    main th, main td { padding: .5rem .6rem; }
    main .number { padding: .5rem .6rem; }
    @media (max-width: 640px) {
      table.wide, .wide tbody, .wide tr, .wide td, .wide th { display: block; width: auto; }
      .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .wide tr { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .75rem; padding: .4rem .6rem; }
      .wide td, .wide tbody th, .wide .number { border: 0; padding: .2rem 0; text-align: left; white-space: normal; }
      .wide td::before { content: attr(data-name) " "; color: var(--soft); font-size: .875rem; display: block; }
      .wide tbody th { font-weight: 600; }
    }
    .people { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
    .people li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; overflow-wrap: anywhere; }
    .people strong { font-size: 1.0625rem; } .people p { margin: .15rem 0; color: var(--soft); }
    .people .facts { margin: .4rem 0 0; } .people .facts > div { grid-template-columns: 1fr; padding: .25rem 0; }
    .moments { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 3px solid var(--line); }
    .moments li { padding: .4rem 0 .6rem .75rem; } .moments p { margin: .1rem 0; } .moments .when { color: var(--soft); font-size: .9375rem; }
    .tasks { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
    .tasks li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; padding: .7rem 0; border-bottom: 1px solid var(--line); }
    .tasks p { margin: .1rem 0 0; color: var(--soft); flex-basis: 100%; }
    .plainlist { padding-left: 1.1rem; } .plainlist li { padding: .2rem 0; } .plainlist a { overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; align-items: center; }
    .actions form { margin: 0; }
    .button { display: inline-block; font: 600 1rem/1.3 inherit; font-family: inherit; background: var(--accent); color: #fff; border: 2px solid var(--accent); border-radius: 6px; padding: .6rem 1.1rem; min-height: 44px; text-decoration: none; cursor: pointer; }
    .button:hover { background: var(--deep); border-color: var(--deep); }
    .button.bad { background: #96304f; border-color: #96304f; }
    .button.quiet { background: var(--card); color: var(--accent); }
    td .button, .facts .button { padding: .25rem .7rem; min-height: 32px; }
    button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible { outline: 3px solid #b3541e; outline-offset: 2px; }
    form.fill { margin: 1rem 0; max-width: 46rem; }
    fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; min-width: 0; }
    legend { font-weight: 600; padding: 0; margin-bottom: .35rem; } fieldset.group > legend { font-size: 1.1875rem; }
    .field { margin: 0 0 1.25rem; }
    .field > label, .field > .label { display: block; font-weight: 600; margin-bottom: .2rem; }
    .hint { display: block; color: var(--soft); margin-bottom: .3rem; font-weight: 400; }
    .field input:not([type=checkbox]):not([type=radio]), .field select, .field textarea { font: inherit; color: var(--ink); background: #fff; border: 2px solid #6b7680; border-radius: 5px; padding: .5rem .6rem; width: 100%; max-width: 34rem; min-height: 44px; }
    .field input[type=date], .field input[type=number], .field .short { max-width: 13rem !important; }
    .field input[type=file] { padding: .35rem; }
    .field.wrong { border-left: 5px solid #96304f; padding-left: .75rem; }
    .wrongtext { display: block; color: #842441; font-weight: 600; margin-bottom: .3rem; }
    .choice { display: flex; gap: .6rem; align-items: flex-start; padding: .25rem 0; min-height: 32px; }
    .choice input { width: 1.4rem; height: 1.4rem; flex: none; margin: .1rem 0 0; accent-color: var(--accent); }
    .choice label { flex: 1; } .choice .hint { margin: 0; }
    .summary { border: 4px solid #96304f; background: #fff; padding: 1rem; margin: 1rem 0; max-width: 46rem; }
    .summary h2 { font-size: 1.25rem; margin: 0 0 .5rem; } .summary ul { margin: .25rem 0; padding-left: 1.2rem; } .summary a { color: #842441; font-weight: 600; }
    .now { background: #fbf1d9; padding: .5rem .75rem; margin: .25rem 0 0; border-radius: 4px; white-space: pre-line; overflow-wrap: anywhere; }
    .filters { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0 0 1rem; }
    .filters .field { margin: 0; } .filters select, .filters input { min-width: 10rem; }
    .meter { display: block; width: 100%; max-width: 30rem; height: .75rem; }
    .beside { display: grid; gap: 1.5rem; } @media (min-width: 900px) { .beside { grid-template-columns: 1fr 1fr; } }
    .beside > div { min-width: 0; }
    .tiles li > div { padding: 1rem 1.1rem; border-radius: 10px; border: 1px solid var(--line); border-top: 4px solid var(--accent); background: var(--card); height: 100%; }
    .barlist { list-style: none; margin: 0; padding: 0; } .barlist li { padding: .25rem 0; }
    .hats { color: var(--soft); }
    footer.foot { border-top: 1px solid var(--line); }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e9edf0; --soft: #b3bfc9; --line: #3a4752; --paper: #12181d; --card: #1a232a; --track: #2b3740; --accent: #7fcbd6; --light: #d9eef1; }
      main.page > h1, .tiles strong, .total strong { color: #bfe6ec; }
      .mast { background: #0a2c34; }
      .button { color: #0b1a1f; } .button:hover { color: #fff; } .button.bad { color: #fff; } .button.quiet { color: var(--accent); }
      .tag, .summary { background: #1a232a; } .tag.info, .tag.good, .tag.warning, .tag.bad, .now { color: #14202a; }
      .tag.info { background: #cfe8ec; } .tag.good { background: #d8ecd0; } .tag.warning, .now { background: #f6e3b4; } .tag.bad { background: #f6d3dd; }
      .summary a, .wrongtext { color: #ffb3c6; }
      .field input:not([type=checkbox]):not([type=radio]), .field select, .field textarea { background: #10171c; border-color: #8b99a5; color: var(--ink); }
      a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible { outline-color: #ffd28a; }
    }
    @media print {
      .mast nav, .mast form, form.fill, .actions, .filters, footer.foot, .trail { display: none; }
      .mast { background: #fff; } .mast a { color: #000; }
    }

    """
