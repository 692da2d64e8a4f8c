import Foundation
import Kernel
import SQLite
import Testing

@testable import ParvisApp

/// What a viewer was shown of people: in each use case under each name, who has which value.
private struct Sight {
  /// `<use case> <fact>` → value → people.
  var groups: [String: [String: Set<String>]] = [:]
  /// Lists of people that are in no order of what they show.
  var unordered: [String] = []
  var ids: Set<String> = []

  /// Takes an answer in; `people` are the ids of all volunteers.
  mutating func take(_ answer: JSON, of useCase: String, people: Set<String>) {
    switch answer {
    case .object(let members):
      let person = (members["volunteer"]?.text ?? members["id"]?.text).flatMap {
        people.contains($0) ? $0 : nil
      }
      for (name, value) in members {
        if let id = value.text, id.count == 36 { ids.insert(id) }
        take(value, of: useCase, people: people)
        if let person, name != "volunteer" { note(value, as: "\(useCase) \(name)", of: person) }
      }
    case .array(let items):
      for item in items { take(item, of: useCase, people: people) }
      let listed = items.filter { people.contains($0["volunteer"]?.text ?? $0["id"]?.text ?? "") }
      if listed.count > 3, !isOrdered(listed) { unordered.append(useCase) }
    default: break
    }
  }

  /// The value, what it begins with, how long it is.
  private mutating func note(_ value: JSON, as fact: String, of person: String) {
    let text = (try? JSON.text(of: value)) ?? ""
    groups[fact, default: [:]][text, default: []].insert(person)
    groups[fact + " length", default: [:]][String(text.count), default: []].insert(person)
    for length in [9, 14, 19] {
      groups[fact + " prefix", default: [:]][String(text.prefix(length)), default: []]
        .insert(person)
    }
  }
}

/// Whether a list is in an order that can be seen in it.
private func isOrdered(_ items: [JSON]) -> Bool {
  [["name"], ["day", "name"], ["name", "day"], ["roleTitle", "name"]].contains { names in
    let keys = items.map { item in names.map { item[$0]?.text ?? "" } }
    return zip(keys, keys.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) }
  }
}

/// The edition that was played, opened beside the program.
private struct Played {
  let instance: Instance
  let edition: String
  /// Volunteer → partner, volunteer → regime.
  let partners: [String: String]
  let regimes: [String: String]
  let folder: URL

  init() async throws {
    let played = try await PlayedEdition.reference.value
    folder = PlayedEdition.newFolder()
    try FileManager.default.copyItem(at: played.untouched, to: folder)
    instance = try await Instance.create(DataDirectory(path: folder.path))
    let rows = try await instance.database.read { connection in
      try connection.rows("SELECT id, edition_id, partner, regime FROM partners_volunteer").map {
        (
          id: try $0.get("id", as: String.self), edition: try $0.get("edition_id", as: String.self),
          partner: try $0.get(ifPresent: "partner", as: String.self) ?? "none",
          regime: try $0.get("regime", as: String.self)
        )
      }
    }
    edition = rows.first?.edition ?? ""
    partners = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.partner) })
    regimes = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.regime) })
  }

  func ids(_ sql: SQL) async throws -> [String] {
    try await instance.database.read { connection in
      try connection.rows(sql).map { try $0.get("id", as: String.self) }
    }
  }

  /// Everything a viewer can get, with every id they come by.
  func sight(of viewer: Actor) async -> Sight {
    var sight = Sight()
    sight.ids = Set([edition, viewer.subject].compactMap { $0 })
    var asked: Set<String> = []
    let people = Set(partners.keys)
    let queries = instance.platform.endpoints.filter {
      !$0.isCommand && $0.callers.contains(viewer.role) && $0.pathFields.count < 2
    }
    for _ in 0..<4 {
      let known = sight.ids
      for query in queries {
        let inputs: [JSON] =
          query.pathFields.isEmpty
          ? [[:]] : known.map { .object([query.pathFields[0]: .string($0)]) }
        for input in inputs {
          guard asked.insert(query.id + ((try? JSON.text(of: input)) ?? "")).inserted,
            let answer = try? await instance.platform.perform(
              Request(query.id, as: viewer, input))
          else { continue }
          sight.take(answer, of: query.id, people: people)
        }
      }
      if sight.ids == known { break }
    }
    return sight
  }

  /// The facts by which somebody can tell apart who comes from where: a group of three or more that is
  /// all of a partner’s or a regime’s people that are seen there, and not simply everybody.
  func leaks(in sight: Sight, knowing known: Set<String>) -> [String] {
    sight.groups.flatMap { fact, values -> [String] in
      let all = values.values.reduce(into: Set<String>()) { $0.formUnion($1) }.subtracting(known)
      let classes = [partners, regimes].flatMap { kind in
        Dictionary(grouping: all) { kind[$0] ?? "" }.values.map(Set.init)
      }.filter { $0.count > 2 && $0 != all }
      return values.compactMap { value, people in
        classes.contains(people.subtracting(known)) ? "\(fact): \(value.prefix(60))" : nil
      }
    }
  }
}

@Test func `nobody but staff can group people by partner or regime, by any value or order`()
  async throws
{
  let played = try await Played()
  defer { try? FileManager.default.removeItem(at: played.folder) }
  var viewers: [(Actor, Set<String>)] = []
  var seen: Set<String> = []
  for id in try await played.ids("SELECT DISTINCT volunteer AS id FROM missions_member ORDER BY 1")
  where seen.insert((played.partners[id] ?? "") + (played.regimes[id] ?? "")).inserted {
    viewers.append((Actor(.volunteer, subject: id), [id]))
  }
  for id in try await played.ids("SELECT id FROM applications_member ORDER BY id LIMIT 12") {
    viewers.append((Actor(.member, subject: id), []))
  }
  for id in try await played.ids("SELECT id FROM applications_reviewer ORDER BY id LIMIT 2") {
    viewers.append((Actor(.reviewer, subject: id), []))
  }
  for row in try await played.instance.database.read({ connection in
    try connection.rows("SELECT id, partner FROM partners_contact ORDER BY id LIMIT 4").map {
      (id: try $0.get("id", as: String.self), partner: try $0.get("partner", as: String.self))
    }
  }) {
    let own = played.partners.filter { $0.value == row.partner }.keys
    viewers.append((Actor(.partner, subject: row.id), Set(own)))
  }
  #expect(viewers.count > 12)
  var shown = 0
  for (viewer, known) in viewers {
    let sight = await played.sight(of: viewer)
    shown += sight.groups.count
    #expect(played.leaks(in: sight, knowing: known).sorted() == [], "\(viewer)")
    if viewer.role != .partner { #expect(Set(sight.unordered) == [], "\(viewer)") }
  }
  #expect(shown > 50)
}

@Test func `the test of inference sees what there is to see`() async throws {
  let played = try await Played()
  defer { try? FileManager.default.removeItem(at: played.folder) }
  let sight = await played.sight(of: .manager)
  let leaks = played.leaks(in: sight, knowing: [])
  #expect(leaks.contains { $0.hasPrefix("partners.volunteers regime: ") }, "\(leaks)")
}
