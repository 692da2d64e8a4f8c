internal import Kernel
internal import NotificationsAPI

/// Whether letters to an address arrive.
enum AddressState: String, Codable, CaseIterable, Sendable, Hashable {
  case good
  /// Letters came back for good: those to come wait.
  case unreachable
}

/// What came back from an address.
struct AddressRow: Record {
  static let table = "notifications_address"
  static let noun = Words(en: "address", fr: "adresse")

  let id: EmailAddress
  var name: Name
  /// As what they were written to last: tells whose contact it is.
  var standing: Reader.Standing?
  var state: AddressState
  /// Since when it is in this state.
  var since: Instant
  /// Letters that came back for good, for now, and those a reader called unwanted.
  var hard: Int
  var soft: Int
  var complaints: Int
  /// What was said last.
  var fault: String?
}

/// A message that came back to us, by what it held: read twice it counts once.
struct ReturnRow: Record {
  static let table = "notifications_return"

  let id: String
  let kind: ReturnKind
  let message: MessageID?
  let at: Instant

  /// Tells messages apart; nobody gains from making two alike.
  static func id(of bytes: [UInt8]) -> String {
    var (first, second): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15)
    for byte in bytes {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = (second &+ UInt64(byte)) &* 0xff51_afd7_ed55_8ccd
      second ^= second >> 29
    }
    return String(first, radix: 16) + "-" + String(second, radix: 16)
  }
}

enum ReturnKind: String, Codable, CaseIterable, Sendable, Hashable {
  /// A letter came back for good.
  case hardBounce = "hard-bounce"
  /// For now.
  case softBounce = "soft-bounce"
  case complaint
  case answer
  /// Somebody wants no more letters of a kind.
  case refusal
  /// A machine answered.
  case automatic
  /// Nothing we understand, or not about a letter of ours to that address.
  case unknown
  /// Read before.
  case again
}

/// What somebody wrote back, kept for staff. It is nobody's consent to anything.
struct AnswerRow: Record {
  static let table = "notifications_answer"
  static let noun = Words(en: "answer", fr: "réponse")

  let id: AnswerID
  let message: MessageID
  let editionId: EditionID?
  /// The kind of letter it answers, and the page that letter led to.
  let kind: String
  let page: String?
  let sender: EmailAddress
  let senderName: Name
  let body: String
  let at: Instant
  var readAt: Instant?
}

enum AnswerEntity {}
typealias AnswerID = ID<AnswerEntity>

extension Transaction {
  /// Notes that letters to the recipient of `row` come back. `hard`: for good.
  func noteBounce(of row: MessageRow, hard: Bool, saying words: String) throws {
    try noteAddress(of: row) { address in
      address.fault = words.isEmpty ? nil : words
      if hard {
        address.hard += 1
        if address.state == .good { (address.state, address.since) = (.unreachable, now) }
      } else {
        address.soft += 1
      }
    }
  }

  func noteAddress(of row: MessageRow, _ change: (inout AddressRow) -> Void) throws {
    let known = try find(AddressRow.self, row.recipient)
    var address =
      known
      ?? AddressRow(
        id: row.recipient, name: row.recipientName, standing: nil, state: .good, since: now,
        hard: 0, soft: 0, complaints: 0, fault: nil)
    address.name = row.recipientName
    if let standing = row.door?.standing { address.standing = standing }
    change(&address)
    if known == nil { try insert(address) } else { try update(address) }
  }

  /// Nothing that came back from it counts any more: somebody says it is right.
  func trust(_ email: EmailAddress) throws {
    try execute("DELETE FROM notifications_address WHERE id = \(email)")
  }
}
