internal import Kernel
internal import Pages

/// What a page is rendered for: the language, the forms' schemas and what makes a post believable.
struct PageSurroundings {
  var speaker: Speaker
  /// The schema of the input of the endpoint a form names.
  var schema: @Sendable (String) -> JSONSchema?
  /// Goes into each form; nil where nobody is signed in.
  var formToken: String?
  /// The hat that the page is read under, where the address says so.
  var hat: Grant?
  /// The path of the page, and what its query says beside `after`.
  var path: String
  var query: [(name: String, value: String)]
  /// Told apart for each form that is shown, so that a second click does nothing more.
  var newKey: @Sendable () -> String
  var typed: Typed?
}

/// Turns content into HTML: the one place where it is decided how pages are built.
final class ContentRenderer {
  let around: PageSurroundings
  let say: Speaker
  private var sections = 0
  private var tables = 0
  var forms = 0
  private var known: [String: JSONSchema] = [:]

  init(_ around: PageSurroundings) {
    self.around = around
    say = around.speaker
  }

  func schema(of endpoint: String) -> JSONSchema? {
    if let schema = known[endpoint] { return schema }
    known[endpoint] = around.schema(endpoint)
    return known[endpoint]
  }

  /// The blocks under a heading of `level` (1 for the page's own title).
  func html(_ blocks: [Block], under level: Int = 1) -> HTML {
    "\(blocks.map { html($0, level) })"
  }

  private func html(_ block: Block, _ level: Int) -> HTML {
    switch block {
    case .section(let section): return html(section, level + 1)
    case .paragraph(.text(let text)): return "<div class=\"prose\">\(text)</div>"
    case .paragraph(.quoted(let text, let language)):
      return "<div class=\"prose\" lang=\"\(language.rawValue)\">\(text)</div>"
    case .paragraph(.list(let values)): return html(.list(values))
    case .paragraph(let value): return "<p>\(html(value))</p>"
    case .facts(let facts): return html(facts)
    case .notice(let notice): return html(notice)
    case .table(let table):
      tables += 1
      return TableRenderer(table: table, place: tables - 1, page: self).html
    case .people(let people): return "<ul class=\"people\">\(people.map(html))</ul>"
    case .timeline(let moments): return "<ol class=\"moments\">\(moments.map(html))</ol>"
    case .tasks(let tasks): return "<ul class=\"tasks\">\(tasks.map(html))</ul>"
    case .links(let links):
      let items: [HTML] = links.map { link in
        let note: HTML = link.note.map { "<span>\(html($0))</span>" } ?? .nothing
        return "<li>\(html(link))\(note)</li>"
      }
      return links.isEmpty ? .nothing : "<ul class=\"ways\">\(items)</ul>"
    case .actions(let actions):
      return "<div class=\"actions\">\(actions.map { html($0, level) })</div>"
    case .form(let form): return FormRenderer(form: form, level: level + 1, page: self).html
    case .chart(let chart): return html(chart, level + 1)
    case .files(let files): return "<ul class=\"plainlist\">\(files.map(html))</ul>"
    case .code(let text, let words): return html(code: text, words)
    case .progress(let progress): return html(progress)
    case .tiles(let tiles): return "<ul class=\"tiles\">\(tiles.map(html))</ul>"
    case .details(let title, let blocks):
      // What was typed and refused is not folded away again.
      let isTyped = blocks.contains { $0.forms.contains { $0.id == around.typed?.form } }
      return """
        <details\(isTyped ? " open" as HTML : .nothing)><summary>\(say(title))</summary>
        \(html(blocks, under: level))
        </details>
        """
    case .beside(let left, let right):
      return """
        <div class="beside"><div>\(html(left, under: level))</div><div>\(html(right, under: level))</div></div>
        """
    }
  }

  private func html(_ section: Section, _ level: Int) -> HTML {
    sections += 1
    let id = section.id ?? "s\(sections)"
    let tag = HTML(source: "h\(min(level, 6))")
    return """
      <section aria-labelledby="\(id)">
      <\(tag) id="\(id)">\(say(section.title))</\(tag)>
      \(html(section.blocks, under: level))
      </section>
      """
  }

