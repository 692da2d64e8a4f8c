internal import Kernel

/// One kind of e-mail: the event that owes it, and how it is written.
struct Mail: Sendable {
  let kind: String
  /// What the report and the log call it.
  let name: Words
  let weight: Weight
  var mayBeRefused: Bool { weight != .necessary }

  /// Digests and reminders say again what was said, or wait for nothing: they can be done without.
  static func mayBeRefused(_ kind: String, _ weight: Weight) -> Bool {
    weight != .necessary || kind == digestKind || kind == reminderKind
  }
  /// What it would say to somebody who is nobody, in each of its forms.
  let samples: @Sendable (Language) async throws -> [Letter]
  let subscription: Subscription
}

/// What somebody is told, in both languages; each recipient gets theirs.
struct Letter: Sendable {
  let readers: [Reader]
  let subject: Words
  /// Without salutation and close.
  let body: Words
  /// Where it leads: the page of the portal on which the one thing is done.
  let door: Door
  /// Dates for the recipients' calendars.
  var invitations: [PlannedInvitation]
  /// What digests add up.
  var tally: Tally?

  init(
    to readers: [Reader], subject: Words, body: Words, door: Door,
    invitations: [PlannedInvitation] = [], tally: Tally? = nil
  ) {
    self.readers = readers
    self.subject = subject
    self.body = body
    self.door = door
    self.invitations = invitations
    self.tally = tally
  }
}

/// Minutes about one thing: a digest says their sum instead of each.
struct Tally: Sendable {
  let minutes: Int
  let about: Name
}

/// An invitation in both languages.
struct PlannedInvitation: Sendable {
  let method: Invitation.Method
  let uid: String
  let sequence: Int
  let starts: Instant
  let ends: Instant
  let summary: Words
  let place: Words

  func invitation(in language: Language) -> Invitation {
    Invitation(
      method: method, uid: uid, sequence: sequence, starts: starts, ends: ends,
      summary: summary[language], place: place[language])
  }
}

extension NotificationsModule {
  /// A mail that an event owes. `occasion` names what it is about, so that a fact that is said twice
  /// is written once; without one every event has its own mail. With `again` the same occasion may
  /// come back another day, or week.
  func mail<E: Event>(
    _ kind: String, _ name: Words, on event: E.Type, _ weight: Weight = .normal,
    occasion: (@Sendable (E) -> String)? = nil, again: Recurrence = .never,
    write: @escaping @Sendable (E, any Directory) async throws -> Letter
  ) -> Mail {
    let (directory, clock) = (directory, host.clock)
    return Mail(
      kind: kind, name: name, weight: weight,
      samples: { language in
        var letters: [Letter] = []
        for sample in try Sample.variants(of: E.self) {
          letters.append(try await write(sample, SampleDirectory(language: language)))
        }
        return letters
      },
      subscription: .on(
        event, "notifications.\(kind)", independent: true,
        asking: { event, _ in try await write(event, directory) }
      ) { event, letter, transaction in
        let context = transaction.context
        var about = occasion?(event) ?? context.event ?? context.request
        let zone = clock.zone
        let today = zone.day(of: transaction.now)
        switch again {
        case .never: break
        case .daily: about += "/\(today)"
        case .weekly: about += "/\(today.nextMonday)"
        }
        let post = Post(
          kind: kind, occasion: "\(kind)/\(about)", subject: letter.subject,
          body: letter.body.led(by: (event as? any PersonallyWorded)?.personalLine),
          weight: weight, edition: event.edition,
          // Letters about one application, brief or mission are one conversation.
          thread: "\(E.name.prefix { $0 != "." }).\(event.aggregate)", door: letter.door,
          invitations: letter.invitations, tally: letter.tally)
        for reader in letter.readers {
          try transaction.post(post, to: reader.contact, as: reader.standing, in: zone)
        }
      })
  }
}

extension Words {
  /// What staff added, in their words in either language, and then this.
  fileprivate func led(by line: Paragraph?) -> Words {
    guard let line else { return self }
    // What would be a list or a table is a paragraph of theirs.
    let text = line.description.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }.joined(separator: "\n")
    return Words(en: "\(text)\n\n\(en)", fr: "\(text)\n\n\(fr)")
  }
}

/// Whether an occasion may come back.
enum Recurrence: Sendable {
  case never
  case daily
  case weekly
}

extension Day {
  var nextMonday: Day {
    // 1970-01-01, day 0, was a Thursday.
    let weekday = ((number % 7) + 10) % 7
    return advanced(by: 7 - weekday)
  }
  var firstOfNextMonth: Day {
    let parts = description.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return advanced(by: 31) }
    let (year, month) = parts[1] == 12 ? (parts[0] + 1, 1) : (parts[0], parts[1] + 1)
    return Day("\(year)-\(twoDigits(month))-01") ?? advanced(by: 31)
  }
}
