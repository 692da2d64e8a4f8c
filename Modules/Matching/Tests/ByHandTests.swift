import Kernel
import KernelTesting
import MatchingAPI
import Pages
import PartnersAPI
import Testing

@Suite struct ByHandTests {
  /// Two missions on different half-days; the first has somebody, the second nobody who fits.
  private func scene(_ others: [Volunteer] = []) async throws -> MatchingScene {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5, halfDays: [MatchingScene.afternoon])],
      volunteers: [volunteer(1)])
    _ = try await scene.publish()
    scene.present.withLock { $0 += [volunteer(2, level: 4)] + others }
    return scene
  }

  private func offer(
    _ scene: MatchingScene, _ volunteer: Int, _ role: Int, _ more: [String: JSON] = [:]
  ) -> JSON {
    .object(
      [
        "edition": scene.editionJSON, "volunteer": volunteerJSON(volunteer),
        "role": roleJSON(role), "confirmBy": "2020-09-20",
      ].merging(more) { _, new in new })
  }

  @Test func `what placing somebody breaks and costs is said before`() async throws {
    let scene = try await scene([volunteer(3, level: 5)])
    let shown = try await scene.test.call(
      "matching.preview-offer",
      ["edition": scene.editionJSON, "volunteer": volunteerJSON(2), "role": roleJSON(2)])
    #expect(shown["breaks"]?.items.count == 1 && shown["forbids"]?.items.isEmpty == true)
    #expect(shown["bestName"] == "Volunteer 3")
    #expect(try await scene.places().count == 1)
  }

  @Test func `the page says what it breaks, asks why, and offers it`() async throws {
    let scene = try await scene([volunteer(3, level: 5)])
    let asked: JSON = [
      "edition": scene.editionJSON, "volunteer": volunteerJSON(2), "role": roleJSON(2),
    ]
    let page = try await scene.test.platform.content(
      of: "matching.offer-by-hand", as: .manager, asked)
    let form = try #require(page.forms.first { $0.endpoint == "matching.offer" })
    let fields = form.groups.flatMap(\.fields)
    #expect(fields.contains { $0.path == "despite" && $0.required == true })
    let plain = try await scene.test.platform.content(
      of: "matching.offer-by-hand", as: .manager, ["edition": scene.editionJSON])
    #expect(plain.forms.isEmpty)
  }

  @Test func `a rule of degree gives way to a reason and to nothing else`() async throws {
    let scene = try await scene()
    let refused = await scene.test.problem("matching.offer", offer(scene, 2, 2))
    #expect(refused?.code == "matching/rule-broken")
    #expect(refused?.detail.fr.contains("niveau 4, 5 demandé") == true)
    let given = try await scene.test.call(
      "matching.offer", offer(scene, 2, 2, ["despite": "She taught it for years."]))
    #expect(given["state"] == "offered" && given["volunteerName"] == "Volunteer 2")
    let again = await scene.test.problem(
      "matching.offer", offer(scene, 1, 2, ["despite": "He insists."]))
    #expect(again?.code == "matching/seat-taken")
  }

  @Test func `a conflict of interest gives way to nothing`() async throws {
    let scene = try await scene([
      volunteer(3, level: 5, conflicts: [MatchingScene.organisation])
    ])
    let refused = await scene.test.problem(
      "matching.offer", offer(scene, 3, 2, ["despite": "We need her."]))
    #expect(refused?.code == "matching/not-eligible")
    #expect(try await scene.places().count == 1)
  }

  @Test func `nobody is on one team twice, nor with two teams at once`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2), brief(2)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    let twice = await scene.test.problem(
      "matching.offer", offer(scene, 1, 1, ["despite": "He can do both."]))
    #expect(twice?.code == "matching/not-eligible")
    let both = await scene.test.problem(
      "matching.offer", offer(scene, 1, 2, ["despite": "He can do both."]))
    #expect(both?.code == "matching/not-eligible")
  }

  @Test func `before publication, past the deadline or for strangers nothing is offered`()
    async throws
  {
    let scene = try await scene()
    let past = await scene.test.problem(
      "matching.offer", offer(scene, 2, 2, ["confirmBy": "2020-08-30", "despite": "x"]))
    #expect(past?.fields.map(\.field) == ["confirmBy"])
    let stranger = await scene.test.problem("matching.offer", offer(scene, 99, 2))
    #expect(stranger?.status == 404)
    let nowhere = await scene.test.problem("matching.offer", offer(scene, 2, 99))
    #expect(nowhere?.status == 404)
    let person = await scene.test.problem(
      "matching.offer", as: Actor(.volunteer, subject: "x"), offer(scene, 2, 2))
    #expect(person?.status == 403)
    let early = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let unpublished = await early.test.problem("matching.offer", offer(early, 1, 1))
    #expect(unpublished?.code == "matching/not-published")
  }

  @Test func `two people change seats, and both are asked again`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, halfDays: [MatchingScene.afternoon])],
      volunteers: [volunteer(1), volunteer(2)])
    _ = try await scene.publish()
    let places = try await scene.places("offered")
    try #require(places.count == 2)
    let before = Dictionary(
      uniqueKeysWithValues: places.map { ($0["volunteer"]?.text ?? "", $0["role"]?.text ?? "") })
    try await scene.test.call("matching.confirm", ["place": places[0]["id"] ?? nil])
    let swapped = try await scene.test.call(
      "matching.swap",
      [
        "place": places[0]["id"] ?? nil, "other": places[1]["id"] ?? nil,
        "confirmBy": "2020-09-20", "reason": "They asked for it.",
      ])
    #expect(swapped["offers"]?.items.count == 2)
    let after = try await scene.places("offered")
    #expect(after.count == 2)
    for place in after {
      #expect(before[place["volunteer"]?.text ?? ""] != place["role"]?.text)
    }
    let again = await scene.test.problem(
      "matching.swap",
      [
        "place": places[0]["id"] ?? nil, "other": places[1]["id"] ?? nil,
        "confirmBy": "2020-09-20", "reason": "Again.",
      ])
    #expect(again?.code == "matching/wrong-place-state")
    let same = await scene.test.problem(
      "matching.swap",
      [
        "place": after[0]["id"] ?? nil, "other": after[0]["id"] ?? nil,
        "confirmBy": "2020-09-20", "reason": "Oneself.",
      ])
    #expect(same?.fields.map(\.field) == ["other"])
  }
}
