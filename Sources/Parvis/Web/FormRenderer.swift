internal import Kernel
internal import Pages

/// A form with its labels, hints, limits and faults: each said where it is needed, and tied to its
/// control.
struct FormRenderer {
  let form: Form
  let level: Int
  let page: ContentRenderer

  private var say: Speaker { page.say }
  private var typed: Typed? { page.around.typed?.form == form.id ? page.around.typed : nil }
  private var french: Bool { say.language == .fr }

  var html: HTML {
    page.forms += 1
    if let typed, typed.isToBeConfirmed, let question = form.confirmation {
      return asking(question, typed)
    }
    let number = page.forms
    let schema = page.schema(of: form.endpoint)
    let fields = form.groups.flatMap(\.fields)
    let isMultipart = fields.contains { if case .file = $0.control { true } else { false } }
    let groups: [HTML] = form.groups.map { group in
      let inner: [HTML] = group.fields.map { field in
        FieldRenderer(
          field: field, property: schema?.property(at: field.path), form: form, typed: typed,
          prefix: "f\(number)", page: page
        ).html
      }
      guard let legend = group.legend else { return "\(inner)" }
      let hint: HTML = group.hint.map { "<span class=\"hint\">\(say($0))</span>" } ?? .nothing
      return "<fieldset class=\"group\"><legend>\(say(legend))</legend>\(hint)\(inner)</fieldset>"
    }
    let tag = HTML(source: "h\(min(level, 6))")
    let title: HTML = form.title.map { "<\(tag)>\(say($0))</\(tag)>" } ?? .nothing
    let intro: HTML = form.intro.map { "<p>\(say($0))</p>" } ?? .nothing
    let cancel: HTML = form.cancel.map { page.html($0) } ?? .nothing
    let enctype: HTML = isMultipart ? " enctype=\"multipart/form-data\"" : .nothing
    let kind: HTML = form.tone == .bad ? "button bad" : "button"
    return """
      <form class="\(fields.isEmpty ? "only" : "fill")" method="post" action="\(action)"\(enctype) novalidate>
      \(title)\(intro)\(hidden)\(groups)
      <div class="actions"><button class="\(kind)">\(say(form.button))\(about)</button> \(cancel)</div>
      </form>
      """
  }

  /// What a button of a list is about, for those who hear it alone.
  private var about: HTML { .nothing }

  /// With what the page was asked for, which may decide what forms it has.
  private var action: String {
    let asked = page.around.query.filter { !["as", "lang", "csv"].contains($0.name) }
    guard !asked.isEmpty else { return page.address(page.around.path) }
    let query = asked.map { "\(Target.encoded($0.name))=\(Target.encoded($0.value))" }
    return page.address(page.around.path + "?" + query.joined(separator: "&"))
  }

  private var hidden: HTML {
    var pairs = [("_form", form.id), ("_key", page.around.newKey())]
    if let token = page.around.formToken { pairs.append(("_token", token)) }
    if let version = form.version { pairs.append(("_version", String(version))) }
    if let seen = form.seen {
      // What was first seen holds until somebody is shown what there is now.
      let first = typed?.problem?.isClash == false ? typed?.texts["_seen"]?.first : nil
      pairs.append(("_seen", first ?? (try? JSON.text(of: seen)) ?? "{}"))
    }
    let inputs: [HTML] = pairs.map {
      "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">"
    }
    return "\(inputs)"
  }

  /// The page that asks once more carries everything that was typed.
  private func asking(_ question: Confirmation, _ typed: Typed) -> HTML {
    let inputs: [HTML] = typed.texts.sorted { $0.key < $1.key }.flatMap { name, texts in
      texts.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" as HTML }
    }
    let back = french ? "Ne rien faire, revenir" : "Do nothing, go back"
    return """
      <div class="notice warning" role="group" tabindex="-1" autofocus aria-labelledby="sure"><strong id="sure">\(say(question.title))</strong>
      <p>\(say(question.text))</p>
      <form method="post" action="\(action)">\(inputs)<input type="hidden" name="_sure" value="1">
      <div class="actions"><button class="button bad">\(say(question.button))</button> <a href="\(action)">\(back)</a></div></form></div>
      """
  }

  /// The faults of the form, each with the way to its field.
  static func summary(
    of typed: Typed, in content: PageContent, for page: ContentRenderer
  ) -> HTML {
    guard let problem = typed.problem else { return .nothing }
    let say = page.say
    let number = (content.forms.firstIndex { $0.id == typed.form } ?? 0) + 1
    let form = content.forms.first { $0.id == typed.form }
    let schema = form.flatMap { page.schema(of: $0.endpoint) }
    let shown = Set(form?.groups.flatMap { $0.fields.map(\.path) } ?? [])
    let lines: [HTML] = problem.fields.map { fault in
      let path =
        shown.contains(fault.field) ? fault.field : shown.first { fault.field.hasPrefix($0) }
      let own = form?.groups.flatMap(\.fields).first { $0.path == path }?.label
      let label = own ?? schema?.property(at: fault.field)?.label?.words
      let name = label.map { say($0) } ?? fault.field
      let text: HTML =
        "\(name.isEmpty ? "" : name + (say.language == .fr ? "\u{A0}: " : ": "))\(say(fault.message))"
      return path.map { "<li><a href=\"#f\(number)-\(slug($0))\">\(text)</a></li>" }
        ?? "<li>\(text)</li>"
    }
    let list: HTML = lines.isEmpty ? .nothing : "<ul>\(lines)</ul>"
    let advice: HTML = problem.advice.map { "<p>\(say($0))</p>" } ?? .nothing
    return """
      <div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="faults"><h2 id="faults">\(say(problem.title))</h2>
      <p>\(say(problem.detail))</p>\(list)\(advice)</div>
      """
  }
}

/// A path as an id in HTML.
func slug(_ path: String) -> String {
  String(path.map { $0.isLetter || $0.isNumber ? $0 : "-" })
}