  func html(_ facts: [Fact]) -> HTML {
    guard !facts.isEmpty else { return .nothing }
    let lines: [HTML] = facts.map { fact in
      let change: HTML =
        fact.change.map {
          "<dd><a href=\"\(address($0.path))\">\(say($0.words))<span class=\"hidden\"> – \(say(fact.name))</span></a></dd>"
        } ?? .nothing
      return "<div><dt>\(say(fact.name))</dt><dd>\(html(fact.value))</dd>\(change)</div>"
    }
    return "<dl class=\"facts\">\(lines)</dl>"
  }

  private func html(_ notice: Notice) -> HTML {
    let text: HTML = notice.text.map { "<p>\(say($0))</p>" } ?? .nothing
    let links: [HTML] = notice.links.map { "<p>\(html($0))</p>" }
    return """
      <div class="notice \(notice.tone.rawValue)"><strong>\(say(notice.title))</strong>\(text)\(links)</div>
      """
  }

  private func html(_ person: PersonCard) -> HTML {
    let name: HTML =
      person.page.map { "<a href=\"\(address($0))\">\(say(person.name))</a>" }
      ?? "\(say(person.name))"
    let role: HTML = person.role.map { "<p>\(say($0))</p>" } ?? .nothing
    let tag: HTML = person.tag.map { html($0) } ?? .nothing
    return "<li><strong>\(name)</strong> \(tag)\(role)\(html(person.facts))</li>"
  }

  private func html(_ moment: Moment) -> HTML {
    let title: HTML =
      moment.page.map { "<a href=\"\(address($0))\">\(say(moment.title))</a>" }
      ?? "<strong>\(say(moment.title))</strong>"
    let tag: HTML = moment.tag.map { html($0) } ?? .nothing
    let text: HTML = moment.text.map { "<p>\(html($0))</p>" } ?? .nothing
    return "<li><p class=\"when\">\(html(moment.when))</p><p>\(title) \(tag)</p>\(text)</li>"
  }

  private func html(_ task: TaskLine) -> HTML {
    let title: HTML =
      task.page.map { "<a href=\"\(address($0))\">\(say(task.title))</a>" }
      ?? "<span>\(say(task.title))</span>"
    let hint: HTML = task.hint.map { "<p>\(say($0))</p>" } ?? .nothing
    return "<li>\(title) \(html(task.state))\(hint)</li>"
  }

  private func html(_ action: PageAction, _ level: Int) -> HTML {
    switch action {
    case .link(let link):
      "<a class=\"button quiet\" href=\"\(address(link.path))\">\(say(link.words))</a>"
    case .form(let form): FormRenderer(form: form, level: level + 1, page: self).html
    }
  }

  private func html(_ file: FileLine) -> HTML {
    let kind = file.type.split(separator: "/").last.map { $0.uppercased() } ?? ""
    let size = file.bytes.map {
      ", \(max(1, ($0 + 512) / 1024)) \(say.language == .fr ? "Kio" : "KiB")"
    }
    let note: HTML = file.note.map { " – \(html($0))" } ?? .nothing
    return
      "<li><a href=\"\(address(file.path))\">\(say(file.name)) (\(kind)\(size ?? ""))</a>\(note)</li>"
  }

  /// Drawn on white whatever the colours of the page, with the light border that cameras want.
  private func html(code text: String, _ words: Words) -> HTML {
    guard let code = QRCode(text) else { return .nothing }
    let side = code.size + 8
    let path = code.runs.map { "M\($0.x + 4) \($0.y + 4)h\($0.length)v1h-\($0.length)z" }.joined()
    return """
      <p><svg class="qr" width="240" height="240" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges" role="img" aria-label="\(say(words))" focusable="false"><rect width="\(side)" height="\(side)" fill="#fff"></rect><path fill="#000" d="\(path)"></path></svg></p>
      """
  }

  private func html(_ progress: Progress) -> HTML {
    let of = say.language == .fr ? "sur" : "of"
    let unit = progress.unit.map { " " + say($0) } ?? ""
    return """
      <p><span>\(say(progress.label))\(say.language == .fr ? "\u{A0}:" : ":") <strong>\(progress.done) \(of) \(progress.of)\(unit)</strong></span>
      <progress class="meter" aria-label="\(say(progress.label))" max="\(max(1, progress.of))" value="\(progress.done)"></progress></p>
      """
  }

