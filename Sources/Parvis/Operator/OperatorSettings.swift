internal import Kernel
internal import NotificationsAPI

/// Who runs this instance, as people see it: on every page, in the report, at the end of letters.
struct OperatorRow: Versioned {
  static let table = "settings_operator"
  static let noun = Words(en: "settings of the operator", fr: "réglages de l’opérateur")
  /// There is one row.
  static let only = "operator"

  let id: String
  var version: Int
  var name: Name?
  /// As it stands on paper, with its lines.
  var address: Paragraph?
  var email: EmailAddress?
  var colour: BrandColour?
  var logo: Bytes?
  var imprint: Words?
  var privacy: Words?
  var accessibility: Words?
  /// How large a file that is handed in may be, in MiB; the usual where nobody said.
  var fileLimit: Int?
  /// In which it reckons what belongs to no edition; Paris unless said.
  var zone: Zone?

  /// In MiB.
  var mostInFile: Int { fileLimit ?? 20 }

  static let initial = OperatorRow(id: only, version: 1)

  init(id: String, version: Int) {
    self.id = id
    self.version = version
  }
}

extension Connection {
  func operatorSettings() throws -> OperatorRow {
    try find(OperatorRow.self, OperatorRow.only) ?? .initial
  }
}

/// A picture that browsers show everywhere, told by how it begins.
enum LogoKind: String, Sendable {
  case png = "image/png"
  case jpeg = "image/jpeg"

  init?(of bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else {
      return nil
    }
  }
}

extension OperatorRow {
  /// What letters say of it.
  var masthead: Masthead {
    Masthead(
      name: name, address: address?.description, email: email, colour: colour?.description)
  }
}
