import Foundation
import Kernel
import KernelTesting
import Pages
import Partners
import PartnersAPI
import Testing

private let good = """
  nom,courriel,langue,régime
  Ada Exemple,ada@tours.example,fr,Temps personnel
  Bob Exemple,bob@tours.example,en,Temps personnel

  """
private let bad = """
  nom,courriel,langue,régime
  Ada Exemple,ada@tours.example,fr,Temps personnel
  Bob Exemple,no address,en,Temps personnel
  Cleo Exemple,cleo@tours.example,fr,Temps personnel

  """

@Suite struct KeptRosterTests {
  private func page(_ scene: Scene, _ roster: JSON, as actor: Actor) async throws -> PageContent {
    try await scene.test.platform.content(
      of: "partners.kept-roster", as: actor, ["roster": roster])
  }

  private func keep(_ scene: Scene, _ partner: JSON, as actor: Actor, _ text: String) async throws
    -> JSON
  {
    try await scene.test.call("partners.keep-roster", as: actor, scene.roster(partner, text))["id"]
      ?? .null
  }

  @Test func `a kept list shows what it would change, and nobody is registered`() async throws {
    let scene = try await Scene()
    let tours = try await scene.partner("Tours")
    let roster = try await keep(scene, tours.id, as: tours.contact, good)
    let content = try await page(scene, roster, as: tours.contact)
    #expect(content.forms.contains { $0.endpoint == "partners.import-kept-roster" })
    guard case .tiles(let tiles)? = content.blocks.first else {
      Issue.record("no tiles")
      return
    }
    #expect(tiles.map(\.value) == [.number(2), .number(0), .number(0), .number(0)])
    #expect(try await scene.people() == [])
    try await scene.test.call(
      "partners.import-kept-roster", as: tours.contact, ["roster": roster])
    #expect(try await scene.people() == ["Ada Exemple", "Bob Exemple"])
    // It is gone once it was used.
    #expect(
      await scene.test.problem(
        "partners.import-kept-roster", as: tours.contact, ["roster": roster])?.status == 404)
  }

  @Test func `a wrong line is mended where it stands, and the list then registers`() async throws {
    let scene = try await Scene()
    let tours = try await scene.partner("Tours")
    let roster = try await keep(scene, tours.id, as: tours.contact, bad)
    let content = try await page(scene, roster, as: tours.contact)
    let form = try #require(content.forms.first { $0.endpoint == "partners.mend-roster" })
    #expect(form.groups.map(\.legend) == [Words(en: "Line 3", fr: "Ligne 3")])
    #expect(form.values["lines[0].cells.c1"] == "no address")
    #expect(!content.forms.contains { $0.endpoint == "partners.import-kept-roster" })
    #expect(
      await scene.test.problem(
        "partners.import-kept-roster", as: tours.contact, ["roster": roster])?.code
        == "partners/bad-roster")
    try await scene.test.call(
      "partners.mend-roster", as: tours.contact,
      [
        "roster": roster,
        "lines": [
          [
            "line": 3,
            "cells": [
              "c0": "Bob Exemple", "c1": "bob@tours.example", "c2": "en", "c3": "Temps personnel",
            ],
          ]
        ],
      ])
    let mended = try await page(scene, roster, as: tours.contact)
    #expect(mended.forms.contains { $0.endpoint == "partners.import-kept-roster" })
    try await scene.test.call("partners.import-kept-roster", as: tours.contact, ["roster": roster])
    #expect(try await scene.people() == ["Ada Exemple", "Bob Exemple", "Cleo Exemple"])
  }

  @Test func `a line that is not there cannot be mended, nor a file that is no table`() async throws
  {
    let scene = try await Scene()
    let tours = try await scene.partner("Tours")
    let roster = try await keep(scene, tours.id, as: tours.contact, good)
    let problem = await scene.test.problem(
      "partners.mend-roster", as: tours.contact,
      ["roster": roster, "lines": [["line": 99, "cells": [:]]]])
    #expect(problem?.code == "invalid-input")
    let empty = try await keep(scene, tours.id, as: tours.contact, "")
    let content = try await page(scene, empty, as: tours.contact)
    #expect(content.forms.map(\.endpoint) == ["partners.keep-roster"])
  }

  @Test func `a list is its partner's and staff's alone, and is forgotten after a day`()
    async throws
  {
    let scene = try await Scene()
    let tours = try await scene.partner("Tours")
    let other = try await scene.partner("Phares")
    let roster = try await keep(scene, tours.id, as: tours.contact, good)
    for actor in [
      other.contact, Actor(.volunteer, subject: "01700000-0000-7000-8000-00000000ffff"),
    ] {
      do {
        _ = try await page(scene, roster, as: actor)
        Issue.record("\(actor) reads it")
      } catch { #expect([403, 404].contains((error as? Problem)?.status)) }
    }
    _ = try await page(scene, roster, as: .manager)
    scene.test.clock.advance(seconds: 90_000)
    try await scene.test.platform.runDueJobs()
    #expect(
      await scene.test.problem(
        "partners.import-kept-roster", as: tours.contact, ["roster": roster])?.status == 404)
  }
}
