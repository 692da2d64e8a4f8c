internal import DKIM
internal import Kernel

/// `parvis notifications dkim new --domain DOMAIN [--selector NAME]`: makes two keys in the data
/// directory and says what the domain's DNS must say.
let notificationsDKIM = LocalVerb(
  module: "notifications", verb: "dkim",
  summary: Words(
    en: "Make keys that sign letters (new --domain DOMAIN [--selector NAME])",
    fr: "Créer les clés qui signent les lettres (new --domain DOMAINE [--selector NOM])")
) { words, settings in
  var settings = settings
  var domain: String?
  var selector = "parvis"
  var rest = words[...]
  guard rest.popFirst() == "new" else { throw usage() }
  while let word = rest.popFirst() {
    switch word {
    case "--json": settings.json = true
    case "--domain": domain = rest.popFirst()
    case "--selector": selector = rest.popFirst() ?? ""
    case "--data", "--lang":
      guard let value = rest.popFirst() else { throw usage() }
      try settings.set(String(word.dropFirst(2)), to: value)
    default: throw usage()
    }
  }
  guard let domain, isHostName(domain), domain.contains("."), isHostName(selector) else {
    throw usage()
  }
  let directory = try DataDirectory.chosen(settings.data)
  try directory.requireInitialised()
  let keys = [
    try DKIMKey.rsa(domain: domain, selector: selector + "-rsa"),
    DKIMKey.ed25519(domain: domain, selector: selector + "-ed25519"),
  ]
  for key in keys { try DKIMKeys(folder: directory.keys).add(key) }
  let console = Console(settings)
  if settings.json {
    console.show(
      .array(keys.map { ["name": .string($0.recordName), "text": .string($0.record)] }), as: .any)
    return
  }
  console.line(
    Words(
      en: "Letters from \(domain) are signed from now on. Publish these TXT records:",
      fr: "Les lettres de \(domain) sont désormais signées. Publiez ces enregistrements TXT :")[
        settings.language])
  for key in keys {
    // A string of a TXT record holds 255 characters at most.
    let texts = stride(from: 0, to: key.record.count, by: 250).map { start in
      "\"\(key.record.dropFirst(start).prefix(250))\""
    }
    console.line("\(key.recordName). IN TXT \(texts.joined(separator: " "))")
  }
}

private func isHostName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 200 && text.first != "-" && text.first != "."
    && text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
    }
}

private func usage() -> Problem {
  Problem.usage(
    en: "notifications dkim wants: new --domain DOMAIN [--selector NAME], in small letters.",
    fr: "notifications dkim attend : new --domain DOMAINE [--selector NOM], en minuscules.",
    adviceEn: "For example: parvis notifications dkim new --domain example.org",
    adviceFr: "Par exemple : parvis notifications dkim new --domain exemple.fr")
}
