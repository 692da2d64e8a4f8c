import Foundation
import Kernel
import Pages
@testable import ParvisApp
import Testing

/// The played edition, opened here: its pages can be asked for as anybody of it.
private struct House {
  let instance: Instance

  var platform: Platform { instance.platform }

  static func open() async throws -> House {
    let played = try await PlayedEdition.reference.value
    let copy = PlayedEdition.newFolder()
    try FileManager.default.copyItem(at: played.untouched, to: copy)
    let directory = DataDirectory(path: copy.path)
    let lock = try #require(try DirectoryLock.attempt(directory))
    return House(instance: try await Instance.open(directory, lock: lock))
  }

  /// What nobody but the app itself has at an address.
  static let own = ["/", "/privacy", "/imprint", "/accessibility", "/sign-in", "/account"]

  func ids(_ sql: SQL) async throws -> [String] {
    try await platform.database.read { connection in
      try connection.rows(sql).map { try $0.get("id", as: String.self) }
    }
  }

  /// One of each kind of person there is, and the operator's staff.
  func hats() async throws -> [Actor] {
    var hats: [Actor] = [.manager, .administrator, .anyone]
    let some: [(Role, SQL)] = [
      (.member, "SELECT id FROM applications_member ORDER BY id LIMIT 3"),
      (.reviewer, "SELECT id FROM applications_reviewer ORDER BY id LIMIT 1"),
      (.volunteer, "SELECT volunteer AS id FROM missions_member ORDER BY volunteer LIMIT 2"),
      (.partner, "SELECT id FROM partners_contact ORDER BY id LIMIT 2"),
    ]
    for (role, sql) in some { hats += try await ids(sql).map { Actor(role, subject: $0) } }
    return hats
  }

  /// The page at an address, and what its input is; nil where there is none.
  func page(at address: String) -> (page: PortalPage, input: JSON)? {
    let path = String(address.prefix { $0 != "#" })
    let sides = path.split(separator: "?", maxSplits: 1)
    guard let bare = sides.first.map(String.init) else { return nil }
    let found = platform.pages.filter { $0.isAt(bare) }.min {
      $0.pathFields.count < $1.pathFields.count
    }
    guard let found else { return nil }
    var input: [String: JSON] = [:]
    for (own, given) in zip(found.path.split(separator: "/"), bare.split(separator: "/"))
    where own.hasPrefix("{") { input[String(own.dropFirst().dropLast())] = .string(String(given)) }
    for pair in (sides.count == 2 ? sides[1] : "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { input[parts[0]] = .string(parts[1]) }
    }
    let schema = found.input()
    for (name, value) in input {
      if let text = value.text, let kind = schema.property(at: name)?.schema {
        input[name] = kind.value(of: text)
      }
    }
    return (found, .object(input))
  }

  func isFile(_ address: String) -> Bool {
    platform.files.contains { file in
      let (own, given) = (file.path.split(separator: "/"), address.split(separator: "/"))
      return own.count == given.count
        && zip(own, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
  }
}

@Suite struct DoorTests {
  /// What is not offered any more once an edition is over: drafts, what is written or running
  /// still; and what was merged long ago.
  private static let before: Set<String> = [
    "accompaniment.brief-draft", "applications.call-terms", "applications.check",
    "applications.merge", "applications.new-call", "applications.register", "applications.section",
    "matching.comparison", "matching.why-role", "missions.week", "partners.kept-roster",
  ]

  /// Every kind of letter, and every form it takes.
  @Test func `every letter leads to a page that its reader may open`() async throws {
    let house = try await House.open()
    let kinds = try await house.platform.perform(
      Request("notifications.letter-kinds", as: .manager, [:]))
    #expect(kinds.items.count >= 35)
    for kind in kinds.items {
      let name = kind["kind"]?.text ?? ""
      let letters = kind["letters"]?.items ?? []
      #expect(!letters.isEmpty, "\(name) is never written")
      for letter in letters {
        let path = letter["page"]?.text ?? ""
        if House.own.contains(path) { continue }
        guard let (page, _) = house.page(at: path) else {
          Issue.record("\(name) leads to \(path), which is no page")
          continue
        }
        let readers = (letter["readers"]?.items ?? []).compactMap { $0.text.flatMap(Role.init) }
        #expect(!readers.isEmpty)
        for reader in readers {
          #expect(page.callers.contains(reader), "\(name): \(page.id) is not open to a \(reader)")
        }
        if letter["opensByLink"] == true, readers != [.reviewer] {
          #expect(page.byLetter, "\(name): \(page.id) cannot be opened from a letter")
        }
      }
    }
  }

  /// From the menus and from what waits, along every link, as each kind of person.
  @Test func `no link leads nowhere, and no form asks what its use case does not`() async throws {
    let house = try await House.open()
    var visited: Set<String> = []
    for actor in try await house.hats() {
      var open = house.platform.pages.filter { $0.inMenu && $0.callers.contains(actor.role) }
        .map(\.path)
      for module in house.platform.modules {
        open += try await module.tasks(for: actor, at: house.platform.clock.now).map(\.page)
      }
      if actor.isStaff {
        open += try await house.ids("SELECT id FROM programmes_edition").map { "/editions/\($0)" }
      }
      // What one’s own account leads to.
      if house.page(at: "/my-data")?.0.callers.contains(actor.role) == true {
        open.append("/my-data")
      }
      var seen: Set<String> = []
      var times: [String: Int] = [:]
      while let address = open.popLast() {
        guard seen.insert(address).inserted, address.hasPrefix("/"),
          !House.own.contains(address), !house.isFile(address)
        else { continue }
        guard let (page, input) = house.page(at: address) else {
          Issue.record("\(actor.role): \(address) is no page")
          continue
        }
        // A few of each kind say it for all.
        times[page.id, default: 0] += 1
        guard times[page.id, default: 0] <= 2 else { continue }
        do {
          let content = try await house.platform.content(of: page, as: actor, input)
          visited.insert(page.id)
          open += content.ways
          for form in content.forms { check(form, on: page, as: actor, house) }
        } catch let problem {
          Issue.record("\(actor.role) at \(address): \(problem.title.en) – \(problem.detail.en)")
        }
      }
    }
    let unseen = Set(house.platform.pages.map(\.id)).subtracting(visited)
    #expect(unseen.subtracting(Self.before) == [])
    #expect(Self.before.isDisjoint(with: visited))
  }

  private func check(_ form: Form, on page: PortalPage, as actor: Actor, _ house: House) {
    guard let endpoint = house.platform.endpoint(form.endpoint) else {
      Issue.record("\(page.id): there is no use case \(form.endpoint)")
      return
    }
    #expect(
      endpoint.callers.contains(actor.role), "\(page.id): \(form.endpoint) is not for \(actor.role)"
    )
    let schema = endpoint.input()
    for field in form.groups.flatMap(\.fields) {
      let property = schema.property(at: field.path)
      #expect(
        property != nil || field.schema != nil,
        "\(page.id): \(form.endpoint) has no field \(field.path)")
      #expect(
        field.label != nil || property?.label != nil,
        "\(page.id): \(field.path) of \(form.endpoint) has no words")
    }
    for path in form.fixed.keys {
      #expect(schema.property(at: path) != nil, "\(page.id): \(form.endpoint) has no \(path)")
    }
    if let next = form.success.page {
      let parts = next.split(separator: "/").map { $0.hasPrefix("{") ? "x" : String($0) }
      #expect(house.page(at: "/" + parts.joined(separator: "/")) != nil, "\(page.id): \(next)")
    }
  }
}
