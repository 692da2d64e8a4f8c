internal import Kernel

extension Problem {
  /// The RFC 9457 form, in one language.
  func document(in language: Language, request: String) -> JSON {
    var members: [String: JSON] = [
      "type": .string("/problems/" + code), "status": .integer(Int64(status)),
      "title": .string(title[language]), "detail": .string(detail[language]),
      "request": .string(request),
    ]
    if let advice { members["advice"] = .string(advice[language]) }
    if !fields.isEmpty {
      members["fields"] = .array(
        fields.map {
          ["field": .string($0.field), "message": .string($0.message[language])]
        })
    }
    return .object(members)
  }

  /// Reads the RFC 9457 form back, on the other side; nil when it is something else.
  init?(document: JSON) {
    guard let type = document["type"]?.text, let title = document["title"]?.text,
      let status = document["status"]?.whole
    else { return nil }
    let code = type.hasPrefix("/problems/") ? String(type.dropFirst(10)) : type
    self.init(
      code, status: Int(status), title: Words(title),
      detail: Words(document["detail"]?.text ?? ""),
      advice: document["advice"]?.text.map { Words($0) },
      fields: (document["fields"]?.items ?? []).map {
        let message = $0["message"]?.text ?? ""
        return FieldProblem($0["field"]?.text ?? "", en: message, fr: message)
      })
  }
}

extension Language {
  /// What `Accept-Language` prefers of what there is; English where it says nothing of either.
  init(accepting header: String?) {
    var best: (language: Language, weight: Double) = (.en, 0)
    for entry in (header ?? "").split(separator: ",") {
      let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      guard let tag = parts.first,
        let language = Language(rawValue: String(tag.prefix { $0 != "-" }))
      else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      if weight ?? 1 > best.weight { best = (language, weight ?? 1) }
    }
    self = best.language
  }
}
