internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// A brief whose mission is over.
struct DoneTeamRow: Record {
  static let table = "matching_done_team"
  let id: BriefID
  let editionId: EditionID
}

extension MatchingModule {
  /// A mission that goes on has seats to give again.
  var reopenTeam: Subscription {
    .on(TeamReopened.self, "matching.reopen-team") { event, transaction in
      try transaction.delete(DoneTeamRow.self, event.brief)
    }
  }

  /// Remembers that a team is done, and ends the offers that are still out for it.
  var endTeam: Subscription {
    .on(TeamDone.self, "matching.end-team") { event, transaction in
      guard let edition = event.edition,
        try transaction.find(DoneTeamRow.self, event.brief) == nil
      else { return }
      try transaction.insert(DoneTeamRow(id: event.brief, editionId: edition))
      let open = try transaction.select(
        PlaceRow.self, "WHERE brief = \(event.brief) AND state = 'offered' ORDER BY number")
      for var place in open {
        place.state = .lapsed
        place.answeredAt = transaction.now
        try transaction.update(&place)
        try transaction.emit(
          PlaceLapsed(
            edition: edition, place: place.id, brief: place.brief, role: place.role,
            volunteer: place.volunteer))
      }
    }
  }

  /// Frees the people of a cancelled mission, and offers them the seats that are empty elsewhere. They
  /// were told of the cancellation, so nothing says that they gave a place up.
  var disbandTeam: Subscription {
    .on(TeamDisbanded.self, "matching.disband-team") { event, transaction in
      guard let edition = event.edition,
        try transaction.find(DoneTeamRow.self, event.brief) == nil
      else { return }
      try transaction.insert(DoneTeamRow(id: event.brief, editionId: edition))
      let held = try transaction.select(
        PlaceRow.self, "WHERE brief = \(event.brief) ORDER BY number")
      var freed: [VolunteerID] = []
      for var place in held where place.state.isActive {
        place.state = place.state == .offered ? .lapsed : .withdrawn
        place.answeredAt = transaction.now
        place.remark = event.reason
        try transaction.update(&place)
        freed.append(place.volunteer)
      }
      for volunteer in freed { try seat(volunteer, in: edition, transaction) }
    }
  }
}
