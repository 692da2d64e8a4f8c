import Kernel
import KernelTesting
import MissionsAPI
import Pages
import Testing

@Suite struct WeekTests {
  private func week(_ scene: Scene, _ days: JSON, as actor: Actor? = nil) async throws -> JSON {
    [
      "mission": try await scene.mission(), "volunteer": scene.text(People.ada),
      "days": days,
    ]
  }

  @Test func `a week is logged at once, all of it or none`() async throws {
    let scene = try await Scene.running()
    let ada = People.actor(People.ada)
    let good = try await week(
      scene,
      [
        ["day": "2020-11-30", "minutes": 90], ["day": "2020-12-01", "minutes": 60, "note": "Plan"],
      ])
    scene.test.clock.set(try #require(Instant("2020-12-03T09:00:00Z")))
    let logged = try await scene.test.call("missions.log-week", as: ada, good)
    #expect(logged.items.count == 2)
    let bad = try await week(
      scene,
      [["day": "2020-12-02", "minutes": 60], ["day": "2020-12-20", "minutes": 60]])
    let problem = await scene.problem("log-week", as: ada, bad)
    #expect(problem != nil)
    let all = try await scene.test.call(
      "missions.hours", as: .manager, ["mission": try await scene.mission()])
    #expect((all["items"]?.items ?? all.items).count == 2)
  }

  @Test func `an empty week is nothing to log, and another's week is not there`() async throws {
    let scene = try await Scene.running()
    let empty = await scene.problem(
      "log-week", as: People.actor(People.ada), try await week(scene, []))
    #expect(empty?.fields.map(\.field) == ["days"], "\(String(describing: empty))")
    let other = await scene.problem(
      "log-week", as: People.actor(People.ben),
      try await week(scene, [["day": "2020-11-30", "minutes": 60]]))
    #expect(other?.status == 404)
  }

  @Test func `the page of a week has a line for each day that has come`() async throws {
    let scene = try await Scene.running()
    scene.test.clock.set(try #require(Instant("2020-12-02T09:00:00Z")))
    let mission = try await scene.mission()
    let page = try await scene.test.platform.content(
      of: "missions.week", as: People.actor(People.ada), ["mission": mission])
    let form = try #require(page.forms.first)
    #expect(form.endpoint == "missions.log-week")
    #expect(
      form.values["days[0].day"] == "2020-11-30" && form.values["days[2].day"] == "2020-12-02")
    #expect(form.values["days[3].day"] == nil)
    do {
      _ = try await scene.test.platform.content(
        of: "missions.week", as: People.actor(People.chloe), ["mission": mission])
      Issue.record("somebody of no team sees it")
    } catch { #expect(error.status == 404) }
  }

  @Test func `team-mates and the organisation find no partner and no regime on a mission's page`()
    async throws
  {
    let scene = try await Scene.running()
    let mission = try await scene.mission()
    let page = try await scene.test.platform.content(
      of: "missions.mission", as: People.actor(People.ada), ["mission": mission])
    let text = String(describing: page).lowercased()
    for word in ["job-seeker", "job seeker", "demandeur", "regime", "own-time"] {
      #expect(!text.contains(word), "\(word)")
    }
  }
}
