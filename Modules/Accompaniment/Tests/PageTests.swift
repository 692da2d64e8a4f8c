import AccompanimentAPI
import ApplicationsAPI
import Kernel
import KernelTesting
import Pages
import Testing

@Suite struct PageTests {
  private func content(
    _ scene: Scene, _ page: String, as actor: Actor, _ input: JSON, _ language: Language = .en
  ) async throws -> PageContent {
    try await scene.test.platform.content(of: page, as: actor, input, language: language)
  }

  private func problem(
    _ scene: Scene, _ page: String, as actor: Actor, _ input: JSON
  ) async -> Problem? {
    do {
      _ = try await content(scene, page, as: actor, input)
      return nil
    } catch { return error as? Problem }
  }

  @Test func `a member finds the journey, what is to do, and the way to write the brief`()
    async throws
  {
    let scene = try await Scene()
    let ready = try await scene.ready()
    let input: JSON = ["journey": ready.journey]
    let page = try await content(scene, "accompaniment.journey", as: Scene.kabubuMember, input)
    #expect(page.title.en == "The journey of Kabubu" && page.title.fr == "Le parcours de Kabubu")
    #expect(
      page.ways.contains(
        "/journeys/\(ready.journey.text ?? "")/needs/\(ready.need.text ?? "")/brief"))
    #expect(page.forms.contains { $0.endpoint == "accompaniment.diagnose" && $0.version != nil })
    let list = try await content(scene, "accompaniment.mine", as: Scene.kabubuMember, [:])
    #expect(list.ways.contains("/journeys/\(ready.journey.text ?? "")"))
  }

  @Test func `what is another organisation's is not there`() async throws {
    let scene = try await Scene()
    let ready = try await scene.ready()
    for page in ["accompaniment.journey", "accompaniment.peers"] {
      #expect(
        await problem(scene, page, as: Scene.kodikoMember, ["journey": ready.journey])?.status
          == 404)
      #expect(await problem(scene, page, as: .anyone, ["journey": ready.journey])?.status == 401)
    }
    let brief = try await scene.draft(Scene.kodiko)["id"] ?? .null
    #expect(
      await problem(scene, "accompaniment.brief", as: Scene.kabubuMember, ["brief": brief])?.status
        == 404)
  }

  @Test func `a draft brief keeps its roles in the form, and only staff may publish it`()
    async throws
  {
    let scene = try await Scene()
    let brief = try await scene.draft()["id"] ?? .null
    let ours = try await content(
      scene, "accompaniment.brief", as: Scene.kabubuMember, ["brief": brief], .fr)
    #expect(!ours.forms.contains { $0.endpoint == "accompaniment.publish-brief" })
    let theirs = try await content(scene, "accompaniment.brief", as: .manager, ["brief": brief])
    let publish = try #require(
      theirs.forms.first { $0.endpoint == "accompaniment.publish-brief" })
    #expect(publish.confirmation != nil)
    let draft = try await content(
      scene, "accompaniment.brief-draft", as: Scene.kabubuMember, ["brief": brief])
    let form = try #require(draft.forms.first)
    #expect(form.values["roles[0].skill"] != nil && form.version == 1)
  }

  @Test func `a workshop's page is for those who are invited`() async throws {
    let scene = try await Scene()
    let journey = try await scene.journey()["id"] ?? .null
    try await scene.journey(of: Scene.kodiko)
    let workshop = try await scene.test.call(
      "accompaniment.plan-workshop",
      [
        "edition": "\(Scene.edition)", "title": "Telling one's story", "kind": "workshop",
        "day": "2020-06-02", "journeys": [journey],
      ])
    let input: JSON = ["workshop": workshop["id"] ?? .null]
    let page = try await content(scene, "accompaniment.workshop", as: Scene.kabubuMember, input)
    #expect(page.forms.isEmpty)
    #expect(
      await problem(scene, "accompaniment.workshop", as: Scene.kodikoMember, input)?.status == 404)
    let desk = try await content(scene, "accompaniment.workshop", as: .manager, input)
    #expect(desk.forms.map(\.endpoint) == ["accompaniment.cancel-workshop"])
  }
}
