public import Kernel

/// What a member may do for the organisation. The organisation owns its applications; people come
/// and go.
public enum MemberRole: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// Answers for the organisation: submits, confirms, says who its members are.
  case lead
  /// Fills in applications.
  case writer
  /// Follows them.
  case reader

  /// Whether this role may do what `needed` may.
  public func includes(_ needed: MemberRole) -> Bool {
    switch (self, needed) {
    case (.lead, _), (.writer, .writer), (.writer, .reader), (.reader, .reader): true
    case (.writer, .lead), (.reader, .lead), (.reader, .writer): false
    }
  }

  /// What the role is called.
  public var title: Words {
    switch self {
    case .lead: Words(en: "lead", fr: "responsable")
    case .writer: Words(en: "writer", fr: "rédacteur")
    case .reader: Words(en: "reader", fr: "lecteur")
    }
  }
}
