internal import Kernel
internal import PartnersAPI

/// What is to be done with the people of a roster.
struct RosterPlan {
  struct Met {
    let person: Roster.Person
    let known: KnownPerson
  }

  private(set) var outcome = RosterOutcome()
  /// To be registered; with whom their address belongs to, where that is somebody another way.
  private(set) var newcomers: [(person: Roster.Person, claimOf: VolunteerID?)] = []
  private(set) var changes: [Met] = []
  /// Registered under another partner or none: who may take them is decided by who asks.
  private(set) var takenElsewhere: [Met] = []

  init(
    _ roster: Roster, _ partner: PartnerID, _ known: RegisteredPeople,
    _ choice: PartnersModule.AlikeChoice
  ) {
    outcome.skippedLines = Array(roster.skipped.prefix(500))
    outcome.ignoredColumns = roster.ignored
    let listed = Set(roster.people.map(\.email))
    let unlisted = known.own.filter { !listed.contains($0.address) }
    var namesakes = Dictionary(grouping: unlisted) { Folded.person($0.name) }
    var recognised: Set<VolunteerID> = []
    // A file that lists nobody who is there is another list, not the same one with a new address in it.
    let isNewVersion = roster.people.contains { known.byAddress[$0.email]?.partner == partner }
    for person in roster.people {
      if let old = known.byAddress[person.email] {
        if old.partner != partner {
          takenElsewhere.append(Met(person: person, known: old))
        } else if old.withdrawnAt != nil {
          outcome.withdrawn += 1
        } else if old.agrees(with: person, of: partner) {
          outcome.unchanged += 1
        } else {
          change(Met(person: person, known: old))
        }
        continue
      }
      let name = Folded.person(person.name)
      if choice != .other, let old = namesakes[name]?.first {
        namesakes[name]?.removeFirst()
        recognised.insert(old.id)
        outcome.resembles(person, old)
        if choice == .same {
          change(Met(person: person, known: old))
          continue
        }
        if isNewVersion {
          outcome.undecided += 1
          continue
        }
      }
      newcomers.append((person, nil))
      outcome.add(person, as: nil)
    }
    for person in unlisted where !recognised.contains(person.id) { outcome.miss(person) }
  }

  private mutating func change(_ met: Met) {
    changes.append(met)
    outcome.change(met.person, met.known.id)
  }

  /// Somebody whom no partner sent comes to this one.
  mutating func attach(_ met: Met) {
    if met.known.withdrawnAt != nil { outcome.withdrawn += 1 } else { change(met) }
  }

  mutating func claim(_ met: Met) {
    newcomers.append((met.person, met.known.id))
    outcome.add(met.person, as: nil)
  }
}