  private func html(_ tile: Tile) -> HTML {
    let inner: HTML = "<strong>\(html(tile.value))</strong><span>\(say(tile.label))</span>"
    return tile.page.map { "<li><a href=\"\(address($0))\">\(inner)</a></li>" }
      ?? "<li><div>\(inner)</div></li>"
  }

  private func html(_ chart: Chart, _ level: Int) -> HTML {
    let most = chart.bars.map(\.value).max() ?? 0
    let rows: [HTML] = chart.bars.map { bar in
      """
      <tr><th scope="row">\(say(bar.label))</th><td class="number">\(chart.unit.shown(bar.value, in: say.language))</td>
      <td aria-hidden="true"><svg width="100%" height="14" focusable="false"><rect class="track" width="100%" height="14" rx="3"></rect><rect class="bar" width="\(axisShare(bar.value, of: most))" height="14" rx="3"></rect></svg></td></tr>
      """
    }
    let number = say.language == .fr ? "Valeur" : "Value"
    return """
      <table><caption>\(say(chart.title))</caption>
      <thead><tr><th scope="col">\(say(chart.grouping))</th><th scope="col" class="number">\(number)</th><td aria-hidden="true"></td></tr></thead>
      <tbody>\(rows)</tbody></table>
      """
  }
}

extension ContentRenderer {
  func html(_ tag: StateTag) -> HTML {
    "<span class=\"tag \(tag.tone.rawValue)\">\(say(tag.words))</span>"
  }
  func html(_ link: Link) -> HTML { "<a href=\"\(address(link.path))\">\(say(link.words))</a>" }

  func html(_ value: PageValue) -> HTML {
    switch value {
    case .words(let words): return "\(say(words))"
    case .text(let text):
      // An address somebody wrote is shown whole, and leads there.
      guard text.hasPrefix("https://"), !text.contains(where: \.isWhitespace) else {
        return "<span class=\"prose\">\(text)</span>"
      }
      return "<a href=\"\(text)\" rel=\"noopener noreferrer\">\(text)</a>"
    case .quoted(let text, let language):
      return "<span class=\"prose\" lang=\"\(language.rawValue)\">\(text)</span>"
    case .day(let day):
      return "<time datetime=\"\(day.description)\">\(day.shown(in: say.language))</time>"
    case .moment(let instant, let zone):
      return "<time datetime=\"\(instant.description)\">\(say.moment(instant, zone))</time>"
    case .number(let number): return "\(Figure.Unit.count.shown(number, in: say.language))"
    case .minutes(let minutes): return "\(Figure.Unit.hours.shown(minutes, in: say.language))"
    case .hundredths(let score): return "\(Figure.Unit.score.shown(score, in: say.language))"
    case .percent(let share): return "\(percent(share, of: 100, in: say.language))"
    case .yesNo(let yes): return "\(say.yesNo(yes))"
    case .tag(let tag): return html(tag)
    case .link(let link): return html(link)
    case .email(let address):
      return "<a href=\"mailto:\(address.description)\">\(address.description)</a>"
    case .phone(let number):
      return "<a href=\"tel:\(number.filter { $0.isNumber || $0 == "+" })\">\(number)</a>"
    case .list(let values):
      guard values.count > 1 else { return values.first.map { html($0) } ?? "–" }
      let items: [HTML] = values.map { "<li>\(html($0))</li>" }
      return "<ul class=\"plainlist\">\(items)</ul>"
    case .button(let form): return FormRenderer(form: form, level: 6, page: self).html
    case .none:
      return """
        <span class="none"><span aria-hidden="true">–</span><span class="hidden">\(say.language == .fr ? "rien" : "nothing")</span></span>
        """
    }
  }

  /// A link's address: only ways within the portal, to the web, letters and telephones. What a person
  /// wrote as an address cannot be a script.
  func address(_ path: String) -> String {
    let scheme = path.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
    if path.hasPrefix("/") {
      guard !path.hasPrefix("//") else { return "#" }
      guard let hat = around.hat else { return path }
      let mark = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let joint = mark[0].contains("?") ? "&" : "?"
      return mark[0] + joint + "as=" + Target.encoded(hat.description)
        + (mark.count > 1 ? "#" + mark[1] : "")
    }
    if path.hasPrefix("#") || path.hasPrefix("?") { return path }
    return ["https", "http", "mailto", "tel"].contains(scheme.lowercased()) ? path : "#"
  }
}
