internal import Foundation
internal import Kernel
internal import Notifications

/// `parvis notifications read-returns FOLDER`: hands in each message of a folder and puts it aside.
let notificationsReadReturns = LocalVerb(
  module: "notifications", verb: "read-returns",
  summary: Words(
    en: "Take in what came back, from a folder with one message a file (FOLDER)",
    fr: "Prendre en compte ce qui est revenu, dans un dossier d’un fichier par message (DOSSIER)")
) { words, settings in
  var settings = settings
  var path: String?
  var rest = words[...]
  while let word = rest.popFirst() {
    switch word {
    case "--json": settings.json = true
    case "--data", "--lang", "--url", "--token":
      guard let value = rest.popFirst() else { throw usage() }
      try settings.set(String(word.dropFirst(2)), to: value)
    default:
      guard path == nil, !word.hasPrefix("-") else { throw usage() }
      path = word
    }
  }
  guard let path, let endpoint = bareEndpoints.first(where: { $0.id == takeReturn }) else {
    throw usage()
  }
  let folder = ReturnsFolder(path)
  guard folder.isThere else {
    throw Problem.usage(
      en: "There is no folder \(path).", fr: "Il n’y a pas de dossier \(path).")
  }
  guard try settings.url != nil || !DataDirectory.chosen(settings.data).holds(path) else {
    throw Problem.usage(
      en: "\(path) is where Parvis keeps its own data: nothing came back there.",
      fr: "\(path) est là où Parvis garde ses propres données : rien n’y est revenu.")
  }
  let backend = try await Backend.connect(settings)
  var counts: [String: Int] = [:]
  while true {
    let names = folder.names(atMost: 100)
    for name in names {
      guard let bytes = folder.message(name) else { throw Problem.stuck("\(path)/\(name)") }
      let answer = try await backend.perform(
        endpoint, ["message": .string(Data(bytes).base64EncodedString())], settings)
      counts[answer["kind"]?.text ?? "unknown", default: 0] += 1
      guard folder.setAside(name, at: Clock.system.now) else {
        throw Problem.stuck("\(path)/\(name)")
      }
    }
    if names.isEmpty { break }
  }
  let console = Console(settings)
  let kinds = counts.sorted { $0.key < $1.key }
  if settings.json {
    console.show(
      .object(Dictionary(uniqueKeysWithValues: kinds.map { ($0.key, .integer(Int64($0.value))) })),
      as: .any)
  } else if kinds.isEmpty {
    console.line(Words(en: "Nothing came back.", fr: "Rien n’est revenu.")[settings.language])
  } else {
    for (kind, count) in kinds {
      console.line("\(count) \(JSONSchema.words(of: kind)[settings.language])")
    }
  }
}

private let takeReturn = "notifications.take-return"

private func usage() -> Problem {
  Problem.usage(
    en: "notifications read-returns wants a folder.",
    fr: "notifications read-returns attend un dossier.",
    adviceEn: "For example: parvis notifications read-returns /var/mail/parvis/new",
    adviceFr: "Par exemple : parvis notifications read-returns /var/mail/parvis/new")
}

extension Problem {
  fileprivate static func stuck(_ path: String) -> Problem {
    .usage(
      en: "\(path) cannot be read or put aside.", fr: "\(path) ne peut être lu ou mis de côté.",
      adviceEn: "What was read before is in the folder read/. Check the permissions.",
      adviceFr: "Ce qui a été lu est dans le dossier read/. Vérifiez les droits.")
  }
}
