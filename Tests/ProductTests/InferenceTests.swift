import Foundation
import Kernel
@testable import ParvisApp
import Testing

/// The played edition, opened in this process, and what is secret in it: who sends each person, and
/// who is out of work.
private struct Secrets {
  /// Gone with the value.
  private final class Folder: Sendable {
    let path = PlayedEdition.newFolder().path
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private let copy = Folder()
  let platform: Platform
  let edition: JSON
  let missions: [JSON]
  /// By the id of a volunteer.
  var partner: [String: String] = [:]
  var isSeeker: [String: Bool] = [:]
  /// Names stand for people too.
  var byName: [String: String] = [:]

  init() async throws {
    let played = try await PlayedEdition.reference.value
    let folder = copy.path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: played.untouched.path + "/parvis.sqlite", toPath: folder + "/parvis.sqlite")
    let directory = DataDirectory(path: folder)
    let lock = try #require(try DirectoryLock.attempt(directory))
    let instance = try await Instance.open(directory, lock: lock)
    platform = instance.platform
    let editions = try await platform.perform(Request("programmes.editions", as: .administrator))
    edition = try #require(editions.rows.first?["id"])
    missions = try await platform.perform(
      Request("missions.list", as: .administrator, ["edition": edition])
    ).rows
    var after: JSON?
    repeat {
      var input: [String: JSON] = ["edition": edition]
      input["after"] = after
      let page = try await platform.perform(
        Request("partners.volunteers", as: .administrator, .object(input)))
      for row in page.rows {
        let id = try #require(row["id"]?.text)
        partner[id] = row["partner"]?.text
        isSeeker[id] = row["regime"]?.text == "job-seeker"
        byName[row["name"]?.text ?? ""] = id
      }
      after = page["next"].flatMap { $0 == .null ? nil : $0 }
    } while after != nil
  }

  /// The person an object of an answer stands for.
  func person(_ members: [String: JSON]) -> String? {
    for value in members.values {
      if let text = value.text, partner[text] != nil { return text }
    }
    for value in members.values {
      if let text = value.text, let id = byName[text] { return id }
    }
    return nil
  }
}

extension JSON {
  /// The items of a list, however it is wrapped.
  fileprivate var rows: [JSON] { items.isEmpty ? self["items"]?.items ?? [] : items }
}

/// What somebody saw of people: values at places of answers, and the order they were listed in.
private struct Sightings {
  /// Of each place, the value each person had there.
  var values: [String: [String: String]] = [:]
  /// Lists of people as they stood, by place.
  var orders: [String: [[String]]] = [:]

  /// Looks as `own`, who knows themselves.
  mutating func look(at answer: JSON, _ place: String, _ secrets: Secrets, own: String? = nil) {
    switch answer {
    case .array(let items):
      let people = items.compactMap { item -> String? in
        if case .object(let members) = item { return secrets.person(members) }
        return nil
      }
      if Set(people).count > 2 { orders[place, default: []].append(people) }
      for item in items { look(at: item, place + "[]", secrets, own: own) }
    case .object(let members):
      let person = secrets.person(members).flatMap { $0 == own ? nil : $0 }
      for (name, value) in members {
        let here = place + "." + name
        switch value {
        case .array, .object: look(at: value, here, secrets, own: own)
        case .null, .bool, .integer, .number, .string:
          if let person { values[here, default: [:]][person] = "\(value.text ?? "\(value)")" }
        }
      }
      // That something is there or not tells as well.
      if let person {
        values[place + " fields", default: [:]][person] = members.keys.sorted().joined(
          separator: ",")
      }
    case .null, .bool, .integer, .number, .string: break
    }
  }
}

extension Secrets {
  /// Everything that `actor` can read with what is known of the edition: each query whose required
  /// inputs are the edition, a mission or the actor's own subject.
  func seen(by actor: Actor, into sightings: inout Sightings) async {
    var missions: [JSON] = []
    if let list = try? await platform.perform(
      Request("missions.list", as: actor, ["edition": edition]))
    {
      missions = list.rows.compactMap { $0["id"] }
    }
    for endpoint in platform.endpoints
    where !endpoint.isCommand && endpoint.callers.contains(actor.role) {
      let required = endpoint.input().properties.filter(\.required).map(\.name)
      var inputs: [[String: JSON]] = [[:]]
      for name in required {
        let choices: [JSON] =
          switch name {
          case "edition": [edition]
          case "mission": missions
          case "volunteer": actor.subject.map { [.string($0)] } ?? []
          default: []
          }
        inputs = inputs.flatMap { input in
          choices.map { choice in input.merging([name: choice]) { _, new in new } }
        }
      }
      for input in inputs {
        var input = input
        if endpoint.input().properties.contains(where: { $0.name == "edition" }) {
          input["edition"] = edition
        }
        guard
          let answer = try? await platform.perform(
            Request(endpoint.id, as: actor, .object(input)))
        else { continue }
        sightings.look(at: answer, endpoint.id, self, own: actor.subject)
      }
    }
  }
}

