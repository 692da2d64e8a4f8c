internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

extension MissionsModule {
  @UseCases var aboutHoursLists: [Endpoint] {
    missionHours
    volunteerHours
    editionHours
  }

  struct OfMission: Codable, Sendable {
    let mission: MissionID
    let state: HoursState?
  }
  struct OfVolunteer: Codable, Sendable {
    let volunteer: VolunteerID
    let state: HoursState?
  }
  struct ListEditionHours: Codable, Sendable {
    let edition: EditionID
    let state: HoursState?
    let after: PageMark?
    let limit: PageSize?
  }

  var missionHours: UseCase<OfMission, [HoursView]> {
    .query(
      "missions.hours", "/missions/{mission}/hours", by: .staff(and: .member, .volunteer),
      Words(
        en: "List the hours of a mission; a volunteer sees their own",
        fr: "Lister les heures d’une mission ; un volontaire voit les siennes"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OfMission, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      // Whoever left the team still finds what they logged.
      guard
        MissionsPolicy.maySee(mission, team: team, viewer)
          || team.contains(where: { $0.volunteer == viewer.volunteer })
      else { throw Problem.notFound(MissionRow.noun, input.mission) }
      let rows = try transaction.select(
        HoursRow.self, "WHERE mission = \(mission.id) ORDER BY day, name, logged_at, minutes"
      ).filter { MissionsPolicy.maySee($0, of: mission, viewer) }
        .filter { input.state == nil || $0.state == input.state }
      return try transaction.hoursViews(rows, for: viewer)
    }
  }

  var volunteerHours: UseCase<OfVolunteer, [HoursView]> {
    .query(
      "missions.volunteer-hours", "/volunteers/{volunteer}/hours",
      by: .staff(and: .volunteer, .partner),
      Words(
        en: "List the hours of a volunteer, in all their missions",
        fr: "Lister les heures d’un volontaire, toutes missions confondues"),
      asking: { (input: OfVolunteer, context) in
        try await viewer(of: context, about: input.volunteer)
      }
    ) { (input: OfVolunteer, viewer, transaction) in
      // What is kept about them and not used is not shown to whoever sent them.
      if viewer.partner != nil,
        try transaction.restricted(as: .volunteer).contains(input.volunteer.description)
      {
        throw Problem.notFound(volunteerNoun, input.volunteer)
      }
      let all = try transaction.select(
        HoursRow.self, "WHERE volunteer = \(input.volunteer) ORDER BY day, logged_at, minutes")
      let missions = try transaction.find(MissionRow.self, all: all.map(\.mission))
      let visible = all.filter { entry in
        missions[entry.mission].map { MissionsPolicy.maySee(entry, of: $0, viewer) } ?? false
      }
      // Nothing to see because nothing is logged, or because it is not theirs to see?
      let sender = try transaction.count(
        MemberRow.self, "WHERE volunteer = \(input.volunteer) AND partner = \(viewer.partner)")
      guard
        !visible.isEmpty || sender > 0 || MissionsPolicy.mayActFor(input.volunteer, viewer)
      else { throw Problem.notFound(volunteerNoun, input.volunteer) }
      return try transaction.hoursViews(
        visible.filter { input.state == nil || $0.state == input.state }, for: viewer)
    }
  }

  var editionHours: UseCase<ListEditionHours, Page<HoursView>> {
    .query(
      "missions.edition-hours", "/editions/{edition}/hours", by: .staff,
      Words(
        en: "List the hours of an edition, for example those that wait, the oldest first",
        fr:
          "Lister les heures d’une édition, par exemple celles en attente, les plus anciennes d’abord"
      ),
      asking: { (input: ListEditionHours, context) in
        try await viewer(of: context, in: input.edition)
      }
    ) { (input: ListEditionHours, viewer, transaction) in
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      let page = try transaction.page(
        HoursRow.self, where: "edition_id = \(input.edition) \(part: state)",
        by: "day", "name", "id", after: input.after, limit: input.limit
      )
      let views = Dictionary(
        try transaction.hoursViews(page.items, for: viewer).map { ($0.id, $0) }
      ) { first, _ in first }
      return page.map { views[$0.id] ?? HoursView($0, for: viewer) }
    }
  }
}
