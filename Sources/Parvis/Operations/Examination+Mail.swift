internal import DKIM
internal import Kernel

/// What is known of how letters leave, without asking the network.
struct MailSetup: Sendable {
  let sender: String
  /// Nil: letters are put into the folder.
  let server: String?
  let portal: String
  /// The domains of the keys that sign, with what each is called in the DNS.
  let keys: [(domain: String, record: String)]

  private var domain: String { sender.split(separator: "@").last.map(String.init) ?? "" }

  /// Whether letters come from an address somebody can have, are signed, and may be let in.
  func findings() -> [Finding] {
    guard let server else {
      return [
        Finding(
          "mail", .mind, en: "Letters are put into the folder mailbox/: nobody gets them.",
          fr: "Les lettres vont dans le dossier mailbox/ : personne ne les reçoit.",
          adviceEn: "parvis notifications change-settings --transport smtp --host …",
          adviceFr: "parvis notifications change-settings --transport smtp --host …")
      ]
    }
    return [from(), signature(), policy(server)] + (Self.isHere(portal) ? [noPortal] : [])
  }

  private func from() -> Finding {
    if Self.isInvented(domain) {
      return Finding(
        "sender", .wrong, en: "Letters come from \(sender), an address that cannot exist.",
        fr: "Les lettres viennent de \(sender), une adresse qui ne peut exister.",
        adviceEn: "parvis notifications change-settings --sender-address hello@your.domain",
        adviceFr: "parvis notifications change-settings --sender-address bonjour@votre.domaine",
        exit: .configuration)
    }
    if Self.isOfEverybody(domain) {
      return Finding(
        "sender", .wrong,
        en:
          "Letters come from \(sender): receivers refuse what says it is of \(domain) and is not sent by it.",
        fr:
          "Les lettres viennent de \(sender) : ce qui se dit de \(domain) sans en partir est refusé.",
        adviceEn: "Send from a domain of your own; --reply-to may stay where it is.",
        adviceFr: "Envoyez depuis un domaine à vous ; --reply-to peut rester où il est.",
        exit: .configuration)
    }
    return Finding(
      "sender", .fine, en: "Letters come from \(sender).", fr: "Les lettres viennent de \(sender).")
  }

  private func signature() -> Finding {
    let own = keys.filter { $0.domain == domain }
    guard own.isEmpty else {
      let records = own.map(\.record).joined(separator: ", ")
      return Finding(
        "dkim", .fine, en: "Letters are signed (DKIM); the DNS must hold \(records).",
        fr: "Les lettres sont signées (DKIM) ; le DNS doit contenir \(records).")
    }
    return Finding(
      "dkim", .mind, en: "No key signs letters from \(domain): many receivers refuse them.",
      fr: "Aucune clé ne signe les lettres de \(domain) : beaucoup de destinataires les refusent.",
      adviceEn: "parvis notifications dkim new --domain \(domain)",
      adviceFr: "parvis notifications dkim new --domain \(domain)")
  }

  /// What only the DNS knows is said as it should be.
  private func policy(_ server: String) -> Finding {
    let isSigned = keys.contains { $0.domain == domain }
    return Finding(
      "spf-dmarc", isSigned ? .fine : .mind,
      en: "SPF and DMARC are records of \(domain), which are not looked up here.",
      fr: "SPF et DMARC sont des enregistrements de \(domain), non consultés ici.",
      adviceEn:
        "\(domain) TXT must let in what \(server) sends from (its provider says how: include:… or a:\(server)); _dmarc.\(domain) TXT \"v=DMARC1; p=none; rua=mailto:…\" to begin with.",
      adviceFr:
        "\(domain) TXT doit admettre ce d’où \(server) envoie (son fournisseur dit comment : include:… ou a:\(server)) ; _dmarc.\(domain) TXT \"v=DMARC1; p=none; rua=mailto:…\" pour commencer."
    )
  }

  private var noPortal: Finding {
    Finding(
      "portal", .mind,
      en: "The links in letters lead to \(portal), which only this machine reaches.",
      fr: "Les liens des lettres mènent à \(portal), que seule cette machine atteint.",
      adviceEn: "parvis notifications change-settings --portal https://… (or PARVIS_ORIGIN)",
      adviceFr: "parvis notifications change-settings --portal https://… (ou PARVIS_ORIGIN)")
  }

  private static func isHere(_ portal: String) -> Bool {
    ["http://127.", "http://localhost", "http://[::1]"].contains { portal.hasPrefix($0) }
  }

  /// Domains that are set aside for examples (RFC 2606, RFC 6761).
  private static func isInvented(_ domain: String) -> Bool {
    let last = domain.split(separator: ".").last.map(String.init) ?? ""
    return ["example", "test", "invalid", "localhost", "local"].contains(last)
      || ["example.org", "example.com", "example.net"].contains(domain)
  }

  /// Where anybody has an address, and nobody else may send.
  private static func isOfEverybody(_ domain: String) -> Bool {
    let names = [
      "gmail", "googlemail", "yahoo", "outlook", "hotmail", "live", "msn", "icloud", "me", "aol",
      "gmx", "orange", "wanadoo", "free", "sfr", "neuf", "laposte", "bbox", "numericable",
      "protonmail", "proton",
    ]
    let parts = domain.split(separator: ".").map(String.init)
    return parts.count == 2 && names.contains(parts[0])
      && ["com", "fr", "net", "de", "me", "org", "be", "ch"].contains(parts[1])
  }
}

extension Examination {
  /// What is said of mail; nothing where the data's schema is not this program's.
  func mail(in database: any Database) async -> [Finding] {
    let platform = Platform(
      modules: compose(Host(database: database, clock: .system), in: directory), database: database)
    guard
      let settings = try? await platform.perform(
        Request("notifications.show-settings", as: .administrator))
    else { return [] }
    let keys = DKIMKeys(folder: directory.keys).all().map { ($0.domain, $0.recordName) }
    let setup = MailSetup(
      sender: settings["senderAddress"]?.text ?? "",
      server: settings["transport"] == "smtp" ? settings["host"]?.text : nil,
      portal: settings["portal"]?.text ?? portalOrigin(of: directory), keys: keys)
    return setup.findings()
  }
}
