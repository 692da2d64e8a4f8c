internal import Foundation
internal import Kernel

/// What a form posted, in either of the two ways browsers do it.
struct FormBody {
  var texts: [String: [String]] = [:]
  /// Files by field: their bytes.
  var files: [String: Data] = [:]

  /// Throws `Problem` for what is neither, or broken, or more than a thousand fields.
  init(_ data: Data, type: String?) throws {
    let kind = type?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
    switch kind {
    case "application/x-www-form-urlencoded":
      guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
      for (name, value) in try Target("/?" + text.replacingOccurrences(of: "?", with: "%3F")).query
      {
        texts[name, default: []].append(value)
      }
    case "multipart/form-data":
      guard let mark = type?.range(of: "boundary=") else { throw Problem.brokenForm }
      let boundary = type?[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" } ?? ""
      guard (1...100).contains(boundary.utf8.count) else { throw Problem.brokenForm }
      try read(data, Data("--\(boundary)".utf8))
    default: throw Problem.brokenForm
    }
    guard texts.count + files.count <= 1000 else { throw Problem.brokenForm }
  }

  private mutating func read(_ data: Data, _ boundary: Data) throws {
    let blank = Data("\r\n\r\n".utf8)
    var at = data.startIndex
    guard let first = data.range(of: boundary) else { throw Problem.brokenForm }
    at = first.upperBound
    while let end = data.range(of: Data("\r\n".utf8) + boundary, in: at..<data.endIndex) {
      let part = data[at..<end.lowerBound]
      guard let gap = part.range(of: blank),
        let head = String(validating: part[part.startIndex..<gap.lowerBound], as: UTF8.self),
        let name = Self.parameter("name", of: head)
      else { throw Problem.brokenForm }
      let bytes = part[gap.upperBound...]
      if Self.parameter("filename", of: head) != nil {
        if !bytes.isEmpty { files[name] = Data(bytes) }
      } else {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.notUTF8 }
        texts[name, default: []].append(text)
      }
      at = end.upperBound
    }
  }

  private static func parameter(_ name: String, of head: String) -> String? {
    guard let start = head.range(of: "; \(name)=\"") else { return nil }
    return String(head[start.upperBound...].prefix { $0 != "\"" })
  }
}

extension Problem {
  static let brokenForm = Problem(
    "malformed", status: 400, title: Words(en: "Unreadable form", fr: "Formulaire illisible"),
    detail: Words(
      en: "What the browser sent is not a form.",
      fr: "Ce que le navigateur a envoyé n’est pas un formulaire."),
    advice: Words(en: "Go back and send it again.", fr: "Revenez en arrière et renvoyez-le."))

  /// A form that does not come from a page of this portal, or from a session that has ended.
  static let foreignForm = Problem(
    "web/foreign-form", status: 403,
    title: Words(en: "Please send it once more", fr: "Merci de l’envoyer encore une fois"),
    detail: Words(
      en: "The form does not come from a page of your present session, so nothing was done.",
      fr: "Le formulaire ne vient pas d’une page de votre session en cours : rien n’a été fait."),
    advice: Words(
      en: "Open the page again, check what is there, and send it.",
      fr: "Rouvrez la page, vérifiez, puis envoyez."))

  static let notOffered = Problem(
    "web/not-offered", status: 409,
    title: Words(en: "This is no longer possible here", fr: "Ce n’est plus possible ici"),
    detail: Words(
      en: "It was done already, or the page has changed since you opened it.",
      fr: "C’est déjà fait, ou la page a changé depuis que vous l’avez ouverte."),
    advice: Words(en: "Below is how things stand now.", fr: "Voici l’état actuel."))
}
