internal import Kernel
internal import PartnersAPI

/// What a roster changes, or would change. Lists hold the first 500; the counts count all.
struct RosterOutcome: Codable, Sendable {
  struct Line: Codable, Sendable {
    /// The line of the file; absent for who is not in it.
    let line: Int?
    /// Absent for somebody who is not registered yet.
    let volunteer: VolunteerID?
    let name: Name
    let email: EmailAddress
  }
  /// Somebody who is likely registered already, under another address.
  struct Alike: Codable, Sendable {
    let line: Int
    let name: Name
    let email: EmailAddress
    let volunteer: VolunteerID
    let registeredEmail: EmailAddress
  }

  /// What takes this import back; absent in a preview, and where nothing was written.
  var batch: RosterBatchID?
  var imported = 0
  var updated = 0
  var unchanged = 0
  /// People of the file who withdrew from the edition, and were left alone.
  var withdrawn = 0
  /// Registered for this partner and edition, but not in the file. They were left as they are.
  var absent = 0
  /// Lines left out until `alike` says who they are: of a list sent again, with somebody in it who looks
  /// like one of those registered under another address.
  var undecided = 0
  var added: [Line] = []
  var changed: [Line] = []
  var missing: [Line] = []
  var alike: [Alike] = []
  var skippedLines: [Roster.Skipped] = []
  var ignoredColumns: [String] = []
  /// When those added are written to; absent where it is at once or there is nobody.
  var invitationsAt: Instant?

  mutating func add(_ person: Roster.Person, as volunteer: VolunteerID?) {
    imported += 1
    if added.count < 500 { added.append(Line(person, volunteer)) }
  }
  mutating func change(_ person: Roster.Person, _ volunteer: VolunteerID) {
    updated += 1
    if changed.count < 500 { changed.append(Line(person, volunteer)) }
  }
  mutating func miss(_ person: KnownPerson) {
    absent += 1
    if missing.count < 500 {
      missing.append(
        Line(line: nil, volunteer: person.id, name: person.name, email: person.address))
    }
  }
  mutating func resembles(_ person: Roster.Person, _ known: KnownPerson) {
    if alike.count < 500 {
      alike.append(
        Alike(
          line: person.line, name: person.name, email: person.email, volunteer: known.id,
          registeredEmail: known.address))
    }
  }
}

extension RosterOutcome.Line {
  init(_ person: Roster.Person, _ volunteer: VolunteerID?) {
    self.init(line: person.line, volunteer: volunteer, name: person.name, email: person.email)
  }
}

/// As much of a volunteer as a roster says: profiles stay in the database.
struct KnownPerson: Decodable {
  let id: VolunteerID
  let version: Int
  let email: EmailAddress
  let claimedEmail: EmailAddress?
  let claimOf: VolunteerID?
  let partner: PartnerID?
  let name: Name
  let language: Language
  let regime: Regime
  let service: Name?
  let withdrawnAt: Instant?

  var address: EmailAddress { claimedEmail ?? email }

  func agrees(with person: Roster.Person, of partner: PartnerID) -> Bool {
    self.partner == partner && name == person.name && language == person.language
      && regime == person.regime && (person.service ?? service) == service
      && address == person.email
  }
}

/// The people of an edition as a partner's roster meets them.
struct RegisteredPeople {
  /// By address. The partner's own claim stands before the person it is about.
  private(set) var byAddress: [EmailAddress: KnownPerson] = [:]
  /// The partner's own people who take part, in the order they registered.
  private(set) var own: [KnownPerson] = []

  /// One query, however long the roster is.
  init(of edition: EditionID, for partner: PartnerID, in connection: any Connection) throws {
    let rows = try connection.rows(
      """
      SELECT id, version, email, claimed_email, claim_of, partner, name, language, regime, service,
        withdrawn_at
      FROM partners_volunteer WHERE edition_id = \(edition) ORDER BY sequence
      """)
    byAddress.reserveCapacity(rows.count)
    for row in rows {
      let person = try row.decoded(as: KnownPerson.self)
      if person.partner == partner, person.withdrawnAt == nil { own.append(person) }
      if person.claimOf == nil {
        if byAddress[person.address] == nil { byAddress[person.address] = person }
      } else if person.partner == partner {
        byAddress[person.address] = person
      }
    }
  }
}
