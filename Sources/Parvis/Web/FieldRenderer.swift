internal import Foundation
internal import Kernel
internal import Pages

/// One control with its label, hint and fault.
struct FieldRenderer {
  let field: FormField
  let property: JSONSchema.Property?
  let form: Form
  let typed: Typed?
  let prefix: String
  let page: ContentRenderer

  private var say: Speaker { page.say }
  private var french: Bool { say.language == .fr }
  private var id: String { "\(prefix)-\(slug(field.path))" }
  private var kind: JSONSchema.Kind { (field.schema ?? property?.schema ?? .any).kind }
  private var isRequired: Bool { field.required ?? property?.required ?? false }

  private var label: String {
    say(field.label ?? property?.label?.words ?? Words(property?.name ?? field.path))
  }

  private var faults: [String] {
    (typed?.problem?.fields ?? []).filter { $0.field == field.path || isWithin($0.field) }
      .map { say($0.message) }
  }
  private func isWithin(_ path: String) -> Bool {
    path.hasPrefix(field.path) && [".", "["].contains(path.dropFirst(field.path.count).first)
  }

  /// What the control holds: what was typed, else what the page begins with.
  private var texts: [String] {
    if let typed { return typed.texts[field.path] ?? [] }
    return form.values[field.path].map { FormInput.texts(of: $0, as: kind) } ?? []
  }
  private var text: String { texts.first ?? "" }

  private var choices: [FormChoice] {
    if !field.choices.isEmpty { return field.choices }
    switch kind {
    case .choice(let values): return values.map { FormChoice($0, JSONSchema.words(of: $0)) }
    case .array(let element, _):
      guard case .choice(let values) = element.kind else { return [] }
      return values.map { FormChoice($0, JSONSchema.words(of: $0)) }
    default: return []
    }
  }

  private var hint: HTML {
    var parts = (field.hint ?? property?.label?.hint).map { [say($0)] } ?? []
    if case .string(_, let maximum?, nil, _) = kind, maximum > 200, field.control != .password {
      parts.append(french ? "\(maximum) caractères au plus." : "At most \(maximum) characters.")
    }
    if isListOfTexts { parts.append(french ? "Une par ligne." : "One on each line.") }
    return parts.isEmpty
      ? .nothing : "<span class=\"hint\" id=\"\(id)-hint\">\(sentences(parts))</span>"
  }
  private func sentences(_ parts: [String]) -> String {
    parts.map { ".?!…:".contains($0.last ?? ".") || parts.count == 1 ? $0 : $0 + "." }
      .joined(separator: " ")
  }
  private var isListOfTexts: Bool {
    if case .array = kind { choices.isEmpty } else { false }
  }

  private var fault: HTML {
    faults.isEmpty
      ? .nothing
      : "<span class=\"wrongtext\" id=\"\(id)-fault\"><span class=\"hidden\">\(french ? "Erreur : " : "Error: ")</span>\(faults.joined(separator: " ; "))</span>"
  }

