internal import Kernel
internal import NotificationsAPI

/// What became of a message that came back.
struct Taken: Codable, Sendable {
  let kind: ReturnKind
  /// The letters it was about.
  let messages: [MessageID]
}

extension Transaction {
  /// Takes in a message that came back: only what names a letter we sent, and the address it went to,
  /// changes anything. Taken in again it does nothing.
  func takeIn(_ bytes: [UInt8], in zone: Zone) throws -> Taken {
    let id = ReturnRow.id(of: bytes)
    guard try find(ReturnRow.self, id) == nil else { return Taken(kind: .again, messages: []) }
    let taken = try act(on: ReturnedMail(bytes), in: zone)
    // What says nothing leaves no trace: anybody may send it.
    if taken.kind != .unknown, taken.kind != .automatic {
      try insert(ReturnRow(id: id, kind: taken.kind, message: taken.messages.first, at: now))
    }
    return taken
  }

  private func act(on returned: ReturnedMail, in zone: Zone) throws -> Taken {
    switch returned {
    case .bounce(let bounces, let ids):
      return try note(bounces, of: sent(ids))
    case .complaint(let address, let ids):
      let rows = try sent(ids).filter { address == nil || $0.recipient == address }
      for row in rows { try note(complaintAbout: row, in: zone) }
      return Taken(kind: rows.isEmpty ? .unknown : .complaint, messages: rows.map(\.id))
    case .answer(let answer, let ids):
      // The last it names is the one it answers.
      guard let row = try sent(ids).last(where: { $0.recipient == answer.from }) else {
        return Taken(kind: .unknown, messages: [])
      }
      try keep(answer, to: row)
      return Taken(kind: .answer, messages: [row.id])
    case .refusal(let ticket):
      guard let row = try first(MessageRow.self, "WHERE ticket = \(ticket)") else {
        return Taken(kind: .unknown, messages: [])
      }
      try refuse(row, in: zone)
      return Taken(kind: .refusal, messages: [row.id])
    case .automatic: return Taken(kind: .automatic, messages: [])
    case .unknown: return Taken(kind: .unknown, messages: [])
    }
  }

  /// The letters of these ids that left.
  private func sent(_ ids: [MessageID]) throws -> [MessageRow] {
    try ids.prefix(50).compactMap { id in
      guard let row = try find(MessageRow.self, id), row.state == .sent else { return nil }
      return row
    }
  }

  private func note(
    _ bounces: [ReturnedMail.Bounce], of rows: [MessageRow]
  ) throws -> Taken {
    var noted: [MessageID] = []
    var hard = false
    for row in rows {
      guard let bounce = bounces.first(where: { $0.addresses.contains(row.recipient) }),
        bounce.action != "delivered", bounce.action != "relayed", bounce.action != "expanded"
      else { continue }
      try noteBounce(of: row, hard: bounce.isHard, saying: bounce.words)
      try mark(row, bounce.isHard ? .hardBounce : .softBounce, saying: bounce.words)
      hard = hard || bounce.isHard
      noted.append(row.id)
    }
    guard !noted.isEmpty else { return Taken(kind: .unknown, messages: []) }
    return Taken(kind: hard ? .hardBounce : .softBounce, messages: noted)
  }

  /// Whoever calls a letter unwanted gets no more of those that need not be.
  private func note(complaintAbout row: MessageRow, in zone: Zone) throws {
    try noteAddress(of: row) { $0.complaints += 1 }
    try mark(row, .complaint, saying: nil)
    try choose(.noneButNecessary, by: row.recipient, for: nil, zone)
    if Mail.mayBeRefused(row.kind, row.weight) { try refuse(row, in: zone) }
  }

  private func keep(_ answer: ReturnedMail.Answer, to row: MessageRow) throws {
    try mark(row, .answer, saying: nil)
    try insert(
      AnswerRow(
        id: newID(), message: row.id, editionId: row.editionId, kind: row.kind,
        page: row.door?.path, sender: row.recipient, senderName: row.recipientName,
        body: answer.text, at: now, readAt: nil))
  }

  private func mark(_ row: MessageRow, _ kind: ReturnKind, saying words: String?) throws {
    var row = row
    row.returned = kind
    if let words, !words.isEmpty { row.fault = words }
    try update(row)
  }
}