/// How often two people who are alike in what was seen are alike in what is secret, beside how often
/// any two are.
private struct Alikeness {
  let pairs: Int
  let alike: Double
  let usual: Double

  init(pairs: [(String, String)], among people: [String], _ secret: (String) -> String) {
    self.pairs = pairs.count
    alike =
      pairs.isEmpty
      ? 0 : Double(pairs.count { secret($0) == secret($1) }) / Double(pairs.count)
    let sizes = Dictionary(grouping: people, by: secret).values.map(\.count)
    let all = people.count * (people.count - 1)
    usual = all == 0 ? 1 : Double(sizes.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(all)
  }

  /// Beyond what chance does: six standard errors, and by half at least of what is left to know.
  var tells: Bool {
    guard pairs >= 8 else { return false }
    let error = (usual * (1 - usual) / Double(pairs)).squareRoot()
    return alike > usual + 6 * error && alike - usual > (1 - usual) / 3
  }
}

extension Sightings {
  /// The places at which people can be told apart by `secret`.
  func leaks(of secret: (String) -> String) -> [String] {
    var found: [String] = []
    for (place, values) in values {
      let people = values.keys.sorted()
      guard people.count >= 8 else { continue }
      let sorted = people.sorted { (values[$0] ?? "", $0) < (values[$1] ?? "", $1) }
      let neighbours = Alikeness(
        pairs: Array(zip(sorted, sorted.dropFirst())), among: people, secret)
      if neighbours.tells { found.append("\(place), sorted") }
      let longest = values.values.map(\.count).max() ?? 0
      // Whole values, and how they begin: a time within an id, a place within a code.
      for length in Set([4, 8, 13, 18, longest]).sorted() where length <= longest {
        let groups = Dictionary(grouping: people) { String((values[$0] ?? "").prefix(length)) }
        guard groups.count > 1 else { continue }
        let pairs = groups.values.flatMap { group in
          zip(group, group.dropFirst()).map { ($0, $1) }
        }
        if Alikeness(pairs: pairs, among: people, secret).tells {
          found.append("\(place), first \(length) characters")
        }
      }
    }
    for (place, lists) in orders {
      let people = Array(Set(lists.joined())).sorted()
      let pairs = lists.flatMap { list in
        zip(list, list.dropFirst()).map { ($0, $1) }.filter { $0 != $1 }
      }
      if Alikeness(pairs: pairs, among: people, secret).tells {
        found.append("\(place), in its order")
      }
    }
    return found.sorted()
  }
}

@Suite struct Inference {
  /// What may be known by the place at which it stands: a contact's own people are the contact's.
  static let known: Set<String> = []

  @Test func `nobody beyond staff can group people by who sends them or who is out of work`()
    async throws
  {
    let secrets = try await Secrets()
    #expect(secrets.missions.count == 16 && secrets.partner.count == 180)
    var sightings = Sightings()
    for mission in secrets.missions {
      // As staff one finds somebody of each team and of each organisation.
      let whole = try await secrets.platform.perform(
        Request("missions.mission", as: .administrator, ["mission": mission["id"] ?? .null]))
      let mate = try #require(whole["team"]?.items.first?["volunteer"]?.text)
      await secrets.seen(by: Actor(.volunteer, subject: mate), into: &sightings)
      let members = try await secrets.platform.perform(
        Request(
          "applications.members", as: .administrator,
          ["organisation": whole["organisation"] ?? .null])
      ).rows
      let member = try #require(members.first?["id"]?.text)
      await secrets.seen(by: Actor(.member, subject: member), into: &sightings)
    }
    #expect(sightings.values.keys.contains("missions.mission.team[].volunteer"), "it looked")
    #expect(sightings.values.keys.contains { $0.hasPrefix("missions.hours") }, "it looked")
    let senders = sightings.leaks { secrets.partner[$0] ?? "nobody" }
    #expect(senders.filter { !Self.known.contains($0) } == [])
    let seekers = sightings.leaks { secrets.isSeeker[$0] == true ? "out of work" : "not" }
    #expect(seekers.filter { !Self.known.contains($0) } == [])
  }

  @Test func `the test finds what is planted`() async throws {
    let secrets = try await Secrets()
    var sightings = Sightings()
    let people = secrets.partner.keys.sorted()
    let rows = people.map { id -> JSON in
      // A code that begins with the sender, and a list in the order of senders.
      ["volunteer": .string(id), "code": .string((secrets.partner[id] ?? "").prefix(8) + id)]
    }
    let inOrder = rows.sorted {
      secrets.partner[$0["volunteer"]?.text ?? ""] ?? ""
        < secrets.partner[$1["volunteer"]?.text ?? ""] ?? ""
    }
    sightings.look(at: .array(inOrder), "planted", secrets)
    let found = sightings.leaks { secrets.partner[$0] ?? "nobody" }
    #expect(found.contains("planted[].code, first 8 characters"))
    #expect(found.contains("planted[].code, sorted"))
    #expect(found.contains("planted, in its order"))
    #expect(!found.contains { $0.hasPrefix("planted[].volunteer") })
  }
}