  private var described: HTML {
    let ids = [hint == .nothing ? nil : "\(id)-hint", faults.isEmpty ? nil : "\(id)-fault"]
      .compactMap { $0 }
    let by: HTML = ids.isEmpty ? .nothing : " aria-describedby=\"\(ids.joined(separator: " "))\""
    return "\(by)\(faults.isEmpty ? .nothing : " aria-invalid=\"true\"" as HTML)"
  }

  private var optional: HTML {
    isRequired || isYesNo
      ? .nothing : " <span class=\"hint-inline\">(\(french ? "facultatif" : "optional"))</span>"
  }
  private var isYesNo: Bool { if case .bool = kind { true } else { false } }

  var html: HTML {
    let wrong: HTML = faults.isEmpty ? "field" : "field wrong"
    if isYesNo {
      let on: HTML = text == "true" ? " checked" : .nothing
      return """
        <div class="\(wrong)">\(fault)<div class="choice"><input type="checkbox" id="\(id)" name="\(field.path)" value="true"\(on)\(described)><label for="\(id)">\(label)</label></div>\(hint)\(before)</div>
        """
    }
    if isGroup {
      let one: HTML = isMany ? "checkbox" : "radio"
      let items: [HTML] = choices.enumerated().map { at, choice in
        let on: HTML = texts.contains(choice.value) ? " checked" : .nothing
        let more: HTML = choice.hint.map { "<span class=\"hint\">\(say($0))</span>" } ?? .nothing
        let own = at == 0 ? id : "\(id)-\(at)"
        return """
          <div class="choice"><input type="\(one)" id="\(own)" name="\(field.path)" value="\(choice.value)"\(on)><label for="\(own)">\(say(choice.words))\(more)</label></div>
          """
      }
      return """
        <fieldset class="\(wrong)"\(described)><legend>\(label)\(optional)</legend>\(hint)\(fault)\(items)\(before)</fieldset>
        """
    }
    return """
      <div class="\(wrong)"><label for="\(id)">\(label)\(optional)</label>\(hint)\(fault)\(control)\(before)</div>
      """
  }

  private var isMany: Bool { if case .array = kind { true } else { false } }
  private var isGroup: Bool {
    switch field.control {
    case .radios, .checkboxes: true
    case .select: false
    default: !choices.isEmpty && (isMany || choices.count <= 5)
    }
  }

  private var control: HTML {
    let common: HTML =
      "id=\"\(id)\" name=\"\(field.path)\"\(described)\(complete)\(isRequired ? " required" as HTML : .nothing)"
    if case .file(let accept) = field.control {
      return "<input type=\"file\" accept=\"\(accept)\" \(common)>"
    }
    if !choices.isEmpty {
      let options: [HTML] = choices.map {
        texts.contains($0.value)
          ? "<option value=\"\($0.value)\" selected>\(say($0.words))</option>"
          : "<option value=\"\($0.value)\">\(say($0.words))</option>"
      }
      return "<select \(common)><option value=\"\"></option>\(options)</select>"
    }
    if case .lines(let lines) = field.control { return area(common, lines) }
    if isListOfTexts { return area(common, 4) }
    switch (field.control, kind) {
    case (.password, _): return "<input type=\"password\" \(common)>"
    case (.code, _):
      return
        "<input class=\"short\" type=\"text\" inputmode=\"numeric\" value=\"\(text)\" \(common)>"
    case (_, .integer(let minimum, _)):
      let mode: HTML = (minimum ?? -1) >= 0 ? " inputmode=\"numeric\"" : .nothing
      return "<input class=\"short\" type=\"text\"\(mode) value=\"\(text)\" \(common)>"
    case (_, .number):
      return
        "<input class=\"short\" type=\"text\" inputmode=\"decimal\" value=\"\(text)\" \(common)>"
    case (_, .string(_, let maximum, let format, _)):
      switch format {
      case "date": return "<input type=\"date\" value=\"\(text)\" \(common)>"
      case "date-time": return "<input type=\"datetime-local\" value=\"\(text)\" \(common)>"
      case "email": return "<input type=\"email\" value=\"\(text)\" \(common)>"
      case "uri": return "<input type=\"url\" value=\"\(text)\" \(common)>"
      default: break
      }
      if (maximum ?? 0) > 200 { return area(common, (maximum ?? 0) > 1000 ? 8 : 4) }
      return "<input type=\"text\" value=\"\(text)\" \(common)>"
    default: return "<input type=\"text\" value=\"\(text)\" \(common)>"
    }
  }

  private func area(_ common: HTML, _ lines: Int) -> HTML {
    // A line break right after the tag is not part of the text.
    "<textarea rows=\"\(lines)\" \(common)>\n\(texts.joined(separator: "\n"))</textarea>"
  }

  private var complete: HTML {
    let token = field.autocomplete ?? (field.control == .code ? "one-time-code" : nil)
    return token.map { " autocomplete=\"\($0)\"" } ?? .nothing
  }

  /// When somebody else wrote in the meantime: what stands there now, below what was typed.
  private var before: HTML {
    guard typed?.problem?.isClash == true, let now = form.values[field.path] else {
      return .nothing
    }
    let there = FormInput.texts(of: now, as: kind).joined(separator: "\n")
    guard there != texts.joined(separator: "\n") else { return .nothing }
    return
      "<div class=\"now\"><strong>\(french ? "Enregistré entre-temps :" : "Saved in the meantime:")</strong> \(there)</div>"
  }
}
